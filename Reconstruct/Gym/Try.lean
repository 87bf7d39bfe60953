import Reconstruct.Gym.Elaborate
import Reconstruct.Gym.Goal

/-!
# One state, many tactics

Each tactic starts from the same state and ends as a result: children, or an error. A step succeeds
only if it logged no error and what it put into the proof is free of `sorry`.
-/

namespace Reconstruct.Gym

open Lean Elab Meta

/-- Settings that all tactics of a request share. -/
structure TryOptions where
  split : Bool := true
  view  : View := {}

/-- A child of a step: a state and its goals on the wire. -/
structure Child where
  state : ProofState
  goals : Array Json

/-- What a tactic did. -/
structure Step where
  children    : Array Child
  uses        : Array Name
  suggestions : Array String

/-- The metavariables, of terms and of universes, that a goal mentions; itself among them. -/
private def unknownsOf (goal : MVarId) : MetaM (Std.HashSet Name) := do
  let mut found : Std.HashSet Name := Std.HashSet.emptyWithCapacity.insert goal.name
  let decl ← goal.getDecl
  for e in decl.lctx.foldl (init := #[decl.type]) fun es h =>
      if h.isImplementationDetail then es
      else match h.value? with | some v => (es.push h.type).push v | none => es.push h.type do
    let e ← instantiateMVars e
    if e.hasExprMVar then
      for m in ← getMVars e do found := found.insert m.name
    for l in (collectLevelMVars {} e).result do found := found.insert l.name
  return found

/-- Groups of goals that share no metavariable, in order of their first goals. -/
def independentGroups (goals : List MVarId) : MetaM (List (List MVarId)) := do
  if goals.length ≤ 1 then return [goals]
  let mut groups : List (List MVarId × Std.HashSet Name) := []
  for g in goals do
    let unknowns ← unknownsOf g
    let (linked, apart) := groups.partition fun (_, ms) => ms.any unknowns.contains
    let merged := linked.foldl (fun (gs, ms) (gs', ms') => (gs ++ gs', ms'.fold .insert ms))
      (([] : List MVarId), unknowns)
    groups := apart ++ [(merged.1 ++ [g], merged.2)]
  return groups.map (·.1)

/-- The tactics that “Try this” messages propose, without the comments that `rw?` puts below. -/
def suggestionTexts (messages : MessageLog) : BaseIO (Array String) := do
  let mut out := #[]
  for m in messages.toList do
    if m.severity == .information then
      let text ← m.data.toString
      if text.startsWith "Try this" then
        for line in text.splitOn "\n  [apply] " |>.drop 1 do
          out := out.push ((line.splitOn "\n  --").head!.trimAscii.toString)
  return out

/-- Constants that a step put into the proof; auxiliary declarations stand for what they use. -/
private def visibleUses (env : Environment) (uses : Array Name) : Array Name :=
  distinct <| uses.flatMap fun c =>
    if c.isInternalDetail then
      match env.find? c with
      | some aux => sortNames (usedBy env aux).toArray
      | none => #[]
    else #[c]

/-- Refuse what must not be in a proof or in a goal. -/
private def checkStep (t : Theory) (env : Environment) (raw uses : Array Name)
    (children : Array Child) : GymM Unit := do
  if nativeAxioms.any uses.contains || raw.any (isOwnAxiom env) then
    fault .forbidden "the proof would rest on compiled code"
  if let some veil := t.veil? then
    if uses.any (fun c => veil.refuses c || readsNames c)
        || children.any (·.state.shown.any (·.print.consts.any veil.hides)) then
      fault .elaboration Veil.plainFailure

/-- Run one tactic text on a state. -/
def runTactic (p : ProofState) (budget : Budget) (options : TryOptions) (text : String) :
    GymM Step := do
  let stx ← readWith p.env p.theory Parser.Tactic.tacticSeq text
  let ((goals, groups, uses, finished), core, metaState) ← p.run budget (inputOf text).fileMap do
    let tactic : Tactic.TacticM (List MVarId) := Tactic.withoutRecover do
      Tactic.evalTactic stx
      Term.synthesizeSyntheticMVarsNoPostponing
      Tactic.pruneSolvedGoals
      Tactic.getGoals
    let (goals, _) ← (tactic.run { elaborator := .anonymous }).run { goals := p.goals }
    let mut uses := #[]
    for g in p.goals do
      let value ← instantiateMVars (.mvar g)
      if value.hasSorry then throwError "the step leaves a 'sorry' in the proof"
      uses := uses ++ value.getUsedConstants
    let groups ← if options.split then independentGroups goals else pure [goals]
    let mut finished := true
    if goals.isEmpty then
      for r in p.roots do
        if (← instantiateMVars (.mvar r)).hasExprMVar then finished := false
    return (goals, groups, uses, finished)
  if let some f ← firstError? core.messages then throw f
  unless finished do
    fault .elaboration "no goals are left, but parts of the proof are still unknown"
  let after : ProofState := { p with
    env := core.env, mctx := metaState.mctx, ngen := core.ngen, auxDeclNGen := core.auxDeclNGen
    nextMacroScope := core.nextMacroScope, goals }
  let apart := groups.length > 1
  let children ← groups.toArray.mapM fun goals => do
    let child := { after with
      goals, split := after.split || apart, roots := if apart then goals else after.roots }
    describeChild child
  let raw := uses
  let uses := visibleUses core.env raw
  checkStep p.theory core.env raw uses children
  let suggestions ← suggestionTexts core.messages
  return {
    children, uses := uses.filter p.theory.shows
    suggestions := suggestions.filter fun s => !p.theory.veil?.any (·.betrayedBy s) }
where
  describeChild (child : ProofState) : GymM Child := do
    let ((goals, described), core, metaState) ← child.run budget default do
      let named ← child.goals.mapM fun g => do
        let (g, names) ← nameHypotheses g
        let (json, shown) ← goalJson p.shown options.view g
        let json := match namingTactic? "rename_i" names with
          | some t => json.setObjVal! "rename" t
          | none => json
        return (g, json, shown)
      return (named.map (·.1), named.map (·.2))
    return {
      state := { child with
        goals, mctx := metaState.mctx, ngen := core.ngen, shown := (described.map (·.2)).toArray }
      goals := (described.map (·.1)).toArray }

/-- Whether the step left no goals. -/
def Step.proved (s : Step) : Bool := s.children.all (·.state.goals.isEmpty)

/-- What tells the outcome of a step from others: the fingerprints of its goals, child by child. -/
def Step.key (s : Step) : Array (Array UInt64) := s.children.map fun c => c.state.shown.map (·.print.bits)

end Reconstruct.Gym
