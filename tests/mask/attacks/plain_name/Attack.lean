import Init

theorem probe : ∀ a b : Int, a + b = b + a :=
  fun a b => Lean.Grind.Semiring.add_comm a b
