import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem everything (p : Prop) : p := sorry

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  everything _

end Reconstruct.Generated
