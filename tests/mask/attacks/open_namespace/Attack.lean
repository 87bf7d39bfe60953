import Init

open Lean.Grind in
theorem probe : ∀ a b : Int, a + b = b + a :=
  fun a b => Semiring.add_comm a b
