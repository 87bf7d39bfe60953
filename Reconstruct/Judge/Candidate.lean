import Lean.Elab.Import
import Reconstruct.Judge.Export

/-!
# Candidate

Turns the source text of a candidate into an export of the declarations that it adds. Each command
is parsed, shown to the source policy, and only then elaborated; the first refusal or error ends the
run. Imported declarations are referred to by name: what they are is not for the candidate to say.
-/

namespace Reconstruct.Judge

open Lean Elab

/-- Why a candidate was stopped, and where. -/
structure Stop where
  /-- `header`, `parse`, `policy`, `elab` or `export`. -/
  step : String
  line : Nat
  column : Nat
  text : String

/-- A declaration of the candidate and the source lines, first and last, that it comes from.
`written` is false for what Lean derived from something written. -/
structure Place where
  name : Name
  first : Nat
  last : Nat
  written : Bool

/-- May this command be elaborated? `none` means yes; otherwise where it offends, and how. -/
abbrev Policy := Syntax → Option (String.Pos.Raw × String)

/-- A policy that depends on the syntax which the file itself has declared so far. -/
abbrev PolicyIn := Environment → Policy

/-- May this header be imported? -/
abbrev HeaderPolicy := Syntax → Option (String.Pos.Raw × String)

/-- May this declaration stay? `none` means yes; otherwise what offends. Asked of every declaration
that a command added, before the next command is read. -/
abbrev DeclarationPolicy := ConstantInfo → Option String

/-- The modules that a header imports, in order. -/
def importedModules (header : HeaderSyntax) : List Name :=
  (headerToImports header).toList.map (·.module)

private def firstError (messages : MessageLog) : Option Message :=
  messages.toList.find? (·.severity == .error)

private def stopOf (step : String) (m : Message) : IO Stop := do
  return { step, line := m.pos.line, column := m.pos.column, text := (← m.data.toString) }

private def stopAt (map : FileMap) (step : String) (pos : String.Pos.Raw) (text : String) : Stop :=
  let pos := map.toPosition pos
  { step, line := pos.line, column := pos.column, text }

/-- What is kept while commands are made ready: how many examples were named, and the texts of
commands that are watched. -/
structure Prepared where
  examples : Nat := 0
  watched : Array String := #[]

/-- What a command is elaborated as. -/
abbrev Prepare := Environment → Syntax → StateM Prepared Syntax

/-- What a successful run leaves: the environment, the modules that the header imported, and what was
kept on the way. -/
structure Elaborated where
  env : Environment
  imports : List Name
  prepared : Prepared

/-- What a header imports, as an environment. -/
abbrev Load := HeaderSyntax → Options → Parser.InputContext → IO (Environment × MessageLog)

/-- Imports afresh. -/
def loadHeader : Load := fun header options ictx =>
  processHeader header options {} ictx (trustLevel := 0)

/-- Elaborates a source text under a policy, or says why it was stopped. Each command that the policy
has let through is elaborated as `prepare` gives it. -/
def elaborate (text : String) (fileName : String) (headerPolicy : HeaderPolicy) (policy : PolicyIn)
    (declarationPolicy : DeclarationPolicy) (options : Options)
    (prepare : Prepare := fun _ => pure) (load : Load := loadHeader) : IO (Except Stop Elaborated) := do
  let ictx := Parser.mkInputContext text fileName
  let (header, parser, messages) ← Parser.parseHeader ictx
  if let some m := firstError messages then return .error (← stopOf "header" m)
  if let some (pos, why) := headerPolicy header.raw then
    return .error (stopAt ictx.fileMap "header" pos why)
  let (env, messages) ← load header options ictx
  if let some m := firstError messages then return .error (← stopOf "header" m)
  let mut parser := parser
  let mut state := Command.mkState env {} options
  let mut prepared : Prepared := {}
  repeat
    let scope := state.scopes.head!
    let context := { env := state.env, options := scope.opts,
                     currNamespace := scope.currNamespace, openDecls := scope.openDecls }
    let (stx, parser', messages) := Parser.parseCommand ictx context parser {}
    parser := parser'
    if let some m := firstError messages then return .error (← stopOf "parse" m)
    -- `#exit`, which hides the rest of a file, is no end of it: the policy sees it.
    if stx.isOfKind ``Parser.Command.eoi then break
    let start := stx.getPos?.getD 0
    if let some (pos, why) := policy state.env stx then
      return .error (stopAt ictx.fileMap "policy" pos why)
    let (command, kept) := (prepare state.env stx).run prepared
    prepared := kept
    let context : Command.Context :=
      { cmdPos := start, fileName, fileMap := ictx.fileMap,
        snap? := none, cancelTk? := none }
    let known := state.env.constants
    match ← ((Command.elabCommandTopLevel command context).run { state with messages := {} }).toBaseIO with
    | .ok (_, state') => state := state'
    | .error e => return .error (stopAt ictx.fileMap "elab" start (← e.toMessageData.toString))
    if let some m := firstError state.messages then return .error (← stopOf "elab" m)
    let refused := state.env.constants.foldStage2 (fun found name info =>
      found <|> if known.map₂.contains name then none else declarationPolicy info) none
    if let some why := refused then return .error (stopAt ictx.fileMap "policy" start why)
    if Parser.isTerminalCommand stx then break
  return .ok { env := state.env, imports := importedModules header, prepared }

/-- The place of `n`: its own range, or that of the nearest name above it which has one (auxiliary
declarations have none of their own). -/
def placeOf (env : Environment) (n : Name) : Place :=
  go n
where
  place (m : Name) (above : Place) : Place :=
    match declRangeExt.find? (level := .server) env m with
    | some r =>
      { name := n, first := r.range.pos.line, last := r.range.endPos.line, written := m == n }
    | none => above
  go : Name → Place
    | .anonymous => { name := n, first := 0, last := 0, written := false }
    | .str p s => place (.str p s) (go p)
    | .num p k => place (.num p k) (go p)

/-- What the candidate added, in the order of the source. -/
def placesOf (env : Environment) : Array Place :=
  let own := env.checked.get.constants.map₂.toList.map (placeOf env ·.1)
  own.toArray.qsort fun a b => a.first < b.first || (a.first == b.first && a.name.quickLt b.name)

/-- Whether a declaration is only for the compiler: Lean writes an unsafe twin next to a recursive
definition. Nothing safe can use it. One that the source itself states is never overlooked. -/
def forCompiler (env : Environment) (p : Place) : Bool :=
  !p.written && (env.find? p.name).any fun c => c.isUnsafe || c.isPartial

/-- Exports what the candidate added; what it imported is referred to by name. -/
def exportCandidate (env : Environment) (sink : String → IO Unit) : IO (Array Place) := do
  let places := (placesOf env).filter (!forCompiler env ·)
  exportDeclarations env (places.map (·.name)) (fun n => (env.getModuleIdxFor? n).isSome) sink
  return places

end Reconstruct.Judge
