import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem large : 2 ^ (2 ^ 64) ≠ 0 := by
  decide

end Reconstruct.Generated
