import Reconstruct.Substitutions.Foundation.Arithmetic.Bezout
import Reconstruct.Substitutions.Foundation.Arithmetic.Factorization
import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole

/-!
# Divisors and multiples

Euclid, *Elements* VII–IX (about 300 BC): division with remainder, the greatest common divisor and
the least common multiple, numbers prime to one another, all divisors of a number.
-/

namespace Reconstruct

/-- Division with remainder: every number is a multiple of `b` and a remainder below `b`
(Euclid VII.1). -/
theorem exists_eq_mul_add (a : Nat) {b : Nat} (hb : 0 < b) : ∃ q r, r < b ∧ a = b * q + r :=
  ⟨a / b, a % b, Nat.mod_lt a hb, (Nat.div_add_mod a b).symm⟩

/-- The result and the remainder of a division are determined. -/
theorem eq_and_eq_of_mul_add_eq {b q q' r r' : Nat} (hr : r < b) (hr' : r' < b)
    (h : b * q + r = b * q' + r') : q = q' ∧ r = r' := by
  have hb : 0 < b := by omega
  have h1 := congrArg (· / b) h
  have h2 := congrArg (· % b) h
  simp only [Nat.mul_add_div hb, Nat.div_eq_of_lt hr, Nat.div_eq_of_lt hr', Nat.add_zero] at h1
  simp only [Nat.mul_add_mod, Nat.mod_eq_of_lt hr, Nat.mod_eq_of_lt hr'] at h2
  exact ⟨h1, h2⟩

/-- A common divisor divides the greatest common divisor (Euclid VII.2, corollary). -/
theorem dvd_gcd_iff {d a b : Nat} : d ∣ Nat.gcd a b ↔ d ∣ a ∧ d ∣ b :=
  ⟨fun h => ⟨Nat.dvd_trans h (Nat.gcd_dvd_left a b), Nat.dvd_trans h (Nat.gcd_dvd_right a b)⟩,
    fun h => Nat.dvd_gcd h.1 h.2⟩

/-- The least common multiple divides every common multiple (Euclid VII.35). -/
theorem lcm_dvd_iff {a b n : Nat} : Nat.lcm a b ∣ n ↔ a ∣ n ∧ b ∣ n :=
  ⟨fun h => ⟨Nat.dvd_trans (Nat.dvd_lcm_left a b) h, Nat.dvd_trans (Nat.dvd_lcm_right a b) h⟩,
    fun h => Nat.lcm_dvd h.1 h.2⟩

/-- Two numbers prime to one another that divide a third: their product divides it. -/
theorem mul_dvd_of_coprime {a b n : Nat} (h : Nat.gcd a b = 1) (ha : a ∣ n) (hb : b ∣ n) :
    a * b ∣ n := by
  obtain ⟨k, rfl⟩ := ha
  exact Nat.mul_dvd_mul_left a (Nat.Coprime.dvd_of_dvd_mul_left (by rwa [Nat.Coprime,
    Nat.gcd_comm]) hb)

/-- Numbers are prime to one another when no prime divides both (Euclid VII). -/
theorem gcd_eq_one_iff_no_prime {a b : Nat} :
    Nat.gcd a b = 1 ↔ ∀ p, Prime p → p ∣ a → ¬ p ∣ b := by
  constructor
  · intro h p hp ha hb
    exact hp.not_dvd_one (h ▸ Nat.dvd_gcd ha hb)
  · intro h
    refine Classical.byContradiction fun hne => ?_
    obtain ⟨p, hp, hd⟩ := exists_prime_dvd hne
    exact h p hp (dvd_gcd_iff.mp hd).1 (dvd_gcd_iff.mp hd).2

/-- Different primes have powers that are prime to one another. -/
theorem Prime.gcd_pow_pow {p q : Nat} (hp : Prime p) (hq : Prime q) (h : p ≠ q) (j k : Nat) :
    Nat.gcd (p ^ j) (q ^ k) = 1 := by
  refine gcd_eq_one_iff_no_prime.mpr fun r hr hrp hrq => h ?_
  rw [← hr.eq_of_dvd hp (hr.dvd_of_dvd_pow hrp), hr.eq_of_dvd hq (hr.dvd_of_dvd_pow hrq)]

/-- Every number except `0` is a power of a given prime times a number which that prime does not
divide. -/
theorem Prime.exists_eq_pow_mul {p n : Nat} (hp : Prime p) (hn : n ≠ 0) :
    ∃ k m, ¬ p ∣ m ∧ n = p ^ k * m := by
  obtain ⟨m, hm, e⟩ := exists_eq_pow_exponentIn_mul hp.two_le hn
  exact ⟨_, m, hm, e⟩

/-- A number that is not a power of one prime is a product of two smaller numbers prime to one
another. -/
theorem exists_coprime_factors {n : Nat} (hn : n ≠ 0) (h : ∀ p k, Prime p → n ≠ p ^ k) :
    ∃ a b, 1 < a ∧ 1 < b ∧ Nat.gcd a b = 1 ∧ n = a * b := by
  have h1 : n ≠ 1 := h 2 0 prime_two
  obtain ⟨p, hp, hd⟩ := exists_prime_dvd h1
  obtain ⟨k, m, hm, e⟩ := hp.exists_eq_pow_mul hn
  have hk : k ≠ 0 := fun h0 => by rw [h0, Nat.pow_zero, Nat.one_mul] at e; exact hm (e ▸ hd)
  have hm1 : m ≠ 1 := fun h0 => h p k hp (by rw [e, h0, Nat.mul_one])
  have hm0 : m ≠ 0 := fun h0 => hn (by rw [e, h0, Nat.mul_zero])
  refine ⟨p ^ k, m, Nat.one_lt_pow hk hp.one_lt, by omega, ?_, e⟩
  refine gcd_eq_one_iff_no_prime.mpr fun q hq hqp hqm => hm ?_
  rwa [hq.eq_of_dvd hp (hq.dvd_of_dvd_pow hqp)] at hqm

/-- A number is determined by which powers of primes divide it. -/
theorem dvd_of_forall_prime_pow_dvd {m n : Nat} (hm : m ≠ 0)
    (h : ∀ p k, Prime p → p ^ k ∣ m → p ^ k ∣ n) : m ∣ n := by
  induction m using Nat.strongRecOn with
  | _ m ih =>
    by_cases hpow : ∃ p k, Prime p ∧ m = p ^ k
    · obtain ⟨p, k, hp, rfl⟩ := hpow
      exact h p k hp (Nat.dvd_refl _)
    · obtain ⟨a, b, ha, hb, hg, rfl⟩ := exists_coprime_factors hm fun p k hp e => hpow ⟨p, k, hp, e⟩
      refine mul_dvd_of_coprime hg ?_ ?_
      · exact ih a ((Nat.lt_mul_iff_one_lt_right (by omega)).mpr hb) (by omega)
          fun p k hp hd => h p k hp (Nat.dvd_mul_right_of_dvd hd b)
      · exact ih b ((Nat.lt_mul_iff_one_lt_left (by omega)).mpr ha) (by omega)
          fun p k hp hd => h p k hp (Nat.dvd_mul_left_of_dvd hd a)

/-- All divisors of a number except `0`, in increasing order. -/
def divisors (n : Nat) : List Nat := (List.range (n + 1)).filter fun d => decide (d ∣ n)

/-- Membership in the list of divisors. -/
theorem mem_divisors {n d : Nat} (hn : n ≠ 0) : d ∈ divisors n ↔ d ∣ n := by
  rw [divisors, List.mem_filter, List.mem_range, decide_eq_true_iff]
  exact ⟨fun h => h.2, fun h => ⟨Nat.lt_succ_of_le (Nat.le_of_dvd (Nat.pos_of_ne_zero hn) h), h⟩⟩

/-- Each divisor is listed once. -/
theorem nodup_divisors (n : Nat) : (divisors n).Nodup := nodup_filter _ List.nodup_range

/-- A divisor of a product of two numbers prime to one another is the product of its greatest common
divisors with them. -/
theorem eq_gcd_mul_gcd_of_dvd_mul {a b d : Nat} (h : Nat.gcd a b = 1) (hd : d ∣ a * b) :
    d = Nat.gcd d a * Nat.gcd d b := (Nat.Coprime.gcd_mul d h ▸ Nat.gcd_eq_left hd).symm

/-- A prime divides a number or is prime to it (Euclid VII.29). -/
theorem Prime.dvd_or_gcd_eq_one {p : Nat} (hp : Prime p) (n : Nat) : p ∣ n ∨ Nat.gcd p n = 1 := by
  by_cases h : p ∣ n
  · exact Or.inl h
  · exact Or.inr (hp.coprime_of_not_dvd h)

end Reconstruct
