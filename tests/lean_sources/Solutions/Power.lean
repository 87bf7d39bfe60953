import Reconstruct.Substitutions.Target.Power

/-! Proofs of the statements about powers and periods. Never shown to a policy. -/

namespace Reconstruct.Solutions

theorem PowersMultiplied : Reconstruct.PowersMultiplied.Statement := by
  intro G m e pw A RU p0 ps a j k
  induction k with
  | zero => rw [Nat.add_zero, p0, RU]
  | succ k ih => rw [← Nat.add_assoc, ps, ps, ih, A]

theorem PowersInterchange : Reconstruct.PowersInterchange.Statement := by
  intro G m e pw A LU RU p0 ps a j k
  rw [← PowersMultiplied G m e pw A RU p0 ps, ← PowersMultiplied G m e pw A RU p0 ps,
    Nat.add_comm]

theorem PowerOfPower : Reconstruct.PowerOfPower.Statement := by
  intro G m e pw A RU p0 ps a j k
  induction k with
  | zero => rw [Nat.mul_zero, p0, p0]
  | succ k ih => rw [Nat.mul_succ, PowersMultiplied G m e pw A RU p0 ps, ps, ih]

theorem PowerOfInterchangeable : Reconstruct.PowerOfInterchangeable.Statement := by
  intro G m e pw A LU RU p0 ps a b h k
  have hb : ∀ k, m (pw b k) a = m a (pw b k) := by
    intro k
    induction k with
    | zero => rw [p0, LU, RU]
    | succ k ih => rw [ps, A, ← h, ← A, ih, A]
  induction k with
  | zero => rw [p0, p0, p0, RU]
  | succ k ih =>
    rw [ps, ps, ps, ih, A, ← A (pw b k) a b, hb, A, A, ← A (pw a k) a]

theorem identity_power {G : Type} {m : G → G → G} {e : G} {pw : G → Nat → G}
    (RU : ∀ a, m a e = a) (p0 : ∀ a, pw a 0 = e) (ps : ∀ a k, pw a (k + 1) = m (pw a k) a)
    (k : Nat) : pw e k = e := by
  induction k with
  | zero => exact p0 e
  | succ k ih => rw [ps, ih, RU]

theorem PowerOfInverse : Reconstruct.PowerOfInverse.Statement := by
  intro G m e inv pw A LU RU LI RI p0 ps a k
  have h : m (pw (inv a) k) (pw a k) = e := by
    rw [← PowerOfInterchangeable G m e pw A LU RU p0 ps (inv a) a (by rw [LI, RI]), LI,
      identity_power RU p0 ps]
  rw [← RU (pw (inv a) k), ← RI (pw a k), ← A, h, LU]

theorem PowerOfTransformed : Reconstruct.PowerOfTransformed.Statement := by
  intro G m e inv pw A LU RU LI RI p0 ps g a k
  have K : ∀ x, m (inv g) (m g x) = x := fun x => by rw [← A, LI, LU]
  induction k with
  | zero => rw [p0, p0, RU, RI]
  | succ k ih => rw [ps, ps, ih]; simp only [A, K]

theorem PeriodDivides : Reconstruct.PeriodDivides.Statement := by
  intro G m e pw A LU RU p0 ps a d hd had hmin k hk
  have h1 : pw a (k % d) = e := by
    have h := hk
    rw [← Nat.div_add_mod k d, PowersMultiplied G m e pw A RU p0 ps,
      PowerOfPower G m e pw A RU p0 ps, had, identity_power RU p0 ps, LU] at h
    exact h
  rcases Nat.eq_zero_or_pos (k % d) with h | h
  · exact Nat.dvd_of_mod_eq_zero h
  · exact absurd (hmin _ h h1) (Nat.not_le.2 (Nat.mod_lt _ hd))

theorem PrimeExponentsIdentity : Reconstruct.PrimeExponentsIdentity.Statement := by
  intro G m e pw A LU RU p0 ps a j k hj hk hg
  have key : ∀ j k, pw a j = e → pw a k = e → pw a (Nat.gcd j k) = e := by
    intro j k
    induction j, k using Nat.gcd.induction with
    | H0 k => intro _ hk; rwa [Nat.gcd_zero_left]
    | H1 j k hpos ih =>
      intro hj hk
      rw [Nat.gcd_rec]
      refine ih ?_ hj
      rw [← Nat.div_add_mod k j, PowersMultiplied G m e pw A RU p0 ps,
        PowerOfPower G m e pw A RU p0 ps, hj, identity_power RU p0 ps, LU] at hk
      exact hk
  have h := key j k hj hk
  rw [hg, ps, p0, LU] at h
  exact h

theorem ContraryProductsSamePeriod : Reconstruct.ContraryProductsSamePeriod.Statement := by
  intro G m e inv pw A LU RU LI RI p0 ps a b k h
  have hba : m b a = m (m b (m a b)) (inv b) := by rw [A, A, RI, RU]
  rw [hba, PowerOfTransformed G m e inv pw A LU RU LI RI p0 ps, h, RU, RI]

theorem PowersCarriedToPowers : Reconstruct.PowersCarriedToPowers.Statement := by
  intro G H m e pw n u qw f p0 ps q0 qs F fe a k
  induction k with
  | zero => rw [p0, q0, fe]
  | succ k ih => rw [ps, qs, F, ih]

theorem PowersBelowPeriodDiffer : Reconstruct.PowersBelowPeriodDiffer.Statement := by
  intro G m e inv pw A LU RU LI RI p0 ps a d hmin
  have key : ∀ j t, j + t < d → pw a j = pw a (j + t) → t = 0 := by
    intro j t hlt h
    rcases Nat.eq_zero_or_pos t with h0 | hpos
    · exact h0
    · have h1 : m (inv (pw a j)) (pw a j) = m (inv (pw a j)) (m (pw a j) (pw a t)) := by
        rw [← PowersMultiplied G m e pw A RU p0 ps, ← h]
      rw [← A, LI, LU] at h1
      exact absurd (hmin t hpos h1.symm) (by omega)
  intro j k hj hk h
  rcases Nat.le_total j k with hle | hle
  · obtain ⟨t, rfl⟩ := Nat.exists_eq_add_of_le hle
    rw [key j t hk h]; rfl
  · obtain ⟨t, rfl⟩ := Nat.exists_eq_add_of_le hle
    rw [key k t hj h.symm]; rfl

end Reconstruct.Solutions
