def double (n : Nat) : Nat := n + n

private theorem swap (a b c d : Nat) : a + b + (c + d) = a + c + (b + d) := by
  omega

theorem helper (a b : Nat) : double (a + b) = double a + double b := by
  unfold double
  exact swap a b a b

theorem goal (a b : Nat) : double (a + b) = double a + double b := helper a b
