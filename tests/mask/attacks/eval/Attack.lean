import Init

#eval (Lean.Name.mkStr (Lean.Name.mkStr `Lean "Grind") "R")
