def unit : Nat := 0
def step (n : Nat) : Nat := n + unit

theorem grows (n : Nat) : step n = n := by
  rfl
