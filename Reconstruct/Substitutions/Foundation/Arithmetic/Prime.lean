import Reconstruct.Substitutions.Foundation.Arithmetic.Factorial

/-!
# Prime numbers

Euclid, *Elements* VII (about 300 BC): prime numbers, Euclid's lemma (VII.30), the existence of a
prime divisor (VII.31–32), and the fact that there are more primes than any given multitude (IX.20).
Gauss (*Disquisitiones Arithmeticae*, 1801, articles 13–14) gives the lemma its modern place.
-/

namespace Reconstruct

/-- A prime number: at least `2`, with no divisor except `1` and itself (Euclid VII, definition
11). -/
def Prime (p : Nat) : Prop := 2 ≤ p ∧ ∀ d, d ∣ p → d = 1 ∨ d = p

namespace Prime

/-- A prime is at least `2`. -/
theorem two_le {p : Nat} (hp : Prime p) : 2 ≤ p := hp.1

/-- A prime is positive. -/
theorem pos {p : Nat} (hp : Prime p) : 0 < p := by have := hp.1; omega

/-- A prime is greater than `1`. -/
theorem one_lt {p : Nat} (hp : Prime p) : 1 < p := hp.1

/-- A prime is not `0`. -/
theorem ne_zero {p : Nat} (hp : Prime p) : p ≠ 0 := by have := hp.1; omega

/-- A prime is not `1`. -/
theorem ne_one {p : Nat} (hp : Prime p) : p ≠ 1 := by have := hp.1; omega

/-- A divisor of a prime is `1` or the prime. -/
theorem eq_one_or_self_of_dvd {p d : Nat} (hp : Prime p) (h : d ∣ p) : d = 1 ∨ d = p := hp.2 d h

/-- A prime does not divide `1`. -/
theorem not_dvd_one {p : Nat} (hp : Prime p) : ¬ p ∣ 1 := fun h => hp.ne_one (Nat.dvd_one.mp h)

/-- A prime that does not divide `n` has no common divisor with it (Euclid VII.29). -/
theorem coprime_of_not_dvd {p n : Nat} (hp : Prime p) (h : ¬ p ∣ n) : Nat.gcd p n = 1 := by
  rcases hp.2 _ (Nat.gcd_dvd_left p n) with h1 | h1
  · exact h1
  · exact absurd (h1 ▸ Nat.gcd_dvd_right p n) h

/-- Having greatest common divisor `1` with a prime means not being a multiple of it. -/
theorem coprime_iff_not_dvd {p n : Nat} (hp : Prime p) : Nat.gcd p n = 1 ↔ ¬ p ∣ n := by
  refine ⟨fun h hd => ?_, hp.coprime_of_not_dvd⟩
  rw [Nat.gcd_eq_left hd] at h
  exact hp.ne_one h

/-- Euclid's lemma (VII.30): a prime that divides a product divides one of the two numbers. -/
theorem dvd_or_dvd_of_dvd_mul {p a b : Nat} (hp : Prime p) (h : p ∣ a * b) : p ∣ a ∨ p ∣ b := by
  by_cases ha : p ∣ a
  · exact Or.inl ha
  · exact Or.inr (Nat.Coprime.dvd_of_dvd_mul_left (hp.coprime_of_not_dvd ha) h)

/-- A prime divides a product exactly when it divides one of the two numbers. -/
theorem dvd_mul {p a b : Nat} (hp : Prime p) : p ∣ a * b ↔ p ∣ a ∨ p ∣ b :=
  ⟨hp.dvd_or_dvd_of_dvd_mul, fun h => h.elim (fun h => Nat.dvd_mul_right_of_dvd h b)
    (fun h => Nat.dvd_mul_left_of_dvd h a)⟩

/-- A prime that divides a power divides the base (Euclid IX.12). -/
theorem dvd_of_dvd_pow {p a k : Nat} (hp : Prime p) (h : p ∣ a ^ k) : p ∣ a := by
  induction k with
  | zero => exact absurd h hp.not_dvd_one
  | succ k ih =>
    rw [Nat.pow_succ] at h
    exact (hp.dvd_or_dvd_of_dvd_mul h).elim ih id

/-- A prime that divides another prime is equal to it. -/
theorem eq_of_dvd {p q : Nat} (hp : Prime p) (hq : Prime q) (h : p ∣ q) : p = q :=
  (hq.2 p h).resolve_left hp.ne_one

/-- A prime divides `n!` exactly when it is at most `n`. -/
theorem dvd_factorial_iff {p n : Nat} (hp : Prime p) : p ∣ factorial n ↔ p ≤ n := by
  refine ⟨fun h => ?_, dvd_factorial hp.pos⟩
  induction n with
  | zero => exact absurd h hp.not_dvd_one
  | succ n ih =>
    rcases hp.dvd_or_dvd_of_dvd_mul (factorial_succ n ▸ h) with h | h
    · exact Nat.le_of_dvd (Nat.succ_pos n) h
    · exact Nat.le_succ_of_le (ih h)

/-- The divisors of a power of a prime are the smaller powers of that prime (Euclid IX.13). -/
theorem eq_pow_of_dvd_pow {p d k : Nat} (hp : Prime p) (h : d ∣ p ^ k) :
    ∃ j, j ≤ k ∧ d = p ^ j := by
  induction k generalizing d with
  | zero => exact ⟨0, Nat.le_refl 0, by simpa using h⟩
  | succ k ih =>
    by_cases hd : p ∣ d
    · obtain ⟨e, rfl⟩ := hd
      rw [Nat.pow_succ, Nat.mul_comm (p ^ k)] at h
      obtain ⟨j, hj, rfl⟩ := ih (Nat.dvd_of_mul_dvd_mul_left hp.pos h)
      exact ⟨j + 1, Nat.succ_le_succ hj, by rw [Nat.pow_succ, Nat.mul_comm]⟩
    · have h' : d ∣ p ^ k := by
        have hc : Nat.Coprime d p := by
          rw [Nat.Coprime, Nat.gcd_comm]
          exact hp.coprime_of_not_dvd hd
        exact hc.dvd_of_dvd_mul_right (by rwa [Nat.pow_succ] at h)
      obtain ⟨j, hj, e⟩ := ih h'
      exact ⟨j, Nat.le_succ_of_le hj, e⟩

end Prime

/-- A number `≥ 2` is prime when no number between `1` and itself divides it. -/
theorem prime_iff_forall_lt {p : Nat} : Prime p ↔ 2 ≤ p ∧ ∀ d, 2 ≤ d → d < p → ¬ d ∣ p := by
  refine ⟨fun hp => ⟨hp.1, fun d h2 hlt hd => ?_⟩, fun h => ⟨h.1, fun d hd => ?_⟩⟩
  · rcases hp.2 d hd with h | h <;> omega
  · have hle := Nat.le_of_dvd (by omega) hd
    have hpos : d ≠ 0 := fun h0 => by rw [h0, Nat.zero_dvd] at hd; omega
    by_cases h1 : d = 1
    · exact Or.inl h1
    · exact Or.inr (Nat.le_antisymm hle (Nat.le_of_not_lt fun hlt => h.2 d (by omega) hlt hd))

/-- Trial division decides whether a number is prime. -/
instance decidablePrime (p : Nat) : Decidable (Prime p) :=
  decidable_of_iff (2 ≤ p ∧ ∀ d, d < p → 2 ≤ d → ¬ d ∣ p) <| by
    rw [prime_iff_forall_lt]
    exact and_congr_right fun _ => forall_congr' fun _ => ⟨fun h a b => h b a, fun h a b => h b a⟩

/-- `2` is prime. -/
theorem prime_two : Prime 2 := by decide

/-- `3` is prime. -/
theorem prime_three : Prime 3 := by decide

/-- `5` is prime. -/
theorem prime_five : Prime 5 := by decide

/-- Every number except `1` has a prime divisor (Euclid VII.31–32). -/
theorem exists_prime_dvd {n : Nat} (hn : n ≠ 1) : ∃ p, Prime p ∧ p ∣ n := by
  induction n using Nat.strongRecOn with
  | _ n ih =>
    by_cases h0 : n = 0
    · exact ⟨2, prime_two, h0 ▸ Nat.dvd_zero 2⟩
    by_cases hp : Prime n
    · exact ⟨n, hp, Nat.dvd_refl n⟩
    · have : ∃ d, 2 ≤ d ∧ d < n ∧ d ∣ n := Classical.byContradiction fun hno =>
        hp (prime_iff_forall_lt.mpr ⟨by omega, fun d h2 hlt hd => hno ⟨d, h2, hlt, hd⟩⟩)
      obtain ⟨d, h2, hlt, hd⟩ := this
      obtain ⟨p, hpp, hpd⟩ := ih d hlt (by omega)
      exact ⟨p, hpp, Nat.dvd_trans hpd hd⟩

/-- There is a prime beyond every number (Euclid IX.20). -/
theorem exists_prime_gt (n : Nat) : ∃ p, Prime p ∧ n < p := by
  have hpos := factorial_pos n
  obtain ⟨p, hp, hd⟩ := exists_prime_dvd (n := factorial n + 1) (by omega)
  refine ⟨p, hp, Nat.lt_of_not_le fun hle => hp.not_dvd_one ?_⟩
  exact (Nat.dvd_add_right (dvd_factorial hp.pos hle)).mp hd

/-- A number all of whose prime divisors are `p` is a power of `p`. -/
theorem eq_pow_of_forall_prime_dvd {p n : Nat} (hn : n ≠ 0)
    (h : ∀ q, Prime q → q ∣ n → q = p) : ∃ k, n = p ^ k := by
  induction n using Nat.strongRecOn with
  | _ n ih =>
    by_cases h1 : n = 1
    · exact ⟨0, h1⟩
    obtain ⟨q, hq, m, rfl⟩ := exists_prime_dvd h1
    have hm : m ≠ 0 := fun h0 => hn (by rw [h0, Nat.mul_zero])
    obtain ⟨k, hk⟩ := ih m ((Nat.lt_mul_iff_one_lt_left (by omega)).mpr hq.one_lt) hm
      fun r hr hd => h r hr (Nat.dvd_mul_left_of_dvd hd q)
    refine ⟨k + 1, ?_⟩
    rw [h q hq (Nat.dvd_mul_right q m), hk, Nat.pow_succ, Nat.mul_comm]

end Reconstruct
