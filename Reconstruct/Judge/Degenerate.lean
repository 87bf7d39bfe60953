import Lean

/-!
# Definitions that say nothing

For each proposition or predicate that a candidate defines, asks Lean's own automation whether it
always holds, never holds, or is one of the targets unfolded. The answer is a remark for the reader
of a certificate (and, for a target, a ground for refusal); a `none` proves nothing.
-/

namespace Reconstruct.Judge

open Lean Meta Elab Term Tactic

/-- Heartbeats, in the unit of `maxHeartbeats`, for each question. -/
def questionHeartbeats : Nat := 4000

/-- Whether `statement` can be proved by a short fixed list of tactics that may unfold `name`. -/
private def provable (name : Name) (statement : Expr) : TermElabM Bool := do
  let goal ← mkFreshExprMVar statement
  let id := mkIdent name
  try
    let rest ← Tactic.run goal.mvarId! do
      evalTactic (← `(tactic| intros))
      evalTactic (← `(tactic| first | trivial | decide | (simp [$id:ident]; done) | (unfold $id; omega)))
    return rest.isEmpty
  catch _ => return false

/-- What a definition amounts to: `always true`, `always false`, or `the target X`. -/
def degenerate? (targets : List Name) (name : Name) : TermElabM (Option String) := do
  let .defnInfo info ← getConstInfo name | return none
  Term.withLevelNames info.levelParams do
    let const := Lean.mkConst name (info.levelParams.map mkLevelParam)
    let both ← forallTelescope info.type fun xs body => do
      unless (← whnf body).isProp do return none
      let applied := mkAppN const xs
      return some (← mkForallFVars xs applied, ← mkForallFVars xs (mkNot applied))
    let some (holds, fails) := both | return none
    if info.type.isProp then
      for target in targets do
        if ← withNewMCtxDepth (isDefEq const (Lean.mkConst target)) then
          return some s!"the target {target}"
    if ← provable name holds then return some "always true"
    if ← provable name fails then return some "always false"
    return none

/-- The remark on each of `names`, where there is one. Runs after the export is written, so that it
cannot touch it; any failure is the absence of a remark. -/
def degenerates (env : Environment) (targets names : List Name) : IO (List (Name × String)) := do
  let mut found := []
  for name in names do
    let context : Core.Context :=
      { fileName := "", fileMap := default, maxHeartbeats := questionHeartbeats * 1000,
        options := {} }
    let act := (degenerate? targets name).run'.run'
    let answer ← (act.run' context { env }).toBaseIO
    if let .ok (some text) := answer then found := (name, text) :: found
  return found.reverse

end Reconstruct.Judge
