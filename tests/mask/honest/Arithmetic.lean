import Init

/-! Decision procedures put certificates about numbers into proofs; these are permitted. -/

theorem expand (a b : Int) : a * (b + 1) = a * b + a := by grind

theorem bound (a b c : Int) (h : a ≤ b) (h' : b ≤ c) : a + 1 ≤ c + 1 := by grind

theorem natural (a b : Nat) : a * (b + 1) = a * b + a := by grind

theorem residue (a b : Fin 5) : a + b = b + a := by grind

theorem fraction (a b : Rat) (h : a ≠ 0) : b * a / a = b := by grind

theorem double (x y : Rat) (h : x < y) : 2 * x < 2 * y := by grind

theorem linear (a b c : Nat) : a + b + c = c + b + a := by omega

theorem shuffled (a b c : Nat) : a + b + c = c + b + a := by ac_rfl

def four : Fin 5 := ⟨4, by grind⟩
