import Init

mutual
inductive A | mk (b : B)
inductive B | mk (x : Lean.Grind.AddRightCancel Nat)
end
