import Init

structure Pair where
  a : Nat
  b : Nat
deriving Lean.Grind.AddCommGroup
