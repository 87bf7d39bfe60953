def m : Nat := 3

theorem large (f : Nat → Type) (x : f m) : m = 2 ∨ x = x := by
  sorry
