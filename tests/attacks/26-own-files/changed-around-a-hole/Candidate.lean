def twice : Nat → Nat
  | 0 => 7
  | n + 1 => twice n + 2

theorem at_zero : twice 0 = 0 := by
  sorry
