import Reconstruct.Substitutions.Foundation.Arithmetic.Binomial
import Reconstruct.Substitutions.Foundation.Arithmetic.Factorization

/-!
# Prime factors of factorials and binomial coefficients

Legendre (*Théorie des nombres*, 1808) counts how often a prime divides a factorial; in the same way
one counts for binomial coefficients whose lower number is a power of the prime.
-/

namespace Reconstruct

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

/-- The exponent of `p` in `i` is less than `k` when `0 < i < p ^ k`. -/
theorem exponentIn_lt {p i k : Nat} (hp : 2 ≤ p) (h0 : 0 < i) (hi : i < p ^ k) :
    exponentIn p i < k := by
  refine Nat.lt_of_not_le fun hle => ?_
  have := Nat.le_of_dvd h0 ((pow_dvd_iff_le_exponentIn hp (by omega)).mpr hle)
  omega

/-- A number `i` below `p ^ k` and its difference from a multiple of `p ^ k` contain `p` equally
often. -/
theorem exponentIn_sub {p i k n : Nat} (hp : 2 ≤ p) (h0 : 0 < i) (hi : i < p ^ k) (hn : p ^ k ∣ n)
    (hin : i < n) : exponentIn p (n - i) = exponentIn p i := by
  have hpow : ∀ j, j ≤ k → p ^ j ∣ n := fun j hj => Nat.dvd_trans (Nat.pow_dvd_pow p hj) hn
  have hback : ∀ j, j ≤ k → p ^ j ∣ n - i → p ^ j ∣ i := by
    intro j hj hd
    have := Nat.dvd_sub (hpow j hj) hd
    rwa [show n - (n - i) = i by omega] at this
  have hlt := exponentIn_lt hp h0 hi
  have hi0 : i ≠ 0 := by omega
  have hni0 : n - i ≠ 0 := by omega
  refine Nat.le_antisymm ?_ ?_
  · rcases Nat.lt_or_ge (exponentIn p (n - i)) k with h | h
    · exact (pow_dvd_iff_le_exponentIn hp hi0).mp (hback _ (Nat.le_of_lt h)
        ((pow_dvd_iff_le_exponentIn hp hni0).mpr (Nat.le_refl _)))
    · have := Nat.le_of_dvd h0 (hback k (Nat.le_refl k) ((pow_dvd_iff_le_exponentIn hp hni0).mpr h))
      omega
  · exact (pow_dvd_iff_le_exponentIn hp hni0).mp (Nat.dvd_sub (hpow _ (Nat.le_of_lt hlt))
      ((pow_dvd_iff_le_exponentIn hp hi0).mpr (Nat.le_refl _)))

/-- A prime `p` does not divide `C(p ^ k · m - 1, j)` for `j < p ^ k`. -/
theorem Prime.not_dvd_binomial_pred {p k m j : Nat} (hp : Prime p) (hm : m ≠ 0) (hj : j < p ^ k) :
    ¬ p ∣ binomial (p ^ k * m - 1) j := by
  induction j with
  | zero => rw [binomial_zero_right]; exact hp.not_dvd_one
  | succ j ih =>
    have hle : p ^ k ≤ p ^ k * m := Nat.le_mul_of_pos_right _ (Nat.pos_of_ne_zero hm)
    generalize hn : p ^ k * m = n at *
    have hdvd : p ^ k ∣ n := ⟨m, hn.symm⟩
    have ih := ih (by omega)
    have hrule := succ_mul_binomial (n - 1) j
    have he := congrArg (exponentIn p) hrule
    have hb1 : binomial (n - 1) (j + 1) ≠ 0 := Nat.ne_of_gt (binomial_pos (by omega))
    have hb0 : binomial (n - 1) j ≠ 0 := Nat.ne_of_gt (binomial_pos (by omega))
    rw [hp.exponentIn_mul (Nat.succ_ne_zero j) hb1, hp.exponentIn_mul (by omega) hb0,
      show n - 1 - j = n - (j + 1) by omega,
      exponentIn_sub hp.two_le (Nat.succ_pos j) hj hdvd (by omega), exponentIn_of_not_dvd ih] at he
    intro hd
    have := (pow_dvd_iff_le_exponentIn (k := 1) hp.two_le hb1).mp (by rwa [Nat.pow_one])
    omega

/-- The binomial coefficient `C(p ^ k · m, p ^ k)` is `m` times a number not divisible by `p`. -/
theorem Prime.binomial_pow_mul {p k m : Nat} (hp : Prime p) (hm : m ≠ 0) :
    ∃ c, ¬ p ∣ c ∧ binomial (p ^ k * m) (p ^ k) = m * c := by
  have hpos : 0 < p ^ k := Nat.pow_pos hp.pos
  refine ⟨binomial (p ^ k * m - 1) (p ^ k - 1), hp.not_dvd_binomial_pred hm (by omega), ?_⟩
  have hle : p ^ k ≤ p ^ k * m := Nat.le_mul_of_pos_right _ (Nat.pos_of_ne_zero hm)
  have h := succ_mul_binomial_succ (p ^ k * m - 1) (p ^ k - 1)
  rw [show p ^ k - 1 + 1 = p ^ k by omega, show p ^ k * m - 1 + 1 = p ^ k * m by omega,
    Nat.mul_assoc] at h
  exact Nat.eq_of_mul_eq_mul_left hpos h

/-- Legendre (1808), one step: `p` divides `(p n)!` as often as `n!`, and `n` times more. -/
theorem Prime.exponentIn_factorial_mul {p : Nat} (hp : Prime p) (n : Nat) :
    exponentIn p (factorial (p * n)) = n + exponentIn p (factorial n) := by
  -- between two multiples of `p` nothing is gained
  have hgap : ∀ q r, r < p →
      exponentIn p (factorial (p * q + r)) = exponentIn p (factorial (p * q)) := by
    intro q r hr
    induction r with
    | zero => rfl
    | succ r ih =>
      rw [← Nat.add_assoc, factorial_succ,
        hp.exponentIn_mul (show p * q + r + 1 ≠ 0 by omega) (factorial_ne_zero _), ih (by omega),
        exponentIn_of_not_dvd, Nat.zero_add]
      intro hd
      rw [Nat.add_assoc] at hd
      have := Nat.le_of_dvd (Nat.succ_pos r) ((Nat.dvd_add_right (Nat.dvd_mul_right p q)).mp hd)
      omega
  induction n with
  | zero => rw [Nat.mul_zero, Nat.zero_add]
  | succ n ih =>
    have h2 := hp.two_le
    have hsucc : p * (n + 1) = p * n + (p - 1) + 1 := by rw [Nat.mul_add]; omega
    rw [hsucc, factorial_succ,
      hp.exponentIn_mul (show p * n + (p - 1) + 1 ≠ 0 by omega) (factorial_ne_zero _),
      hgap n (p - 1) (by omega), ih, ← hsucc, exponentIn_mul_self h2 (Nat.succ_ne_zero n),
      factorial_succ, hp.exponentIn_mul (Nat.succ_ne_zero n) (factorial_ne_zero n)]
    omega

end Reconstruct
