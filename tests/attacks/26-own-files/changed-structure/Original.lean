structure Pair where
  left : Nat
  right : Nat
  same : left = right

theorem equal (p : Pair) : p.right = p.left := by
  sorry
