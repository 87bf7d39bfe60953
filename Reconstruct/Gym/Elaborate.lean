import Reconstruct.Gym.Allow
import Reconstruct.Gym.Holes

/-!
# Commands: text in, a new theory out

The text is read command by command. Each must parse, pass the allow-list and elaborate without an
error before the next is looked at; the first failure ends the request and nothing of it is kept (Lean
leaves the name of a rejected declaration behind as an axiom, so the environment is thrown away).
-/

namespace Reconstruct.Gym

open Lean Elab Meta

/-- A message as the answer shows it: lines from 1, columns from 0. -/
def messageJson (t : Theory) (m : Message) : BaseIO Json := do
  let severity := match m.severity with
    | .information => "info" | .warning => "warning" | .error => "error"
  return Json.mkObj [("severity", severity), ("line", toJson m.pos.line),
    ("column", toJson m.pos.column), ("text", t.silence (← m.data.toString))]

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

/-- The declaration with bare `sorry`s: Lean labels each with the name of the place it stands at. -/
private def withoutLabels (info : ConstantInfo) : ConstantInfo :=
  let bare (e : Expr) : Expr :=
    if e.hasSorry then e.replace fun e => if e.isAppOf ``sorryAx then some (.const ``sorryAx []) else none
    else e
  match info with
  | .defnInfo d => .defnInfo { d with value := bare d.value }
  | .thmInfo t => .thmInfo { t with value := bare t.value }
  | .opaqueInfo o => .opaqueInfo { o with value := bare o.value }
  | info => info

/-- Whether a new declaration mentions what the mask hides: anything in a type or a definition,
anything not permitted in a proof; or reads the letters of names. -/
def mentionsHidden (veil : Veil) (info : ConstantInfo) : Bool :=
  let reads := !Allow.isTacticName (Allow.lastComponent info.name) &&
    (withoutLabels info).getUsedConstantsAsSet.any readsNames
  let inType := info.type.foldConsts false fun c b => b || veil.hides c
  reads || inType || match info with
    | .thmInfo t => t.value.foldConsts false fun c b => b || veil.refuses c
    | _ => match info.value? (allowOpaque := true) with
      | some v => v.foldConsts false fun c b => b || veil.hides c
      | none => false

/-- Constants by which a proof would rest on compiled code. -/
def nativeAxioms : List Name := [``Lean.ofReduceBool, ``Lean.ofReduceNat, ``Lean.trustCompiler]

/-- Whether a declaration of the session is an axiom: rejected declarations and proofs by compiled
code leave some behind. -/
def isOwnAxiom (env : Environment) (name : Name) : Bool :=
  (env.getModuleIdxFor? name).isNone && match env.find? name with
    | some (.axiomInfo _) => true
    | _ => false

/-- Refuse new declarations that are axioms or rest on compiled code. -/
private def checkAxioms (env : Environment) (decls : Array Name) : GymM Unit := do
  for name in decls do
    if isOwnAxiom env name then fault .forbidden s!"'{name}' would be an axiom"
    if let some info := env.find? name then
      let native := (info.value? (allowOpaque := true)).any fun v =>
        v.foldConsts false fun c b => b || nativeAxioms.contains c
      if native then fault .forbidden s!"'{name}' would rest on compiled code"

/-- Declarations in `new` that are not in `old`, in no order. -/
def newConstants (old new : Environment) : Array ConstantInfo :=
  new.constants.foldStage2 (fun infos n info =>
    if old.constants.map₂.contains n then infos else infos.push info) #[]

/-- A hole that is a proposition, and the theory before the command that it is in. -/
structure OpenHole where
  before : Theory
  decl   : Name
  closed : Closed

/-- What elaborating a text gave. -/
structure Elaborated where
  theory   : Theory
  decls    : Array Name
  messages : Array Json
  holes    : Array OpenHole

/-- Carry out one command within the heartbeats that the scope allows. Its messages are those of the
new state; `info` asks for the information trees too. -/
def runCommand (input : Parser.InputContext) (pos : String.Pos.Raw) (budget : Budget) (info : Bool)
    (state : Command.State) (stx : Syntax) : GymM Command.State := do
  let action := Command.withLoggingExceptions (Command.elabCommandTopLevel stx)
  match ← (action (commandContext input pos budget.token)
      |>.run { state with messages := {}, infoState := { enabled := info } }).toBaseIO with
  | .ok (_, state) =>
    if ← budget.token.isSet then fault .timeout "time limit reached"
    return state
  | .error e => throw (← faultOfException e)

/-- A state without what a command left behind for its own use. -/
def atRest (state : Command.State) : Command.State := { state with
  messages := {}, infoState := { enabled := false }, traceState := {}, snapshotTasks := #[] }

/-- Read the next command. -/
def nextCommand (input : Parser.InputContext) (parser : Parser.ModuleParserState)
    (state : Command.State) : Syntax × Parser.ModuleParserState × MessageLog :=
  let scope := state.scopes.head!
  Parser.parseCommand input {
    env := state.env, options := scope.opts
    currNamespace := scope.currNamespace, openDecls := scope.openDecls } parser {}

/-- Fail with the first of some errors; `log` are the messages before them. -/
def failWith {α : Type} (theory : Theory) (kind : ErrorKind) (errors : MessageLog)
    (log : Array Json := #[]) : GymM α := do
  let log ← errors.toList.foldlM (fun log m => return log.push (← messageJson theory m)) log
  let some f ← firstError? errors | fault .internal "an error without a message"
  throw { theory.silenceFault f with
    kind := if f.kind == .elaboration then kind else f.kind, extra := [("messages", .arr log)] }

/-- Elaborate `text` in `theory`. -/
partial def elaborate (theory : Theory) (budget : Budget) (rules : Allow.Rules) (text : String) :
    GymM Elaborated := do
  let input := inputOf text
  let start ← IO.getNumHeartbeats
  let rec go (parser : Parser.ModuleParserState) (state : Command.State) (log : Array Json)
      (holes : Array OpenHole) : GymM (Command.State × Array Json × Array OpenHole) := do
    let (stx, parser', errors) := nextCommand input parser state
    if errors.hasErrors then
      failWith theory .parse errors log
    if stx.isOfKind ``Parser.Command.eoi then
      return (state, log, holes)
    if let some r := rules.refusal? state.env theory.veil?.isSome stx then
      let p := input.fileMap.toPosition r.pos
      throw { kind := .forbidden, message := s!"{p.line}:{p.column}: {r.what} is not allowed here",
              extra := [("messages", .arr log)] }
    let spent := ((← IO.getNumHeartbeats) - start) / 1000
    let left := if spent < budget.heartbeats then budget.heartbeats - spent else 1
    let before := { theory with state }
    let scopes := state.scopes.map fun s => { s with opts := maxHeartbeats.set s.opts left }
    let state ← runCommand input parser.pos budget rules.allowSorry { state with scopes }
      (if rules.own?.isSome then stx else Allow.settle stx)
    if state.messages.hasErrors then
      failWith theory .elaboration state.messages log
    if !rules.allowSorry && state.messages.toList.any (isSorryMessage ·.data) then
      fault .elaboration "declaration uses 'sorry'"
    unless rules.own?.isSome do
      if let some info := (newConstants before.env state.env).find? Allow.isTacticConstant then
        fault .forbidden s!"'{info.name}' of type Lean.Syntax is not allowed here"
    let log ← state.messages.toList.foldlM (fun log m => return log.push (← messageJson theory m)) log
    let found ← if rules.allowSorry then liftIO (holesOf stx state.infoState.trees) else pure #[]
    let holes := holes ++ found.filterMap fun h =>
      h.statement?.map fun closed => { before, decl := h.decl, closed }
    go parser' (atRest state) log holes
  let (state, messages, holes) ← go {} theory.state #[] #[]
  let decls := sortNames ((newConstants theory.env state.env).map (·.name))
  unless rules.own?.isSome do
    checkAxioms state.env decls
    if let some veil := theory.veil? then
      for name in decls do
        if let some info := state.env.find? name then
          if mentionsHidden veil info then fault .elaboration Veil.plainFailure
  return { theory := { theory with state }, decls, messages, holes }

end Reconstruct.Gym
