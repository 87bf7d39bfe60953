import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  first
    | done
    | skip

end Reconstruct.Generated
