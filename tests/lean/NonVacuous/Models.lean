import NonVacuous.Closure
import Reconstruct.Foundation.Substitution.Parity

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

macro_rules
  | `(tactic| model) => `(tactic| first
    | exact two
    | exact left
    | exact right
    | exact all_two
    | exact nodup_all 3
    | exact mem_all
    | exact even_two
    | exact even_two.1
    | exact even_two.2
    | exact isEven_one
    | exact fun _ _ => IsEven.mul
    | exact fun _ => IsEven.inv
    | exact fun g _ h => IsEven.mul_mul_inv h g
    | exact allEven_two
    | exact nodup_allEven 3
    | exact mem_allEven.2 isEven_one
    | exact allEven_mul
    | exact allEven_inv
    | exact fun _ => mem_allEven
    | exact fin_two
    | exact fin_assoc
    | exact fin_comm
    | exact fin_zero_add
    | exact fin_add_zero
    | exact fin_neg_add
    | exact fin_add_neg
    | exact nodup_finRange _
    | exact List.mem_finRange)

end Reconstruct.NonVacuous.Models
