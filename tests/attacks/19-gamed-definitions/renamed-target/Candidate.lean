import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

def Easy : Prop := Reconstruct.CommonPartClosed.Statement

theorem step : Easy → Reconstruct.CommonPartClosed.Statement := id

end Reconstruct.Generated
