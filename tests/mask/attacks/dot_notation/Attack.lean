import Init

variable (α : Type) [i : Lean.Grind.Semiring α]

theorem probe (a b : α) : a + b = b + a := i.add_comm a b
