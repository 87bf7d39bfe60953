inductive Colour where
  | red


theorem two (c : Colour) : c = .red := by
  cases c; rfl
