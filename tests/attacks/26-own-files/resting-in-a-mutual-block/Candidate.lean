namespace Outer
mutual
theorem first (n : Nat) : n = n + 1 := by
  sorry
theorem other (n : Nat) : n + 1 = n := by
  exact (first n).symm
end
end Outer
