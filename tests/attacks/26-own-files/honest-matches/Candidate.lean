def parity : Nat → Bool
  | 0 => true
  | n + 1 => !parity n

def isZero (n : Nat) : Bool :=
  match n with
  | 0 => true
  | _ + 1 => false

theorem same (n : Nat) : (match n with | 0 => true | _ + 1 => true) = true := by
  cases n <;> rfl
