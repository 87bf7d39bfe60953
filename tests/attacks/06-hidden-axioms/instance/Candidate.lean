import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

axiom instNonemptyFalse : Nonempty False

attribute [instance] instNonemptyFalse

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  (Classical.choice (inferInstance : Nonempty False)).elim

end Reconstruct.Generated
