import Std.Internal.Parsec

theorem same (x : Std.Internal.Parsec.ParseResult Nat Nat) : False := by
  sorry
