/-!
# Congruences

Gauss, *Disquisitiones Arithmeticae* (1801), section I: two numbers are congruent for a modulus when
the modulus divides their difference. The relation behaves like equality under sums, differences,
products and powers (articles 1–9), and a factor prime to the modulus may be cancelled (article 22).
-/

namespace Reconstruct

/-- `a` and `b` are congruent for the modulus `m`: `m` divides `a - b` (Gauss 1801, article 1). -/
def Congruent (m a b : Int) : Prop := m ∣ a - b

/-- Division decides whether two numbers are congruent. -/
instance decidableCongruent (m a b : Int) : Decidable (Congruent m a b) :=
  inferInstanceAs (Decidable (m ∣ a - b))

/-- Two numbers are congruent when the modulus divides their difference. -/
theorem congruent_iff_dvd {m a b : Int} : Congruent m a b ↔ m ∣ a - b := Iff.rfl

/-- Two numbers are congruent when they differ by a multiple of the modulus. -/
theorem congruent_iff_exists {m a b : Int} : Congruent m a b ↔ ∃ k, a = b + m * k := by
  constructor
  · rintro ⟨k, hk⟩; exact ⟨k, by omega⟩
  · rintro ⟨k, hk⟩; exact ⟨k, by omega⟩

/-- Two numbers are congruent when they leave the same remainder (Gauss 1801, article 4). -/
theorem congruent_iff_emod_eq {m a b : Int} : Congruent m a b ↔ a % m = b % m := by
  rw [Int.emod_eq_emod_iff_emod_sub_eq_zero, Congruent, Int.dvd_iff_emod_eq_zero]

/-- A number is congruent to `0` when it is a multiple of the modulus. -/
theorem congruent_zero_iff {m a : Int} : Congruent m a 0 ↔ m ∣ a := by
  rw [Congruent, Int.sub_zero]

namespace Congruent

/-- Every number is congruent to itself. -/
@[refl] theorem refl (m a : Int) : Congruent m a a := by
  rw [Congruent, Int.sub_self]; exact Int.dvd_zero m

/-- Equal numbers are congruent. -/
theorem of_eq {m a b : Int} (h : a = b) : Congruent m a b := h ▸ refl m a

/-- Congruence may be read in both directions. -/
theorem symm {m a b : Int} (h : Congruent m a b) : Congruent m b a := by
  obtain ⟨k, hk⟩ := h
  exact ⟨-k, by rw [Int.mul_neg]; omega⟩

/-- Numbers congruent to the same number are congruent to each other (Gauss 1801, article 2). -/
theorem trans {m a b c : Int} (h : Congruent m a b) (h' : Congruent m b c) : Congruent m a c := by
  have := Int.dvd_add h h'
  rwa [show a - b + (b - c) = a - c by omega] at this

/-- Congruence for a fixed modulus divides the numbers into classes. -/
theorem equivalence (m : Int) : Equivalence (Congruent m) := ⟨refl m, symm, trans⟩

/-- Congruent numbers may be added (Gauss 1801, article 6). -/
theorem add {m a b c d : Int} (h : Congruent m a b) (h' : Congruent m c d) :
    Congruent m (a + c) (b + d) := by
  have := Int.dvd_add h h'
  rwa [show a - b + (c - d) = a + c - (b + d) by omega] at this

/-- Congruent numbers may be subtracted. -/
theorem sub {m a b c d : Int} (h : Congruent m a b) (h' : Congruent m c d) :
    Congruent m (a - c) (b - d) := by
  have := Int.dvd_sub h h'
  rwa [show a - b - (c - d) = a - c - (b - d) by omega] at this

/-- Congruent numbers have congruent opposites. -/
theorem neg {m a b : Int} (h : Congruent m a b) : Congruent m (-a) (-b) := by
  have := sub (refl m 0) h
  rwa [Int.zero_sub, Int.zero_sub] at this

/-- Congruent numbers may be multiplied (Gauss 1801, articles 7–8). -/
theorem mul {m a b c d : Int} (h : Congruent m a b) (h' : Congruent m c d) :
    Congruent m (a * c) (b * d) := by
  have h1 : m ∣ (a - b) * c := Int.dvd_trans h (Int.dvd_mul_right _ _)
  have h2 : m ∣ b * (c - d) := Int.dvd_trans h' (Int.dvd_mul_left _ _)
  have := Int.dvd_add h1 h2
  rwa [Int.sub_mul, Int.mul_sub,
    show a * c - b * c + (b * c - b * d) = a * c - b * d by omega] at this

/-- Both sides of a congruence may be multiplied by the same number on the left. -/
theorem mul_left {m a b : Int} (c : Int) (h : Congruent m a b) : Congruent m (c * a) (c * b) :=
  mul (refl m c) h

/-- Both sides of a congruence may be multiplied by the same number on the right. -/
theorem mul_right {m a b : Int} (c : Int) (h : Congruent m a b) : Congruent m (a * c) (b * c) :=
  mul h (refl m c)

/-- Congruent numbers have congruent powers (Gauss 1801, article 8). -/
theorem pow {m a b : Int} (h : Congruent m a b) (k : Nat) : Congruent m (a ^ k) (b ^ k) := by
  induction k with
  | zero => rw [Int.pow_zero, Int.pow_zero]
  | succ k ih => rw [Int.pow_succ, Int.pow_succ]; exact mul ih h

/-- A congruence holds for every divisor of its modulus (Gauss 1801, article 5). -/
theorem of_dvd {m k a b : Int} (h : Congruent m a b) (hk : k ∣ m) : Congruent k a b :=
  Int.dvd_trans hk h

/-- A number is congruent to its remainder. -/
theorem emod (m a : Int) : Congruent m (a % m) a :=
  congruent_iff_emod_eq.mpr (Int.emod_emod_of_dvd a (Int.dvd_refl m))

/-- A summand on the right may be cancelled. -/
theorem add_right_cancel {m a b c : Int} (h : Congruent m (a + c) (b + c)) : Congruent m a b := by
  have := sub h (refl m c)
  rwa [Int.add_sub_cancel, Int.add_sub_cancel] at this

/-- A factor prime to the modulus may be cancelled (Gauss 1801, article 22). -/
theorem mul_left_cancel {m a b c : Int} (hc : Int.gcd m c = 1) (h : Congruent m (c * a) (c * b)) :
    Congruent m a b := by
  rw [Congruent, ← Int.mul_sub] at h
  have h' := Int.natAbs_dvd_natAbs.mpr h
  rw [Int.natAbs_mul] at h'
  exact Int.natAbs_dvd_natAbs.mp (Nat.Coprime.dvd_of_dvd_mul_left hc h')

/-- A factor prime to the modulus may be cancelled on the right. -/
theorem mul_right_cancel {m a b c : Int} (hc : Int.gcd m c = 1) (h : Congruent m (a * c) (b * c)) :
    Congruent m a b := by
  rw [Int.mul_comm a, Int.mul_comm b] at h
  exact mul_left_cancel hc h

/-- Remainders that are congruent are equal: the least remainders `0, …, m - 1` are pairwise
incongruent (Gauss 1801, articles 3–4). -/
theorem eq_of_lt {m a b : Int} (h : Congruent m a b) (ha : 0 ≤ a) (ham : a < m) (hb : 0 ≤ b)
    (hbm : b < m) : a = b := by
  rw [congruent_iff_emod_eq, Int.emod_eq_of_lt ha ham, Int.emod_eq_of_lt hb hbm] at h
  exact h

/-- Congruent numbers have the same greatest common divisor with the modulus. -/
theorem gcd_eq {m a b : Int} (h : Congruent m a b) : Int.gcd m a = Int.gcd m b := by
  obtain ⟨k, rfl⟩ := congruent_iff_exists.mp h
  simp

end Congruent

end Reconstruct
