import Init

#check Lean.Grind.Field
