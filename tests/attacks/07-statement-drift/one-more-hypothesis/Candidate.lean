import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem CommonPartClosed (h : False) : Reconstruct.CommonPartClosed.Statement :=
  h.elim

end Reconstruct.Generated
