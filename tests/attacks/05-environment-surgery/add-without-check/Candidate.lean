import Lean

open Lean Elab Command

run_cmd modifyEnv fun env => (env.addDeclWithoutChecking (.thmDecl {
    name := `nonsense, levelParams := [], type := mkConst ``False,
    value := mkConst ``True.intro })).toOption.getD env

theorem nothing : False := nonsense
