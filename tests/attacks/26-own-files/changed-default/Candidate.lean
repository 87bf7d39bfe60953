structure Settings where
  depth : Nat := 4

theorem standard : ({} : Settings).depth = 4 := by
  rfl
