/-!
# Sums of whole numbers

Facts about whole numbers, positive and negative, and their sums.
-/

namespace Reconstruct

/-- A collection of whole numbers that holds one of them, and the difference of any two of its
members, consists of the multiples of one number. -/
def DifferencesInsideAreMultiples.Statement : Prop :=
  ∀ P : Int → Prop, (∃ a, P a) → (∀ a b, P a → P b → P (a - b)) →
    ∃ d, ∀ a, P a ↔ d ∣ a

/-- A rule that makes the sum of two values of the value of each sum multiplies by a fixed
number. -/
def SumsKeptIsMultiplication.Statement : Prop :=
  ∀ f : Int → Int, (∀ a b, f (a + b) = f a + f b) → ∃ c, ∀ a, f a = c * a

/-- No whole number but nought, taken some number of times, gives nought. -/
def MultipleNeverNought.Statement : Prop :=
  ∀ (a : Int) (k : Nat), 0 < k → k * a = 0 → a = 0

/-- If a collection holds the difference of any two of its members, two rows that arise by adding a
number to all its members have nothing in common, or everything. -/
def ShiftedNumbersAgreeOrDiffer.Statement : Prop :=
  ∀ P : Int → Prop, (∀ a b, P a → P b → P (a - b)) →
    ∀ a b x, P (x - a) → P (x - b) → ∀ y, P (y - a) ↔ P (y - b)

end Reconstruct
