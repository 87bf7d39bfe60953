import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

def Easy : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P Q : G → Prop),
    P e → (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (inv a)) →
    Q e → (∀ a b, Q a → Q b → Q (m a b)) → (∀ a, Q a → Q (inv a)) →
    (P e ∧ Q e) ∧
      (∀ a b, (P a ∧ Q a) → (P b ∧ Q b) → (P (m a b) ∧ Q (m a b))) ∧
      ∀ a, (P a ∧ Q a) → (P (inv a) ∧ Q (inv a))

theorem step : Easy → Easy := id

end Reconstruct.Generated
