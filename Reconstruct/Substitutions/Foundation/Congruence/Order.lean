import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole
import Reconstruct.Substitutions.Foundation.Congruence.Fermat

/-!
# The order of a residue

Euler (1758) and Gauss (1801, articles 45–49): the powers of a number prime to the modulus return to
`1`; the least exponent for which they do divides every such exponent, and for a prime modulus `p`
it divides `p - 1`.
-/

namespace Reconstruct

/-- The order of `a` for the modulus `m`: the least `k ≥ 1`, not above `m`, with `a ^ k ≡ 1`; it is
`0` when there is none (Gauss 1801, article 45, "the exponent to which `a` belongs"). -/
def residueOrder (m : Nat) (a : Int) : Nat :=
  match (List.range m).find? fun k => decide (Congruent m (a ^ (k + 1)) 1) with
  | some k => k + 1
  | none => 0

/-- The order of a residue is not above the modulus. -/
theorem residueOrder_le (m : Nat) (a : Int) : residueOrder m a ≤ m := by
  rw [residueOrder]
  split
  · next k h =>
    have := List.mem_range.mp (List.mem_of_find?_eq_some h)
    omega
  · exact Nat.zero_le m

/-- The power of `a` with its order as exponent is congruent to `1` (also when the order is `0`). -/
theorem pow_residueOrder (m : Nat) (a : Int) : Congruent m (a ^ residueOrder m a) 1 := by
  rw [residueOrder]
  split
  · next k h =>
    exact of_decide_eq_true (List.find?_some (p := fun k => decide (Congruent m (a ^ (k + 1)) 1)) h)
  · rw [Int.pow_zero]

/-- Among the powers of a number there are two congruent ones, with exponents not above the modulus
(Gauss 1801, article 45). -/
theorem exists_pow_congruent_pow {m : Nat} (hm : 0 < m) (a : Int) :
    ∃ i j, i < j ∧ j ≤ m ∧ Congruent m (a ^ i) (a ^ j) := by
  have hf : ∀ k, k ∈ List.range (m + 1) → (a ^ k % m).toNat ∈ List.range m := by
    intro k _
    have h1 := Int.emod_nonneg (a ^ k) (show (m : Int) ≠ 0 by omega)
    have h2 := Int.emod_lt_of_pos (a ^ k) (show (0 : Int) < m by omega)
    rw [List.mem_range]
    omega
  obtain ⟨i, hi, j, hj, hij, h⟩ := exists_ne_map_eq_of_length_lt List.nodup_range hf (by simp)
  rw [List.mem_range] at hi hj
  have hc : Congruent m (a ^ i) (a ^ j) := by
    have h1 := Int.emod_nonneg (a ^ i) (show (m : Int) ≠ 0 by omega)
    have h2 := Int.emod_nonneg (a ^ j) (show (m : Int) ≠ 0 by omega)
    rw [congruent_iff_emod_eq]
    omega
  rcases Nat.lt_or_gt_of_ne hij with hlt | hlt
  · exact ⟨i, j, hlt, by omega, hc⟩
  · exact ⟨j, i, hlt, by omega, hc.symm⟩

/-- A power of a number prime to the modulus, with positive exponent not above the modulus, is
congruent to `1` (Euler 1758). -/
theorem exists_pow_congruent_one {m : Nat} (hm : 0 < m) {a : Int} (h : Int.gcd m a = 1) :
    ∃ k, 0 < k ∧ k ≤ m ∧ Congruent m (a ^ k) 1 := by
  obtain ⟨i, j, hij, hjm, hc⟩ := exists_pow_congruent_pow hm a
  refine ⟨j - i, by omega, by omega, ?_⟩
  refine (Congruent.mul_left_cancel (gcd_pow_eq_one h i) ?_).symm
  rw [Int.mul_one, ← Int.pow_add, show i + (j - i) = j by omega]
  exact hc

/-- The order of a number prime to the modulus is positive. -/
theorem residueOrder_pos {m : Nat} (hm : 0 < m) {a : Int} (h : Int.gcd m a = 1) :
    0 < residueOrder m a := by
  obtain ⟨k, hk, hkm, hc⟩ := exists_pow_congruent_one hm h
  rw [residueOrder]
  split
  · exact Nat.succ_pos _
  · next hnone =>
    refine absurd ?_ (List.find?_eq_none.mp hnone (k - 1) (List.mem_range.mpr (by omega)))
    rw [Nat.sub_add_cancel hk]
    exact decide_eq_true hc

/-- No smaller positive exponent gives `1`. -/
theorem residueOrder_le_of_pow {m : Nat} {a : Int} {k : Nat} (hk : 0 < k)
    (h : Congruent m (a ^ k) 1) : residueOrder m a ≤ k := by
  by_cases hkm : m < k
  · exact Nat.le_trans (residueOrder_le m a) (Nat.le_of_lt hkm)
  rw [residueOrder]
  split
  · next j hj =>
    refine Nat.le_of_not_lt fun hlt => ?_
    obtain ⟨_, as, bs, hsplit, has⟩ := List.find?_eq_some_iff_append.mp hj
    have hmem : k - 1 ∈ as := by
      have hsorted : (List.range m).Pairwise (· < ·) := List.pairwise_lt_range
      rw [hsplit, List.pairwise_append, List.pairwise_cons] at hsorted
      have : k - 1 ∈ List.range m := List.mem_range.mpr (by omega)
      rw [hsplit, List.mem_append, List.mem_cons] at this
      rcases this with h | h | h
      · exact h
      · omega
      · have := hsorted.2.1.1 _ h; omega
    have hfalse := has _ hmem
    rw [Nat.sub_add_cancel hk] at hfalse
    simp [h] at hfalse
  · exact Nat.zero_le k

/-- The powers of `a` that are congruent to `1` are those whose exponent is a multiple of the order
(Gauss 1801, article 46). -/
theorem pow_congruent_one_iff {m : Nat} (hm : 0 < m) {a : Int} (h : Int.gcd m a = 1) {k : Nat} :
    Congruent m (a ^ k) 1 ↔ residueOrder m a ∣ k := by
  have hmul : ∀ q, Congruent m (a ^ (residueOrder m a * q)) 1 := fun q => by
    rw [Int.pow_mul]
    simpa [Int.one_pow] using (pow_residueOrder m a).pow q
  refine ⟨fun hk => ?_, fun ⟨q, hq⟩ => hq ▸ hmul q⟩
  have hpos := residueOrder_pos hm h
  have hlt := Nat.mod_lt k hpos
  have hr : Congruent m (a ^ (k % residueOrder m a)) 1 := by
    have h1 := (hmul (k / residueOrder m a)).mul (Congruent.refl m (a ^ (k % residueOrder m a)))
    rw [← Int.pow_add, Nat.div_add_mod, Int.one_mul] at h1
    exact h1.symm.trans hk
  refine Nat.dvd_of_mod_eq_zero (Classical.byContradiction fun hne => ?_)
  have := residueOrder_le_of_pow (Nat.pos_of_ne_zero hne) hr
  omega

/-- Two powers of `a` are congruent exactly when their exponents are congruent for the order of `a`
(Gauss 1801, article 47). -/
theorem pow_congruent_pow_iff {m : Nat} (hm : 0 < m) {a : Int} (h : Int.gcd m a = 1) {i j : Nat} :
    Congruent m (a ^ i) (a ^ j) ↔ Congruent (residueOrder m a) i j := by
  have key : ∀ i k, Congruent m (a ^ (i + k)) (a ^ i) ↔ residueOrder m a ∣ k := by
    intro i k
    rw [← pow_congruent_one_iff hm h, Int.pow_add]
    constructor
    · intro h'
      exact Congruent.mul_left_cancel (gcd_pow_eq_one h i) (by rw [Int.mul_one]; exact h')
    · intro h'
      simpa using h'.mul_left (a ^ i)
  rcases Nat.le_total i j with hij | hij
  · obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_le hij
    have h1 : Congruent m (a ^ i) (a ^ (i + k)) ↔ _ := ⟨Congruent.symm, Congruent.symm⟩
    rw [h1, key, ← Int.ofNat_dvd, Congruent, ← Int.dvd_neg,
      show (i : Int) - ((i + k : Nat) : Int) = -(k : Int) by omega]
  · obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_le hij
    rw [key, ← Int.ofNat_dvd, Congruent,
      show ((j + k : Nat) : Int) - (j : Int) = (k : Int) by omega]

/-- The powers `a ^ 0, …, a ^ (t - 1)`, with `t` the order of `a`, are pairwise incongruent
(Gauss 1801, article 47). -/
theorem pow_injective_below_order {m : Nat} (hm : 0 < m) {a : Int} (h : Int.gcd m a = 1) {i j : Nat}
    (hi : i < residueOrder m a) (hj : j < residueOrder m a) (hc : Congruent m (a ^ i) (a ^ j)) :
    i = j := by
  have := ((pow_congruent_pow_iff hm h).mp hc).eq_of_lt (by omega) (by omega) (by omega) (by omega)
  omega

/-- For a prime modulus `p` the order of a number divides `p - 1` (Gauss 1801, article 49). -/
theorem Prime.residueOrder_dvd {p : Nat} (hp : Prime p) {a : Int} (ha : ¬ (p : Int) ∣ a) :
    residueOrder p a ∣ p - 1 :=
  (pow_congruent_one_iff hp.pos (hp.int_gcd_eq_one ha)).mp (hp.pow_sub_one_congruent ha)

/-- The order of a power: with `t` the order of `a`, the power `a ^ k` has order `t / gcd t k`
(Gauss 1801, article 53). -/
theorem residueOrder_pow {m : Nat} (hm : 0 < m) {a : Int} (h : Int.gcd m a = 1) (k : Nat) :
    residueOrder m (a ^ k) = residueOrder m a / Nat.gcd (residueOrder m a) k := by
  have ht := residueOrder_pos hm h
  have hg : 0 < Nat.gcd (residueOrder m a) k := Nat.gcd_pos_of_pos_left k ht
  have hiff : ∀ j, residueOrder m (a ^ k) ∣ j ↔
      residueOrder m a / Nat.gcd (residueOrder m a) k ∣ j := by
    intro j
    rw [← pow_congruent_one_iff hm (gcd_pow_eq_one h k), ← Int.pow_mul, pow_congruent_one_iff hm h]
    generalize residueOrder m a = t at *
    have hco : Nat.Coprime (t / Nat.gcd t k) (k / Nat.gcd t k) := Nat.coprime_div_gcd_div_gcd hg
    have ht' : t = Nat.gcd t k * (t / Nat.gcd t k) :=
      (Nat.mul_div_cancel' (Nat.gcd_dvd_left t k)).symm
    have hk' : k = Nat.gcd t k * (k / Nat.gcd t k) :=
      (Nat.mul_div_cancel' (Nat.gcd_dvd_right t k)).symm
    generalize Nat.gcd t k = g at *
    generalize t / g = t₁ at *
    generalize k / g = k₁ at *
    subst ht' hk'
    rw [Nat.mul_assoc]
    constructor
    · intro hd
      exact hco.dvd_of_dvd_mul_left (Nat.dvd_of_mul_dvd_mul_left hg hd)
    · intro hd
      exact Nat.mul_dvd_mul_left g (Nat.dvd_mul_left_of_dvd hd k₁)
  exact Nat.dvd_antisymm ((hiff _).mpr (Nat.dvd_refl _)) ((hiff _).mp (Nat.dvd_refl _))

end Reconstruct
