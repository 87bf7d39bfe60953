def double (n : Nat) : Nat := n + n

theorem goal (a b : Nat) (h : a = b) : double (a + b) = double a + double b := by
  subst h
  unfold double
  omega
