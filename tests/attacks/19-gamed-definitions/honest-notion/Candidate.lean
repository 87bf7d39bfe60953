import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

def Both {G : Type} (P Q : G → Prop) (a : G) : Prop := P a ∧ Q a

theorem both_mul {G : Type} (m : G → G → G) (P Q : G → Prop) (hp : ∀ a b, P a → P b → P (m a b)) (hq : ∀ a b, Q a → Q b → Q (m a b)) (a b : G) (ha : Both P Q a) (hb : Both P Q b) : Both P Q (m a b) := ⟨hp a b ha.1 hb.1, hq a b ha.2 hb.2⟩

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  intro G m e inv P Q pe pm pi qe qm qi
  exact ⟨⟨pe, qe⟩, fun a b ha hb => ⟨pm a b ha.1 hb.1, qm a b ha.2 hb.2⟩,
    fun a ha => ⟨pi a ha.1, qi a ha.2⟩⟩

end Reconstruct.Generated
