universe u

theorem every (α : Type u) (β : Sort _) (x : α) (f : α → β) : f x = f x := by
  sorry

def after : Nat := 1
