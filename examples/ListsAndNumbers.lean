/-!
# Ten exercises about lists and numbers

Try `autoresearch run examples/ListsAndNumbers.lean --seconds 120`.
-/

namespace Exercises

/-- Add up a list. -/
def total : List Nat → Nat
  | [] => 0
  | x :: xs => x + total xs

/-- Put every entry down twice. -/
def stutter : List Nat → List Nat
  | [] => []
  | x :: xs => x :: x :: stutter xs

/-- The sum 0 + 1 + … + n. -/
def upTo : Nat → Nat
  | 0 => 0
  | n + 1 => upTo n + (n + 1)

theorem total_append (xs ys : List Nat) : total (xs ++ ys) = total xs + total ys := by
  sorry

theorem length_stutter (xs : List Nat) : (stutter xs).length = 2 * xs.length := by
  sorry

theorem total_stutter (xs : List Nat) : total (stutter xs) = 2 * total xs := by
  sorry

theorem stutter_append (xs ys : List Nat) : stutter (xs ++ ys) = stutter xs ++ stutter ys := by
  sorry

theorem two_mul_upTo (n : Nat) : 2 * upTo n = n * (n + 1) := by
  sorry

theorem total_reverse (xs : List Nat) : total xs.reverse = total xs := by
  sorry

theorem mem_stutter (x : Nat) (xs : List Nat) : x ∈ stutter xs ↔ x ∈ xs := by
  sorry

theorem length_filter_add (p : Nat → Bool) (xs : List Nat) :
    (xs.filter p).length + (xs.filter (fun x => !p x)).length = xs.length := by
  sorry

theorem even_or_odd (n : Nat) : ∃ k, n = 2 * k ∨ n = 2 * k + 1 := by
  sorry

theorem total_map_succ (xs : List Nat) : total (xs.map (· + 1)) = total xs + xs.length := by
  sorry

end Exercises
