import Reconstruct.Gym.Theory
import Reconstruct.Gym.Tree

/-!
# Goals and declarations as JSON
-/

namespace Reconstruct.Gym

open Lean Meta

/-- What a goal object holds. -/
structure View where
  /-- Pretty-printed text: the slow part. -/
  text : Bool := true
  /-- The term DAG. -/
  tree : Bool := false

/-- The word for the head of a target. -/
private def headWord (target : Expr) : String :=
  match target.getAppFn with
  | .const n _ => toString n
  | _ => match target with
    | .forallE .. => "∀" | .lam .. => "fun" | .sort .. => "Sort" | .letE .. => "let"
    | .lit _ => "literal" | .fvar _ => "local" | .proj .. => "proj" | _ => "?"

/-- A goal on the wire. -/
def ShownGoal.json (g : ShownGoal) : Json := Id.run do
  let consts := g.print.consts.map fun c => Json.str (toString c)
  let numbers : NameMap Nat := (g.hyps.foldl (fun (m, i) h => (m.insert h.fvarId.name i, i + 1)) ({}, 0)).1
  let order := g.print.order.filterMap fun n => (numbers.find? n).map toJson
  let mut fields : List (String × Json) := [
    ("order", .arr order), ("levels", toJson (g.print.levels.map (toString ·))),
    ("fingerprint", g.print.hex), ("size", toJson g.print.size),
    ("head", headWord g.target.term), ("consts", .arr consts)]
  if let some target := g.target.text? then
    let mut hyps := #[]
    let mut pp := ""
    for h in g.hyps do
      let name := toString h.name.simpMacroScopes
      let type := h.type.text?.getD ""
      let mut row : List (String × Json) := [("name", name), ("type", type), ("prop", h.isProof)]
      pp := pp ++ name ++ " : " ++ type
      if let some value := h.value?.bind (·.text?) then
        row := ("value", .str value) :: row
        pp := pp ++ " := " ++ value
      pp := pp.push '\n'
      hyps := hyps.push (Json.mkObj row)
    fields := ("pp", .str (pp ++ "⊢ " ++ target)) :: ("hyps", .arr hyps)
      :: ("target", .str target) :: fields
  return Json.mkObj fields

/-- A goal, as it is shown and on the wire. -/
def goalJson (before : Array ShownGoal) (view : View) (goal : MVarId) : MetaM (Json × ShownGoal) := do
  let shown ← showGoal before view.text goal
  let json := shown.json
  unless view.tree do return (json, shown)
  let tree ← goal.withContext do treeJson (visibleHyps (← getLCtx)) shown.target.term
  return (json.setObjVal! "tree" tree, shown)

end Reconstruct.Gym
