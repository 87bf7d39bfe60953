theorem power : 7 ^ 20 % 10 = 1 := by
  native_decide
