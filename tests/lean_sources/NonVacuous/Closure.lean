import Lean

/-!
# What it means that a statement is not vacuous

`closure% S` is the proposition that there are things as the statement `S` speaks of: every leading
`∀ x : α` of `S` becomes `∃ x : α`, every hypothesis is kept as a part of a conjunction, and what
follows the last of them is left out. It is computed from `S`, so that a witness can't drift from
its statement. Witnesses must not be poor, so the closure asks for more than `S` does:

* a type has two different members;
* a collection `P : α → Prop` has two different members, and not everything is a member of it;
* a list names two different things.

`witness [a, b, …]` proves a closure from the things that are to exist, in the order of the
statement, and settles the hypotheses by computation, by definition, or from the context.
-/

open Lean Meta Elab

namespace Reconstruct.NonVacuous

/-- That a type, a collection or a list is not poor; nothing is asked of other things. -/
def substance (x type : Expr) : MetaM (Option Expr) := do
  let two (α : Expr) (has : Expr → MetaM (Option Expr)) : MetaM Expr :=
    withLocalDeclD `x α fun a => withLocalDeclD `y α fun b => do
      let mut body ← mkAppM ``Ne #[a, b]
      for c in [b, a] do
        if let some p ← has c then body := mkAnd p body
      mkAppM ``Exists #[← mkLambdaFVars #[a] (← mkAppM ``Exists #[← mkLambdaFVars #[b] body])]
  match type with
  | .sort u => if u.isZero then return none else return some (← two x fun _ => return none)
  | .forallE _ α (.sort u) _ =>
    unless u.isZero do return none
    let members ← two α fun a => return some (.app x a)
    let other ← withLocalDeclD `z α fun z => do
      mkAppM ``Exists #[← mkLambdaFVars #[z] (mkNot (.app x z))]
    return some (mkAnd members other)
  | .app (.const ``List _) α =>
    return some (← two α fun a => return some (← mkAppM ``Membership.mem #[x, a]))
  | _ => return none

/-- The existential closure of a statement, as described above. -/
partial def close (statement : Expr) : MetaM Expr := do
  match statement with
  | .forallE name type body _ =>
    withLocalDeclD name type fun x => do
      let rest ← close (body.instantiate1 x)
      if ← isProp type then
        return mkAnd type rest
      let rest := match ← substance x type with
        | some p => mkAnd p rest
        | none => rest
      mkAppM ``Exists #[← mkLambdaFVars #[x] rest]
  | _ => return mkConst ``True

/-- `closure% X.Statement`: that there are things as the statement speaks of. -/
elab "closure% " x:ident : term => do
  let name ← realizeGlobalConstNoOverload x
  let some value := (← getConstInfo name).value? | throwErrorAt x "{name} has no value"
  close value

/-- Settle one hypothesis of a model. Rules that are added later are tried before these. -/
syntax "model" : tactic

macro_rules
  | `(tactic| model) => `(tactic| first
    | assumption
    | (intros; assumption)
    | (intros; rfl)
    | decide +kernel
    | (intros; simp; done)
    | (intros; omega))

/-- Prove a closure from the things that are to exist. -/
elab "witness " "[" things:term,* "]" : tactic => do
  let mut left := things.getElems.toList
  repeat
    Tactic.liftMetaTactic fun goal => do
      return [← goal.replaceTargetDefEq (← Core.betaReduce (← instantiateMVars (← goal.getType)))]
    let target := (← Tactic.getMainTarget).consumeMData
    if target.isAppOf ``Exists then
      match left with
      | [] => throwError "one more thing is to be given:{indentExpr target}"
      | thing :: others =>
        Tactic.evalTactic (← `(tactic| refine ⟨$thing, ?_⟩))
        left := others
    else if target.isAppOf ``And then
      Tactic.evalTactic (← `(tactic| refine ⟨by model, ?_⟩))
    else
      Tactic.evalTactic (← `(tactic| exact True.intro))
      break
  unless left.isEmpty do throwError "too many things"

/-- The power, by the laws that the statements give. -/
def power {G : Type} (m : G → G → G) (e a : G) : Nat → G
  | 0 => e
  | k + 1 => m (power m e a k) a

/-- The eight ways to turn a square: `r` quarter turns, and turned over if `4` is added. -/
def eight (x y : Fin 8) : Fin 8 :=
  Fin.ofNat 8 ((if x.val < 4 then x.val + y.val else x.val + 4 - y.val % 4) % 4 +
    4 * ((x.val / 4 + y.val / 4) % 2))

/-- The inverse: the other way round; what turns over undoes itself. -/
def eightInverse (x : Fin 8) : Fin 8 := if x.val < 4 then Fin.ofNat 8 ((4 - x.val) % 4) else x

end Reconstruct.NonVacuous
