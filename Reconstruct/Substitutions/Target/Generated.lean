/-!
# What arises from given things

From the things of a collection `S` others arise by multiplying and inverting. Something *arises*
from `S`, if it belongs to every closed collection which holds the members of `S`.
-/

namespace Reconstruct

/-- What arises from `S` forms a closed collection, and holds the members of `S`. -/
def ArisingClosed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (S A : G → Prop),
    (∀ x, A x ↔ ∀ P : G → Prop, P e → (∀ a b, P a → P b → P (m a b)) →
      (∀ a, P a → P (inv a)) → (∀ a, S a → P a) → P x) →
    A e ∧ (∀ a b, A a → A b → A (m a b)) ∧ (∀ a, A a → A (inv a)) ∧ ∀ a, S a → A a

/-- If any two members of `S` may change places, any two things which arise from `S` may. -/
def ArisingInterchange.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (S A : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, A x ↔ ∀ P : G → Prop, P e → (∀ a b, P a → P b → P (m a b)) →
      (∀ a, P a → P (inv a)) → (∀ a, S a → P a) → P x) →
    (∀ a b, S a → S b → m a b = m b a) →
    ∀ a b, A a → A b → m a b = m b a

/-- If `S` holds with a member everything transformed from it, so does the collection of what arises
from `S`. -/
def ArisingHoldsTransformed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (S A : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, A x ↔ ∀ P : G → Prop, P e → (∀ a b, P a → P b → P (m a b)) →
      (∀ a, P a → P (inv a)) → (∀ a, S a → P a) → P x) →
    (∀ g a, S a → S (m (m g a) (inv g))) →
    ∀ g a, A a → A (m (m g a) (inv g))

/-- Two rules which carry products to products, and agree on `S`, agree on all that arises from
`S`. -/
def AgreementOnArising.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (H : Type) (n : H → H → H) (u : H) (j : H → H) (f g : G → H) (S A : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x y z, n (n x y) z = n x (n y z)) →
    (∀ x, n u x = x) →
    (∀ x, n x u = x) →
    (∀ x, n (j x) x = u) →
    (∀ x, n x (j x) = u) →
    (∀ x, A x ↔ ∀ P : G → Prop, P e → (∀ a b, P a → P b → P (m a b)) →
      (∀ a, P a → P (inv a)) → (∀ a, S a → P a) → P x) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    (∀ a b, g (m a b) = n (g a) (g b)) →
    (∀ a, S a → f a = g a) →
    ∀ a, A a → f a = g a

/-- What arises from one thing of a finite system are its powers. -/
def ArisingFromOne.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (pw : G → Nat → G) (L : List G) (A : G → Prop) (g : G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    (∀ a, a ∈ L) →
    (∀ x, A x ↔ ∀ P : G → Prop, P e → (∀ a b, P a → P b → P (m a b)) →
      (∀ a, P a → P (inv a)) → P g → P x) →
    ∀ x, A x ↔ ∃ k, x = pw g k

end Reconstruct
