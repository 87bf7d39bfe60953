structure Pair where
  left : Nat
  right : Nat
  same : left = right
  never : False

theorem equal (p : Pair) : p.right = p.left := by
  exact p.never.elim
