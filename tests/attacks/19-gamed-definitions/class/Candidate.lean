import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

class Granted (p : Prop) : Prop where
  holds : p

theorem CommonPartClosed [Granted Reconstruct.CommonPartClosed.Statement] :
    Reconstruct.CommonPartClosed.Statement :=
  Granted.holds

end Reconstruct.Generated
