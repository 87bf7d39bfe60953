/-! Algebraic classes, as in a modern library: what the mask hides. -/

namespace Entangled

class Group (α : Type) extends Mul α, One α, Inv α where
  assoc : ∀ a b c : α, a * b * c = a * (b * c)
  one_mul : ∀ a : α, 1 * a = a
  inv_mul : ∀ a : α, a⁻¹ * a = 1

class Ring (α : Type) extends Add α, Mul α where
  add_comm : ∀ a b : α, a + b = b + a
  add_assoc : ∀ a b c : α, a + b + c = a + (b + c)
  mul_add : ∀ a b c : α, a * (b + c) = a * b + a * c

theorem Group.cancel {α : Type} [Group α] (a b c : α) (h : a * b = a * c) : b = c := by
  have := congrArg (a⁻¹ * ·) h
  simpa [← Group.assoc, Group.inv_mul, Group.one_mul] using this

end Entangled
