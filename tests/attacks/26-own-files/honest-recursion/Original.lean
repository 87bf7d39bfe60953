def twice : Nat → Nat
  | 0 => 0
  | n + 1 => sorry

theorem at_zero : twice 0 = 0 := by
  sorry
