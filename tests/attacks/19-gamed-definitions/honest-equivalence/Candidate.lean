import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

def Closed {G : Type} (m : G → G → G) (e : G) (inv : G → G) (P : G → Prop) : Prop :=
  P e ∧ (∀ a b, P a → P b → P (m a b)) ∧ ∀ a, P a → P (inv a)

theorem shorter : Reconstruct.CommonPartClosed.Statement ↔
    ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P Q : G → Prop),
      Closed m e inv P → Closed m e inv Q → Closed m e inv (fun a => P a ∧ Q a) :=
  ⟨fun h G m e inv P Q p q => h G m e inv P Q p.1 p.2.1 p.2.2 q.1 q.2.1 q.2.2,
    fun h G m e inv P Q pe pm pi qe qm qi => h G m e inv P Q ⟨pe, pm, pi⟩ ⟨qe, qm, qi⟩⟩

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  shorter.2 fun _ _ _ _ _ _ p q =>
    ⟨⟨p.1, q.1⟩, fun a b ha hb => ⟨p.2.1 a b ha.1 hb.1, q.2.1 a b ha.2 hb.2⟩,
      fun a ha => ⟨p.2.2 a ha.1, q.2.2 a ha.2⟩⟩

end Reconstruct.Generated
