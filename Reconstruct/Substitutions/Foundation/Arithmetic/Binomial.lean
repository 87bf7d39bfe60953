import Reconstruct.Substitutions.Foundation.Arithmetic.Prime
import Reconstruct.Substitutions.Foundation.Collection.Sum

/-!
# Binomial coefficients

Pascal, *Traité du triangle arithmétique* (1654): the rule that forms the triangle, the formula by
factorials, and the expansion of a power of a sum. That a prime `p` divides the inner coefficients
of its row is behind Euler's proof of Fermat's theorem (1736).
-/

namespace Reconstruct

/-- The binomial coefficient: the number of ways to choose `k` of `n` things, by Pascal's rule. -/
def binomial : Nat → Nat → Nat
  | _, 0 => 1
  | 0, _ + 1 => 0
  | n + 1, k + 1 => binomial n k + binomial n (k + 1)

/-- Nothing can be chosen in one way. -/
@[simp] theorem binomial_zero_right (n : Nat) : binomial n 0 = 1 := by cases n <;> rfl

/-- From nothing nothing can be chosen. -/
@[simp] theorem binomial_zero_succ (k : Nat) : binomial 0 (k + 1) = 0 := rfl

/-- Pascal's rule (1654). -/
theorem binomial_succ_succ (n k : Nat) :
    binomial (n + 1) (k + 1) = binomial n k + binomial n (k + 1) := rfl

/-- More than all cannot be chosen. -/
theorem binomial_eq_zero_of_lt {n k : Nat} (h : n < k) : binomial n k = 0 := by
  induction n generalizing k with
  | zero => cases k with
    | zero => omega
    | succ k => rfl
  | succ n ih => cases k with
    | zero => omega
    | succ k => rw [binomial_succ_succ, ih (by omega), ih (by omega)]

/-- All can be chosen in one way. -/
@[simp] theorem binomial_self (n : Nat) : binomial n n = 1 := by
  induction n with
  | zero => rfl
  | succ n ih => rw [binomial_succ_succ, ih, binomial_eq_zero_of_lt (Nat.lt_succ_self n)]

/-- One of `n` things can be chosen in `n` ways. -/
@[simp] theorem binomial_one_right (n : Nat) : binomial n 1 = n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [binomial_succ_succ, ih, binomial_zero_right, Nat.add_comm]

/-- The formula by factorials: `C(m + k, k) · k! · m! = (m + k)!`. -/
theorem binomial_mul_factorial_mul_factorial (m k : Nat) :
    binomial (m + k) k * factorial k * factorial m = factorial (m + k) := by
  have key : ∀ n m k, m + k = n → binomial n k * factorial k * factorial m = factorial n := by
    intro n
    induction n with
    | zero =>
      intro m k h
      obtain rfl : m = 0 := by omega
      obtain rfl : k = 0 := by omega
      rfl
    | succ n ih =>
      intro m k h
      cases k with
      | zero => simp [show m = n + 1 by omega]
      | succ k =>
        cases m with
        | zero =>
          obtain rfl : k = n := by omega
          simp
        | succ m =>
          have h1 := ih (m + 1) k (by omega)
          have h2 := ih m (k + 1) (by omega)
          rw [binomial_succ_succ, factorial_succ n, Nat.add_mul, Nat.add_mul,
            show n + 1 = (k + 1) + (m + 1) by omega, Nat.add_mul]
          congr 1
          · rw [← h1, factorial_succ k]; simp only [Nat.mul_assoc, Nat.mul_left_comm]
          · rw [← h2, factorial_succ m]; simp only [Nat.mul_assoc, Nat.mul_left_comm]
  exact key (m + k) m k rfl

/-- The formula by factorials, for `k ≤ n`. -/
theorem binomial_mul_factorial {n k : Nat} (h : k ≤ n) :
    binomial n k * factorial k * factorial (n - k) = factorial n := by
  have := binomial_mul_factorial_mul_factorial (n - k) k
  rwa [show n - k + k = n by omega] at this

/-- Choosing what to take is choosing what to leave. -/
theorem binomial_symm {n k : Nat} (h : k ≤ n) : binomial n (n - k) = binomial n k := by
  have h1 := binomial_mul_factorial h
  have h2 := binomial_mul_factorial (Nat.sub_le n k)
  rw [show n - (n - k) = k by omega, Nat.mul_right_comm] at h2
  rw [← h1] at h2
  exact Nat.eq_of_mul_eq_mul_right (factorial_pos k)
    (Nat.eq_of_mul_eq_mul_right (factorial_pos (n - k)) h2)

/-- A binomial coefficient with `k ≤ n` is not `0`. -/
theorem binomial_pos {n k : Nat} (h : k ≤ n) : 0 < binomial n k :=
  Nat.pos_of_ne_zero fun h0 => factorial_ne_zero n (by
    rw [← binomial_mul_factorial h, h0, Nat.zero_mul, Nat.zero_mul])

/-- The rule `(k + 1) · C(n + 1, k + 1) = (n + 1) · C(n, k)`. -/
theorem succ_mul_binomial_succ (n k : Nat) :
    (k + 1) * binomial (n + 1) (k + 1) = (n + 1) * binomial n k := by
  by_cases h : k ≤ n
  · have h1 := binomial_mul_factorial (show k + 1 ≤ n + 1 by omega)
    have h2 := binomial_mul_factorial h
    rw [factorial_succ k, factorial_succ n, ← h2,
      show n + 1 - (k + 1) = n - k by omega] at h1
    refine Nat.eq_of_mul_eq_mul_right (factorial_pos k)
      (Nat.eq_of_mul_eq_mul_right (factorial_pos (n - k)) ?_)
    rw [Nat.mul_comm (k + 1)]
    simp only [Nat.mul_assoc] at h1 ⊢
    exact h1
  · rw [binomial_eq_zero_of_lt (show n < k by omega), binomial_eq_zero_of_lt (by omega)]
    rfl

/-- A prime divides the inner binomial coefficients of its row. -/
theorem Prime.dvd_binomial {p k : Nat} (hp : Prime p) (h0 : 0 < k) (hk : k < p) :
    p ∣ binomial p k := by
  have h := binomial_mul_factorial (Nat.le_of_lt hk)
  have hd : p ∣ binomial p k * factorial k * factorial (p - k) := by
    rw [h, hp.dvd_factorial_iff]; exact Nat.le_refl p
  rcases hp.dvd_or_dvd_of_dvd_mul hd with hd | hd
  · rcases hp.dvd_or_dvd_of_dvd_mul hd with hd | hd
    · exact hd
    · have := hp.dvd_factorial_iff.mp hd; omega
  · have := hp.dvd_factorial_iff.mp hd; omega

/-- The expansion of a power of a sum (Pascal 1654, Newton 1676):
`(a + b) ^ n` is the sum of `C(n, k) · a ^ k · b ^ (n - k)` for `k = 0, …, n`. -/
theorem add_pow_eq_sum (a b : Int) (n : Nat) :
    (a + b) ^ n =
      ((List.range (n + 1)).map fun k => (binomial n k : Int) * a ^ k * b ^ (n - k)).sum := by
  induction n with
  | zero => simp [List.range_succ]
  | succ n ih =>
    -- split the first term off, apply Pascal's rule to the others
    have hsplit : ((List.range (n + 2)).map fun k =>
        (binomial (n + 1) k : Int) * a ^ k * b ^ (n + 1 - k)).sum =
        b ^ (n + 1) + ((List.range (n + 1)).map fun k =>
          (binomial n k : Int) * a ^ (k + 1) * b ^ (n - k) +
          (binomial n (k + 1) : Int) * a ^ (k + 1) * b ^ (n - k)).sum := by
      rw [List.range_succ_eq_map, List.map_cons, List.sum_cons, List.map_map]
      congr 1
      · simp
      · congr 1
        refine List.map_congr_left fun k _ => ?_
        show (binomial (n + 1) (k + 1) : Int) * a ^ (k + 1) * b ^ (n + 1 - (k + 1)) = _
        rw [binomial_succ_succ, Nat.add_sub_add_right,
          Int.natCast_add, Int.add_mul, Int.add_mul]
    have hb : b ^ (n + 1) + ((List.range (n + 1)).map fun k =>
        (binomial n (k + 1) : Int) * a ^ (k + 1) * b ^ (n - k)).sum =
        b * ((List.range (n + 1)).map fun k => (binomial n k : Int) * a ^ k * b ^ (n - k)).sum := by
      have hl : ((List.range (n + 1)).map fun k =>
          (binomial n (k + 1) : Int) * a ^ (k + 1) * b ^ (n - k)).sum =
          ((List.range n).map fun k =>
            (binomial n (k + 1) : Int) * a ^ (k + 1) * b ^ (n - k)).sum := by
        rw [List.range_succ, List.map_append, sum_append_int]
        simp [binomial_eq_zero_of_lt (Nat.lt_succ_self n)]
      have hr : ((List.range (n + 1)).map fun k => (binomial n k : Int) * a ^ k * b ^ (n - k)).sum =
          b ^ n + ((List.range n).map fun k =>
            (binomial n (k + 1) : Int) * a ^ (k + 1) * b ^ (n - (k + 1))).sum := by
        rw [List.range_succ_eq_map, List.map_cons, List.sum_cons, List.map_map]
        congr 1
        simp
      rw [hl, hr, Int.mul_add, ← sum_map_mul_left_int, Int.pow_succ, Int.mul_comm b]
      congr 2
      refine List.map_congr_left fun k hk => ?_
      have hk := List.mem_range.mp hk
      rw [show n - k = (n - (k + 1)) + 1 by omega, Int.pow_succ b, Int.mul_comm b, Int.mul_assoc,
        Int.mul_assoc, Int.mul_assoc]
    have ha : ((List.range (n + 1)).map fun k =>
        (binomial n k : Int) * a ^ (k + 1) * b ^ (n - k)).sum =
        a * ((List.range (n + 1)).map fun k => (binomial n k : Int) * a ^ k * b ^ (n - k)).sum := by
      rw [← sum_map_mul_left_int]
      congr 1
      refine List.map_congr_left fun k _ => ?_
      rw [Int.pow_succ, Int.mul_comm (a ^ k), ← Int.mul_assoc, Int.mul_comm _ a, ← Int.mul_assoc a,
        ← Int.mul_assoc a]
    rw [hsplit, sum_map_add_int, Int.add_left_comm, hb, ha, ← ih, ← Int.add_mul, Int.pow_succ,
      Int.mul_comm]

/-- The expansion of a power of `a + 1`. -/
theorem add_one_pow_eq_sum (a : Int) (n : Nat) :
    (a + 1) ^ n = ((List.range (n + 1)).map fun k => (binomial n k : Int) * a ^ k).sum := by
  rw [add_pow_eq_sum]
  congr 1
  refine List.map_congr_left fun k _ => ?_
  rw [Int.one_pow, Int.mul_one]

/-- The coefficients of a row add up to a power of `2`. -/
theorem sum_binomial (n : Nat) :
    ((List.range (n + 1)).map fun k => (binomial n k : Int)).sum = 2 ^ n := by
  have := add_one_pow_eq_sum 1 n
  rw [show (1 : Int) + 1 = 2 from rfl] at this
  rw [this]
  congr 1
  refine List.map_congr_left fun k _ => ?_
  rw [Int.one_pow, Int.mul_one]

/-- The rule `(k + 1) · C(n, k + 1) = (n - k) · C(n, k)` (Pascal 1654). -/
theorem succ_mul_binomial (n k : Nat) :
    (k + 1) * binomial n (k + 1) = (n - k) * binomial n k := by
  by_cases h : k ≤ n
  · have h1 := succ_mul_binomial_succ n k
    rw [binomial_succ_succ, Nat.mul_add, show n + 1 = (k + 1) + (n - k) by omega,
      Nat.add_mul (k + 1) (n - k)] at h1
    exact Nat.add_left_cancel h1
  · rw [binomial_eq_zero_of_lt (by omega), binomial_eq_zero_of_lt (show n < k by omega)]
    rfl

end Reconstruct
