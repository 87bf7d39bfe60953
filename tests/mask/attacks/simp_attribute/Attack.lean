import Init

attribute [local simp] Lean.Grind.Semiring.add_comm

theorem probe (a b : Int) : a + b = b + a := by simp
