import Lean.Elab.Command

/-!
# Export

Writes declarations as text in the lean4export format, version 3.1.0: one JSON object a line; names,
levels and expressions numbered in the order of first use; every declaration after everything that
it uses. Metadata nodes of expressions are dropped, as the format's own exporter does by default.

Two constants have no text of their own to depend on: a string literal stands for
`String.ofList [Char.ofNat …]` and a numeral for a `Nat`, so those constants are exported with the
first literal that needs them.

A theorem or definition whose body the toolchain does not ship appears in the environment, and so
here, as an `axiom`. Telling those from real axioms is the reader's task (it holds a pinned list).
-/

namespace Reconstruct.Judge

open Lean

/-- Raised as an `IO` error: a declaration that the format or the judge has no place for. -/
def exportError {α} (n : Name) (what : String) : IO α :=
  throw <| IO.userError s!"cannot export '{n}': {what}"

/-- What an export run knows and where it writes. `skip n` declarations are referred to by name
only: the reader already has them. -/
structure ExportContext where
  env : Environment
  skip : Name → Bool
  sink : String → IO Unit

/-- Numbers given so far, declarations done, and text not yet handed to the sink. -/
structure ExportState where
  names : Std.HashMap Name Nat := Std.HashMap.emptyWithCapacity 4096 |>.insert .anonymous 0
  levels : Std.HashMap Level Nat := Std.HashMap.emptyWithCapacity 256 |>.insert .zero 0
  exprs : Std.HashMap Expr Nat := Std.HashMap.emptyWithCapacity 16384
  done : NameHashSet := {}
  natDone : Bool := false
  strDone : Bool := false
  pending : String := ""

abbrev ExportM := ReaderT ExportContext (StateRefT ExportState IO)

/-- Text is handed to the sink in pieces of about this many bytes. -/
def flushAt : Nat := 65536

def flush : ExportM Unit := do
  let text ← modifyGet fun s => (s.pending, { s with pending := "" })
  unless text.isEmpty do (← read).sink text

def line (text : String) : ExportM Unit := do
  modify fun s => { s with pending := s.pending ++ text ++ "\n" }
  if (← get).pending.utf8ByteSize > flushAt then flush

/-- A JSON string. Control characters are escaped, so that no name can start a line of its own. -/
def quoted (s : String) : String :=
  if s.all fun c => c.val ≥ 0x20 && c != '"' && c != '\\' && c.val < 0x7f then
    "\"" ++ s ++ "\""
  else
    s.foldl (init := "\"") (fun acc c =>
      if c == '"' then acc ++ "\\\""
      else if c == '\\' then acc ++ "\\\\"
      else if c.val < 0x20 || (c.val ≥ 0x7f && c.val < 0xa0) || c.val == 0x2028 || c.val == 0x2029 then
        let hex := Nat.toDigits 16 c.toNat
        acc ++ "\\u" ++ String.ofList (List.replicate (4 - hex.length) '0' ++ hex)
      else acc.push c) ++ "\""

def numbers (ids : List Nat) : String :=
  "[" ++ ",".intercalate (ids.map toString) ++ "]"

partial def nameId (n : Name) : ExportM Nat := do
  if let some i := (← get).names[n]? then return i
  let body ← match n with
    | .anonymous => pure ""
    | .str p s => pure s!"\"str\":\{\"pre\":{← nameId p},\"str\":{quoted s}}"
    | .num p k => pure s!"\"num\":\{\"pre\":{← nameId p},\"i\":{k}}"
  let i := (← get).names.size
  modify fun s => { s with names := s.names.insert n i }
  line ("{" ++ body ++ ",\"in\":" ++ toString i ++ "}")
  return i

def nameIds (ns : List Name) : ExportM String := return numbers (← ns.mapM nameId)

partial def levelId (l : Level) : ExportM Nat := do
  if let some i := (← get).levels[l]? then return i
  let body ← match l with
    | .succ a => pure s!"\"succ\":{← levelId a}"
    | .max a b => pure s!"\"max\":[{← levelId a},{← levelId b}]"
    | .imax a b => pure s!"\"imax\":[{← levelId a},{← levelId b}]"
    | .param n => pure s!"\"param\":{← nameId n}"
    | _ => throw <| IO.userError "cannot export a level with a metavariable"
  let i := (← get).levels.size
  modify fun s => { s with levels := s.levels.insert l i }
  line ("{" ++ body ++ ",\"il\":" ++ toString i ++ "}")
  return i

def binderText : BinderInfo → String
  | .default => "default"
  | .implicit => "implicit"
  | .strictImplicit => "strictImplicit"
  | .instImplicit => "instImplicit"

partial def exprId (e : Expr) : ExportM Nat := do
  if let .mdata _ e := e then return ← exprId e
  if let some i := (← get).exprs[e]? then return i
  let body ← match e with
    | .app f a => do
      let f ← exprId f
      pure s!"\"app\":\{\"fn\":{f},\"arg\":{← exprId a}}"
    | .bvar n => pure s!"\"bvar\":{n}"
    | .const n us => do
      let us ← us.mapM levelId
      pure s!"\"const\":\{\"name\":{← nameId n},\"us\":{numbers us}}"
    | .lam n t b i => do
      let t ← exprId t
      let b ← exprId b
      pure s!"\"lam\":\{\"name\":{← nameId n},\"type\":{t},\"body\":{b},\"binderInfo\":\"{binderText i}\"}"
    | .forallE n t b i => do
      let t ← exprId t
      let b ← exprId b
      pure s!"\"forallE\":\{\"name\":{← nameId n},\"type\":{t},\"body\":{b},\"binderInfo\":\"{binderText i}\"}"
    | .letE n t v b nondep => do
      let t ← exprId t
      let v ← exprId v
      let b ← exprId b
      pure s!"\"letE\":\{\"name\":{← nameId n},\"type\":{t},\"value\":{v},\"body\":{b},\"nondep\":{nondep}}"
    | .sort l => pure s!"\"sort\":{← levelId l}"
    | .lit (.natVal n) => pure s!"\"natVal\":\"{n}\""
    | .lit (.strVal s) => pure s!"\"strVal\":{quoted s}"
    | .proj s i e => do
      let e ← exprId e
      pure s!"\"proj\":\{\"typeName\":{← nameId s},\"idx\":{i},\"struct\":{e}}"
    | _ => throw <| IO.userError "cannot export a term with a metavariable or a free variable"
  let i := (← get).exprs.size
  modify fun s => { s with exprs := s.exprs.insert e i }
  line ("{" ++ body ++ ",\"ie\":" ++ toString i ++ "}")
  return i

/-- The recursors that belong to a mutual block: one a type, then one a nested occurrence. -/
def recursorNames (v : InductiveVal) : List Name :=
  v.all.map mkRecName ++
    (List.range v.numNested).map fun i => .str v.all.head! s!"rec_{i + 1}"

/-- Whether an expression is, or contains, a literal that `p` accepts. -/
def hasLiteral (p : Literal → Bool) (e : Expr) : Bool :=
  (e.find? fun | .lit l => p l | _ => false).isSome

mutual

/-- Exports everything that the expression names, and what its literals stand for. -/
partial def dependencies (e : Expr) : ExportM Unit := do
  for n in e.getUsedConstants do declaration n
  let s ← get
  if !s.natDone && hasLiteral (fun | .natVal _ => true | _ => false) e then
    modify ({ · with natDone := true })
    declaration ``Nat
  if !s.strDone && hasLiteral (fun | .strVal _ => true | _ => false) e then
    modify ({ · with strDone := true })
    for n in [``String.ofList, ``Char.ofNat, ``List.cons, ``List.nil] do declaration n

/-- Exports one declaration after everything that it uses. -/
partial def declaration (n : Name) : ExportM Unit := do
  if (← get).done.contains n || (← read).skip n then return
  modify fun s => { s with done := s.done.insert n }
  let some c := (← read).env.find? n | exportError n "there is no such declaration"
  if c.isUnsafe then exportError n "it is marked unsafe"
  if c.isPartial then exportError n "it is marked partial"
  let head (kind : String) (v : ConstantVal) : ExportM String := do
    let name ← nameId v.name
    let params ← nameIds v.levelParams
    return "{\"" ++ kind ++ s!"\":\{\"name\":{name},\"levelParams\":{params},\"type\":{← exprId v.type}"
  match c with
  | .axiomInfo v =>
    dependencies v.type
    line <| (← head "axiom" v.toConstantVal) ++ ",\"isUnsafe\":false}}"
  | .thmInfo v =>
    dependencies v.type
    dependencies v.value
    let h ← head "thm" v.toConstantVal
    let w ← exprId v.value
    line <| h ++ s!",\"value\":{w},\"all\":{← nameIds v.all}}}"
  | .opaqueInfo v =>
    dependencies v.type
    dependencies v.value
    let h ← head "opaque" v.toConstantVal
    let w ← exprId v.value
    line <| h ++ s!",\"value\":{w},\"isUnsafe\":false,\"all\":{← nameIds v.all}}}"
  | .defnInfo v =>
    dependencies v.type
    dependencies v.value
    let hints := match v.hints with
      | .opaque => "\"opaque\""
      | .abbrev => "\"abbrev\""
      | .regular k => "{\"regular\":" ++ toString k ++ "}"
    let h ← head "def" v.toConstantVal
    let w ← exprId v.value
    line <| h ++ s!",\"value\":{w},\"hints\":{hints},\"safety\":\"safe\",\"all\":{← nameIds v.all}}}"
  | .quotInfo _ =>
    declaration ``Eq
    for m in [``Quot, ``Quot.mk, ``Quot.lift, ``Quot.ind] do
      let some (.quotInfo v) := (← read).env.find? m | exportError m "it is not the kernel's own"
      modify fun s => { s with done := s.done.insert m }
      let kind := match v.kind with
        | .type => "type" | .ctor => "ctor" | .lift => "lift" | .ind => "ind"
      line <| (← head "quot" v.toConstantVal) ++ s!",\"kind\":\"{kind}\"}}"
  | .ctorInfo v => modify (fun s => { s with done := s.done.erase n }); declaration v.induct
  | .recInfo v => modify (fun s => { s with done := s.done.erase n }); declaration v.all.head!
  | .inductInfo v => inductiveBlock v

/-- Exports a mutual block of inductive types with its constructors and recursors, as one line. -/
partial def inductiveBlock (first : InductiveVal) : ExportM Unit := do
  let env := (← read).env
  let mut types := #[]
  let mut ctors := #[]
  let mut recs := #[]
  for n in first.all do
    let some (.inductInfo v) := env.find? n | exportError n "it is not an inductive type"
    types := types.push v
    for c in v.ctors do
      let some (.ctorInfo w) := env.find? c | exportError c "it is not a constructor"
      ctors := ctors.push w
  for n in recursorNames first do
    let some (.recInfo v) := env.find? n | exportError n "it is not a recursor"
    recs := recs.push v
  -- Everything in the block counts as done before dependencies are followed: it refers to itself.
  let own := (types.map (·.name)) ++ (ctors.map (·.name)) ++ (recs.map (·.name))
  modify fun s => { s with done := own.foldl .insert s.done }
  for v in types do dependencies v.type
  for v in ctors do dependencies v.type
  for v in recs do
    dependencies v.type
    for r in v.rules do dependencies r.rhs
  let mut typesText := #[]
  for v in types do
    let name ← nameId v.name
    let params ← nameIds v.levelParams
    let type ← exprId v.type
    typesText := typesText.push <| s!"\{\"name\":{name},\"levelParams\":{params},\"type\":{type}," ++
      s!"\"numParams\":{v.numParams},\"numIndices\":{v.numIndices},\"all\":{← nameIds v.all}," ++
      s!"\"ctors\":{← nameIds v.ctors},\"numNested\":{v.numNested},\"isRec\":{v.isRec}," ++
      s!"\"isUnsafe\":false,\"isReflexive\":{v.isReflexive}}"
  let mut ctorsText := #[]
  for v in ctors do
    let name ← nameId v.name
    let params ← nameIds v.levelParams
    let type ← exprId v.type
    ctorsText := ctorsText.push <| s!"\{\"name\":{name},\"levelParams\":{params},\"type\":{type}," ++
      s!"\"induct\":{← nameId v.induct},\"cidx\":{v.cidx},\"numParams\":{v.numParams}," ++
      s!"\"numFields\":{v.numFields},\"isUnsafe\":false}"
  let mut recsText := #[]
  for v in recs do
    let name ← nameId v.name
    let params ← nameIds v.levelParams
    let type ← exprId v.type
    let mut rules := #[]
    for r in v.rules do
      let rhs ← exprId r.rhs
      rules := rules.push s!"\{\"ctor\":{← nameId r.ctor},\"nfields\":{r.nfields},\"rhs\":{rhs}}"
    recsText := recsText.push <| s!"\{\"name\":{name},\"levelParams\":{params},\"type\":{type}," ++
      s!"\"all\":{← nameIds v.all},\"numParams\":{v.numParams},\"numIndices\":{v.numIndices}," ++
      s!"\"numMotives\":{v.numMotives},\"numMinors\":{v.numMinors}," ++
      s!"\"rules\":[{",".intercalate rules.toList}],\"k\":{v.k},\"isUnsafe\":false}"
  line <| s!"\{\"inductive\":\{\"types\":[{",".intercalate typesText.toList}]," ++
    s!"\"ctors\":[{",".intercalate ctorsText.toList}],\"recs\":[{",".intercalate recsText.toList}]}}"

end

/-- The first line of an export. -/
def metaLine : String :=
  "{\"meta\":{\"exporter\":{\"name\":\"autoresearch-formal\",\"version\":\"1\"}," ++
    s!"\"lean\":\{\"githash\":{quoted Lean.githash},\"version\":{quoted Lean.versionString}}," ++
    "\"format\":{\"version\":\"3.1.0\"}}}"

/-- Exports `roots` and what they use, except what `skip` says the reader has. Errors name the
declaration that could not be exported. -/
def exportDeclarations (env : Environment) (roots : Array Name) (skip : Name → Bool)
    (sink : String → IO Unit) : IO Unit := do
  let act : ExportM Unit := do
    line metaLine
    for n in roots do declaration n
    flush
  (act.run { env, skip, sink }).run' {}

end Reconstruct.Judge
