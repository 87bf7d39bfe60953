theorem every (α : Type) (x : α) : x = x := by
  rfl
