theorem pair.{v, u} (α : Type u) (β : Type v) (x : α × β) : x = x := by
  rfl
