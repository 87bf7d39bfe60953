structure Metre where
  value : Nat

instance : Coe Metre Nat := ⟨Metre.value⟩

theorem long (x : Metre) : (x : Nat) = 0 := by
  sorry
