import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  sorry

end Reconstruct.Generated
