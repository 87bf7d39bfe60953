/-!
# Transformed elements

From `a` arises the *transformed* `g a g⁻¹`: for substitutions, the same substitution with its
letters renamed by `g`.
-/

namespace Reconstruct

/-- The transformed of a product is the product of the transformed. -/
def TransformedProduct.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ∀ g a b, m (m g (m a b)) (inv g) = m (m (m g a) (inv g)) (m (m g b) (inv g))

/-- The transformed of an inverse is the inverse of the transformed. -/
def TransformedInverse.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ∀ g a, m (m g (inv a)) (inv g) = inv (m (m g a) (inv g))

/-- Everything is transformed from itself; if `b` is transformed from `a`, then `a` is from `b`;
and what is transformed from a transformed is transformed from the first. -/
def TransformedMutually.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, ∃ g, a = m (m g a) (inv g)) ∧
      (∀ a b, (∃ g, b = m (m g a) (inv g)) → ∃ g, a = m (m g b) (inv g)) ∧
      ∀ a b c, (∃ g, b = m (m g a) (inv g)) → (∃ g, c = m (m g b) (inv g)) →
        ∃ g, c = m (m g a) (inv g)

/-- The products of two factors in the one order and in the other are transformed from each
other. -/
def ContraryProductsTransformed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ∀ a b, ∃ g, m b a = m (m g (m a b)) (inv g)

/-- Two factors may change places exactly when the product of both by both inverses is the
identity. -/
def InterchangeTest.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ∀ a b, m (m a b) (m (inv a) (inv b)) = e ↔ m a b = m b a

/-- Something may change places with `g` exactly when transforming by `g` leaves it as it is. -/
def LeftAsItIsByTransforming.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ∀ g a, m (m g a) (inv g) = a ↔ m g a = m a g

/-- All the members of a closed collection, transformed by one and the same `g`, form a closed
collection. -/
def TransformedPartClosed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    P e → (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (inv a)) →
    ∀ g, (∃ a, P a ∧ e = m (m g a) (inv g)) ∧
      (∀ x y, (∃ a, P a ∧ x = m (m g a) (inv g)) → (∃ b, P b ∧ y = m (m g b) (inv g)) →
        ∃ c, P c ∧ m x y = m (m g c) (inv g)) ∧
      ∀ x, (∃ a, P a ∧ x = m (m g a) (inv g)) → ∃ c, P c ∧ inv x = m (m g c) (inv g)

/-- If a closed collection holds every product of two things by both their inverses, it holds with
each member everything transformed from it. -/
def HoldsTransformedOfMembers.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a b, P a → P b → P (m a b)) →
    (∀ a b, P (m (m a b) (m (inv a) (inv b)))) →
    ∀ g a, P a → P (m (m g a) (inv g))

/-- Two closed collections, each holding with a member everything transformed from it, and having
nothing but the identity in common: a member of the one may change places with any member of the
other. -/
def SeparatePartsInterchange.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P Q : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (inv a)) →
    (∀ g a, P a → P (m (m g a) (inv g))) →
    (∀ a b, Q a → Q b → Q (m a b)) → (∀ a, Q a → Q (inv a)) →
    (∀ g a, Q a → Q (m (m g a) (inv g))) →
    (∀ a, P a → Q a → a = e) →
    ∀ a b, P a → Q b → m a b = m b a

end Reconstruct
