import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  lcProof

end Reconstruct.Generated
