import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem plain‮ : True := trivial

end Reconstruct.Generated
