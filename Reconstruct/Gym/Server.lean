import Reconstruct.Gym.Audit
import Reconstruct.Gym.Try

/-!
# The server: requests to answers

One worker thread owns every theory and state; a watchdog thread sets the cancel token of the request
that has run out of time. Nothing the worker keeps is reachable from another thread, so Lean need not
count references atomically.
-/

namespace Reconstruct.Gym

open Lean Elab

/-- Ceilings and defaults of what a request may ask for. -/
structure Limits where
  lineBytes  : Nat := 4 * 1024 * 1024
  textBytes  : Nat := 64 * 1024
  tactics    : Nat := 1024
  heartbeats : Nat := 20000
  ms         : Nat := 10000
  maxMs      : Nat := 3600000

/-- What the worker keeps. -/
structure Store where
  theories   : Std.HashMap Nat Theory := {}
  states     : Std.HashMap Nat ProofState := {}
  next       : Nat := 0
  /-- Imports made so far, so that asking again is free. -/
  imports    : List ((Array Name × List (String × String)) × Theory) := []
  steps      : Nat := 0
  requests   : Nat := 0

/-- The token of the running request and the millisecond at which it must be set. -/
abbrev Deadline := IO.Ref (Option (IO.CancelToken × Nat))

/-- What the operations of one worker share. -/
structure Context where
  store    : IO.Ref Store
  files    : IO.Ref ImportCache
  deadline : Deadline
  limits   : Limits := {}

/-- Operations of the server. -/
abbrev ServerM := ReaderT Context GymM

private def modifyStore (f : Store → Store) : ServerM Unit := do (← read).store.modify f

private def addTheory (t : Theory) : ServerM Nat := do
  let id := (← (← read).store.get).next
  modifyStore fun s => { s with next := id + 1, theories := s.theories.insert id t }
  return id

private def addState (p : ProofState) : ServerM Nat := do
  let id := (← (← read).store.get).next
  modifyStore fun s => { s with next := id + 1, states := s.states.insert id p }
  return id

private def getTheory (r : Request) : ServerM Theory := do
  let id ← r.nat "theory"
  match (← (← read).store.get).theories[id]? with
  | some t => return t
  | none => fault .gone s!"theory {id} does not exist (any more)"

private def getState (r : Request) : ServerM ProofState := do
  let id ← r.nat "state"
  match (← (← read).store.get).states[id]? with
  | some p => return p
  | none => fault .gone s!"state {id} does not exist (any more)"

/-- Run `x` with a token that the watchdog sets after `ms` milliseconds. -/
private def withDeadline (ms : Nat) (x : IO.CancelToken → GymM α) : ServerM α := do
  let deadline := (← read).deadline
  let token ← IO.CancelToken.new
  deadline.set (some (token, (← IO.monoMsNow) + ms))
  let result ← (x token).toBaseIO
  deadline.set none
  liftExcept result
where
  liftExcept : Except Fault α → ServerM α
    | .ok a => return a
    | .error f => throw f

/-- The budget that a request asks for. -/
private def withBudget (r : Request) (x : Budget → GymM α) : ServerM α := do
  let limits := (← read).limits
  let heartbeats := (← r.nat? "heartbeats").getD limits.heartbeats
  let ms := min ((← r.nat? "ms").getD limits.ms) limits.maxMs
  withDeadline ms fun token => x { heartbeats := max heartbeats 1, token }

private def checkText (text : String) : ServerM Unit := do
  let limit := (← read).limits.textBytes
  if text.utf8ByteSize > limit then
    fault .tooLarge s!"the text has {text.utf8ByteSize} bytes; the limit is {limit}"

private def getText (r : Request) (key : String) : ServerM String := do
  let text ← r.str key
  checkText text
  return text

/-- A declaration as `elab` and `describe` show it. -/
private def declJson (t : Theory) (budget : Budget) (name : Name) : GymM Json := do
  let some info := t.env.find? name | fault .elaboration s!"unknown constant '{name}'"
  let (type, _) ← t.run budget default (ppText info.type)
  let doc ← liftIO (findDocString? t.env name)
  let fields := [("name", Json.str (toString name)), ("kind", kindWord t.env info), ("type", type),
    ("uses", toJson ((usedBy t.env info).toArray.map (toString ·)))]
  return Json.mkObj (match doc with | some d => ("doc", .str d) :: fields | none => fields)

private abbrev Answer := List (String × Json)

/-- What the server is and can do. -/
def helloFields (limits : Limits) : Answer := [
  ("protocol", protocolVersion), ("lean", versionStringCore), ("commit", Lean.githash),
  ("ops", toJson #["hello", "import", "elab", "goal", "try", "add", "describe", "names", "audit",
    "drop", "stats"]),
  ("limits", Json.mkObj [("line_bytes", limits.lineBytes), ("text_bytes", limits.textBytes),
    ("tactics", limits.tactics), ("heartbeats", limits.heartbeats), ("ms", limits.ms)]),
  ("mask", .null)]

private unsafe def opImport (r : Request) : ServerM Answer := do
  let modules := (← r.strings "modules").map nameOf
  if modules.isEmpty then fault .badRequest "'import': field 'modules' must name a module"
  let options ← importOptions r
  let key := (modules, options.map fun (n, v) => (toString n, toString v))
  match (← (← read).store.get).imports.find? (·.1 == key) with
  | some (_, t) => return [("theory", ← addTheory t)]
  | none =>
    let opts := options.foldl (fun o (n, v) => o.insert n v) defaults
    let files := (← read).files
    for m in modules do
      unless ← moduleExists m do
        fault .unknownModule s!"unknown module '{m}'"
    let env ← importEnv files modules opts
    let t : Theory := { state := commandState env opts }
    modifyStore fun s => { s with imports := (key, t) :: s.imports }
    return [("theory", ← addTheory t)]
where
  defaults : Options := (({} : Options).insert `Elab.async (.ofBool false)).insert `linter.all (.ofBool false)
  importEnv (files : IO.Ref ImportCache) (modules : Array Name) (opts : Options) :
      GymM Environment :=
    (do finishImport (← readModules files modules) modules opts : IO Environment).toEIO
      fun e => { kind := .unknownModule, message := toString e }
  moduleExists (m : Name) : ServerM Bool := do
    let path ← liftIO (try some <$> findOLean m catch _ => pure none)
    match path with
    | some p => liftIO p.pathExists
    | none => return false
  importOptions (r : Request) : ServerM (List (Name × DataValue)) := do
    let some o ← r.obj? "options" | return []
    let .obj fields := o.body | return []
    fields.toList.mapM fun (key, value) => do
      unless Allow.options.contains key.toName do
        fault .forbidden s!"option '{key}' is not allowed here"
      match value with
      | .bool b => return (key.toName, .ofBool b)
      | _ => fault .badRequest s!"'import': option '{key}' must be true or false"

private def opElab (r : Request) : ServerM Answer := do
  let t ← getTheory r
  let text ← getText r "text"
  let e ← withBudget r (elaborate t · {} text)
  let visible := e.decls.filter (isVisible e.theory.env)
  let decls ← withBudget r fun b => visible.mapM (declJson e.theory b)
  return [("theory", ← addTheory e.theory), ("decls", .arr decls), ("messages", .arr e.messages)]

private def opGoal (r : Request) : ServerM Answer := do
  let t ← getTheory r
  let intro ← r.bool "intro" true
  let view ← viewOf r
  let (p, names) ← withBudget r fun budget => do
    match ← r.str? "statement", ← r.str? "prop" with
    | some text, none =>
      let (levels, type) ← readStatement t budget text
      startProof t budget levels type none intro
    | none, some name =>
      let (type, unfolded) ← readProp t budget (nameOf name)
      startProof t budget [] type (some unfolded) intro
    | _, _ => fault .badRequest "'goal': give exactly one of 'statement' and 'prop'"
  let (goals, _) ← withBudget r (goalsJson p view)
  let script := match namingTactic? "intro" names with | some s => Json.str s | none => .null
  return [("state", ← addState p), ("goals", .arr goals), ("intro", script)]
where
  viewOf (r : Request) : GymM View := return { text := ← r.bool "pp" true, tree := ← r.bool "tree" false }

/-- The answer's part for one tactic. -/
private def stepJson (s : Step) : ServerM Answer := do
  let children ← s.children.mapM fun c => do
    return Json.mkObj [("state", ← addState c.state), ("goals", .arr c.goals)]
  return [("ok", true), ("proved", s.proved), ("children", .arr children),
    ("uses", toJson (s.uses.map (toString ·))), ("suggestions", toJson s.suggestions)]

private def opTry (r : Request) : ServerM Answer := do
  let p ← getState r
  let tactics ← r.strings "tactics"
  let limits := (← read).limits
  if tactics.size > limits.tactics then
    fault .tooLarge s!"{tactics.size} tactics; the limit is {limits.tactics}"
  if p.goals.isEmpty then fault .badRequest "'try': the state has no goals left"
  let heartbeats := (← r.nat? "heartbeats").getD limits.heartbeats
  let ms := min ((← r.nat? "ms").getD limits.ms) limits.maxMs
  let total := (← r.nat? "total_ms").getD limits.maxMs
  let firstSuccess ← r.bool "first_success" false
  let options : TryOptions := {
    split := ← r.bool "split" true
    view := { text := ← r.bool "pp" true, tree := ← r.bool "tree" false } }
  let begin ← IO.monoMsNow
  let mut results := #[]
  let mut done : Std.HashMap (Array (Array UInt64)) Nat := {}
  let mut stop := false
  for text in tactics do
    if stop then break
    let t0 ← IO.monoMsNow
    let h0 ← IO.getNumHeartbeats
    let spent := t0 - begin
    let outcome ← attempt do
      if spent ≥ total then fault .timeout "time limit of the request reached"
      checkText text
      withDeadline (min ms (total - spent)) fun token =>
        runTactic p { heartbeats := max heartbeats 1, token } options text
    let fields ← match outcome with
      | .ok step =>
        let key := step.children.map (·.prints)
        let fields ← stepJson step
        if firstSuccess && step.proved then stop := true
        match done[key]? with
        | some i => pure (("duplicate_of", toJson i) :: fields)
        | none =>
          done := done.insert key results.size
          pure fields
      | .error f => pure ([("ok", .bool false), ("error", f.toJson)] : Answer)
    let hb := ((← IO.getNumHeartbeats) - h0) / 1000
    results := results.push <| Json.mkObj
      (("ms", toJson ((← IO.monoMsNow) - t0)) :: ("heartbeats", toJson hb) :: fields)
  modifyStore fun s => { s with steps := s.steps + results.size }
  return [("results", .arr results)]
where
  attempt {α : Type} (x : ServerM α) : ServerM (Except Fault α) := fun c => (x c).toBaseIO

private def opAdd (r : Request) : ServerM Answer := do
  let p ← getState r
  let name := nameOf (← r.str "name")
  unless p.goals.isEmpty do fault .badRequest "'add': the state still has goals"
  if p.split then
    fault .badRequest "'add': the state proves one part of a split goal; replay the steps unsplit"
  if p.env.contains name || name.isAnonymous || name.isInternal then
    fault .badRequest s!"'add': '{name}' cannot be the name of a new theorem"
  let (theory, decl) ← withBudget r fun budget => do
    let (_, core, _) ← p.run budget default do
      let value ← instantiateMVars (.mvar p.proof)
      if value.hasExprMVar then throwError "the proof has unknown parts"
      if value.hasSorry then throwError "the proof contains 'sorry'"
      let value ← instantiateMVars (← Term.levelMVarToParam value)
      addDecl (.thmDecl { name, levelParams := p.levelParams, type := p.type, value })
    let theory : Theory := { state := { p.theory.state with
      env := core.env, ngen := core.ngen, auxDeclNGen := core.auxDeclNGen } }
    return (theory, ← declJson theory budget name)
  return [("theory", ← addTheory theory), ("decl", decl),
    ("audit", (auditNames theory.env #[name]).toJson)]

private def opDescribe (r : Request) : ServerM Answer := do
  if (r.get? "state").isSome then
    let p ← getState r
    let view : View := { text := ← r.bool "pp" true, tree := ← r.bool "tree" false }
    let (goals, _) ← withBudget r (goalsJson p view)
    return [("goals", .arr goals)]
  let t ← getTheory r
  let names := (← r.strings "names").map nameOf
  return [("decls", .arr (← withBudget r fun b => names.mapM (declJson t b)))]

/-- Whether a pattern such as `Reconstruct.Foundation.*` covers a module. -/
private def covers (pattern : String) (module : Name) : Bool :=
  if pattern.endsWith ".*" then
    (nameOf (pattern.dropEnd 2).toString).isPrefixOf module
  else nameOf pattern == module

private def opNames (r : Request) : ServerM Answer := do
  let t ← getTheory r
  let patterns ← r.strings "modules"
  let pre := (← r.str? "prefix").map nameOf
  let keep (n : Name) : Bool :=
    (match pre with | some p => p.isPrefixOf n | none => true) && isVisible t.env n
  let mut names : Array Name := #[]
  for h : i in [0:t.env.header.moduleNames.size] do
    let module := t.env.header.moduleNames[i]
    if patterns.isEmpty && !isToolchainModule module || patterns.any (covers · module) then
      for n in t.env.header.moduleData[i]!.constNames do
        if keep n then names := names.push n
  if patterns.isEmpty || patterns.contains "*" then
    names := t.env.constants.foldStage2 (fun ns n _ => if keep n then ns.push n else ns) names
  let rows ← withBudget r fun b => do
    let (rows, _) ← t.run b default <| names.mapM fun n => do
      let some info := t.env.find? n | return Json.null
      return Json.mkObj [("name", toString n), ("kind", kindWord t.env info),
        ("type", ← ppText info.type)]
    return rows
  return [("names", .arr rows)]

private def opAudit (r : Request) : ServerM Answer := do
  let t ← getTheory r
  let names := (← r.strings "names").map nameOf
  for n in names do
    unless t.env.contains n do fault .elaboration s!"unknown constant '{n}'"
  let .obj fields := (auditNames t.env names).toJson | return []
  return fields.toList

private def opDrop (r : Request) : ServerM Answer := do
  let states ← r.nats "states"
  let theories ← r.nats "theories"
  modifyStore fun s => { s with
    states := states.foldl .erase s.states, theories := theories.foldl .erase s.theories }
  return []

private def opStats (_ : Request) : ServerM Answer := do
  let s ← (← read).store.get
  return [("states", s.states.size), ("theories", s.theories.size), ("imports", s.imports.length),
    ("steps", s.steps), ("requests", s.requests)]

/-- Carry out one request. -/
unsafe def dispatch (r : Request) : ServerM Answer := do
  match r.op with
  | "hello" => return helloFields (← read).limits
  | "import" => opImport r
  | "elab" => opElab r
  | "goal" => opGoal r
  | "try" => opTry r
  | "add" => opAdd r
  | "describe" => opDescribe r
  | "names" => opNames r
  | "audit" => opAudit r
  | "drop" => opDrop r
  | "stats" => opStats r
  | op => fault .unknownOp s!"unknown operation '{op}'"

/-- Answer one line. -/
unsafe def answer (line : String) : ReaderT Context BaseIO Json := fun context => do
  let t0 ← IO.monoMsNow
  let h0 ← IO.getNumHeartbeats
  context.store.modify fun s => { s with requests := s.requests + 1 }
  let (id, result) ← match read line with
    | .error f => pure (Json.null, .error f)
    | .ok (id, r) => pure (id, ← (dispatch r context).toBaseIO)
  let tail := [("ms", toJson ((← IO.monoMsNow) - t0)),
    ("heartbeats", toJson (((← IO.getNumHeartbeats) - h0) / 1000))]
  match result with
  | .ok fields => return Json.mkObj (("id", id) :: ("ok", true) :: tail ++ fields)
  | .error f => return Json.mkObj (("id", id) :: ("ok", false) :: ("error", f.toJson) :: tail ++ f.extra)
where
  read (line : String) : Except Fault (Json × Request) :=
    match Json.parse line with
    | .error e => .error { kind := .badJson, message := e }
    | .ok body@(.obj _) =>
      let id := (body.getObjVal? "id").toOption.getD .null
      match body.getObjVal? "op" with
      | .ok (.str op) => .ok (id, { op, body })
      | _ => .error { kind := .badRequest, message := "field 'op' must be a string" }
    | .ok _ => .error { kind := .badRequest, message := "a request is a JSON object" }

/-- Set the token of the running request when its time is over. -/
partial def watch (deadline : Deadline) : IO Unit := do
  IO.sleep 10
  if let some (token, at') ← deadline.get then
    if (← IO.monoMsNow) ≥ at' then token.set
  watch deadline

/-- Read requests until end of input. -/
unsafe def serve (deadline : Deadline) : IO Unit := do
  let context : Context := { store := ← IO.mkRef {}, files := ← IO.mkRef [], deadline }
  let stdin ← IO.getStdin
  let stdout ← IO.getStdout
  let put (j : Json) : IO Unit := do
    stdout.putStr (j.compress ++ "\n")
    stdout.flush
  put (Json.mkObj (("id", .null) :: ("ok", true) :: helloFields context.limits))
  let rec loop : IO Unit := do
    let line ← stdin.getLine
    if line.isEmpty then return
    if line.trimAscii.isEmpty then return ← loop
    put (← answer line context)
    loop
  loop

end Reconstruct.Gym
