theorem outer (a b : Nat) : a + b = b + a := inner a b
where
  inner (a b : Nat) : a + b = b + a := Nat.add_comm a b

theorem counted (n : Nat) : n + 0 = n := by
  let rec go : Nat → Nat
    | 0 => 0
    | k + 1 => go k + 1
  have : go 0 = go 0 := by
    rfl
  rfl

mutual
theorem one (n : Nat) : n * 1 = n := by
  omega
theorem two (n : Nat) : 1 * n = n := by
  omega
end
