def double (n : Nat) : Nat := n + n

local infix:50 (priority := high) " = " => fun (_ _ : Nat) => True

theorem goal (a b : Nat) : double (a + b) = double a + double b := by
  trivial
