import Init

def probe : Lean.Name := `Lean.Grind.CommRing
