def size : Nat := 3

theorem itself : size = size := by
  sorry
