import Reconstruct.Substitutions.Foundation.Arithmetic.Bezout
import Reconstruct.Substitutions.Foundation.Arithmetic.Binomial
import Reconstruct.Substitutions.Foundation.Congruence.Basic

/-!
# Linear congruences and Fermat's theorem

Congruences of the first degree (Bachet 1624, Gauss 1801, articles 26–37), numbers inverse to each
other for a modulus (Euler 1783), and Fermat's theorem (1640, first proof in print by Euler, 1736).
-/

namespace Reconstruct

/-- Sums of congruent terms are congruent. -/
theorem Congruent.sum_map {α : Type _} {m : Int} {l : List α} {f g : α → Int}
    (h : ∀ a, a ∈ l → Congruent m (f a) (g a)) : Congruent m (l.map f).sum (l.map g).sum := by
  induction l with
  | nil => exact Congruent.refl m _
  | cons a t ih =>
    rw [List.map_cons, List.map_cons, List.sum_cons, List.sum_cons]
    exact (h a (.head _)).add (ih fun b hb => h b (.tail _ hb))

/-- Products of congruent factors are congruent. -/
theorem Congruent.product_map {α : Type _} {m : Int} {l : List α} {f g : α → Int}
    (h : ∀ a, a ∈ l → Congruent m (f a) (g a)) :
    Congruent m (product (l.map f)) (product (l.map g)) := by
  induction l with
  | nil => exact Congruent.refl m _
  | cons a t ih =>
    rw [List.map_cons, List.map_cons, product_cons, product_cons]
    exact (h a (.head _)).mul (ih fun b hb => h b (.tail _ hb))

/-- A number without common divisor with the modulus has an inverse for it (Euler 1783). -/
theorem exists_mul_congruent_one {m a : Int} (h : Int.gcd m a = 1) :
    ∃ x, Congruent m (a * x) 1 := by
  obtain ⟨y, x, hxy⟩ := exists_bezout_one h
  exact ⟨x, -y, by rw [Int.mul_neg]; omega⟩

/-- A number with an inverse for the modulus has no common divisor with it. -/
theorem gcd_eq_one_of_mul_congruent_one {m a x : Int} (h : Congruent m (a * x) 1) :
    Int.gcd m a = 1 := by
  obtain ⟨k, hk⟩ := h
  exact gcd_eq_one_of_combination (x := -k) (y := x) (by rw [Int.mul_neg]; omega)

/-- Two inverses of the same number for the same modulus are congruent. -/
theorem Congruent.inverse_unique {m a x y : Int} (hx : Congruent m (a * x) 1)
    (hy : Congruent m (a * y) 1) : Congruent m x y :=
  Congruent.mul_left_cancel (gcd_eq_one_of_mul_congruent_one hx) (hx.trans hy.symm)

/-- A congruence `a · x ≡ b` with `a` prime to the modulus can be solved (Gauss 1801,
article 26). -/
theorem exists_mul_congruent {m a : Int} (h : Int.gcd m a = 1) (b : Int) :
    ∃ x, Congruent m (a * x) b := by
  obtain ⟨x, hx⟩ := exists_mul_congruent_one h
  refine ⟨x * b, ?_⟩
  rw [← Int.mul_assoc]
  simpa using hx.mul_right b

/-- A congruence `a · x ≡ b` can be solved exactly when the greatest common divisor of `a` and the
modulus divides `b` (Gauss 1801, articles 29–30). -/
theorem exists_mul_congruent_iff {m a b : Int} :
    (∃ x, Congruent m (a * x) b) ↔ (Int.gcd m a : Int) ∣ b := by
  constructor
  · rintro ⟨x, k, hk⟩
    have h1 : (Int.gcd m a : Int) ∣ a * x :=
      Int.dvd_trans (Int.gcd_dvd_right m a) (Int.dvd_mul_right _ _)
    have h2 : (Int.gcd m a : Int) ∣ m * k :=
      Int.dvd_trans (Int.gcd_dvd_left m a) (Int.dvd_mul_right _ _)
    have := Int.dvd_sub h1 h2
    rwa [show a * x - m * k = b by omega] at this
  · rintro ⟨c, rfl⟩
    obtain ⟨y, x, hxy⟩ := exists_bezout m a
    refine ⟨x * c, -(y * c), ?_⟩
    rw [← hxy, Int.add_mul, Int.mul_neg, Int.mul_assoc, Int.mul_assoc]
    omega

namespace Prime

variable {p : Nat}

/-- A prime that does not divide a whole number has no common divisor with it. -/
theorem int_gcd_eq_one (hp : Prime p) {a : Int} (h : ¬ (p : Int) ∣ a) : Int.gcd p a = 1 :=
  hp.coprime_of_not_dvd fun hd => h (Int.ofNat_dvd_left.mpr hd)

/-- Euclid's lemma for whole numbers of any sign. -/
theorem int_dvd_or_dvd_of_dvd_mul (hp : Prime p) {a b : Int} (h : (p : Int) ∣ a * b) :
    (p : Int) ∣ a ∨ (p : Int) ∣ b := by
  by_cases ha : (p : Int) ∣ a
  · exact Or.inl ha
  · exact Or.inr (dvd_of_dvd_mul_of_gcd_eq_one (hp.int_gcd_eq_one ha) h)

/-- A product is congruent to `0` for a prime modulus only if a factor is. -/
theorem congruent_zero_of_mul (hp : Prime p) {a b : Int} (h : Congruent p (a * b) 0) :
    Congruent p a 0 ∨ Congruent p b 0 := by
  rw [congruent_zero_iff] at h ⊢
  rw [congruent_zero_iff]
  exact hp.int_dvd_or_dvd_of_dvd_mul h

/-- A prime that divides a product of whole numbers divides one of the factors. -/
theorem int_exists_mem_dvd (hp : Prime p) {l : List Int} (h : (p : Int) ∣ product l) :
    ∃ a, a ∈ l ∧ (p : Int) ∣ a := by
  induction l with
  | nil => exact absurd (Int.ofNat_dvd.mp h) hp.not_dvd_one
  | cons a t ih =>
    rcases hp.int_dvd_or_dvd_of_dvd_mul h with h | h
    · exact ⟨a, .head _, h⟩
    · obtain ⟨b, hb, hd⟩ := ih h
      exact ⟨b, .tail _ hb, hd⟩

/-- A number not divisible by a prime has an inverse for it. -/
theorem exists_inverse (hp : Prime p) {a : Int} (h : ¬ (p : Int) ∣ a) :
    ∃ x, Congruent p (a * x) 1 :=
  exists_mul_congruent_one (hp.int_gcd_eq_one h)

/-- A factor not divisible by the prime modulus may be cancelled. -/
theorem congruent_mul_left_cancel (hp : Prime p) {a b c : Int} (hc : ¬ (p : Int) ∣ c)
    (h : Congruent p (c * a) (c * b)) : Congruent p a b :=
  Congruent.mul_left_cancel (hp.int_gcd_eq_one hc) h

/-- For a prime modulus the `p`-th power of a sum is the sum of the `p`-th powers (Euler 1736). -/
theorem add_one_pow_congruent (hp : Prime p) (a : Int) :
    Congruent p ((a + 1) ^ p) (a ^ p + 1) := by
  obtain ⟨q, rfl⟩ : ∃ q, p = q + 1 := ⟨p - 1, by have := hp.two_le; omega⟩
  rw [add_one_pow_eq_sum, List.range_succ, List.map_append, sum_append_int,
    List.range_succ_eq_map, List.map_cons, List.sum_cons, List.map_map]
  have hinner : Congruent ((q + 1 : Nat) : Int) ((List.range q).map
      ((fun k => (binomial (q + 1) k : Int) * a ^ k) ∘ Nat.succ)).sum
      ((List.range q).map fun _ => 0).sum := by
    refine Congruent.sum_map fun k hk => ?_
    have hk := List.mem_range.mp hk
    rw [congruent_zero_iff]
    exact Int.dvd_trans (Int.ofNat_dvd.mpr (hp.dvd_binomial (Nat.succ_pos k) (Nat.succ_lt_succ hk)))
      (Int.dvd_mul_right _ _)
  rw [sum_map_const_int, Int.mul_zero] at hinner
  have := ((Congruent.refl ((q + 1 : Nat) : Int) 1).add hinner).add
    (Congruent.refl ((q + 1 : Nat) : Int) (a ^ (q + 1)))
  simpa [Int.add_comm] using this

/-- Fermat's theorem (1640; Euler 1736): `a ^ p ≡ a` for a prime modulus `p`. -/
theorem pow_self_congruent (hp : Prime p) (a : Int) : Congruent p (a ^ p) a := by
  have hnat : ∀ n : Nat, Congruent p ((n : Int) ^ p) n := by
    intro n
    induction n with
    | zero => rw [Int.natCast_zero, Int.zero_pow hp.ne_zero]
    | succ n ih =>
      rw [Int.natCast_add]
      exact (hp.add_one_pow_congruent n).trans (ih.add (Congruent.refl _ 1))
  have hpos : (0 : Int) < p := by have := hp.pos; omega
  have hr := Congruent.emod (p : Int) a
  have h := hnat (a % p).toNat
  rw [Int.toNat_of_nonneg (Int.emod_nonneg a (by omega))] at h
  exact (hr.symm.pow p).trans (h.trans hr)

/-- Fermat's theorem (1640; Gauss 1801, article 50): `a ^ (p - 1) ≡ 1` for a number `a` not
divisible by the prime `p`. -/
theorem pow_sub_one_congruent (hp : Prime p) {a : Int} (ha : ¬ (p : Int) ∣ a) :
    Congruent p (a ^ (p - 1)) 1 := by
  refine hp.congruent_mul_left_cancel ha ?_
  have hpow : a ^ (p - 1 + 1) = a ^ (p - 1) * a := Int.pow_succ a (p - 1)
  rw [Nat.sub_add_cancel hp.pos] at hpow
  rw [Int.mul_comm, ← hpow, Int.mul_one]
  exact hp.pow_self_congruent a

/-- The power `a ^ (p - 2)` is an inverse of `a` for the prime modulus `p`. -/
theorem mul_pow_sub_two_congruent (hp : Prime p) {a : Int} (ha : ¬ (p : Int) ∣ a) :
    Congruent p (a * a ^ (p - 2)) 1 := by
  have hpow : a ^ (p - 2 + 1) = a ^ (p - 2) * a := Int.pow_succ a (p - 2)
  rw [show p - 2 + 1 = p - 1 by have := hp.two_le; omega] at hpow
  rw [Int.mul_comm, ← hpow]
  exact hp.pow_sub_one_congruent ha

end Prime

end Reconstruct
