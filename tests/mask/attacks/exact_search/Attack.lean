import Init

-- Whatever the search finds is in the term: here the instance search inserts a hidden class.
theorem probe : Nonempty (Lean.Grind.Semiring Nat) := by
  exact?
