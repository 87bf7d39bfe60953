import Reconstruct.Substitutions.Target.ClosedCollection

def Key : Type :=
  PLift (∀ G : Type, (fun H : Type => ∀ (m : H → H → H) (e : H) (inv : H → H) (P Q : H → Prop),
    P e → (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (inv a)) →
    Q e → (∀ a b, Q a → Q b → Q (m a b)) → (∀ a, Q a → Q (inv a)) →
    (P e ∧ Q e) ∧
      (∀ a b, (P a ∧ Q a) → (P b ∧ Q b) → (P (m a b) ∧ Q (m a b))) ∧
      ∀ a, (P a ∧ Q a) → (P (inv a) ∧ Q (inv a))) G)

theorem Useful (key : Key) : Reconstruct.CommonPartClosed.Statement := key.down
