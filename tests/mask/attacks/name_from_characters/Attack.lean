import Init

def probe := Lean.Name.mkStr Lean.Name.anonymous (String.ofList ['r', 'i', 'n', 'g'])
