import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

theorem CommonPartClosed :
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P Q : G → Prop),
    P e → (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (inv a)) →
    Q e → (∀ a b, Q a → Q b → Q (m a b)) → (∀ a, Q a → Q (inv a)) →
    (P e ∧ Q e) ∧
      (∀ a b, (P a ∧ Q a) → (P b ∧ Q b) → (P (m a b) ∧ Q (m a b))) ∧
      ∀ a, (P a ∧ Q a) → (P (inv a) ∧ Q (inv a)) := by
  intro G m e inv P Q pe pm pi qe qm qi
  exact And.intro (And.intro pe qe) (And.intro
    (fun a b ha hb => And.intro (pm a b ha.left hb.left) (qm a b ha.right hb.right))
    (fun a ha => And.intro (pi a ha.left) (qi a ha.right)))

end Reconstruct.Generated
