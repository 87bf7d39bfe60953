import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem CommonPartClosed (h : Reconstruct.CommonPartClosed.Statement := by assumption) : Reconstruct.CommonPartClosed.Statement := h

end Reconstruct.Generated
