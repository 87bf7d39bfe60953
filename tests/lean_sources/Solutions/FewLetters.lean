import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole
import Reconstruct.Substitutions.Foundation.Substitution.Order
import Reconstruct.Substitutions.Target.FewLetters

/-! Proofs of statements about few letters. Never shown to a policy. -/

namespace Reconstruct.Solutions

open Substitution

theorem HalfAreEven : Reconstruct.HalfAreEven.Statement := by
  intro n E hn en em
  rw [← two_mul_length_allEven hn, length_eq_of_nodup_of_mem_iff en (nodup_allEven n)
    fun s => (em s).trans mem_allEven.symm]

/-- Whatever the two factors are, `a b a⁻¹ b⁻¹` is even. -/
private theorem isEven_mul_mul_inv_inv {n : Nat} (a b : Substitution n) :
    IsEven (a * b * a⁻¹ * b⁻¹) := by
  rw [IsEven, sign_mul, sign_mul, sign_mul, sign_inv, sign_inv, Int.mul_assoc, Int.mul_assoc,
    Int.mul_left_comm (sign b), sign_mul_self, Int.mul_one, sign_mul_self]

theorem DescentForThreeLetters : Reconstruct.DescentForThreeLetters.Statement := by
  refine ⟨IsEven, ⟨isEven_one, fun _ _ => IsEven.mul, fun _ => IsEven.inv⟩, isEven_mul_mul_inv_inv, ?_⟩
  decide +kernel

/-- The substitutions of four letters which exchange two pairs, and the identical one. -/
private def exchangesOfPairs : List (Substitution 4) :=
  [1, swap 0 1 * swap 2 3, swap 0 2 * swap 1 3, swap 0 3 * swap 1 2]

/-- A cycle of three of four letters. -/
private def turn : Substitution 4 := swap 1 2 * swap 2 3

private theorem exchanges_mul : ∀ s, s ∈ exchangesOfPairs → ∀ t, t ∈ exchangesOfPairs →
    s * t ∈ exchangesOfPairs := by decide +kernel

private theorem exchanges_turned (k : Nat) (s : Substitution 4) (hs : s ∈ exchangesOfPairs) :
    ∃ t, t ∈ exchangesOfPairs ∧ s * turn ^ k = turn ^ k * t := by
  have one : ∀ s, s ∈ exchangesOfPairs → ∃ t, t ∈ exchangesOfPairs ∧ s * turn = turn * t := by
    decide +kernel
  induction k with
  | zero => exact ⟨s, hs, rfl⟩
  | succ k ih =>
    obtain ⟨t, ht, h⟩ := ih
    obtain ⟨u, hu, h'⟩ := one t ht
    exact ⟨u, hu, by rw [pow_succ, ← mul_assoc, h, mul_assoc, h', mul_assoc]⟩

/-- `s` is the `k`-th power of the cycle, up to an exchange of two pairs. -/
private def TurnsBy (k : Nat) (s : Substitution 4) : Prop :=
  ∃ t, t ∈ exchangesOfPairs ∧ s = turn ^ k * t

private theorem TurnsBy.mul {j k : Nat} {s t : Substitution 4} :
    TurnsBy j s → TurnsBy k t → TurnsBy (j + k) (s * t) := by
  rintro ⟨u, hu, rfl⟩ ⟨v, hv, rfl⟩
  obtain ⟨w, hw, h⟩ := exchanges_turned k u hu
  refine ⟨w * v, exchanges_mul w hw v hv, ?_⟩
  rw [pow_add, mul_assoc, ← mul_assoc u, h, mul_assoc, mul_assoc]

private theorem turnsBy_three {k : Nat} {s : Substitution 4} (h : TurnsBy (3 * k) s) :
    s ∈ exchangesOfPairs := by
  obtain ⟨t, ht, rfl⟩ := h
  rwa [pow_mul, show turn ^ 3 = 1 by decide +kernel, one_pow, one_mul]

/-- An even substitution and its inverse turn by exponents whose sum is a multiple of three. -/
private theorem exists_turnsBy {s : Substitution 4} (hs : s.IsEven) :
    ∃ k, TurnsBy k s ∧ TurnsBy (2 * k) s⁻¹ := by
  -- an exchange of pairs puts the first letter into its place; three letters remain
  obtain ⟨q, hq, hq0⟩ : ∃ q, q ∈ exchangesOfPairs ∧ q (s 0) = 0 := by
    have h : ∀ i, ∃ q, q ∈ exchangesOfPairs ∧ q i = 0 := by decide
    exact h (s 0)
  obtain ⟨r, hr⟩ := exists_lift_eq (s := q * s) hq0
  have even : ∀ q, q ∈ exchangesOfPairs → q.IsEven := by decide +kernel
  have three : ∀ r : Substitution 3, (lift r).IsEven → ∃ k, k ∈ [0, 1, 2] ∧ lift r = turn ^ k := by
    decide +kernel
  obtain ⟨k, _, hk⟩ := three r (hr ▸ (even q hq).mul hs)
  have self : ∀ t, t ∈ exchangesOfPairs → t⁻¹ = t := by decide +kernel
  have h3 : turn⁻¹ = turn ^ 2 := by decide +kernel
  have hsq : s = q * turn ^ k := by
    have h := inv_mul_cancel_left q s
    rw [self q hq] at h
    rw [← hk, hr, h]
  obtain ⟨t, ht, h⟩ := exchanges_turned k q hq
  exact ⟨k, ⟨t, ht, hsq.trans h⟩, q, hq, by
    rw [hsq, mul_inv_rev, self q hq, ← inv_pow, h3, ← pow_mul]⟩

theorem DescentForFourLetters : Reconstruct.DescentForFourLetters.Statement := by
  refine ⟨IsEven, (· ∈ exchangesOfPairs), ⟨isEven_one, fun _ _ => IsEven.mul, fun _ => IsEven.inv⟩,
    ⟨by decide, fun s t hs ht => exchanges_mul s hs t ht, by decide +kernel⟩, isEven_mul_mul_inv_inv,
    fun s t hs ht => ?_, ?_⟩
  · obtain ⟨j, h1, h2⟩ := exists_turnsBy hs
    obtain ⟨k, h3, h4⟩ := exists_turnsBy ht
    refine turnsBy_three (k := j + k) ?_
    rw [show 3 * (j + k) = j + k + 2 * j + 2 * k by omega]
    exact ((h1.mul h3).mul h2).mul h4
  · have h : ∀ s, s ∈ exchangesOfPairs → ∀ t, t ∈ exchangesOfPairs → s * t = t * s := by
      decide +kernel
    exact fun s t hs ht => h s hs t ht

theorem NoSixAmongEvenOfFour : Reconstruct.NoSixAmongEvenOfFour.Statement := by
  intro H hn he hm hl
  have power : ∀ s, s ∈ H → ∀ k, s ^ (k + 1) ∈ H := by
    intro s hs k
    induction k with
    | zero => exact hs
    | succ k ih => exact hm _ _ ih hs
  have inverse : ∀ s, s ∈ H → s⁻¹ ∈ H := by
    intro s hs
    have h := power s hs (2 * order s - 2)
    have hpos := order_pos s
    rwa [show 2 * order s - 2 + 1 = order s + (order s - 1) by omega, pow_add, pow_order, one_mul,
      ← inv_eq_pow] at h
  -- a square belongs to the collection, because the collection is half of all even ones
  have square : ∀ x : Substitution 4, x.IsEven → x * x ∈ H := by
    intro x hx
    by_cases hxH : x ∈ H
    · exact hm x x hxH hxH
    have apart : ∀ s, s ∈ H → s ∉ H.map (x * ·) := by
      intro s hs h
      obtain ⟨t, ht, rfl⟩ := List.mem_map.1 h
      have := hm _ _ hs (inverse t ht)
      rw [mul_inv_cancel_right] at this
      exact hxH this
    have both : (H ++ H.map (x * ·)).Nodup :=
      nodup_append_of_disjoint hn (nodup_map (fun _ _ => mul_left_cancel) hn) apart
    have twelve : (allEven 4).length = 12 := by
      have := two_mul_length_allEven (show 2 ≤ 4 by omega)
      have : factorial 4 = 24 := rfl
      omega
    have hmem := mem_of_subset_of_length_le both (l₂ := allEven 4) (fun s hs => ?_)
      (by rw [List.length_append, List.length_map, hl, twelve]; omega)
      (mem_allEven.2 (hx.mul hx))
    · rcases List.mem_append.1 hmem with h | h
      · exact h
      · obtain ⟨t, ht, h⟩ := List.mem_map.1 h
        exact absurd (mul_left_cancel h ▸ ht) hxH
    · rcases List.mem_append.1 hs with h | h
      · exact mem_allEven.2 (he s h)
      · obtain ⟨t, ht, rfl⟩ := List.mem_map.1 h
        exact mem_allEven.2 (hx.mul (he t ht))
  -- but more than six substitutions are squares, because their third power is the identical one
  let cubeOne : List (Substitution 4) := [1, swap 0 1 * swap 1 2, swap 1 2 * swap 0 1,
    swap 0 1 * swap 1 3, swap 1 3 * swap 0 1, swap 0 2 * swap 2 3, swap 2 3 * swap 0 2]
  have different : cubeOne.Nodup := by decide +kernel
  have cubes : ∀ s, s ∈ cubeOne → s * s * s = 1 := by decide +kernel
  have h := length_le_of_subset different (l₂ := H) fun s hs => ?_
  · rw [hl] at h
    exact absurd h (by decide)
  · have h3 := cubes s hs
    have hs : s.IsEven := by
      have h := isEven_one (n := 4)
      rwa [← h3, IsEven, sign_mul, sign_mul, sign_mul_self, Int.one_mul] at h
    have h4 := square (s * s) (isEven_mul_self s)
    rwa [← mul_assoc, h3, one_mul] at h4

end Reconstruct.Solutions
