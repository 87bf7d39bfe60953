import Init

notation "⟪" a "⟫" => Lean.Grind.Semiring.add_comm a a
