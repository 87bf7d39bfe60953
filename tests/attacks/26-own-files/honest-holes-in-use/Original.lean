theorem first (a b : Nat) : a + b = b + a := by
  sorry

theorem second (a b c : Nat) : a + b + c = c + (b + a) := by
  sorry
