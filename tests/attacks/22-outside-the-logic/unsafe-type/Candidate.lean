import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

unsafe inductive Liar where
  | says : (Liar → False) → Liar

unsafe def Liar.contradiction : Liar → False
  | says f => f (says f)

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  (Liar.contradiction (.says Liar.contradiction)).elim

end Reconstruct.Generated
