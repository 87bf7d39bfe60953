import Reconstruct.Gym.Theory
import Reconstruct.Gym.Fingerprint
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

/-- Pretty-print on one logical line, broken at 100 columns. -/
def ppText (e : Expr) : MetaM String := return (← ppExpr e).pretty 100

/-- One goal, described in its own context, and its fingerprint. -/
def goalJson (goal : MVarId) (view : View) : MetaM (Json × Fingerprint) := goal.withContext do
  let decl ← goal.getDecl
  let target ← instantiateMVars decl.type
  let mut hyps := #[]
  for h in decl.lctx do
    unless h.isImplementationDetail do
      hyps := hyps.push h
  let print ← fingerprint hyps target
  let mut fields : List (String × Json) := [
    ("fingerprint", print.hex), ("size", toJson print.size),
    ("head", match target.getAppFn with | .const n _ => toString n | _ => shape target),
    ("consts", toJson (print.consts.map (toString ·)))]
  if view.text then
    let mut hs := #[]
    let mut pp := ""
    for h in hyps do
      let type ← ppText (← instantiateMVars h.type)
      let name := toString h.userName.simpMacroScopes
      let mut hf : List (String × Json) :=
        [("name", name), ("type", type), ("prop", toJson (← isProp h.type))]
      match h.value? with
      | some v =>
        let value ← ppText (← instantiateMVars v)
        hf := ("value", Json.str value) :: hf
        pp := pp ++ s!"{name} : {type} := {value}\n"
      | none => pp := pp ++ s!"{name} : {type}\n"
      hs := hs.push (Json.mkObj hf)
    let t ← ppText target
    fields := ("pp", .str (pp ++ "⊢ " ++ t)) :: ("hyps", .arr hs) :: ("target", .str t) :: fields
  if view.tree then
    fields := ("tree", ← treeJson hyps target) :: fields
  return (Json.mkObj fields, print)
where
  shape : Expr → String
    | .forallE .. => "∀" | .lam .. => "fun" | .sort .. => "Sort" | .letE .. => "let"
    | .lit _ => "literal" | .fvar _ => "local" | .mvar _ => "?" | .proj .. => "proj" | _ => "?"

end Reconstruct.Gym
