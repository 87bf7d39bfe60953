import Lean

set_option debug.skipKernelTC true

open Lean Elab Command in
run_cmd liftCoreM do
  addDecl (.thmDecl { name := `nonsense, levelParams := [], type := mkConst ``False, value := mkConst ``True.intro })

theorem nothing : False := nonsense
