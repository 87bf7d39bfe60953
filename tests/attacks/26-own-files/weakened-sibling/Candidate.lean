def double (n : Nat) : Nat := n + n

theorem goal (a b : Nat) : double (a + b) = double a + double b := by
  unfold double
  omega

theorem other (a : Nat) : double a = 2 * a ∨ True := by
  exact Or.inr trivial
