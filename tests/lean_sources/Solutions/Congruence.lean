import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole
import Reconstruct.Substitutions.Target.Congruence

/-! Proofs of the statements about congruences. Never shown to a policy. -/

namespace Reconstruct.Solutions

/-- A congruence by a small modulus is settled by going through the remainders. -/
private theorem emod_cases (m a : Int) : ∃ q, a = m * q + a % m :=
  ⟨a / m, (Int.mul_ediv_add_emod a m).symm⟩

theorem OddSquareByEight : Reconstruct.OddSquareByEight.Statement := by
  intro a h
  rw [congruent_iff_emod_eq] at h ⊢
  have h8 : a % 8 = 1 ∨ a % 8 = 3 ∨ a % 8 = 5 ∨ a % 8 = 7 := by omega
  rw [Int.mul_emod]
  rcases h8 with h | h | h | h <;> rw [h] <;> rfl

theorem TwoSquaresByFour : Reconstruct.TwoSquaresByFour.Statement := by
  intro a b h
  rw [congruent_iff_emod_eq, Int.add_emod, Int.mul_emod a, Int.mul_emod b] at h
  have ha : a % 4 = 0 ∨ a % 4 = 1 ∨ a % 4 = 2 ∨ a % 4 = 3 := by omega
  have hb : b % 4 = 0 ∨ b % 4 = 1 ∨ b % 4 = 2 ∨ b % 4 = 3 := by omega
  rcases ha with ha | ha | ha | ha <;> rcases hb with hb | hb | hb | hb <;>
    rw [ha, hb] at h <;> revert h <;> decide

theorem CastingOutNines : Reconstruct.CastingOutNines.Statement := by
  intro k
  have h : Congruent 9 (10 : Int) 1 := by decide
  have h1 := h.pow k
  rwa [Int.one_pow] at h1

theorem CubeBySix : Reconstruct.CubeBySix.Statement := by
  intro a
  rw [congruent_iff_emod_eq, Int.mul_emod, Int.mul_emod a]
  have h6 : a % 6 = 0 ∨ a % 6 = 1 ∨ a % 6 = 2 ∨ a % 6 = 3 ∨ a % 6 = 4 ∨ a % 6 = 5 := by omega
  rcases h6 with h | h | h | h | h | h <;> rw [h] <;> rfl

/-- Bézout's identity for two numbers without common divisor. -/
private theorem bezout {m a : Int} (h : Int.gcd m a = 1) : ∃ x y, m * x + a * y = 1 := by
  have key : ∀ (k j : Nat), ∃ x y : Int, (j : Int) * x + k * y = Nat.gcd j k := by
    intro k j
    induction j, k using Nat.gcd.induction with
    | H0 k => exact ⟨0, 1, by simp⟩
    | H1 j k hpos ih =>
      obtain ⟨x, y, hxy⟩ := ih
      refine ⟨y - k / j * x, x, ?_⟩
      rw [Nat.gcd_rec, ← hxy]
      have hk : ((k % j : Nat) : Int) = k - j * (k / j) := by
        rw [Int.natCast_emod, Int.emod_def]
      rw [hk, Int.mul_sub, Int.sub_mul, Int.mul_assoc]
      omega
  obtain ⟨x, y, hxy⟩ := key a.natAbs m.natAbs
  have hg : Nat.gcd m.natAbs a.natAbs = 1 := h
  rw [hg] at hxy
  obtain ⟨s, hs⟩ : ∃ s : Int, (m.natAbs : Int) = m * s := by
    rcases Int.natAbs_eq m with h | h
    · exact ⟨1, by omega⟩
    · exact ⟨-1, by omega⟩
  obtain ⟨t, ht⟩ : ∃ t : Int, (a.natAbs : Int) = a * t := by
    rcases Int.natAbs_eq a with h | h
    · exact ⟨1, by omega⟩
    · exact ⟨-1, by omega⟩
  exact ⟨s * x, t * y, by rw [← Int.mul_assoc, ← Int.mul_assoc, ← hs, ← ht]; exact hxy⟩

theorem FirstDegreeSolved : Reconstruct.FirstDegreeSolved.Statement := by
  intro m a b h
  obtain ⟨x, y, hxy⟩ := bezout h
  refine ⟨y * b, congruent_iff_exists.2 ⟨-(x * b), ?_⟩⟩
  have h1 : (m * x + a * y) * b = b := by rw [hxy, Int.one_mul]
  rw [Int.add_mul, Int.mul_assoc, Int.mul_assoc] at h1
  rw [Int.mul_neg]
  omega

theorem RemaindersByTwoModuli : Reconstruct.RemaindersByTwoModuli.Statement := by
  intro m n a b h
  obtain ⟨x, hx⟩ := FirstDegreeSolved n m (b - a) (by rw [Int.gcd_comm]; exact h)
  refine ⟨a + m * x, congruent_iff_exists.2 ⟨x, rfl⟩, ?_⟩
  obtain ⟨k, hk⟩ := congruent_iff_exists.1 hx
  exact congruent_iff_exists.2 ⟨k, by omega⟩

theorem OwnInverseByPrime : Reconstruct.OwnInverseByPrime.Statement := by
  intro p x hp h
  have h1 : (p : Int) ∣ (x - 1) * (x + 1) := by
    have : (x - 1) * (x + 1) = x * x - 1 := by
      rw [Int.sub_mul, Int.mul_add]; omega
    rw [this]; exact h
  have h2 : p ∣ (x - 1).natAbs * (x + 1).natAbs := by
    rw [← Int.natAbs_mul]; exact Int.natAbs_dvd_natAbs.2 h1
  rcases hp.dvd_or_dvd_of_dvd_mul h2 with h3 | h3
  · exact .inl (Int.natAbs_dvd_natAbs.1 h3)
  · right
    have h4 : (p : Int) ∣ x + 1 := Int.natAbs_dvd_natAbs.1 h3
    show (p : Int) ∣ x - -1
    rwa [show x - -1 = x + 1 by omega]

theorem SomePowerLeavesOne : Reconstruct.SomePowerLeavesOne.Statement := by
  intro m a hm h
  have hm' : (0 : Int) < m := by omega
  have hf : ∀ k, k ∈ List.range (m + 1) → (a ^ k % (m : Int)).toNat ∈ List.range m := by
    intro k _
    rw [List.mem_range]
    have h1 := Int.emod_nonneg (a ^ k) (by omega : (m : Int) ≠ 0)
    have h2 := Int.emod_lt_of_pos (a ^ k) hm'
    omega
  obtain ⟨j, _, k, _, hjk, he⟩ := exists_ne_map_eq_of_length_lt List.nodup_range hf
    (by rw [List.length_range, List.length_range]; exact Nat.lt_succ_self m)
  have hc : Congruent m (a ^ j) (a ^ k) := by
    rw [congruent_iff_emod_eq]
    have h1 := Int.emod_nonneg (a ^ j) (by omega : (m : Int) ≠ 0)
    have h2 := Int.emod_nonneg (a ^ k) (by omega : (m : Int) ≠ 0)
    omega
  have strike : ∀ (j : Nat) (b : Int), Congruent m (a ^ j * b) (a ^ j) → Congruent m b 1 := by
    intro j b hb
    induction j with
    | zero => rwa [Int.pow_zero, Int.one_mul] at hb
    | succ j ih =>
      refine ih (Congruent.mul_left_cancel h ?_)
      rw [Int.pow_succ, Int.mul_comm (a ^ j) a, Int.mul_assoc] at hb
      exact hb
  have key : ∀ j k : Nat, j < k → Congruent m (a ^ j) (a ^ k) →
      ∃ k : Nat, 0 < k ∧ Congruent m (a ^ k) 1 := by
    intro j k hlt hc
    refine ⟨k - j, by omega, strike j _ ?_⟩
    rw [← Int.pow_add, show j + (k - j) = k by omega]
    exact hc.symm
  rcases Nat.lt_or_gt_of_ne hjk with hlt | hlt
  · exact key j k hlt hc
  · exact key k j hlt hc.symm

end Reconstruct.Solutions
