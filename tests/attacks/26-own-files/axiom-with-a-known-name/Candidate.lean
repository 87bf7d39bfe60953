axiom Std.DHashMap.isEmpty_empty : False

@[simp] theorem claim (f : Nat → Nat) : f 3 = 5 := by
  exact Std.DHashMap.isEmpty_empty.elim

theorem rests (f : Nat → Nat) : f 3 = 5 := by
  exact claim f
