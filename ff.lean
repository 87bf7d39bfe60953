theorem t : True := by
  --    hi
  sorry
