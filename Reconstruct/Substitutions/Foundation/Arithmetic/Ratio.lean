/-!
# Ratios

A ratio of two whole numbers, as Euclid treats it in books V and VII (about 300 BC) and as a
positive fraction since Stevin (1585). Ratios are compounded (*Elements* VI 23, VIII 5), the ratio
of equality changes none, and the inverse ratio exchanges the two terms (book V, definition 13).
-/

namespace Reconstruct

/-- A ratio of whole numbers, as the fraction that measures it. -/
structure Ratio where
  /-- The fraction. -/
  measure : Rat
  /-- It is positive. -/
  positive : 0 < measure

namespace Ratio

/-- Ratios with the same measure are the same. -/
@[ext] theorem ext {a b : Ratio} (h : a.measure = b.measure) : a = b := by
  obtain ⟨a, _⟩ := a
  obtain ⟨b, _⟩ := b
  cases (h : a = b)
  rfl

/-- Ratios are compared by their measures. -/
instance : DecidableEq Ratio := fun a b =>
  decidable_of_iff (a.measure = b.measure) ⟨ext, fun h => by rw [h]⟩

/-- The ratio compounded of two ratios. -/
def compound (a b : Ratio) : Ratio := ⟨a.measure * b.measure, Rat.mul_pos a.positive b.positive⟩

/-- The ratio of equality. -/
def equality : Ratio := ⟨1, by decide⟩

/-- The inverse ratio, whose terms have changed places. -/
def inverse (a : Ratio) : Ratio := ⟨a.measure⁻¹, Rat.inv_pos.mpr a.positive⟩

/-- The duplicate, triplicate, … ratio: compounded of `k` ratios `a` (book V, definitions 9, 10). -/
def repeated (a : Ratio) : Nat → Ratio
  | 0 => equality
  | k + 1 => (repeated a k).compound a

/-- The measure of a ratio is not nought. -/
theorem measure_ne_zero (a : Ratio) : a.measure ≠ 0 := fun h =>
  absurd (h ▸ a.positive) (by decide)

/-- Three ratios may be compounded in either way. -/
theorem compound_assoc (a b c : Ratio) : (a.compound b).compound c = a.compound (b.compound c) :=
  ext (Rat.mul_assoc ..)

/-- The order of the ratios does not matter. -/
theorem compound_comm (a b : Ratio) : a.compound b = b.compound a := ext (Rat.mul_comm ..)

/-- Equality before a ratio changes nothing. -/
theorem equality_compound (a : Ratio) : equality.compound a = a := ext (Rat.one_mul _)

/-- Equality after a ratio changes nothing. -/
theorem compound_equality (a : Ratio) : a.compound equality = a := ext (Rat.mul_one _)

/-- The inverse ratio before a ratio gives equality. -/
theorem inverse_compound (a : Ratio) : a.inverse.compound a = equality :=
  ext (Rat.inv_mul_cancel _ a.measure_ne_zero)

/-- The inverse ratio after a ratio gives equality. -/
theorem compound_inverse (a : Ratio) : a.compound a.inverse = equality :=
  ext (Rat.mul_inv_cancel _ a.measure_ne_zero)

/-- No ratio at all gives equality. -/
theorem repeated_zero (a : Ratio) : a.repeated 0 = equality := rfl

/-- One ratio more. -/
theorem repeated_succ (a : Ratio) (k : Nat) : a.repeated (k + 1) = (a.repeated k).compound a := rfl

end Ratio

end Reconstruct
