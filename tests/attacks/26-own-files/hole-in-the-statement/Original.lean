theorem whatever : (sorry : Prop) := by
  sorry
