import Entangled.Algebra

/-! Numbers whose arithmetic is defined through the classes: every statement mentions one. -/

namespace Entangled

structure Number where
  value : Int

namespace Number

instance ringNumber : Ring Number where
  add a b := ⟨a.value + b.value⟩
  mul a b := ⟨a.value * b.value⟩
  add_comm a b := congrArg mk (Int.add_comm _ _)
  add_assoc a b c := congrArg mk (Int.add_assoc _ _ _)
  mul_add a b c := congrArg mk (Int.mul_add _ _ _)

protected theorem add_comm (a b : Number) : a + b = b + a := Ring.add_comm a b

protected theorem double (a : Number) : a + a = a + a := rfl

def twice (a : Number) : Number := a + a

theorem leaks {α : Type} [Group α] (a b c : α) (h : a * b = a * c) : b = c := Group.cancel a b c h

end Number

end Entangled
