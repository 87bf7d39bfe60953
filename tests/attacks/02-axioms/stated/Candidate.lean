import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

axiom cheat : Reconstruct.CommonPartClosed.Statement

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  cheat

end Reconstruct.Generated
