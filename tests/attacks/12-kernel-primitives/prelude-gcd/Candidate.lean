prelude
import Init.Prelude
import Init.Core

def Nat.gcd (_ _ : Nat) : Nat := 0

theorem first (a b : Nat) : Eq (Nat.gcd a b) 0 := rfl
