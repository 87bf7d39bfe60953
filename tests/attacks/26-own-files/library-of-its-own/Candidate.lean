inductive Std.Internal.Parsec.ParseResult (α : Type) (ι : Type)

theorem same (x : Std.Internal.Parsec.ParseResult Nat Nat) : False := by
  cases x
