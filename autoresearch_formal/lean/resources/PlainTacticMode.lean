import Lean

/-! # The usual way to run tactics from outside, as a yardstick

The tactic mode that Lean servers for machine learning commonly offer, written plainly: one tactic a
request; every successful step keeps a snapshot of all of Lean's states, and none is ever freed; the
goals of every step are printed; a finished proof is checked at once. `autoresearch bench gym`
measures it next to the gym, in the same process set-up.

`{"goal": STATEMENT}` opens a proof and `{"tactic": TEXT, "proofState": N}` makes a step; both
answer `{"proofState": N, "goals": […], "proofStatus": …}` or `{"message": …}`. -/

open Lean Elab Meta

namespace PlainTacticMode

structure Snapshot where
  root : Expr
  goals : List MVarId
  coreContext : Core.Context
  coreState : Core.State
  metaContext : Meta.Context
  metaState : Meta.State
  termContext : Term.Context
  termState : Term.State

def Snapshot.run (s : Snapshot) (act : TermElabM α) : IO (α × Snapshot) := do
  let core := (act.run s.termContext s.termState).run s.metaContext s.metaState
  let (((a, termState), metaState), coreState) ← core.toIO
    { s.coreContext with initHeartbeats := ← IO.getNumHeartbeats } { s.coreState with messages := {} }
  return (a, { s with coreState, metaState, termState })

/-- What a reader of the answer is told about the whole proof. -/
def status (root : Expr) (goals : List MVarId) : TermElabM String := do
  unless goals.isEmpty do return "Incomplete: open goals remain"
  let proof ← instantiateMVars root
  if proof.hasExprMVar then return "Error: unassigned metavariables"
  if proof.hasSorry then return "Incomplete: contains sorry"
  let type ← instantiateMVars (← inferType root)
  let proof ← mkLambdaFVars (← getLCtx).getFVars proof
  let type ← mkForallFVars (← getLCtx).getFVars type
  let declaration := Declaration.thmDecl
    { name := `plain, levelParams := (collectLevelParams {} type).params.toList, type, value := proof }
  match (← getEnv).addDeclCore 0 declaration none with
  | .ok _ => return "Completed"
  | .error _ => return "Error: kernel type check failed"

def view (s : Snapshot) : TermElabM (Array Json × String) := do
  let goals ← s.goals.toArray.mapM fun goal => return Json.str (toString (← Meta.ppGoal goal))
  return (goals, ← status s.root s.goals)

def openGoal (env : Environment) (statement : String) : IO Snapshot := do
  let stx ← IO.ofExcept (Parser.runParserCategory env `term statement)
  let context : Core.Context := { fileName := "", fileMap := .ofString statement }
  let empty : Snapshot :=
    { root := default, goals := [], coreContext := context, coreState := { env }, metaContext := {},
      metaState := {}, termContext := {}, termState := {} }
  let ((root, goal), s) ← empty.run do
    let type ← Term.elabType stx
    Term.synthesizeSyntheticMVarsNoPostponing
    let type ← instantiateMVars type
    let root ← mkFreshExprSyntheticOpaqueMVar type
    let binders ← forallTelescope type fun binders _ => return binders.size
    let (_, goal) ← root.mvarId!.introNP binders
    return (root, goal)
  return { s with root, goals := [goal] }

def step (s : Snapshot) (tactic : String) : IO Snapshot := do
  let stx ← IO.ofExcept (Parser.runParserCategory s.coreState.env `tactic tactic)
  let (goals, t) ← s.run do
    let (_, state) ← Term.withSynthesize <|
      (Tactic.evalTactic stx).run { elaborator := .anonymous } |>.run { goals := s.goals }
    return state.goals
  return { t with goals }

def answer (env : Environment) (kept : IO.Ref (Array Snapshot)) (request : Json) : IO Json := do
  let next ← match request.getObjValAs? String "goal" with
    | .ok statement => openGoal env statement
    | .error _ =>
      let some s := (← kept.get)[← IO.ofExcept (request.getObjValAs? Nat "proofState")]?
        | throw <| IO.userError "Unknown proof state."
      step s (← IO.ofExcept (request.getObjValAs? String "tactic"))
  let ((goals, status), next) ← next.run (view next)
  let number := (← kept.get).size
  kept.modify (·.push next)
  return json% { proofState: $number, goals: $goals, proofStatus: $status }

partial def serve : IO Unit := do
  let env ← importModules #[{ module := `Init }] {} (loadExts := true)
  let kept ← IO.mkRef #[]
  let stdin ← IO.getStdin
  let stdout ← IO.getStdout
  let put (json : Json) : IO Unit := do
    stdout.putStrLn json.compress
    stdout.flush
  put (json% { ready: true })
  repeat do
    let line ← stdin.getLine
    if line.isEmpty then break
    put (← try answer env kept (← IO.ofExcept (Json.parse line))
      catch fault => pure (json% { message: $(toString fault) }))

end PlainTacticMode

unsafe def main : IO Unit := do
  enableInitializersExecution
  let work ← IO.asTask PlainTacticMode.serve (prio := .dedicated)
  let _ ← IO.wait work
  IO.Process.exit 0
