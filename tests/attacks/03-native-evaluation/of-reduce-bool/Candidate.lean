import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

def verdict : Bool := true

theorem small : verdict = true :=
  Lean.ofReduceBool verdict true rfl

end Reconstruct.Generated
