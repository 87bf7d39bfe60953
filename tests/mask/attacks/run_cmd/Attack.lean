import Lean

run_cmd Lean.logInfo (repr (Lean.mkConst (`Lean.Grind ++ `Ring)))
