set_option autoImplicit false
universe u

namespace Outer
section
variable {α : Type u} (op : α → α → α)

/-- An operation with itself. -/
def twice (a : α) : α := op a a

/-- Says something. -/
@[simp] protected theorem one (h : ∀ a b : α, op a b = a) (a : α) : twice op a = a := by
  sorry

open Nat in
private theorem two (n : Nat) (h : succ n = 1) : n = 0 := by
  sorry

  mutual
  theorem three (n : Nat) : n + 0 = n := by
    sorry
  theorem five (n : Nat) : n * 1 = n := by
    sorry
  end

theorem four.{w} (β : Type w) (b : β) : b = b := by
  sorry
end

theorem two_step : True := trivial
end Outer

example (n : Nat) : 0 + n = n := by
  sorry
