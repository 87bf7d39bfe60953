/-!
# Factorials

The product `1 · 2 · 3 ⋯ n`. Euler counts arrangements with it throughout; the name "factorielle" is
Kramp's and Arbogast's (1800–1808), the sign `n!` Kramp's (1808). It counts the arrangements of `n`
letters, a fact already in Lagrange (1770).
-/

namespace Reconstruct

/-- The factorial `n! = 1 · 2 · 3 ⋯ n`, with `0! = 1` (Kramp 1808). -/
def factorial : Nat → Nat
  | 0 => 1
  | n + 1 => (n + 1) * factorial n

/-- `0! = 1`. -/
@[simp] theorem factorial_zero : factorial 0 = 1 := rfl

/-- `1! = 1`. -/
@[simp] theorem factorial_one : factorial 1 = 1 := rfl

/-- `(n + 1)! = (n + 1) · n!`. -/
theorem factorial_succ (n : Nat) : factorial (n + 1) = (n + 1) * factorial n := rfl

/-- A factorial is never zero. -/
theorem factorial_pos (n : Nat) : 0 < factorial n := by
  induction n with
  | zero => exact Nat.one_pos
  | succ n ih => exact Nat.mul_pos (Nat.succ_pos n) ih

/-- A factorial is never zero. -/
theorem factorial_ne_zero (n : Nat) : factorial n ≠ 0 := Nat.ne_of_gt (factorial_pos n)

/-- The factorial of a larger number is a multiple of the factorial of a smaller one. -/
theorem factorial_dvd_factorial {m n : Nat} (h : m ≤ n) : factorial m ∣ factorial n := by
  induction n with
  | zero => rw [Nat.le_zero.mp h]; exact Nat.dvd_refl _
  | succ n ih =>
    rcases Nat.lt_or_eq_of_le h with h | h
    · exact Nat.dvd_trans (ih (Nat.le_of_lt_succ h)) ⟨n + 1, by rw [factorial_succ, Nat.mul_comm]⟩
    · rw [h]; exact Nat.dvd_refl _

/-- Every number from `1` to `n` divides `n!` (Euclid uses such a product in IX.20). -/
theorem dvd_factorial {d n : Nat} (hd : 0 < d) (h : d ≤ n) : d ∣ factorial n := by
  obtain ⟨m, rfl⟩ : ∃ m, d = m + 1 := ⟨d - 1, by omega⟩
  exact Nat.dvd_trans ⟨factorial m, rfl⟩ (factorial_dvd_factorial h)

/-- The factorial grows with the number. -/
theorem factorial_le_factorial {m n : Nat} (h : m ≤ n) : factorial m ≤ factorial n :=
  Nat.le_of_dvd (factorial_pos n) (factorial_dvd_factorial h)

/-- A number is at most its factorial. -/
theorem le_factorial (n : Nat) : n ≤ factorial n := by
  cases n with
  | zero => exact Nat.zero_le _
  | succ n => exact Nat.le_of_dvd (factorial_pos _) ⟨factorial n, rfl⟩

end Reconstruct
