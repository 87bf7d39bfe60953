import Init

class Mine (α : Type) extends Lean.Grind.Ring α where
  extra : α
