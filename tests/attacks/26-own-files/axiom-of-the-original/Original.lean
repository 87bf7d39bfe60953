axiom choice_of_mine (p : Prop) : p ∨ ¬ p

theorem middle (p : Prop) : ¬ ¬ p → p := by
  sorry
