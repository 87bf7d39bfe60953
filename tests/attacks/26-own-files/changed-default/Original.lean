structure Settings where
  depth : Nat := 3

theorem standard : ({} : Settings).depth = 4 := by
  sorry
