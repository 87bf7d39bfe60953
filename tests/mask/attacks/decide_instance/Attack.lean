import Init

theorem probe : (inferInstanceAs (Lean.Grind.CommRing Int)).toSemiring.npow.pow (2 : Int) 2 = 4 := by
  decide
