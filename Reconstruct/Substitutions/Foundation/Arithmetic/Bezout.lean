/-!
# The greatest common divisor as a combination

Euclid's procedure (VII.1–2, about 300 BC) read backwards writes the greatest common divisor of two
numbers as a combination of them with whole coefficients: Bachet (1624), and Bézout (1779) in
general form. Lagrange and Gauss (1801, article 40) use it freely.
-/

namespace Reconstruct

/-- The greatest common divisor of two numbers is a combination of them (Bachet 1624,
Bézout 1779). -/
theorem exists_bezout_nat (a b : Nat) :
    ∃ x y : Int, (a : Int) * x + (b : Int) * y = (Nat.gcd a b : Int) := by
  induction a, b using Nat.gcd.induction with
  | H0 b => exact ⟨0, 1, by simp⟩
  | H1 a b _ ih =>
    obtain ⟨x, y, h⟩ := ih
    refine ⟨y - ((b / a : Nat) : Int) * x, x, ?_⟩
    rw [Nat.gcd_rec, ← h]
    have hb : ((b % a : Nat) : Int) = (b : Int) - (a : Int) * ((b / a : Nat) : Int) := by
      have : ((b % a + a * (b / a) : Nat) : Int) = (b : Int) := by rw [Nat.mod_add_div]
      rw [Int.natCast_add, Int.natCast_mul] at this
      omega
    rw [hb, Int.mul_sub, Int.sub_mul, Int.mul_assoc]
    omega

/-- The greatest common divisor of two whole numbers of any sign is a combination of them. -/
theorem exists_bezout (a b : Int) : ∃ x y : Int, a * x + b * y = (Int.gcd a b : Int) := by
  obtain ⟨x, y, h⟩ := exists_bezout_nat a.natAbs b.natAbs
  have hs : ∀ c z : Int, ∃ w, c * w = (c.natAbs : Int) * z := by
    intro c z
    rcases Int.natAbs_eq c with hc | hc
    · exact ⟨z, by rw [← hc]⟩
    · refine ⟨-z, ?_⟩
      rw [Int.mul_neg, ← Int.neg_mul]
      congr 1
      omega
  obtain ⟨x', hx⟩ := hs a x
  obtain ⟨y', hy⟩ := hs b y
  exact ⟨x', y', by rw [hx, hy, h]; rfl⟩

/-- Two numbers without common divisor combine to `1`. -/
theorem exists_bezout_one {a b : Int} (h : Int.gcd a b = 1) : ∃ x y : Int, a * x + b * y = 1 := by
  obtain ⟨x, y, hxy⟩ := exists_bezout a b
  exact ⟨x, y, by rw [hxy, h]; rfl⟩

/-- If a combination of two numbers is `1`, they have no common divisor. -/
theorem gcd_eq_one_of_combination {a b x y : Int} (h : a * x + b * y = 1) : Int.gcd a b = 1 := by
  have hd : (Int.gcd a b : Int) ∣ 1 := by
    rw [← h]
    exact Int.dvd_add (Int.dvd_trans (Int.gcd_dvd_left a b) (Int.dvd_mul_right _ _))
      (Int.dvd_trans (Int.gcd_dvd_right a b) (Int.dvd_mul_right _ _))
  exact Nat.dvd_one.mp (Int.ofNat_dvd.mp (by simpa using hd))

/-- A number without common divisor with the first factor that divides a product divides the second
factor (Euclid VII.30, Gauss 1801, article 19). -/
theorem dvd_of_dvd_mul_of_gcd_eq_one {a b c : Int} (h : Int.gcd a b = 1) (hd : a ∣ b * c) :
    a ∣ c := by
  have h' := Int.natAbs_dvd_natAbs.mpr hd
  rw [Int.natAbs_mul] at h'
  exact Int.natAbs_dvd_natAbs.mp (Nat.Coprime.dvd_of_dvd_mul_left h h')

/-- Two numbers without common divisor that divide a third: their product divides it. -/
theorem mul_dvd_of_gcd_eq_one {a b c : Int} (h : Int.gcd a b = 1) (ha : a ∣ c) (hb : b ∣ c) :
    a * b ∣ c := by
  obtain ⟨k, rfl⟩ := ha
  exact Int.mul_dvd_mul_left a (dvd_of_dvd_mul_of_gcd_eq_one (by rw [Int.gcd_comm]; exact h) hb)

/-- A number without common divisor with two numbers has none with their product. -/
theorem gcd_mul_eq_one {a b c : Int} (hb : Int.gcd a b = 1) (hc : Int.gcd a c = 1) :
    Int.gcd a (b * c) = 1 := by
  have : Nat.Coprime a.natAbs (b.natAbs * c.natAbs) := Nat.Coprime.mul_right hb hc
  rwa [Nat.Coprime, ← Int.natAbs_mul] at this

/-- A number without common divisor with another has none with its powers. -/
theorem gcd_pow_eq_one {a b : Int} (h : Int.gcd a b = 1) (k : Nat) : Int.gcd a (b ^ k) = 1 := by
  induction k with
  | zero => rw [Int.pow_zero]; exact Int.gcd_one_right a
  | succ k ih => rw [Int.pow_succ]; exact gcd_mul_eq_one ih h

end Reconstruct
