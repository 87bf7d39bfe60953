theorem first (a b : Nat) : a + b = b + a := by
  omega

theorem second (a b c : Nat) : a + b + c = c + (b + a) := by
  rw [first (a + b) c, first a b]
