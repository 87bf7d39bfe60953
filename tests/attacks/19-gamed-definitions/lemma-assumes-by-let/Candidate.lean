import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

def Both {G : Type} (P Q : G → Prop) (a : G) : Prop := P a ∧ Q a

theorem helper :
    let T : Prop :=
      ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P Q : G → Prop),
        P e → (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (inv a)) →
        Q e → (∀ a b, Q a → Q b → Q (m a b)) → (∀ a, Q a → Q (inv a)) →
        Both P Q e ∧
          (∀ a b, Both P Q a → (P b ∧ Q b) → (P (m a b) ∧ Q (m a b))) ∧
          ∀ a, Both P Q a → (P (inv a) ∧ Q (inv a))
    T → T :=
  fun h => h

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement := by
  intro G m e inv P Q pe pm pi qe qm qi
  exact ⟨⟨pe, qe⟩, fun a b ha hb => ⟨pm a b ha.1 hb.1, qm a b ha.2 hb.2⟩,
    fun a ha => ⟨pi a ha.1, qi a ha.2⟩⟩

end Reconstruct.Generated
