import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem both {G : Type} (P Q : G → Prop) (a : G) : (P a → Q a → P a ∧ Q a) ∧ (P a ∧ Q a → P a) :=
  ⟨And.intro, And.left⟩

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  intro G m e inv P Q pe pm pi qe qm qi
  exact ⟨⟨pe, qe⟩, fun a b ha hb => ⟨pm a b ha.1 hb.1, qm a b ha.2 hb.2⟩,
    fun a ha => ⟨pi a ha.1, qi a ha.2⟩⟩

end Reconstruct.Generated
