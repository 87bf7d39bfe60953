def double (n : Nat) : Nat := n + n

unsafe def anything : False := anything

theorem goal (a b : Nat) : double (a + b) = double a + double b := by
  unfold double
  omega
