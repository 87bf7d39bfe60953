def double (n : Nat) : Nat := n + n

theorem goal (a b : Nat) : double (a + b) = double a + double b := by
  sorry

theorem other (a : Nat) : double a = 2 * a := by
  unfold double
  omega
