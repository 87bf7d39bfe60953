import Reconstruct.Substitutions.Foundation.Arithmetic.Ratio

/-!
# Compounded ratios

Facts about ratios of whole numbers, as in books V to VIII of the *Elements*.
-/

namespace Reconstruct

/-- If a ratio compounded with either of two makes the same ratio, the two are the same. -/
def RatioStruckOut.Statement : Prop :=
  ∀ a b c : Ratio, a.compound b = a.compound c → b = c

/-- The inverse of a compounded ratio is compounded of the inverse ratios. -/
def InverseOfCompound.Statement : Prop :=
  ∀ a b : Ratio, (a.compound b).inverse = b.inverse.compound a.inverse

/-- The inverse of the inverse ratio is the first ratio. -/
def InverseRatioTwice.Statement : Prop :=
  ∀ a : Ratio, a.inverse.inverse = a

/-- A ratio that is its own duplicate is the ratio of equality. -/
def OwnDuplicateIsEquality.Statement : Prop :=
  ∀ a : Ratio, a.compound a = a → a = Ratio.equality

/-- There is one ratio, and no other, of which with a given ratio a given one is compounded. -/
def WantingRatioFound.Statement : Prop :=
  ∀ a b : Ratio, ∃ x, a.compound x = b ∧ ∀ y : Ratio, a.compound y = b → y = x

/-- A ratio repeated `j + k` times is compounded of the same repeated `j` times and `k` times. -/
def RepeatedRatiosCompounded.Statement : Prop :=
  ∀ (a : Ratio) (j k : Nat), a.repeated (j + k) = (a.repeated j).compound (a.repeated k)

/-- The inverse ratio repeated is the inverse of the repeated ratio. -/
def InverseRatioRepeated.Statement : Prop :=
  ∀ (a : Ratio) (k : Nat), a.inverse.repeated k = (a.repeated k).inverse

/-- A ratio repeated on two compounded ratios is compounded of the two repeated ones. -/
def CompoundRepeated.Statement : Prop :=
  ∀ (a b : Ratio) (k : Nat), (a.compound b).repeated k = (a.repeated k).compound (b.repeated k)

/-- Only the ratio of equality is its own inverse. -/
def OnlyEqualityIsOwnInverse.Statement : Prop :=
  ∀ a : Ratio, a.compound a = Ratio.equality → a = Ratio.equality

/-- No repetition makes equality of a ratio that is not one of equality. -/
def RepeatedNeverEquality.Statement : Prop :=
  ∀ (a : Ratio) (k : Nat), 0 < k → a.repeated k = Ratio.equality → a = Ratio.equality

end Reconstruct
