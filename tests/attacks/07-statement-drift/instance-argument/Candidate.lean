import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem CommonPartClosed [h : Nonempty (PLift Reconstruct.CommonPartClosed.Statement)] : Reconstruct.CommonPartClosed.Statement := h.elim fun x => x.down

end Reconstruct.Generated
