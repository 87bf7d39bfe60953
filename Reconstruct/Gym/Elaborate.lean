import Reconstruct.Gym.Allow
import Reconstruct.Gym.Theory

/-!
# Commands: text in, a new theory out

The text is read command by command. Each must parse, pass the allow-list and elaborate without an
error before the next is looked at; the first failure ends the request and nothing of it is kept (Lean
leaves the name of a rejected declaration behind as an axiom, so the environment is thrown away).
-/

namespace Reconstruct.Gym

open Lean Elab Meta

/-- A message as the answer shows it: lines from 1, columns from 0. -/
def messageJson (m : Message) : BaseIO Json := do
  let severity := match m.severity with
    | .information => "info" | .warning => "warning" | .error => "error"
  return Json.mkObj [("severity", severity), ("line", toJson m.pos.line),
    ("column", toJson m.pos.column), ("text", ← m.data.toString)]

/-- Parts of declarations that no reader asks for: recursors, matchers, equation lemmas. -/
def isVisible (env : Environment) (name : Name) : Bool :=
  !(name.isInternalDetail || isPrivateName name || isAuxRecursor env name || isNoConfusion env name
    || isReservedName env name || (Match.Extension.getMatcherInfo? env name).isSome)

/-- The word for a kind of declaration. -/
def kindWord (env : Environment) (info : ConstantInfo) : String :=
  match info with
  | .thmInfo _ => "theorem"
  | .axiomInfo _ => match getOriginalConstKind? env info.name with
    | some .thm => "theorem" | some .defn => "def" | some .opaque => "opaque" | _ => "axiom"
  | .defnInfo _ =>
    if isClass env info.name then "class" else if isInstanceCore env info.name then "instance" else "def"
  | .opaqueInfo _ => "opaque" | .ctorInfo _ => "constructor" | .recInfo _ => "recursor"
  | .quotInfo _ => "quotient"
  | .inductInfo _ =>
    if isClass env info.name then "class"
    else if isStructure env info.name then "structure" else "inductive"

/-- Constants in the type and, where it is known, the value of a declaration; auxiliary declarations
stand for what they use themselves. -/
partial def usedBy (env : Environment) (info : ConstantInfo) : NameSet :=
  let add (set : NameSet) (c : Name) : NameSet :=
    if c.isInternalDetail then
      match env.find? c with
      | some aux => (usedBy env aux).foldl NameSet.insert set
      | none => set
    else set.insert c
  let direct := info.type.getUsedConstantsAsSet
  let direct := match info.value? (allowOpaque := true) with
    | some v => v.getUsedConstantsAsSet.foldl NameSet.insert direct
    | none => direct
  direct.foldl add {}

/-- Names in `new` that are not in `old`, sorted. -/
def newNames (old new : Environment) : Array Name :=
  let names := new.constants.foldStage2 (fun names n _ =>
    if old.constants.map₂.contains n then names else names.push n) #[]
  names.qsort Name.quickLt

/-- What elaborating a text gave. -/
structure Elaborated where
  theory   : Theory
  decls    : Array Name
  messages : Array Json

/-- Elaborate `text` in `theory`. -/
partial def elaborate (theory : Theory) (budget : Budget) (rules : Allow.Rules) (text : String) :
    GymM Elaborated := do
  let input := inputOf text
  let start ← IO.getNumHeartbeats
  let rec go (parser : Parser.ModuleParserState) (state : Command.State) (log : Array Json) :
      GymM (Command.State × Array Json) := do
    let scope := state.scopes.head!
    let context := { env := state.env, options := scope.opts,
                     currNamespace := scope.currNamespace, openDecls := scope.openDecls }
    let (stx, parser', errors) := Parser.parseCommand input context parser {}
    if errors.hasErrors then
      fail .parse errors log
    if Parser.isTerminalCommand stx then
      return (state, log)
    if let some r := Allow.refusal? rules stx then
      let p := input.fileMap.toPosition r.pos
      throw { kind := .forbidden, message := s!"{p.line}:{p.column}: {r.what} is not allowed here",
              extra := [("messages", .arr log)] }
    let spent := ((← IO.getNumHeartbeats) - start) / 1000
    let left := if spent < budget.heartbeats then budget.heartbeats - spent else 1
    let scopes := state.scopes.map fun s => { s with opts := maxHeartbeats.set s.opts left }
    let action := Command.withLoggingExceptions (Command.elabCommandTopLevel stx)
    let state ← match ← (action (commandContext input parser.pos budget.token)
        |>.run { state with scopes, messages := {} }).toBaseIO with
      | .ok (_, state) => pure state
      | .error e => throw (← faultOfException e)
    if ← budget.token.isSet then
      fault .timeout "time limit reached"
    if state.messages.hasErrors then
      fail .elaboration state.messages log
    if !rules.allowSorry && state.messages.toList.any (isSorryMessage ·.data) then
      fault .elaboration "declaration uses 'sorry'"
    let log ← state.messages.toList.foldlM (fun log m => return log.push (← messageJson m)) log
    go parser' { state with
      messages := {}, infoState := { enabled := false }, traceState := {}, snapshotTasks := #[] } log
  let (state, messages) ← go {} theory.state #[]
  return { theory := { state }, decls := newNames theory.env state.env, messages }
where
  fail {α : Type} (kind : ErrorKind) (errors : MessageLog) (log : Array Json) : GymM α := do
    let log ← errors.toList.foldlM (fun log m => return log.push (← messageJson m)) log
    let some f ← firstError? errors | fault .internal "an error without a message"
    throw { f with
      kind := if f.kind == .elaboration then kind else f.kind, extra := [("messages", .arr log)] }

end Reconstruct.Gym
