theorem outer (a b : Nat) : a + b = b + a := inner a b
where
  inner (a b : Nat) : a + b = b + a := sorry

theorem counted (n : Nat) : n + 0 = n := by
  let rec go : Nat → Nat
    | 0 => 0
    | k + 1 => go k + 1
  have : go 0 = go 0 := by
    sorry
  sorry

mutual
theorem one (n : Nat) : n * 1 = n := by
  sorry
theorem two (n : Nat) : 1 * n = n := by
  sorry
end
