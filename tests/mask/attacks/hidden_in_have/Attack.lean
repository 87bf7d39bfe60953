import Init

theorem probe (a b : Int) : a + b = b + a := by
  have h := @Lean.Grind.Semiring.add_comm Int _
  exact h a b
