import Reconstruct.Gym.Abstract
import Reconstruct.Gym.Prune
import Reconstruct.Gym.Store

/-!
# The operations

One function for each operation of the protocol; `docs/gym.md` says what they mean.
-/

namespace Reconstruct.Gym

open Lean Elab

/-- Names on the wire. -/
private def namesJson (names : Array Name) : Json := toJson ((sortNames names).map (toString ·))

/-- The operations, in the order of the documentation. -/
def operationNames : Array String := #["hello", "import", "elab", "file", "goal", "try", "add",
  "search", "describe", "names", "abstract", "audit", "drop", "stats"]

/-- What the server is and can do. -/
def helloFields (limits : Limits) (mask? : Option Mask) : Answer := [
  ("protocol", protocolVersion), ("lean", versionStringCore), ("commit", Lean.githash),
  ("ops", toJson operationNames),
  ("limits", Json.mkObj [("line_bytes", limits.lineBytes), ("text_bytes", limits.textBytes),
    ("nesting", limits.nesting), ("tactics", limits.tactics), ("heartbeats", limits.heartbeats),
    ("ms", limits.ms), ("max_ms", limits.maxMs)]),
  ("mask", match mask? with | some m => .str m.hash | none => .null)]

/-! ## Theories -/

/-- Options under which every theory starts: elaborate in order, no linters. -/
private def startOptions : Options :=
  (({} : Options).insert `Elab.async (.ofBool false)).insert `linter.all (.ofBool false)

/-- The options that an `import` asks for. -/
private def importOptions (r : Request) : ServerM (List (Name × Bool)) := do
  let some o ← r.obj? "options" | return []
  let .obj fields := o.body | return []
  fields.toList.mapM fun (key, value) => do
    unless Allow.options.contains key.toName do
      fault .forbidden s!"option '{key}' is not allowed here"
    match value with
    | .bool b => return (key.toName, b)
    | _ => fault .badRequest s!"'import': option '{key}' must be true or false"

private def moduleExists (module : Name) : BaseIO Bool := do
  match ← (do (← findOLean module).pathExists : IO Bool).toBaseIO with
  | .ok b => return b
  | .error _ => return false

/-- Read modules from disk and make an environment, behind the mask if there is one. -/
private unsafe def loadModules (modules : Array Name) (options : Options) :
    ServerM (Environment × Option Veil) := do
  let c ← read
  let tokens ← Parser.builtinTokenTable.get
  let load : IO (Environment × Option Veil) := do
    let files ← readModules c.files modules
    match c.mask? with
    | none => return (← finishImport files modules options, none)
    | some mask =>
      let (files, veil) := prune mask (fun w => (tokens.find? w).isSome) files
      return (← finishImport files modules options, some veil)
  match ← load.toBaseIO with
  | .ok result => return result
  | .error e => fault .unknownModule (toString e)

/-- The theory of the modules that a request names. -/
private unsafe def importedTheory (r : Request) : ServerM (Array Name × Theory) := do
  let modules := (← r.strings "modules").map nameOf
  if modules.isEmpty then fault .badRequest s!"'{r.op}': field 'modules' must name a module"
  let options ← importOptions r
  let key := (modules, options.map fun (n, v) => (toString n, toString v))
  if let some (_, t) := (← (← read).store.get).imports.find? (·.1 == key) then
    return (modules, t)
  for m in modules do
    unless (← read).mask?.all (·.allows m) && (← moduleExists m) do
      fault .unknownModule s!"unknown module '{m}'"
  let opts := options.foldl (fun o (n, v) => o.insert n (.ofBool v)) startOptions
  let (env, veil?) ← loadModules modules opts
  let t : Theory := { state := commandState env opts, veil? }
  modifyStore fun s => { s with imports := (key, t) :: s.imports }
  return (modules, t)

/-- `import`: a theory from modules. -/
unsafe def opImport (r : Request) : ServerM Answer := do
  return [("theory", ← addTheory (← importedTheory r).2)]

/-- A declaration as `elab`, `add` and `describe` show it. -/
private def declJson (t : Theory) (budget : Budget) (tree : Bool) (name : Name) : GymM Json := do
  let some info := t.find? name | fault .elaboration s!"unknown constant '{name}'"
  let ((type, tree?), _) ← t.run budget default do
    return (← ppText info.type, ← if tree then some <$> treeJson #[] info.type else pure none)
  let mut fields := [("name", Json.str (toString name)), ("kind", kindWord t.env info),
    ("type", type), ("uses", namesJson ((usedBy t.env info).toArray.filter t.shows))]
  if let some doc ← liftIO (findDocString? t.env name) then
    let own := (t.env.getModuleIdxFor? name).isNone
    if own || t.veil?.all (·.mask.allowsDoc doc) then fields := ("doc", .str doc) :: fields
  if let some tree := tree? then fields := ("tree", tree) :: fields
  return Json.mkObj fields

/-- A place in a text: a line, from 1, and a column, from 0. -/
private def placeJson (map : FileMap) (pos : String.Pos.Raw) : Json :=
  let p := map.toPosition pos
  toJson #[p.line, p.column]

/-- A hole of a file on the wire, with theories of its own. -/
private def holeJson (file : OwnFile) (budget : Budget) (index : Nat) (h : FileHole) : ServerM Json := do
  let mut fields : List (String × Json) := [
    ("index", toJson index), ("decl", toString (privateToUserName h.hole.decl)),
    ("kind", h.hole.kind.word), ("tactic", h.hole.tactic),
    ("start", placeJson file.map h.hole.first), ("end", placeJson file.map h.hole.last),
    ("command", toJson #[placeJson file.map h.command.1, placeJson file.map h.command.2]),
    ("before", toJson (← addTheory h.before)), ("rests_on", toJson (h.restsOn.map (toString ·)))]
  match h.hole.closed with
  | .error why => fields := fields ++ [("reason", .str why)]
  | .ok closed =>
    let (pp, _) ← h.before.run budget default (ppText closed.type)
    fields := fields ++ [("pp", .str pp), ("context", toJson closed.context),
      ("renames", toJson closed.renames)]
    if h.restsOn.isEmpty then fields := fields ++ [("theory", toJson (← addTheory h.theory))]
  return Json.mkObj fields

/-- `file`: a person's own file, its holes by position and what each may stand on. -/
unsafe def opFile (r : Request) : ServerM Answer := do
  let (modules, t) ← importedTheory r
  (← read).veil.set t.veil?
  let text ← admit t (← r.str "text")
  let trusted ← r.bool "trusted" false
  let assume ← r.bool "assume_holes" false
  let key := (modules, text, trusted, assume)
  let (number, file) ← match (← (← read).store.get).files.find? (·.2.1 == key) with
    | some (number, _, file) => pure (number, file)
    | none =>
      let file ← withBudget r fun budget => readFile t budget trusted assume text
      let number := (← (← read).store.get).next
      modifyStore fun s => { s with next := number + 1, files := (number, key, file) :: s.files }
      pure (number, file)
  let budget : Budget := { heartbeats := 20000, token := ← IO.CancelToken.new }
  let only ← r.nat? "only"
  let mut holes := #[]
  for h in file.holes, index in [0:file.holes.size] do
    if only.all (· == index) then holes := holes.push (← holeJson file budget index h)
  let resting := file.resting.map fun (n, pos) =>
    Json.mkObj [("name", toString n), ("start", placeJson file.map pos)]
  return [("file", number), ("holes", .arr holes), ("resting", .arr resting)]

/-- `elab`: commands to a new theory. -/
def opElab (r : Request) : ServerM Answer := do
  let t ← getTheory r
  let text ← admit t (← r.str "text")
  let ownFile ← r.bool "own_file" false
  let allowSorry ← if ownFile then pure true else r.bool "allow_sorry" false
  let trusted ← r.bool "trusted" false
  let rules : Allow.Rules := if ownFile then ownRules trusted else { allowSorry }
  let (e, decls, holes) ← withBudget r fun budget => do
    let e ← elaborate t budget rules text
    let visible := e.decls.filter (isVisible e.theory.env)
    let decls ← visible.mapM (declJson e.theory budget false)
    let holes ← e.holes.mapIdxM fun i h => do
      let (pp, _) ← h.before.run budget default (ppText h.closed.type)
      return Json.mkObj [("index", i), ("pp", pp), ("decl", toString h.decl)]
    return (e, decls, holes)
  let fields := [("theory", toJson (← addTheory e.theory)), ("decls", .arr decls),
    ("messages", .arr e.messages)]
  return if allowSorry then ("sorries", .arr holes) :: fields else fields

/-! ## Proof states -/

private def viewOf (r : Request) : ServerM View :=
  return { text := ← r.bool "pp" true, tree := ← r.bool "tree" false }

/-- `goal`: a proof state from a statement, a named proposition, or a hole in a text or a file. -/
def opGoal (r : Request) : ServerM Answer := do
  let t ← getTheory r
  let intro ← r.bool "intro" true
  let view ← viewOf r
  let statement ← (← r.str? "statement").mapM (admit t)
  let prop ← (← r.str? "prop").mapM (admitName t)
  let hole ← (← r.obj? "sorry").mapM fun o => return (← admit t (← o.str "text"), ← o.nat "index")
  let place ← (← r.obj? "hole").mapM fun o => do
    let (file, index) := (← o.nat "file", ← o.nat "index")
    let some (_, _, file) := (← (← read).store.get).files.find? (·.1 == file)
      | fault .gone s!"file {file} does not exist (any more)"
    match file.holes[index]?.bind (·.hole.statement?) with
    | some closed => return closed
    | none => fault .badRequest s!"'goal': hole {index} of this file has no statement"
  let (p, names, goals) ← withBudget r fun budget => do
    let (p, names) ← match statement, prop, hole, place with
      | some text, none, none, none =>
        let (levels, type) ← readStatement t budget text
        startProof t budget levels type none intro
      | none, some name, none, none =>
        let (type, unfolded) ← readProp t name
        startProof t budget [] type (some unfolded) intro
      | none, none, none, some h => startProof t budget h.levelParams h.type none intro
      | none, none, some (text, index), none =>
        let e ← elaborate t budget { allowSorry := true } text
        match e.holes[index]? with
        | some h => startProof h.before budget h.closed.levelParams h.closed.type none intro
        | none => fault .badRequest s!"'goal': the text has {e.holes.size} usable 'sorry's"
      | _, _, _, _ =>
        fault .badRequest "'goal': give exactly one of 'statement', 'prop', 'sorry' and 'hole'"
    let (goals, p) ← goalsJson p view budget
    if let some veil := t.veil? then
      if p.shown.any (·.print.consts.any veil.hides) then
        fault .elaboration Veil.plainFailure
    return (p, names, goals)
  let script := match namingTactic? "intro" names with | some s => Json.str s | none => .null
  return [("state", ← addState p), ("goals", .arr goals), ("intro", script)]

/-- The answer's part for a step that succeeded. -/
private def stepFields (s : Step) : ServerM Answer := do
  let children ← s.children.mapM fun c => do
    return Json.mkObj [("state", ← addState c.state), ("goals", .arr c.goals)]
  return [("ok", true), ("proved", s.proved), ("children", .arr children),
    ("uses", toJson (s.uses.map (toString ·))), ("suggestions", toJson s.suggestions)]

/-- `try`: one state, many tactics. -/
def opTry (r : Request) : ServerM Answer := do
  let p ← getState r
  let tactics ← r.strings "tactics"
  let limits := (← read).limits
  if tactics.size > limits.tactics then
    fault .tooLarge s!"{tactics.size} tactics; the limit is {limits.tactics}"
  if p.goals.isEmpty then fault .badRequest "'try': the state has no goals left"
  let (heartbeats, ms) ← budgetOf r
  let total := (← r.nat? "total_ms").getD limits.maxMs
  let firstSuccess ← r.bool "first_success" false
  let options : TryOptions := { split := ← r.bool "split" true, view := ← viewOf r }
  let start ← IO.monoMsNow
  let own := (p.shown.map (·.print.bits)).qsort (· < ·)
  let mut results := #[]
  let mut seen : Std.HashMap (Array (Array UInt64)) Nat := {}
  for text in tactics do
    let t0 ← IO.monoMsNow
    let h0 ← IO.getNumHeartbeats
    let spent := t0 - start
    let outcome ← attempt do
      if spent ≥ total then fault .timeout "time limit of the request reached"
      let text ← admit p.theory text
      withDeadline (min ms (total - spent)) fun token => do
        -- a step is finished or it is not: what it was when its time ran out does not count
        let step ← runTactic p { heartbeats, token } options text
        if ← token.isSet then fault .timeout "time limit reached"
        return step
    let mut stop := false
    let mut fields : Answer := []
    match outcome with
    | .ok step =>
      fields ← stepFields step
      stop := firstSuccess && step.proved
      if (step.key.flatMap id).qsort (· < ·) == own then
        fields := ("no_progress", true) :: fields
      match seen[step.key]? with
      | some i => fields := ("duplicate_of", toJson i) :: fields
      | none => seen := seen.insert step.key results.size
    | .error f =>
      fields := [("ok", false), ("error", (p.theory.silenceFault f).toJson)]
    results := results.push <| Json.mkObj ((← costFields (← read) t0 h0) ++ fields)
    if stop then break
  modifyStore fun s => { s with steps := s.steps + results.size }
  return [("results", .arr results)]

/-- `add`: a finished proof becomes a theorem of a new theory, if the kernel agrees. -/
def opAdd (r : Request) : ServerM Answer := do
  let p ← getState r
  let name ← admitName p.theory (← r.str "name")
  unless p.goals.isEmpty do fault .badRequest "'add': the state still has goals"
  if p.split then
    fault .badRequest "'add': the state proves one part of a split goal; replay the steps unsplit"
  if name.isAnonymous || name.isInternal || name.hasMacroScopes then
    fault .badRequest s!"'add': '{name}' cannot be the name of a theorem"
  if p.env.contains name then
    fault .elaboration s!"'{name}' has already been declared"
  let (theory, decl) ← withBudget r fun budget => do
    let (_, core, _) ← p.run budget default do
      let value ← instantiateMVars (.mvar p.proof)
      if value.hasExprMVar then throwError "the proof has unknown parts"
      if value.hasSorry then throwError "the proof contains 'sorry'"
      let value ← instantiateMVars (← Term.levelMVarToParam value)
      addDecl (.thmDecl { name, levelParams := p.levelParams, type := p.type, value })
    if let some f ← firstError? core.messages then throw f
    let theory := p.theory.after core
    if let some veil := theory.veil? then
      if (theory.env.find? name).any (mentionsHidden veil) then
        fault .elaboration Veil.plainFailure
    return (theory, ← declJson theory budget false name)
  return [("theory", ← addTheory theory), ("decl", decl),
    ("audit", (auditNames theory.env #[name]).toJson)]

/-- `search`: what `exact?`, `apply?` or `rw?` propose. -/
def opSearch (r : Request) : ServerM Answer := do
  let p ← getState r
  let kind ← r.str "kind"
  unless searchKinds.contains kind do
    fault .badRequest s!"'search': field 'kind' must be one of {", ".intercalate searchKinds}"
  if p.goals.isEmpty then fault .badRequest "'search': the state has no goals left"
  let limit := (← r.nat? "limit").getD 20
  let texts ← withBudget r fun budget => suggest p budget kind limit
  return [("suggestions", toJson texts)]

/-! ## Looking at what is there -/

/-- `describe`: the goals of a state, or declarations of a theory. -/
def opDescribe (r : Request) : ServerM Answer := do
  let view ← viewOf r
  if (r.get? "state").isSome then
    let p ← getState r
    let (goals, _) ← withBudget r (goalsJson p view)
    return [("goals", .arr goals)]
  let t ← getTheory r
  let names ← (← r.strings "names").mapM (admitName t)
  return [("decls", .arr (← withBudget r fun b => names.mapM (declJson t b view.tree)))]

/-- Whether a pattern (`A.B` or `A.B.*`, which covers `A.B` too) covers a module. -/
private def covers (pattern : String) (module : Name) : Bool :=
  if pattern == "*" then true
  else if pattern.endsWith ".*" then (nameOf (pattern.dropEnd 2).toString).isPrefixOf module
  else nameOf pattern == module

/-- `names`: visible declarations, of imported modules and of the theory itself. -/
def opNames (r : Request) : ServerM Answer := do
  let t ← getTheory r
  let patterns ← r.strings "modules"
  let under ← (← r.str? "prefix").mapM (admitName t)
  let keep (n : Name) : Bool := under.all (·.isPrefixOf n) && isVisible t.env n && t.shows n
  let mut names : Array Name := #[]
  for module in t.env.header.moduleNames, data in t.env.header.moduleData do
    -- A module that may not be imported has no listing either, like one that never existed.
    let listed :=
      if patterns.isEmpty then !isToolchainModule module else patterns.any (covers · module)
    if listed && t.veil?.all (·.mask.allows module) then
      names := names ++ data.constNames.filter keep
  let own := t.env.constants.foldStage2 (fun ns n _ => if keep n then ns.push n else ns) #[]
  names := names ++ sortNames own
  let rows ← withBudget r fun b => do
    let (rows, _) ← t.run b default <| names.filterMapM fun n => do
      let some info := t.env.find? n | return none
      return some <| Json.mkObj [("name", toString n), ("kind", kindWord t.env info),
        ("type", ← ppText info.type)]
    return rows
  return [("names", .arr rows)]

/-- `abstract`: a proved theorem about one system as a theorem about any. -/
def opAbstract (r : Request) : ServerM Answer := do
  let t ← getTheory r
  let view ← viewOf r
  let origin ← admitName t (← r.str "name")
  let name ← admitName t (← r.str "as")
  let carriers ← (← r.strings "carriers").mapM (admitName t)
  let own ← r.bool "own" true
  let wantsProof ← r.bool "proof" false
  let patterns ← r.strings "follow"
  if name.isAnonymous || name.isInternal || name.hasMacroScopes then
    fault .badRequest s!"'abstract': '{name}' cannot be the name of a theorem"
  for n in #[origin] ++ carriers do
    if (t.find? n).isNone then fault .elaboration s!"unknown constant '{n}'"
  if t.env.contains name then fault .elaboration s!"'{name}' has already been declared"
  let follow (c : Name) : Bool := match t.env.getModuleIdxFor? c with
    | none => own
    | some i => patterns.any (covers · t.env.header.moduleNames[i.toNat]!)
  let (theory, a, proof?, decl) ← withBudget r fun budget => do
    let ((a, proof?), core) ← t.run budget default do
      let a ← abstractTheorem origin carriers follow
      addDecl (.thmDecl { name, levelParams := a.levelParams, type := a.type, value := a.value })
      -- behind a mask a proof may use what it may not show
      let shows := wantsProof && !a.value.getUsedConstants.any fun c => t.veil?.any (·.hides c)
      return (a, ← if shows then some <$> proofText a.value else pure none)
    if let some f ← firstError? core.messages then throw f
    let theory := t.after core
    if let some veil := theory.veil? then
      if (theory.env.find? name).any (mentionsHidden veil)
          || a.ingredients.any (·.consts.any veil.hides) then
        fault .elaboration Veil.plainFailure
    return (theory, a, proof?, ← declJson theory budget view.tree name)
  let parts := a.ingredients.map fun i => Json.mkObj [("role", i.role.word),
    ("name", toString i.name), ("type", toString i.type), ("origin", toString i.origin),
    ("consts", toJson (i.consts.map (toString ·)))]
  let fields : Answer := [("theory", toJson (← addTheory theory)), ("decl", decl),
    ("ingredients", .arr parts), ("origin", a.origin),
    ("home", toJson (a.home.map fun (n, type) => #[toString n, toString type])),
    ("dropped", toJson (a.dropped.map (toString ·)))]
  return match proof? with | some text => ("proof", .str text) :: fields | none => fields

/-- `audit`: the axioms behind declarations. -/
def opAudit (r : Request) : ServerM Answer := do
  let t ← getTheory r
  let names ← (← r.strings "names").mapM (admitName t)
  for n in names do
    if (t.find? n).isNone then fault .elaboration s!"unknown constant '{n}'"
  let .obj fields := (auditNames t.env names).toJson | return []
  return fields.toList

/-! ## Housekeeping -/

/-- `drop`: forget states and theories; numbers that are gone already are no error. -/
def opDrop (r : Request) : ServerM Answer := do
  let states ← r.nats "states"
  let theories ← r.nats "theories"
  modifyStore fun s => { s with
    states := states.foldl .erase s.states, theories := theories.foldl .erase s.theories }
  return []

/-- `stats`: how much is kept and how much was done. -/
def opStats : ServerM Answer := do
  let s ← (← read).store.get
  return [("states", s.states.size), ("theories", s.theories.size), ("imports", s.imports.length),
    ("steps", s.steps), ("requests", s.requests)]

/-- Carry out one request. -/
unsafe def dispatch (r : Request) : ServerM Answer := do
  match r.op with
  | "hello" => return helloFields (← read).limits (← read).mask?
  | "import" => opImport r
  | "elab" => opElab r
  | "file" => opFile r
  | "goal" => opGoal r
  | "try" => opTry r
  | "add" => opAdd r
  | "search" => opSearch r
  | "describe" => opDescribe r
  | "names" => opNames r
  | "abstract" => opAbstract r
  | "audit" => opAudit r
  | "drop" => opDrop r
  | "stats" => opStats
  | op => fault .unknownOp s!"unknown operation '{op}'"

end Reconstruct.Gym
