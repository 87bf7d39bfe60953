import Reconstruct.Substitutions.Foundation

/-!
# Small cases

Definitions of the foundation, computed by the kernel on cases that can be checked by hand: a wrong
definition would make a theorem about it true of something else.
-/

namespace Reconstruct

open Polynomial

/-! ## Arithmetic -/

example : factorial 6 = 720 := by decide
example : (List.range 20).filter (fun p => decide (Prime p)) = [2, 3, 5, 7, 11, 13, 17, 19] := by decide
example : ¬ Prime 0 ∧ ¬ Prime 1 := by decide
example : (List.range 7).map (binomial 6) = [1, 6, 15, 20, 15, 6, 1] := by decide
example : binomial 3 5 = 0 := by decide
example : exponentIn 2 48 = 4 ∧ exponentIn 3 48 = 1 ∧ exponentIn 5 48 = 0 := by decide
example : divisors 12 = [1, 2, 3, 4, 6, 12] := by decide
example : product [2, 3, 5] = 30 := by decide
example : product ([] : List Int) = 1 := by decide

/-! ## Congruences -/

example : Congruent 7 23 2 ∧ ¬ Congruent 7 23 3 ∧ Congruent 7 (-1) 6 := by decide
example : Congruent 0 4 4 ∧ ¬ Congruent 0 4 5 := by decide
example : (List.range 6).map (fun a : Nat => residueOrder 7 (a + 1)) = [1, 3, 6, 3, 6, 2] := by decide
example : residueOrder 8 2 = 0 ∧ residueOrder 1 5 = 1 := by decide
example : (List.range 10).map totient = [0, 1, 1, 2, 2, 4, 2, 6, 4, 6] := by decide
example : Congruent 11 (factorial 10 : Int) (-1) :=
  Prime.factorial_sub_one_congruent (p := 11) (by decide)
example : Congruent 13 ((5 : Int) ^ 12) 1 :=
  Prime.pow_sub_one_congruent (p := 13) (by decide) (by decide)

/-! ## Collections -/

example : allPairs [1, 2] [3, 4] = [(1, 3), (1, 4), (2, 3), (2, 4)] := by decide
example : allWords [0, 1] 2 = [[0, 0], [0, 1], [1, 0], [1, 1]] := by decide
example : allParts [1, 2] = [[], [2], [1], [1, 2]] := by decide
example : parts 2 [1, 2, 3] = [[1, 2], [1, 3], [2, 3]] := by decide
example : (allFunctions 2 [5, 6, 7]).map valueRow =
    [[5, 5], [5, 6], [5, 7], [6, 5], [6, 6], [6, 7], [7, 5], [7, 6], [7, 7]] := by decide
example : repeated (fun k => k * 2 % 7) 3 5 = 5 ∧ repeated (fun k => k * 2 % 7) 2 5 = 6 := by decide
example : Function.Injective (fun i : Fin 3 => i.rev) := by decide
example : ¬ Function.Injective (fun _ : Fin 2 => (0 : Fin 2)) := by decide

/-! ## Polynomials -/

example : eval [1, 2, 3] (2 : Int) = 17 := by decide
example : mul [1, 1] [1, -1] = ([1, 0, -1] : List Int) := by decide
example : sub [1, 1] [1, -1, 4] = ([0, 2, -4] : List Int) := by decide
example : ofRoots [1, 2, 3] = ([-6, 11, -6, 1] : List Int) := by decide
example : divideLinear 2 [-6, 11, -6, 1] = ([3, -4, 1] : List Int) := by decide
example : HasDegree ([5, 0, 2, 0] : List Int) 2 := by
  refine ⟨by decide, fun k hk => ?_⟩
  match k with
  | 0 | 1 | 2 => omega
  | 3 => rfl
  | k + 4 => rfl
example : (List.range 5).map (fun k => elementarySum k [1, 2, 3]) = ([1, 6, 11, 6, 0] : List Int) := by
  decide
example : IsRoot [2, -3, 1] (2 : Int) := rfl
example : Same (ofRoots [1 / 2, -1 / 2]) ([-1 / 4, 0, 1] : List Rat) := by
  intro k
  match k with
  | 0 | 1 | 2 => decide +kernel
  | k + 3 => rfl

end Reconstruct
