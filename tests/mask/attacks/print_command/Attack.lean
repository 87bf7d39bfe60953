import Init

#print Lean.Grind.NoNatZeroDivisors
