def double (n : Nat) : Nat := n + n

theorem goal (a b : Nat) : double (a + b) = double a + double b := by
  unfold double
  admit
