/-!
# Closed collections

A collection `P` of the things combined by an operation is *closed* when it holds the identity,
the product of any two of its members, and the inverse of each. The substitutions which leave the
value of a function unchanged are the first example.
-/

namespace Reconstruct

/-- A collection which holds something, and with any two members the product of the one by the
inverse of the other, is closed. -/
def OneTestForClosed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∃ a, P a) →
    (∀ a b, P a → P b → P (m a (inv b))) →
    P e ∧ (∀ a, P a → P (inv a)) ∧ ∀ a b, P a → P b → P (m a b)

/-- What is common to two closed collections is closed. -/
def CommonPartClosed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P Q : G → Prop),
    P e → (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (inv a)) →
    Q e → (∀ a b, Q a → Q b → Q (m a b)) → (∀ a, Q a → Q (inv a)) →
    (P e ∧ Q e) ∧
      (∀ a b, (P a ∧ Q a) → (P b ∧ Q b) → (P (m a b) ∧ Q (m a b))) ∧
      ∀ a, (P a ∧ Q a) → (P (inv a) ∧ Q (inv a))

/-- The things which may change places with a given one form a closed collection. -/
def InterchangeableWithOneClosed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ∀ g, m e g = m g e ∧
      (∀ a b, m a g = m g a → m b g = m g b → m (m a b) g = m g (m a b)) ∧
      ∀ a, m a g = m g a → m (inv a) g = m g (inv a)

/-- The things which may change places with all others form a closed collection. -/
def InterchangeableWithAllClosed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ g, m e g = m g e) ∧
      (∀ a b, (∀ g, m a g = m g a) → (∀ g, m b g = m g b) → ∀ g, m (m a b) g = m g (m a b)) ∧
      ∀ a, (∀ g, m a g = m g a) → ∀ g, m (inv a) g = m g (inv a)

/-- If two closed collections together make up a closed collection, one of them holds the
other. -/
def TogetherClosedOneHoldsOther.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P Q : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (inv a)) →
    (∀ a b, Q a → Q b → Q (m a b)) → (∀ a, Q a → Q (inv a)) →
    (∀ a b, (P a ∨ Q a) → (P b ∨ Q b) → (P (m a b) ∨ Q (m a b))) →
    (∀ a, P a → Q a) ∨ (∀ a, Q a → P a)

/-- No system is made up of two closed collections neither of which is the whole. -/
def NotMadeOfTwoParts.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P Q : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (inv a)) →
    (∀ a b, Q a → Q b → Q (m a b)) → (∀ a, Q a → Q (inv a)) →
    (∃ a, ¬ P a) → (∃ b, ¬ Q b) →
    ∃ c, ¬ P c ∧ ¬ Q c

/-- If a collection holds the products of its members, and one of its members changes nothing
within it, that member is the identity of the whole. -/
def IdentityOfPart.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a b, P a → P b → P (m a b)) →
    ∀ f, P f → (∀ a, P a → m f a = a) → f = e

/-- If a factor of a product belongs to a closed collection, the other factor belongs to it
exactly when the product does. -/
def FactorBelongsIffProduct.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (inv a)) →
    ∀ a b, P a → (P (m a b) ↔ P b)

end Reconstruct
