import Init

macro "probe" : term => do
  let name := Lean.Name.mkStr (Lean.Name.mkStr `Lean "Grind") (String.ofList ['R', 'i'] ++ String.ofList ['n', 'g'])
  return Lean.mkIdent name

theorem t : @probe = @probe := rfl
