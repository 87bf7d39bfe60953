import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem CommonPartClosed :
    ∀ (G : Type) (e : G) (P Q : G → Prop), P e → Q e → P e ∧ Q e :=
  fun _ _ _ _ p q => And.intro p q

end Reconstruct.Generated
