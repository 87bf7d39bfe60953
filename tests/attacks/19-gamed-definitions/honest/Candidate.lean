import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

def ClosedUnder {G : Type} (m : G → G → G) (P : G → Prop) : Prop :=
  ∀ a b, P a → P b → P (m a b)

theorem closed_and {G : Type} {m : G → G → G} {P Q : G → Prop}
    (hp : ClosedUnder m P) (hq : ClosedUnder m Q) : ClosedUnder m (fun a => P a ∧ Q a) :=
  fun a b ha hb => And.intro (hp a b ha.left hb.left) (hq a b ha.right hb.right)

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  intro G m e inv P Q pe pm pi qe qm qi
  exact And.intro (And.intro pe qe) (And.intro
    (closed_and (m := m) pm qm) (fun a ha => And.intro (pi a ha.left) (qi a ha.right)))

end Reconstruct.Generated
