import NonVacuous.Closure
import Reconstruct.Substitutions.Foundation.Substitution.Parity

/-!
# Facts about the models

What most witnesses need, proved once, so that it need not be computed for each of them: the
substitutions of `n` letters, of which the even ones are a closed collection, and the remainders by
`n`, which are added.
-/

namespace Reconstruct.NonVacuous.Models

open Substitution

theorem fin_two {n : Nat} : ∃ x y : Fin (n + 2), x ≠ y :=
  ⟨0, 1, fun h => absurd (congrArg Fin.val h) (by simp)⟩

theorem fin_assoc {n : Nat} (a b c : Fin n) : a + b + c = a + (b + c) :=
  Fin.ext (by simp only [Fin.val_add, Nat.mod_add_mod, Nat.add_mod_mod, Nat.add_assoc])

theorem fin_comm {n : Nat} (a b : Fin n) : a + b = b + a :=
  Fin.ext (by simp only [Fin.val_add, Nat.add_comm])

theorem fin_zero_add {n : Nat} (a : Fin (n + 1)) : 0 + a = a := by simp

theorem fin_add_zero {n : Nat} (a : Fin (n + 1)) : a + 0 = a := by simp

theorem fin_neg_add {n : Nat} (a : Fin (n + 1)) : -a + a = 0 := by
  refine Fin.ext ?_
  have h := a.isLt
  simp only [Fin.val_add, Fin.neg_def, Nat.mod_add_mod, Fin.val_zero]
  rw [show n + 1 - a.val + a.val = n + 1 by omega, Nat.mod_self]

theorem fin_add_neg {n : Nat} (a : Fin (n + 1)) : a + -a = 0 := by rw [fin_comm, fin_neg_add]

theorem two : ∃ x y : Substitution 3, x ≠ y := ⟨.swap 0 1, 1, by decide⟩

theorem left {n : Nat} (a : Substitution n) : a⁻¹ * a = 1 := inv_mul_cancel a

theorem right {n : Nat} (a : Substitution n) : a * a⁻¹ = 1 := mul_inv_cancel a

theorem all_two : ∃ x y : Substitution 3, x ∈ all 3 ∧ y ∈ all 3 ∧ x ≠ y :=
  ⟨.swap 0 1, 1, mem_all _, mem_all _, by decide⟩

theorem even_two : (∃ x y : Substitution 3, IsEven x ∧ IsEven y ∧ x ≠ y) ∧
    ∃ z : Substitution 3, ¬ IsEven z :=
  ⟨⟨.swap 0 1 * .swap 1 2, 1, by decide +kernel, isEven_one, by decide⟩, .swap 0 1,
    by decide +kernel⟩

theorem allEven_two : ∃ x y : Substitution 3, x ∈ allEven 3 ∧ y ∈ allEven 3 ∧ x ≠ y :=
  ⟨.swap 0 1 * .swap 1 2, 1, mem_allEven.2 (by decide +kernel), mem_allEven.2 isEven_one,
    by decide⟩

theorem allEven_mul {n : Nat} (a b : Substitution n) (ha : a ∈ allEven n) (hb : b ∈ allEven n) :
    a * b ∈ allEven n :=
  mem_allEven.2 ((mem_allEven.1 ha).mul (mem_allEven.1 hb))

theorem allEven_inv {n : Nat} (a : Substitution n) (ha : a ∈ allEven n) : a⁻¹ ∈ allEven n :=
  mem_allEven.2 (mem_allEven.1 ha).inv

theorem even_members : ∃ x y : Substitution 3, IsEven x ∧ IsEven y ∧ x ≠ y := even_two.1

theorem even_other : ∃ z : Substitution 3, ¬ IsEven z := even_two.2

theorem even_mul {n : Nat} (a b : Substitution n) (ha : IsEven a) (hb : IsEven b) : IsEven (a * b) :=
  ha.mul hb

theorem even_inv {n : Nat} (a : Substitution n) (ha : IsEven a) : IsEven a⁻¹ := ha.inv

theorem even_renamed {n : Nat} (g a : Substitution n) (ha : IsEven a) : IsEven (g * a * g⁻¹) :=
  ha.mul_mul_inv g

theorem allEven_one {n : Nat} : 1 ∈ allEven n := mem_allEven.2 isEven_one

theorem mem_allEven_iff {n : Nat} (s : Substitution n) : s ∈ allEven n ↔ IsEven s := mem_allEven

/-- The facts that are tried on a hypothesis before anything is computed. -/
def facts : List Lean.Name :=
  [``two, ``left, ``right, ``all_two, ``nodup_all, ``mem_all, ``even_two, ``even_members,
    ``even_other, ``isEven_one, ``even_mul, ``even_inv, ``even_renamed, ``allEven_two,
    ``nodup_allEven, ``allEven_one, ``allEven_mul, ``allEven_inv, ``mem_allEven_iff, ``fin_two,
    ``fin_assoc, ``fin_comm, ``fin_zero_add, ``fin_add_zero, ``fin_neg_add, ``fin_add_neg,
    ``nodup_finRange, ``List.mem_finRange]

open Lean Meta Elab Tactic in
/-- Close the goal with one of the facts. -/
elab "fact" : tactic => liftMetaTactic fun goal => do
  let target ← goal.getType
  for fact in facts do
    let start ← mkConstWithFreshMVarLevels fact
    let mut type ← inferType start
    let mut proof := start
    repeat
      let .forallE _ domain body .implicit := type | break
      let unknown ← mkFreshExprMVar domain
      proof := mkApp proof unknown
      type := body.instantiate1 unknown
    if ← withReducibleAndInstances (isDefEq type target) then
      goal.assign (← instantiateMVars proof)
      return []
    -- an explicit number before the conclusion, as in `nodup_all n`
    if let .forallE _ domain body .default := type then
      let unknown ← mkFreshExprMVar domain
      if ← withReducibleAndInstances (isDefEq (body.instantiate1 unknown) target) then
        goal.assign (← instantiateMVars (mkApp proof unknown))
        return []
  throwError "no fact is of use"

macro_rules
  | `(tactic| model) => `(tactic| fact)

end Reconstruct.NonVacuous.Models
