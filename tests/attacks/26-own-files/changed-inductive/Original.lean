inductive Colour where
  | red
  | green

theorem two (c : Colour) : c = .red ∨ c = .green := by
  sorry
