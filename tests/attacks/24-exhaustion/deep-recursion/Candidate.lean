import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

def ack : Nat → Nat → Nat
  | 0, n => n + 1
  | m + 1, 0 => ack m 1
  | m + 1, n + 1 => ack m (ack (m + 1) n)
termination_by m n => (m, n)

theorem large : ack 4 2 ≠ 0 := by
  decide

end Reconstruct.Generated
