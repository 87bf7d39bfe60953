import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

private def CommonPartClosed.Statement : Prop := True

theorem CommonPartClosed : CommonPartClosed.Statement := trivial

end Reconstruct.Generated
