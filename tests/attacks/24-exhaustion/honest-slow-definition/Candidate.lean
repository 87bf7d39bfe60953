import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

def fib : Nat → Nat
  | 0 => 0
  | 1 => 1
  | n + 2 => fib (n + 1) + fib n

def Slow : Prop := fib 40 = 1

instance : Decidable Slow := inferInstanceAs (Decidable (fib 40 = 1))

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  intro G m e inv P Q pe pm pi qe qm qi
  exact And.intro (And.intro pe qe) (And.intro
    (fun a b ha hb => And.intro (pm a b ha.left hb.left) (qm a b ha.right hb.right))
    (fun a ha => And.intro (pi a ha.left) (qi a ha.right)))

end Reconstruct.Generated
