partial def search (n : Nat) : Nat := if n > 9 then n else search (n + 1)

theorem found : search 0 = search 0 := by
  rfl
