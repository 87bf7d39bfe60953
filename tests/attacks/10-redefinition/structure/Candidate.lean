structure Reconstruct.Substitution (n : Nat) where
  toFun : Fin n → Fin n

theorem Reconstruct.any (s : Reconstruct.Substitution 2) : s.toFun = s.toFun := rfl
