axiom choice_of_mine (p : Prop) : p ∨ ¬ p

theorem middle (p : Prop) : ¬ ¬ p → p := by
  intro h
  exact (choice_of_mine p).elim id fun n => (h n).elim
