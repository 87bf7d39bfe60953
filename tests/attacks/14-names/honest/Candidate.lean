import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem «a name with spaces» : True := trivial

theorem übung (α : Type) (x₁ : α) : x₁ = x₁ := rfl

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  intro G m e inv P Q pe pm pi qe qm qi
  exact And.intro (And.intro pe qe) (And.intro
    (fun a b ha hb => And.intro (pm a b ha.left hb.left) (qm a b ha.right hb.right))
    (fun a ha => And.intro (pi a ha.left) (qi a ha.right)))

end Reconstruct.Generated
