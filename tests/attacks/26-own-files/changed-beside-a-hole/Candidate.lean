structure Law where
  op : Nat → Nat → Nat
  unit : Nat
  left : ∀ a, op unit a = a

def law : Law where
  op := (· + ·)
  unit := 0
  left := Nat.zero_add
