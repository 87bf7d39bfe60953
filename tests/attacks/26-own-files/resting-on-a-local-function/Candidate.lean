theorem outer (a b : Nat) : a = b := inner a b
where
  inner (a b : Nat) : a = b := sorry

theorem user : (1 : Nat) = 2 := outer 1 2
