structure Law where
  op : Nat → Nat → Nat
  comm : ∀ a b, op a b = op b a

def law : Law where
  op := fun a _ => a
  comm := sorry

theorem lies : (0 : Nat) = 1 := by
  sorry
