import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem small : 2 ^ 10 = 1024 := by
  decide +native

end Reconstruct.Generated
