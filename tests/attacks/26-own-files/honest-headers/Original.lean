import Std

/-! An ordinary file. -/

set_option autoImplicit true
set_option maxRecDepth 2000

open Nat in
theorem below (n : Nat) : n < succ n := by
  sorry

inductive Shape where
  | dot
  | line (length : Nat)
deriving Repr, DecidableEq, Inhabited, BEq

local notation "⟪" n "⟫" => Shape.line n

def greeting : String := "it's #eval, no error: sorry"

def total (ns : List Nat) : Nat := Id.run do
  let mut sum := 0
  for n in ns do
    sum := sum + n
  return sum

partial def forever (n : Nat) : Nat := forever (n + 1)

#check total
#print axioms below

set_option maxHeartbeats 400000 in
theorem inside (n m : Nat) (h : ⟪n⟫ = ⟪m⟫) : n = m := by
  sorry

variable {α : Type u} [Inhabited α]

theorem whole (xs : List α) : xs ++ [] = xs := by
  sorry

example : total [1, 2] = 3 := by
  sorry
