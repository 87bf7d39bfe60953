structure Metre where
  value : Nat

instance : Coe Metre Nat := ⟨fun _ => 0⟩

theorem long (x : Metre) : (x : Nat) = 0 := by
  rfl
