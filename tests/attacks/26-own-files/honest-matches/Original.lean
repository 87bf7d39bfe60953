def parity : Nat → Bool
  | 0 => true
  | n + 1 => !parity n

theorem same (n : Nat) : (match n with | 0 => true | _ + 1 => true) = true := by
  sorry
