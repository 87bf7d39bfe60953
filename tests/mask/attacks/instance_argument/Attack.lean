import Init

theorem probe {α : Type} [Lean.Grind.CommRing α] (a b : α) : a * b = b * a :=
  Lean.Grind.CommSemiring.mul_comm a b
