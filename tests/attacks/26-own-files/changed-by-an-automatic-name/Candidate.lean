theorem large (f : Nat → Type) (x : f m) : m = 2 ∨ x = x := by
  exact Or.inr rfl

def m : Nat := 3
