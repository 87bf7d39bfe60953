import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

variable (h : Reconstruct.CommonPartClosed.Statement)
include h

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := h

end Reconstruct.Generated
