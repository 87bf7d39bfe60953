import Reconstruct.Gym.Allow
import Reconstruct.Judge.Candidate

/-!
# Files of a user's own

A file with holes (the original) and its completion (the candidate) are compiled here, each in a
process of its own. What they may say is wider than what a policy may write: everything that only
declares, or only says how something is written. Two kinds of commands are watched:

* what **runs code** of the file while it is compiled (`#eval`, `initialize`, `macro`, `run_tac`,
  `native_decide`, …) is refused, unless a person trusts the original;
* what opens a **door** around the compiler or the kernel (`unsafe`, `implemented_by`, options of
  the kernel's) runs nothing by itself; a user's file may say it, a candidate may not add it.

A candidate may repeat a watched command of the original, letter for letter, and no other. As in
`Reconstruct.Judge.Policy`, nothing relies on this: what counts is what the kernel finds.
-/

namespace Reconstruct.Judge

open Lean

/-- Something that is not simply elaborated: where it stands, what it is, and whether it runs code
(or is only a door). -/
structure Concern where
  pos : String.Pos.Raw
  what : String
  runs : Bool

namespace Own

private def namesOf (names : String) : NameHashSet :=
  (names.split Char.isWhitespace).toArray.map (·.toString) |>.filter (· ≠ "")
    |>.foldl (fun set n => set.insert n.toName) {}

private def wordsOf (words : String) : Std.HashSet String :=
  (words.split Char.isWhitespace).toArray.map (·.toString) |>.filter (· ≠ "")
    |>.foldl .insert {}

/-- Commands beyond the gym's that only declare, show or say how something is written. -/
private def commands : NameHashSet := namesOf
  "Lean.Parser.Command.addDocString Lean.Parser.Command.assertNotExists
  Lean.Parser.Command.assertNotImported Lean.Parser.Command.check Lean.Parser.Command.checkAssertions
  Lean.Parser.Command.check_failure Lean.Parser.Command.exit Lean.Parser.Command.export
  Lean.Parser.Command.importPath Lean.Parser.Command.mixfix Lean.Parser.Command.notation
  Lean.Parser.Command.print Lean.Parser.Command.printAxioms Lean.Parser.Command.printEqns
  Lean.Parser.Command.printSig Lean.Parser.Command.printTacTags
  Lean.Parser.Command.recommended_spelling Lean.Parser.Command.synth Lean.Parser.Command.version
  Lean.Parser.Command.where Lean.Parser.Command.withWeakNamespace Lean.guardMsgsCmd Lean.reduceCmd
  Lean.Parser.commandSeal__ Lean.Parser.commandUnseal__ Lean.Parser.Tactic.normCastAddElim
  Lean.Parser.Command.guardExprCmd Lean.Grind.grindLintCheck Lean.Grind.grindLintInspect
  Lean.Grind.grindLintMute Lean.Grind.grindLintSkip Lean.Parser.Command.grindAnnotated
  Lean.«command__Unif_hint____Where_|_-⊢_» Lean.Parser.timeCmd"

/-- Attributes beyond the gym's that only record something. -/
private def attributes : NameHashSet := namesOf
  "inline always_inline macro_inline inline_if_reduce noinline specialize nospecialize deprecated
  inherit_doc default_instance coe coe_decl pp_nodot pp_using_anonymous_constructor
  elab_without_expected_type unification_hint recursor spec wf_preprocess never_extract expose
  no_expose unbox suggest_for defeq bv_normalize seval bool_to_prop int_toBitVec bitvec_to_nat
  partial_fixpoint_monotone method_specs method_specs_simp tactic_alt mvcgen_simp computed_field
  cases_eliminator symm trans nolint"

/-- Attributes of commands and declarations that put other code where the compiler looks. -/
private def doors : NameHashSet := namesOf "implemented_by extern export csimp"

/-- First words of terms and tactics that run code of the file, or code that nobody checks. -/
private def running : Std.HashSet String := wordsOf
  "run_tac run_conv run_elab run_meta run_cmd by_elab include_str native_decide bv_decide bv_decide?
  bv_check #eval #eval! eval% unsafe dbg_trace dbgTrace! sleep mvcgen"

/-- Options that touch the kernel, the compiler, or the order in which things are elaborated. -/
private def watched (option : Name) : Bool :=
  [`debug, `compiler, `bootstrap, `internal, `interpreter, `Elab, `experimental, `weak].contains
    option.getRoot

/-- A value that is written out: nothing is computed to find it. -/
private partial def isLiteral (stx : Syntax) : Bool :=
  match stx with
  | .ident _ _ n _ => [`true, `false, `none].contains n.eraseMacroScopes
  | .node _ `num _ | .node _ `str _ | .node _ ``Parser.Term.dotIdent _ => true
  | .node _ ``Parser.Term.app args =>
    args.size == 2 && args[0]!.getId == `some && args[1]!.getArgs.all isLiteral
  | .node _ ``Parser.Term.structInst args => args.all fun a => (a.find? fun s =>
      s.isOfKind ``Parser.Term.structInstFieldDef && !isLiteral s[2]).isNone
  | .node _ ``Parser.Term.paren args => args.size == 3 && isLiteral args[1]!
  | _ => false

/-- The categories of syntax whose every node has to be known. -/
private def categoryKinds (env : Environment) (category : Name) : Parser.SyntaxNodeKindSet :=
  ((Parser.parserExtension.getState env).categories.find? category).elim {} (·.kinds)

/-- The first thing in a command that is watched, or `none`. -/
partial def concern? (env : Environment) (stx : Syntax) : Option Concern :=
  go (categoryKinds env `command) (categoryKinds env `attr) stx
where
  go (ofCommands ofAttributes : Parser.SyntaxNodeKindSet) (stx : Syntax) : Option Concern :=
    match stx with
    | .missing => none
    | .atom .. => none
    | .ident _ _ name _ =>
      let name := name.eraseMacroScopes
      if Gym.Allow.isNative name then said stx s!"'{name}'" true else none
    | .node _ kind args =>
      if ofCommands.contains kind && !Gym.Allow.kinds.contains kind && !commands.contains kind then
        said stx (word stx) true
      else if ofAttributes.contains kind && kind != ``Parser.Attr.simple
          && !Gym.Allow.kinds.contains kind && !attributes.contains (attributeName kind) then
        said stx s!"attribute '{attributeName kind}'" (!doors.contains (attributeName kind))
      else if kind == ``Parser.Attr.simple && !simple args[0]!.getId then
        said stx s!"attribute '{args[0]!.getId}'" (!doors.contains args[0]!.getId)
      else if kind == ``Parser.Command.unsafe then said stx "'unsafe'" false
      else if !Gym.Allow.kinds.contains kind && running.contains (firstWord stx) then
        said stx (word stx) true
      else if [``Parser.Command.set_option, ``Parser.Tactic.set_option,
          ``Parser.Term.set_option].contains kind && watched args[1]!.getId then
        said stx s!"option '{args[1]!.getId}'" false
      else if kind == ``Parser.Tactic.valConfigItem && !(args.size > 3 && isLiteral args[3]!) then
        said stx "a tactic option that is computed" true
      else if (kind == ``Parser.Tactic.posConfigItem || kind == ``Parser.Tactic.valConfigItem)
          && args.any (fun a => (a.find? (·.getId.eraseMacroScopes == `native)).isSome) then
        said stx "'native'" true
      else args.findSome? (go ofCommands ofAttributes)
  said (stx : Syntax) (what : String) (runs : Bool) : Option Concern :=
    some { pos := stx.getPos?.getD 0, what, runs }
  simple (n : Name) : Bool := Gym.Allow.attributes.contains n || attributes.contains n
  /-- `Lean.Parser.Attr.extern` is the attribute `extern`. -/
  attributeName (kind : Name) : Name := Gym.Allow.lastComponent kind
  firstWord (stx : Syntax) : String :=
    match stx.find? (fun s => s.isAtom || s.isIdent) with
    | some (.atom _ w) => w
    | _ => ""
  word (stx : Syntax) : String :=
    -- `local macro` and a macro with a comment are still a macro
    let first := stx.find? fun
      | .atom _ w => !["local", "scoped", "@[", "/--"].contains w && !w.endsWith "-/"
      | _ => false
    match first with
    | some (.atom _ w) => s!"'{w}'"
    | _ => "this command"

/-- How a file is to be taken. -/
structure Mode where
  /-- Whether watched commands are looked for at all: not in a test of the later steps. -/
  guarded : Bool := true
  /-- Whether this is the original, which may open doors. -/
  original : Bool := false
  /-- Whether what runs code is taken from the original too. -/
  trusted : Bool := false
  /-- Texts of watched commands that may be repeated. -/
  allowed : List String := []
  /-- Modules that may be imported, with all below them. -/
  importable : List Name := []
  /-- Declarations of which the defining equation is wanted. -/
  unfold : List Name := []

/-- The text of a command. -/
def textOf (source : String) (stx : Syntax) : String :=
  let start := stx.getPos?.getD 0
  (String.Pos.Raw.extract source start (stx.getTailPos?.getD start)).trimAscii.toString

/-- The policy of a mode: the concern that stops a file. -/
def policy (mode : Mode) (source : String) (env : Environment) : Policy := fun stx =>
  match if mode.guarded then concern? env stx else none with
  | none => none
  | some c =>
    if mode.allowed.contains (textOf source stx) then none
    else if mode.original && (mode.trusted || !c.runs) then none
    else
      let why :=
        if !c.runs then s!"{c.what} is not in the original, and opens a door around Lean's checks"
        else if mode.original then
          s!"{c.what} runs code while the file is compiled: trust the file (--trust-file) or remove it"
        else s!"{c.what} runs code while the file is compiled, and is not in a trusted original"
      some (c.pos, why)

/-- `example` leaves nothing behind; as a definition with a name that nobody can write by accident it
is judged like any other declaration. `count` examples came before. -/
partial def nameExamples (stx : Syntax) : StateM Prepared Syntax := do
  match stx with
  | .node info ``Parser.Command.declaration #[modifiers, .node inner ``Parser.Command.example args] =>
    let count ← modifyGet fun p => (p.examples + 1, { p with examples := p.examples + 1 })
    let head := args[0]!.getHeadInfo
    let name := Syntax.ident head "example".toRawSubstring (.mkSimple s!"example {count}") []
    let id := .node .none ``Parser.Command.declId #[name, mkNullNode]
    let word := Syntax.atom head "def "
    let noDeriving := mkNode ``Parser.Command.optDeriving #[mkNullNode]
    let definition := .node inner ``Parser.Command.definition
      #[word, id, args[1]!, args[2]!, noDeriving]
    return .node info ``Parser.Command.declaration #[modifiers.modifyArg 4 asNoncomputable, definition]
  | .node info ``Parser.Command.in args => return .node info ``Parser.Command.in (← args.mapM nameExamples)
  | .node info ``Lean.guardMsgsCmd args => return .node info ``Lean.guardMsgsCmd (← args.mapM nameExamples)
  | _ => return stx
where
  asNoncomputable (old : Syntax) : Syntax :=
    if old.getNumArgs > 0 then old
    else mkNullNode #[mkNode ``Parser.Command.noncomputable #[mkAtom "noncomputable "]]

/-- What the commands of a file are elaborated as; the texts of the watched ones are kept. -/
def prepare (source : String) : Prepare := fun env stx => do
  if (concern? env stx).isSome then
    modify fun p => { p with watched := p.watched.push (textOf source stx) }
  nameExamples stx

/-- The defining equations of some declarations, as theorems that Lean makes on demand: the kernel
checks them like any other. Where there is none, the name is left out. -/
def equations (env : Environment) (names : List Name) : IO (Environment × Array (Name × Name)) := do
  let context : Core.Context :=
    { fileName := "", fileMap := default,
      initHeartbeats := ← IO.getNumHeartbeats, maxHeartbeats := 200000 * 1000 }
  let act : MetaM (Array (Name × Name)) := names.foldlM (init := #[]) fun found n => do
    let equation ← try Meta.getUnfoldEqnFor? n (nonRec := true) catch _ => pure none
    return equation.elim found (fun e => found.push (n, e))
  match ← (act.run'.run context { env }).toBaseIO with
  | .ok (found, state) => return (state.env, found)
  | .error _ => return (env, #[])

/-- Own definitions that have a hole. -/
def incomplete (env : Environment) : List Name :=
  env.checked.get.constants.map₂.toList.filterMap fun (n, c) =>
    if c.isUnsafe || c.isPartial || n.isInternalDetail then none
    else match c with
    | .defnInfo v => if v.value.hasSorry || v.value.getUsedConstants.any fun m =>
        m.isInternalDetail && ((env.find? m).any fun c => c.type.hasSorry ||
          (c.value? (allowOpaque := true)).any (·.hasSorry)) then some n else none
    | _ => none

/-- Declarations of which only the code has a hole: a `partial` function is opaque to the kernel. -/
def codeHoles (env : Environment) (unsafes : Array Name) : Array Name :=
  (unsafes.filter fun n => (env.find? n).any fun c =>
    (c.value? (allowOpaque := true)).any (·.hasSorry)).map fun
      | .str n "_unsafe_rec" => n
      | n => n

end Own
end Reconstruct.Judge
