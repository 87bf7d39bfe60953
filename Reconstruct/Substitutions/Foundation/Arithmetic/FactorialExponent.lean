import Reconstruct.Substitutions.Foundation.Arithmetic.Factorial
import Reconstruct.Substitutions.Foundation.Arithmetic.Factorization

/-!
# How often a prime divides a factorial

Legendre, *Théorie des nombres* (1808): the multiples of a prime among the factors are counted.
-/

namespace Reconstruct

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
