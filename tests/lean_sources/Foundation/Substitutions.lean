import Reconstruct.Substitutions.Foundation

/-!
# Small cases of substitutions and of values

Definitions of the foundation, computed by the kernel on cases that can be checked by hand: a wrong
definition would make a theorem about it true of something else.
-/

namespace Reconstruct

namespace Substitution

/-- The letters after a substitution, to compare with a list. -/
def row {n : Nat} (s : Substitution n) : List (Fin n) := s.onList (List.finRange n)

/-! ## Products, inverses, powers: first the right factor -/

example : row (swap 0 1 * swap 1 2 : Substitution 3) = [1, 2, 0] := by decide
example : row (swap 1 2 * swap 0 1 : Substitution 3) = [2, 0, 1] := by decide
example : (swap 0 1 * swap 1 2 : Substitution 3)⁻¹ = swap 1 2 * swap 0 1 := by decide
example : ¬ ∀ s t : Substitution 3, s * t = t * s := by decide
example : row (cycle [0, 1, 2, 3] ^ 2 : Substitution 4) = [2, 3, 0, 1] := by decide
example : (cycle [0, 1, 2, 3] ^ 4 : Substitution 4) = 1 := by decide
example : row (lift (swap 0 1) : Substitution 3) = [0, 2, 1] := by decide
example : prod [swap 0 1, swap 1 2, swap 2 3] = (cycle [0, 1, 2, 3] : Substitution 4) := by decide

/-! ## The list of all substitutions -/

example : (all 3).map row =
    [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 1, 0], [2, 0, 1]] := by decide
example : (all 0).length = 1 ∧ (all 4).length = 24 := by decide
example : ∀ s : Substitution 3, s ^ 6 = 1 := by decide
example : ∃ s t : Substitution 3, s * t ≠ t * s := by decide

/-! ## Cycles, orders, signs -/

example : row (cycle [2, 0] : Substitution 3) = [2, 1, 0] := by decide
example : row (cycle [0, 2, 1] : Substitution 3) = [2, 0, 1] := by decide
example : cycles (cycle [3, 1, 4] * swap 0 2 : Substitution 5) = [[0, 2], [1, 4, 3]] := by decide
example : cycles (1 : Substitution 5) = [] := by decide
example : moved (cycle [3, 1, 4] : Substitution 5) = [1, 3, 4] := by decide
example : (all 3).map order = [1, 2, 2, 3, 2, 3] := by decide
example : order (cycle [3, 1, 4] * swap 0 2 : Substitution 5) = 6 := by decide
example : round (cycle [3, 1, 4] : Substitution 5) 1 = [1, 4, 3] := by decide
example : period (cycle [3, 1, 4] : Substitution 5) 0 = 1 := by decide
example : (all 3).map sign = [1, -1, -1, 1, -1, 1] := by decide
example : sign (1 : Substitution 0) = 1 ∧ sign (1 : Substitution 1) = 1 := by decide
example : sign (cycle [0, 1, 2, 3] : Substitution 4) = -1 := by decide
example : (allEven 4).length = 12 := by decide
example : Disjoint (swap 0 1 : Substitution 4) (swap 2 3) ∧
    ¬ Disjoint (swap 0 1 : Substitution 4) (swap 1 2) := by decide

end Substitution

/-! ## Values -/

namespace LetterFunction

open Substitution

/-- The function that is 1 only when the first letter exceeds the second and the second the third:
no two substitutions give the same form. -/
def descending : LetterFunction 3 (Fin 3) Bool := fun x => x 0 > x 1 ∧ x 1 > x 2

example : descending.HasValues 6 := hasValues_iff.mpr (by decide)
example : HasValues (fun x : Fin 3 → Fin 2 => (x 0).val * (x 1).val + (x 2).val) 3 :=
  hasValues_iff.mpr (by decide)
example : HasValues (fun _ : Fin 3 → Fin 2 => 0) 1 := hasValues_iff.mpr (by decide)

/-- The product of the differences has two values. -/
def differences : LetterFunction 3 (Fin 3) Int := fun x =>
  ((x 0).val - (x 1).val) * ((x 0).val - (x 2).val) * ((x 1).val - (x 2).val)

example : differences.HasValues 2 := hasValues_iff.mpr (by decide)
example : (all 3).map (fun s => decide (differences.Unchanged s)) =
    (all 3).map fun s => decide (IsEven s) := by decide

/-- Replacing `x₀` by `x₁`, `x₁` by `x₂` and `x₂` by `x₀`. -/
example (f : LetterFunction 3 Nat Nat) (x : Fin 3 → Nat) :
    f.permuted (cycle [0, 1, 2]) x = f fun i => x (if i = 0 then 1 else if i = 1 then 2 else 0) := by
  rw [permuted_apply]
  congr 1
  funext i
  match i with
  | 0 | 1 | 2 => rfl

end LetterFunction

end Reconstruct
