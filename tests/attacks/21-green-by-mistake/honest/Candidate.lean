import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem unused_variable (n _m : Nat) (h : n = 1) : n = 1 := by
  exact h

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  intro G m e inv P Q pe pm pi qe qm qi
  exact And.intro (And.intro pe qe) (And.intro
    (fun a b ha hb => And.intro (pm a b ha.left hb.left) (qm a b ha.right hb.right))
    (fun a ha => And.intro (pi a ha.left) (qi a ha.right)))

end Reconstruct.Generated
