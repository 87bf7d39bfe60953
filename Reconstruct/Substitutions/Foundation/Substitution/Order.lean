import Reconstruct.Substitutions.Foundation.Substitution.Enumeration

/-!
# The order of a substitution

Repeating a substitution leads back to the original arrangement after finitely many steps, because
there are only `n!` arrangements. The least number of steps is what Cauchy (1815) calls the degree,
later the order, of the substitution; it divides every exponent whose power is the identical
substitution (Ruffini 1799, Cauchy 1815).
-/

namespace Reconstruct

namespace Substitution

variable {n : Nat}

/-- Some power with a positive exponent of at most `n!` is the identical substitution. -/
theorem exists_pow_eq_one (s : Substitution n) :
    ∃ k, 0 < k ∧ k ≤ factorial n ∧ s ^ k = 1 := by
  apply Classical.byContradiction
  intro hno
  have hinj : ((List.range (factorial n + 1)).map fun k => s ^ k).Nodup := by
    refine List.Pairwise.map _ (fun _ _ h => h) ?_
    rw [List.pairwise_iff_getElem]
    intro i j hi hj hij
    simp only [List.getElem_range, List.length_range] at hi hj ⊢
    intro h
    exact hno ⟨j - i, by omega, by omega, pow_sub_eq_one (Nat.le_of_lt hij) h⟩
  have key := length_le_factorial hinj
  rw [List.length_map, List.length_range] at key
  omega

/-- The order of a substitution: the least positive exponent whose power is the identical
substitution. -/
def order (s : Substitution n) : Nat :=
  (((List.range (factorial n)).find? fun k => s ^ (k + 1) = 1).getD 0) + 1

/-- What the search behind `order` finds. -/
private theorem order_spec (s : Substitution n) :
    s ^ order s = 1 ∧ ∀ j, 0 < j → j < order s → s ^ j ≠ 1 := by
  unfold order
  cases hfind : (List.range (factorial n)).find? fun k => s ^ (k + 1) = 1 with
  | none =>
    obtain ⟨k, hpos, hle, hk⟩ := exists_pow_eq_one s
    have := List.find?_eq_none.mp hfind (k - 1) (List.mem_range.mpr (by omega))
    rw [Nat.sub_add_cancel hpos] at this
    simp [hk] at this
  | some k =>
    obtain ⟨hk, _, hlt⟩ := List.find?_range_eq_some.mp hfind
    refine ⟨by simpa using hk, fun j hpos hj => ?_⟩
    have := hlt (j - 1) (by simp at hj; omega)
    rw [Nat.sub_add_cancel hpos] at this
    simpa using this

variable (s : Substitution n)

/-- The order is positive. -/
theorem order_pos : 0 < order s := Nat.succ_pos _

/-- The power by the order is the identical substitution. -/
@[simp] theorem pow_order : s ^ order s = 1 := (order_spec s).1

/-- No smaller positive exponent gives the identical substitution. -/
theorem pow_ne_one_of_lt_order {k : Nat} (hpos : 0 < k) (hk : k < order s) : s ^ k ≠ 1 :=
  (order_spec s).2 k hpos hk

variable {s}

/-- The order is at most any positive exponent whose power is the identical substitution. -/
theorem order_le {k : Nat} (hpos : 0 < k) (hk : s ^ k = 1) : order s ≤ k :=
  Nat.not_lt.mp fun hlt => pow_ne_one_of_lt_order s hpos hlt hk

/-- The order is at most `n!`. -/
theorem order_le_factorial (s : Substitution n) : order s ≤ factorial n := by
  obtain ⟨k, hpos, hle, hk⟩ := exists_pow_eq_one s
  exact Nat.le_trans (order_le hpos hk) hle

/-- The power by `k` is the identical substitution exactly when the order divides `k`
(Cauchy 1815). -/
theorem order_dvd_iff {k : Nat} : order s ∣ k ↔ s ^ k = 1 := by
  refine ⟨fun h => pow_eq_one_of_dvd h (pow_order s), fun h => ?_⟩
  apply Decidable.byContradiction
  intro hnd
  have hmod : s ^ (k % order s) = 1 := by rw [pow_mod (pow_order s), h]
  exact pow_ne_one_of_lt_order s (Nat.pos_of_ne_zero fun h0 => hnd (Nat.dvd_of_mod_eq_zero h0))
    (Nat.mod_lt _ (order_pos s)) hmod

/-- The least positive exponent is the order: a way to compute it. -/
theorem order_eq_of {k : Nat} (hpos : 0 < k) (hk : s ^ k = 1)
    (hmin : ∀ j, 0 < j → j < k → s ^ j ≠ 1) : order s = k := by
  rcases Nat.lt_or_eq_of_le (order_le hpos hk) with h | h
  · exact absurd (pow_order s) (hmin _ (order_pos s) h)
  · exact h

/-- Two powers agree exactly when their exponents leave the same remainder by the order. -/
theorem pow_eq_pow_iff {j k : Nat} : s ^ j = s ^ k ↔ j % order s = k % order s := by
  constructor
  · intro h
    -- of two remainders with the same power, the larger minus the smaller must be zero
    have key : ∀ a b, a < order s → b < order s → a ≤ b → s ^ a = s ^ b → a = b := by
      intro a b _ hb hab hpow
      have hone := pow_sub_eq_one hab hpow
      apply Decidable.byContradiction
      intro hne
      exact pow_ne_one_of_lt_order s (by omega) (by omega) hone
    have hpow : s ^ (j % order s) = s ^ (k % order s) := by
      rw [pow_mod (pow_order s), pow_mod (pow_order s), h]
    have hj := Nat.mod_lt j (order_pos s)
    have hk := Nat.mod_lt k (order_pos s)
    rcases Nat.le_total (j % order s) (k % order s) with hle | hle
    · exact key _ _ hj hk hle hpow
    · exact (key _ _ hk hj hle hpow.symm).symm
  · intro h
    rw [← pow_mod (pow_order s) j, h, pow_mod (pow_order s)]

/-- Only the identical substitution has order one. -/
@[simp] theorem order_eq_one_iff : order s = 1 ↔ s = 1 := by
  constructor
  · intro h
    have := pow_order s
    rwa [h, pow_one] at this
  · rintro rfl
    exact order_eq_of Nat.one_pos (one_pow 1) fun j h₁ h₂ => by omega

/-- The identical substitution has order one. -/
@[simp] theorem order_one : order (1 : Substitution n) = 1 := order_eq_one_iff.mpr rfl

/-- A substitution and its inverse have the same order. -/
@[simp] theorem order_inv (s : Substitution n) : order s⁻¹ = order s := by
  have key : ∀ k, s⁻¹ ^ k = 1 ↔ s ^ k = 1 := fun k => by rw [inv_pow, inv_eq_one_iff]
  exact Nat.dvd_antisymm (order_dvd_iff.mpr ((key _).mpr (pow_order s)))
    (order_dvd_iff.mpr ((key _).mp (pow_order s⁻¹)))

/-- The inverse is the power whose exponent is one less than the order. -/
theorem inv_eq_pow (s : Substitution n) : s⁻¹ = s ^ (order s - 1) := by
  apply inv_eq_of_mul_eq_one
  rw [← pow_succ', Nat.sub_add_cancel (order_pos s), pow_order]

/-- Changing the names of the letters does not change the order. -/
@[simp] theorem order_mul_mul_inv (s t : Substitution n) : order (t * s * t⁻¹) = order s := by
  have key : ∀ k, (t * s * t⁻¹) ^ k = 1 ↔ s ^ k = 1 := fun k => by
    rw [mul_pow_mul_inv, mul_mul_inv_eq_one_iff]
  exact Nat.dvd_antisymm (order_dvd_iff.mpr ((key _).mpr (pow_order s)))
    (order_dvd_iff.mpr ((key _).mp (pow_order _)))

/-- A product of two substitutions and the product in the other order have the same order. -/
theorem order_mul_comm (s t : Substitution n) : order (s * t) = order (t * s) := by
  have h : t * (s * t) * t⁻¹ = t * s := by simp [mul_assoc]
  rw [← h, order_mul_mul_inv]

/-- The order of a power divides the order. -/
theorem order_pow_dvd (s : Substitution n) (k : Nat) : order (s ^ k) ∣ order s := by
  rw [order_dvd_iff, ← pow_mul, Nat.mul_comm, pow_mul, pow_order, one_pow]

/-- A transposition has order two. -/
theorem order_swap {i j : Fin n} (h : i ≠ j) : order (swap i j) = 2 :=
  order_eq_of (by omega) (by rw [pow_two, swap_mul_self]) fun k h₁ h₂ => by
    have : k = 1 := by omega
    rw [this, pow_one]
    exact swap_ne_one h

end Substitution

end Reconstruct
