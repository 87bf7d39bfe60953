def weight (n : Nat) : Nat := n + 1

namespace Mine

def weight (n : Nat) : Nat := n

theorem positive (n : Nat) : weight n = n := by
  rfl

end Mine
