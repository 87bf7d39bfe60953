def double (n : Nat) : Nat := n + n

theorem goal (a b : Nat) : double (a + b) = double a + double b := by
  sorry

#eval double 2

macro "obvious" : tactic => `(tactic| omega)

theorem more (a : Nat) : double a = 2 * a := by
  sorry
