import Init

theorem probe (a b : Int) : a + b = b + a := by
  simp? [Lean.Grind.Semiring.add_comm]
