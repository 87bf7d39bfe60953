class Bottom (α : Type) where
  absurd : α → False

instance : Bottom Nat where
  absurd := sorry

theorem nothing (n : Nat) : n = n + 1 := by
  exact (Bottom.absurd n).elim
