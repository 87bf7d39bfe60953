theorem sum (a b : Nat) : a + b = b + a + 0 * a := by
  sorry
