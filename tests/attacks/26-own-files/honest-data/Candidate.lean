structure Law where
  op : Nat → Nat → Nat
  unit : Nat
  left : ∀ a, op unit a = a

def law : Law where
  op := (· * ·)
  unit := 1
  left := fun a => Nat.one_mul a
