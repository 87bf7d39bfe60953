universe u

def after : Nat := 1

theorem every (α : Type u) (β : Sort _) (x : α) (f : α → β) : f x = f x := by
  rfl
