import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem CommonPartClosed (f : α → Reconstruct.CommonPartClosed.Statement) [Inhabited α] : Reconstruct.CommonPartClosed.Statement := f default

end Reconstruct.Generated
