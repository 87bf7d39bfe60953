import Lean.Elab.Command
import Lean.Elab.Tactic.Basic
import Lean.Meta.Tactic.Delta

/-!
# Definitions that say nothing

For each declaration that a candidate states, asks whether it holds a target, up to unfolding: in a
definition, in a field of a structure, or among the hypotheses of a lemma. For each proposition or
predicate that it defines, asks Lean's own automation whether that always or never holds. The answer
is a remark for the reader
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

/-- The propositions that a proposition is made of: its conjuncts, hypotheses and conclusion, to a
small depth. -/
private partial def pieces (e : Expr) (depth : Nat := 6) : MetaM (Array Expr) := do
  if depth == 0 then return #[e]
  match_expr e with
  | And a b => return #[e] ++ (← pieces a (depth - 1)) ++ (← pieces b (depth - 1))
  | Or a b => return #[e] ++ (← pieces a (depth - 1)) ++ (← pieces b (depth - 1))
  | Iff a b => return #[e] ++ (← pieces a (depth - 1)) ++ (← pieces b (depth - 1))
  | Not a => return #[e] ++ (← pieces a (depth - 1))
  | _ => match e with
    | .forallE _ t b _ =>
      if b.hasLooseBVars || !(← isProp t) then return #[e]
      return #[e] ++ (← pieces t (depth - 1)) ++ (← pieces b (depth - 1))
    | .letE _ _ v b _ => pieces (b.instantiate1 v) depth
    | .mdata _ e => pieces e depth
    | _ => return #[e]

/-- The subterms of `e`, each once. -/
private partial def subterms (e : Expr) : StateM (Std.HashSet Expr) Unit := do
  if (← get).contains e then return
  modify (·.insert e)
  match e with
  | .app f a => subterms f; subterms a
  | .lam _ t b _ | .forallE _ t b _ => subterms t; subterms b
  | .letE _ t v b _ => subterms t; subterms v; subterms b
  | .mdata _ e | .proj _ _ e => subterms e
  | _ => pure ()

/-- Heartbeats, in the unit of `maxHeartbeats`, for comparing two propositions: a computation that a
candidate puts in front must not use up the time for looking behind it. -/
def comparisonHeartbeats : Nat := 100

/-- The answer to `question` within that time, or `otherwise`. -/
private def within {α} (otherwise : α) (question : MetaM α) : MetaM α :=
  withCurrHeartbeats <|
    withTheReader Core.Context ({ · with maxHeartbeats := comparisonHeartbeats * 1000 }) <|
      tryCatchRuntimeEx question fun _ => pure otherwise

/-- The propositions inside `e` that mention no variable: a statement is one wherever it hides. -/
private def closedIn (e : Expr) : MetaM (Array Expr) := do
  let found := (subterms e).run {} |>.run.2.toArray
  found.filterM fun t => do
    if t.hasLooseBVars || t.isLambda || t.isLit || t.isSort then return false
    within false (isProp t)

/-- The target that some of `propositions` is, up to unfolding. -/
private def targetAmong (targets : List Name) (propositions : Array Expr) :
    MetaM (Option Name) := do
  for piece in propositions do
    for target in targets do
      if ← within false (withNewMCtxDepth (isDefEq piece (Lean.mkConst target))) then
        return some target
  return none

/-- The target that `e`, or a piece of it, is up to unfolding. The pieces are looked for twice: as
the text has them, and with the candidate's own definitions written out. -/
private def targetIn (targets : List Name) (e : Expr) : MetaM (Option Name) := do
  let env ← getEnv
  let full ← within e (deltaExpand e fun n => (env.getModuleIdxFor? n).isNone)
  for e in if full == e then [e] else [e, full] do
    let pieces ← if ← within false (isProp e) then pieces e else pure #[]
    if let some target ← targetAmong targets (pieces ++ (← closedIn e)) then return some target
  return none

/-- The same where `e` speaks of `variables`, and of all their values together may say the target. -/
private def targetInEach (targets : List Name) (variables : Array Expr) (e : Expr) :
    MetaM (Option Name) := do
  if let some target ← targetIn targets e then return some target
  unless ← within false (isProp e) do return none
  targetIn targets (← mkForallFVars variables e)

/-- The target that an implication anywhere in the proposition `e` assumes. The hypotheses of a target
are its own; what is too deep to be looked at assumes all that it mentions. -/
private partial def assumedIn (targets : List Name) (e : Expr) (depth : Nat := 24) :
    MetaM (Option Name) := do
  if depth == 0 then return ← targetIn targets e
  if !e.hasFVar && (← targetAmong targets #[e]).isSome then return none
  match ← within e (whnf e) with
  | e@(.forallE ..) => forallTelescope e fun xs conclusion => do
    for x in xs do
      if let some target ← targetIn targets (← inferType x) then return some target
    assumedIn targets conclusion (depth - 1)
  | e => e.getAppArgs.findSomeM? fun argument => lambdaTelescope argument fun _ body => do
    if ← within false (isProp body) then assumedIn targets body (depth - 1) else return none

/-- The target that a declaration holds, up to unfolding: a definition anywhere in its value, or for
all its parameters together; a structure or inductive type likewise in a field; a theorem in what it
assumes, at the front or inside its conclusion. -/
def targetHeld? (targets : List Name) (info : ConstantInfo) : MetaM (Option Name) := do
  match info with
  | .defnInfo d => lambdaTelescope d.value fun xs body => do
    for x in xs do
      if let some t ← targetIn targets (← inferType x) then return some t
    targetInEach targets xs body
  | .inductInfo v =>
    for c in v.ctors do
      let found ← forallTelescope (← getConstInfo c).type fun xs _ => do
        let parameters := xs.extract 0 v.numParams
        for x in parameters do
          if let some t ← targetIn targets (← inferType x) then return some t
        (xs.extract v.numParams xs.size).findSomeM? fun x => do
          targetInEach targets parameters (← inferType x)
      if found.isSome then return found
    return none
  | .thmInfo t => assumedIn targets t.type
  | _ => return none

/-- What a declaration amounts to: `always true`, `always false`, or `the target X`. -/
def degenerate? (targets : List Name) (name : Name) : TermElabM (Option String) := do
  let constant ← getConstInfo name
  if let some target ← targetHeld? targets constant then return some s!"the target {target}"
  let .defnInfo info := constant | return none
  Term.withLevelNames info.levelParams do
    let const := Lean.mkConst name (info.levelParams.map mkLevelParam)
    let both ← forallTelescope info.type fun xs body => do
      unless (← whnf body).isProp do return none
      let applied := mkAppN const xs
      return some (← mkForallFVars xs applied, ← mkForallFVars xs (mkNot applied))
    let some (holds, fails) := both | return none
    if ← provable name holds then return some "always true"
    if ← provable name fails then return some "always false"
    return none

/-- The remark on each of `names`, where there is one. Runs after the export is written, so that it
cannot touch it; any failure is the absence of a remark. -/
def degenerates (env : Environment) (targets names : List Name) : IO (List (Name × String)) := do
  let mut found := []
  for name in names do
    -- Counted from here: what the candidate's own proofs took is no part of it.
    let context : Core.Context :=
      { fileName := "", fileMap := default, options := {},
        initHeartbeats := ← IO.getNumHeartbeats, maxHeartbeats := questionHeartbeats * 1000 }
    let act := (degenerate? targets name).run'.run'
    let answer ← (act.run' context { env }).toBaseIO
    if let .ok (some text) := answer then found := (name, text) :: found
  return found.reverse

end Reconstruct.Judge
