import Init

theorem probe (x : Lean.Grind.NatModule α) : x = x := rfl
