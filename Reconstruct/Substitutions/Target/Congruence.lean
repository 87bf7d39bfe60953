import Reconstruct.Substitutions.Foundation.Arithmetic.Prime
import Reconstruct.Substitutions.Foundation.Congruence.Basic

/-!
# Congruences

Facts about one congruence in the sense of Gauss's *Disquisitiones arithmeticae* (1801).
`Congruent m a b` says that `a` and `b` leave the same remainder by the modulus `m`.
-/

namespace Reconstruct

/-- The square of an odd number leaves the remainder one by eight. -/
def OddSquareByEight.Statement : Prop :=
  ∀ a : Int, ¬ Congruent 2 a 0 → Congruent 8 (a * a) 1

/-- The sum of two squares never leaves the remainder three by four. -/
def TwoSquaresByFour.Statement : Prop :=
  ∀ a b : Int, ¬ Congruent 4 (a * a + b * b) 3

/-- Every power of ten leaves the remainder one by nine: the ground of casting out nines. -/
def CastingOutNines.Statement : Prop :=
  ∀ k : Nat, Congruent 9 ((10 : Int) ^ k) 1

/-- A number and its cube leave the same remainder by six. -/
def CubeBySix.Statement : Prop :=
  ∀ a : Int, Congruent 6 (a * a * a) a

/-- A congruence of the first degree, whose coefficient has no divisor in common with the modulus,
can be solved. -/
def FirstDegreeSolved.Statement : Prop :=
  ∀ m a b : Int, Int.gcd m a = 1 → ∃ x : Int, Congruent m (a * x) b

/-- A number with given remainders by two moduli can be found, if these have no common divisor. -/
def RemaindersByTwoModuli.Statement : Prop :=
  ∀ m n a b : Int, Int.gcd m n = 1 → ∃ x : Int, Congruent m x a ∧ Congruent n x b

/-- By a prime modulus only two residues are their own inverses, `1` and `-1`. -/
def OwnInverseByPrime.Statement : Prop :=
  ∀ (p : Nat) (x : Int), Prime p → Congruent p (x * x) 1 → Congruent p x 1 ∨ Congruent p x (-1)

/-- Some power of a number that has no divisor in common with the modulus leaves the remainder
one. -/
def SomePowerLeavesOne.Statement : Prop :=
  ∀ (m : Nat) (a : Int), 0 < m → Int.gcd m a = 1 → ∃ k : Nat, 0 < k ∧ Congruent m (a ^ k) 1

/-- To every prime number there is a number whose powers leave all remainders but nought. -/
def PowersLeaveAllRemainders.Statement : Prop :=
  ∀ p : Nat, Prime p → ∃ g : Int, ∀ a : Int, ¬ Congruent p a 0 → ∃ k : Nat, Congruent p (g ^ k) a

end Reconstruct
