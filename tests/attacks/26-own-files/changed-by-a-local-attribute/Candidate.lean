def zero : HAdd Nat Nat Nat := ⟨fun _ _ => 0⟩

attribute [local instance] zero

theorem sum (a b : Nat) : a + b = b + a + 0 * a := by
  rfl
