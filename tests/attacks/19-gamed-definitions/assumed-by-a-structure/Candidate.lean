import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

structure World where
  size : Nat
  rule : Reconstruct.CommonPartClosed.Statement

theorem inWorld (w : World) : Reconstruct.CommonPartClosed.Statement := w.rule

end Reconstruct.Generated
