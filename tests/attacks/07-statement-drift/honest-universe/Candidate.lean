import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem common.{u} (G : Sort u) (m : G → G → G) (e : G) (inv : G → G) (P Q : G → Prop)
    (pe : P e) (pm : ∀ a b, P a → P b → P (m a b)) (pi : ∀ a, P a → P (inv a))
    (qe : Q e) (qm : ∀ a b, Q a → Q b → Q (m a b)) (qi : ∀ a, Q a → Q (inv a)) :
    (P e ∧ Q e) ∧
      (∀ a b, (P a ∧ Q a) → (P b ∧ Q b) → (P (m a b) ∧ Q (m a b))) ∧
      ∀ a, (P a ∧ Q a) → (P (inv a) ∧ Q (inv a)) :=
  ⟨⟨pe, qe⟩, fun a b ha hb => ⟨pm a b ha.1 hb.1, qm a b ha.2 hb.2⟩,
    fun a ha => ⟨pi a ha.1, qi a ha.2⟩⟩

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := common.{1}

end Reconstruct.Generated
