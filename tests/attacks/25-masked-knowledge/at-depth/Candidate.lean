import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem helped (α : Type) (r : Lean.Grind.CommRing α) (a : α) : a = a := rfl

theorem again (α : Type) (r : Lean.Grind.CommRing α) (a : α) : a = a := helped α r a

end Reconstruct.Generated
