import Reconstruct.Substitutions.Foundation.Arithmetic.Prime
import Reconstruct.Substitutions.Foundation.Collection.Sum

/-!
# Decomposition into primes

Every number is a product of primes, in one way except for the order of the factors. Existence is
Euclid's (VII.31), uniqueness is stated and proved by Gauss (1801, article 16).
-/

namespace Reconstruct

/-- A prime that divides a product of several numbers divides one of them. -/
theorem Prime.exists_mem_dvd {p : Nat} (hp : Prime p) {l : List Nat} (h : p ∣ product l) :
    ∃ a, a ∈ l ∧ p ∣ a := by
  induction l with
  | nil => exact absurd h hp.not_dvd_one
  | cons a t ih =>
    rcases hp.dvd_or_dvd_of_dvd_mul h with h | h
    · exact ⟨a, .head _, h⟩
    · obtain ⟨b, hb, hd⟩ := ih h
      exact ⟨b, .tail _ hb, hd⟩

/-- Every number except `0` is a product of primes (Euclid VII.31). -/
theorem exists_prime_factors {n : Nat} (hn : n ≠ 0) :
    ∃ l : List Nat, (∀ p, p ∈ l → Prime p) ∧ product l = n := by
  induction n using Nat.strongRecOn with
  | _ n ih =>
    by_cases h1 : n = 1
    · exact ⟨[], fun p h => absurd h List.not_mem_nil, h1.symm⟩
    obtain ⟨p, hp, m, rfl⟩ := exists_prime_dvd h1
    have hm : m ≠ 0 := fun h0 => hn (by rw [h0, Nat.mul_zero])
    obtain ⟨l, hl, hprod⟩ := ih m ((Nat.lt_mul_iff_one_lt_left (by omega)).mpr hp.one_lt) hm
    refine ⟨p :: l, fun q hq => ?_, by rw [product_cons, hprod]⟩
    rcases List.mem_cons.mp hq with rfl | hq
    · exact hp
    · exact hl q hq

/-- The prime factors of a number are determined except for their order (Gauss 1801, article 16). -/
theorem prime_factors_unique {l₁ l₂ : List Nat} (h₁ : ∀ p, p ∈ l₁ → Prime p)
    (h₂ : ∀ p, p ∈ l₂ → Prime p) (h : product l₁ = product l₂) : l₁.Perm l₂ := by
  induction l₁ generalizing l₂ with
  | nil =>
    cases l₂ with
    | nil => exact List.Perm.refl _
    | cons q t =>
      refine absurd ?_ (h₂ q (.head _)).not_dvd_one
      rw [← product_nil (α := Nat), h]
      exact Nat.dvd_mul_right q _
  | cons p t ih =>
    have hp := h₁ p (.head _)
    obtain ⟨q, hq, hd⟩ := hp.exists_mem_dvd (l := l₂) (h ▸ Nat.dvd_mul_right p _)
    have hpq : p = q := hp.eq_of_dvd (h₂ q hq) hd
    obtain ⟨u, v, rfl⟩ := List.append_of_mem hq
    subst hpq
    have hperm : (u ++ p :: v).Perm (p :: (u ++ v)) := List.perm_middle
    rw [product_perm_nat hperm, product_cons, product_cons] at h
    have := ih (fun r hr => h₁ r (.tail _ hr)) (l₂ := u ++ v)
      (fun r hr => h₂ r (hperm.mem_iff.mpr (.tail _ hr))) (Nat.eq_of_mul_eq_mul_left hp.pos h)
    exact (this.cons p).trans hperm.symm

/-- The exponent of `p` in `n`, found by dividing by `p` at most `steps` times. -/
def exponentWithin (p : Nat) : Nat → Nat → Nat
  | 0, _ => 0
  | steps + 1, n => if p ∣ n then exponentWithin p steps (n / p) + 1 else 0

/-- The exponent of the highest power of `p` that divides `n` (Legendre 1798), for `p ≥ 2` and
`n ≠ 0`. -/
def exponentIn (p n : Nat) : Nat := exponentWithin p n n

/-- Enough divisions give the same exponent. -/
theorem exponentWithin_eq {p n : Nat} (hp : 2 ≤ p) (hn : n ≠ 0) {s t : Nat} (hs : n ≤ s)
    (ht : n ≤ t) :
    exponentWithin p s n = exponentWithin p t n := by
  induction s generalizing n t with
  | zero => exact absurd (Nat.le_zero.mp hs) hn
  | succ s ih => cases t with
    | zero => exact absurd (Nat.le_zero.mp ht) hn
    | succ t =>
      rw [exponentWithin, exponentWithin]
      split
      · next hd =>
        have hlt := Nat.div_lt_self (Nat.pos_of_ne_zero hn) hp
        have h0 : n / p ≠ 0 := fun h => hn (by rw [← Nat.div_mul_cancel hd, h, Nat.zero_mul])
        rw [ih h0 (by omega) (by omega : n / p ≤ t)]
      · rfl

/-- A number not divisible by `p` contains `p` with exponent `0`. -/
theorem exponentIn_of_not_dvd {p n : Nat} (h : ¬ p ∣ n) : exponentIn p n = 0 := by
  rw [exponentIn]
  cases n with
  | zero => rfl
  | succ n => rw [exponentWithin, if_neg h]

/-- A further factor `p` raises the exponent by `1`. -/
theorem exponentIn_mul_self {p n : Nat} (hp : 2 ≤ p) (hn : n ≠ 0) :
    exponentIn p (p * n) = exponentIn p n + 1 := by
  have hlt : n < p * n := (Nat.lt_mul_iff_one_lt_left (Nat.pos_of_ne_zero hn)).mpr hp
  obtain ⟨s, hs⟩ : ∃ s, p * n = s + 1 := ⟨p * n - 1, by omega⟩
  rw [exponentIn, exponentIn, exponentWithin_eq hp (by omega) (Nat.le_refl _) (Nat.le_of_eq hs),
    exponentWithin, if_pos (Nat.dvd_mul_right p n), Nat.mul_div_cancel_left _ (by omega),
    exponentWithin_eq hp hn (by omega) (Nat.le_refl _)]

/-- A number is the highest power of `p` in it times a number not divisible by `p`. -/
theorem exists_eq_pow_exponentIn_mul {p n : Nat} (hp : 2 ≤ p) (hn : n ≠ 0) :
    ∃ m, ¬ p ∣ m ∧ n = p ^ exponentIn p n * m := by
  induction n using Nat.strongRecOn with
  | _ n ih =>
    by_cases hd : p ∣ n
    · obtain ⟨k, rfl⟩ := hd
      have hk : k ≠ 0 := fun h0 => hn (by rw [h0, Nat.mul_zero])
      obtain ⟨m, hm, e⟩ := ih k ((Nat.lt_mul_iff_one_lt_left (by omega)).mpr hp) hk
      refine ⟨m, hm, ?_⟩
      rw [exponentIn_mul_self hp hk, Nat.pow_succ, Nat.mul_comm _ p, Nat.mul_assoc, ← e]
    · exact ⟨n, hd, by rw [exponentIn_of_not_dvd hd, Nat.pow_zero, Nat.one_mul]⟩

/-- A power of `p` divides `n` exactly when its exponent is not above that of `p` in `n`. -/
theorem pow_dvd_iff_le_exponentIn {p n k : Nat} (hp : 2 ≤ p) (hn : n ≠ 0) :
    p ^ k ∣ n ↔ k ≤ exponentIn p n := by
  obtain ⟨m, hm, e⟩ := exists_eq_pow_exponentIn_mul hp hn
  constructor
  · intro h
    refine Nat.le_of_not_lt fun hlt => hm ?_
    obtain ⟨j, hj⟩ : ∃ j, k = exponentIn p n + (j + 1) := ⟨k - exponentIn p n - 1, by omega⟩
    generalize exponentIn p n = s at *
    rw [e, hj, Nat.pow_add] at h
    have := Nat.dvd_of_mul_dvd_mul_left (Nat.pow_pos (by omega)) h
    exact Nat.dvd_trans ⟨p ^ j, by rw [Nat.pow_succ, Nat.mul_comm]⟩ this
  · intro h
    rw [e]
    exact Nat.dvd_mul_right_of_dvd (Nat.pow_dvd_pow p h) m

/-- The exponent of a prime in a product is the sum of its exponents in the factors. -/
theorem Prime.exponentIn_mul {p a b : Nat} (hp : Prime p) (ha : a ≠ 0) (hb : b ≠ 0) :
    exponentIn p (a * b) = exponentIn p a + exponentIn p b := by
  induction a using Nat.strongRecOn with
  | _ a ih =>
    by_cases hd : p ∣ a
    · obtain ⟨k, rfl⟩ := hd
      have hk : k ≠ 0 := fun h0 => ha (by rw [h0, Nat.mul_zero])
      rw [Nat.mul_assoc, exponentIn_mul_self hp.two_le (Nat.mul_ne_zero hk hb),
        exponentIn_mul_self hp.two_le hk,
        ih k ((Nat.lt_mul_iff_one_lt_left (by omega)).mpr hp.one_lt) hk]
      omega
    · rw [exponentIn_of_not_dvd hd, Nat.zero_add]
      clear ih
      induction b using Nat.strongRecOn with
      | _ b ih =>
        by_cases hdb : p ∣ b
        · obtain ⟨k, rfl⟩ := hdb
          have hk : k ≠ 0 := fun h0 => hb (by rw [h0, Nat.mul_zero])
          rw [Nat.mul_left_comm, exponentIn_mul_self hp.two_le (Nat.mul_ne_zero ha hk),
            exponentIn_mul_self hp.two_le hk,
            ih k ((Nat.lt_mul_iff_one_lt_left (by omega)).mpr hp.one_lt) hk]
        · rw [exponentIn_of_not_dvd hdb, exponentIn_of_not_dvd fun h =>
            (hp.dvd_mul.mp h).elim hd hdb]

end Reconstruct
