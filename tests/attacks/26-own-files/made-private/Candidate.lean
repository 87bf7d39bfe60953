def double (n : Nat) : Nat := n + n

private theorem goal (a b : Nat) : double (a + b) = double a + double b := by
  unfold double
  omega
