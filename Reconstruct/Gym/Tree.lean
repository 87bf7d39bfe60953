import Lean.Meta.InferType
import Lean.Data.Json

/-!
# Terms as DAGs

For clients that want structure rather than text. Nodes are listed children first, equal subterms
once. `docs/gym.md` lists the node shapes.
-/

namespace Reconstruct.Gym

open Lean Meta

namespace Tree

private structure State where
  nodes : Array Json := #[]
  seen  : Std.HashMap ExprStructEq Nat := {}
  metas : Array MVarId := #[]

private abbrev M := StateRefT State MetaM

private def push (e : Expr) (node : Array Json) : M Nat := do
  modifyGet fun s =>
    let k := s.nodes.size
    (k, { s with nodes := s.nodes.push (.arr node), seen := s.seen.insert ⟨e⟩ k })

/-- Which of the first `n` arguments of `f` are written out in Lean: 1 or 0. -/
private def explicitArgs (f : Expr) (n : Nat) : M (Array Json) := do
  let .const c _ := f | return .replicate n 1
  let some info := (← getEnv).find? c | return .replicate n 1
  let mut type := info.type
  let mut out : Array Json := #[]
  for _ in [0:n] do
    match type with
    | .forallE _ _ b bi =>
      out := out.push (toJson (if bi.isExplicit then 1 else 0))
      type := b
    | _ => out := out.push 1
  return out

/-- The number of the node for `e`; `hyps` numbers the local variables. -/
private partial def node (hyps : Std.HashMap FVarId Nat) (e : Expr) : M Nat := do
  if let some k := (← get).seen[ExprStructEq.mk e]? then return k
  let child (e : Expr) : M Json := return toJson (← node hyps e)
  match e with
  | .mdata _ e => node hyps e
  | .const n _ => push e #["c", toString n]
  | .fvar x => push e #["f", toJson (hyps[x]?.getD 0)]
  | .bvar i => push e #["b", toJson i]
  | .lit (.natVal n) => push e #["n", toJson n]
  | .lit (.strVal s) => push e #["s", s]
  | .sort u => push e #["S", toString u]
  | .lam n t b _ => push e #["l", toString n.eraseMacroScopes, ← child t, ← child b]
  | .forallE n t b _ => push e #["p", toString n.eraseMacroScopes, ← child t, ← child b]
  | .letE _ t v b _ => push e #["e", ← child t, ← child v, ← child b]
  | .proj s i x => push e #["j", toString s, toJson i, ← child x]
  | .mvar m =>
    let metas := (← get).metas
    let k ← match metas.findIdx? (· == m) with
      | some k => pure k
      | none => modify fun s => { s with metas := s.metas.push m }; pure metas.size
    push e #["m", toJson k]
  | .app .. =>
    let f := e.getAppFn
    let args := e.getAppArgs
    let fn ← child f
    let kids ← args.mapM child
    push e #["a", fn, .arr kids, .arr (← explicitArgs f args.size)]

end Tree

/-- The DAG of a goal (`hyps` in context order) or, without hypotheses, of a type. -/
def treeJson (hyps : Array LocalDecl) (target : Expr) : MetaM Json := do
  let mut numbers : Std.HashMap FVarId Nat := {}
  for h in hyps do numbers := numbers.insert h.fvarId numbers.size
  let action : Tree.M (Array Json × Nat) := do
    let rows ← hyps.mapM fun h => do
      let type ← instantiateMVars h.type
      return Json.arr #[toString h.userName.simpMacroScopes, toJson (← Tree.node numbers type)]
    return (rows, ← Tree.node numbers target)
  let ((rows, root), s) ← action.run {}
  return Json.mkObj [("nodes", .arr s.nodes), ("hyps", .arr rows), ("target", toJson root)]

end Reconstruct.Gym
