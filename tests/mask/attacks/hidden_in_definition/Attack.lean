import Init

-- Through an instance that Lean finds by itself.
def probe : Int := (inferInstance : Lean.Grind.IntModule Int).zsmul.smul (2 : Int) (3 : Int)
