import Init

-- No hidden word stands here: only the elaborated term tells.
open Lean.Order in
theorem probe : ∀ a : Prop, PartialOrder.rel a a → True :=
  fun _ _ => trivial
