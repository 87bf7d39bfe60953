/-!
# Rules that carry products to products

A rule `f` passes from the things of one system to those of another, so that the product of two
passes to the product of what they pass to; as the logarithm does, or the sign of a substitution.
-/

namespace Reconstruct

/-- Such a rule carries the identity to the identity. -/
def IdentityCarriedToIdentity.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (e : G) (n : H → H → H) (u : H) (inv : H → H) (f : G → H),
    (∀ a, m e a = a) →
    (∀ x y z, n (n x y) z = n x (n y z)) →
    (∀ x, n u x = x) →
    (∀ x, n (inv x) x = u) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    f e = u

/-- Such a rule carries inverses to inverses. -/
def InverseCarriedToInverse.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (e : G) (i : G → G)
    (n : H → H → H) (u : H) (j : H → H) (f : G → H),
    (∀ a, m e a = a) →
    (∀ a, m (i a) a = e) →
    (∀ x y z, n (n x y) z = n x (n y z)) →
    (∀ x, n u x = x) →
    (∀ x, n x u = x) →
    (∀ x, n (j x) x = u) →
    (∀ x, n x (j x) = u) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    ∀ a, f (i a) = j (f a)

/-- If nothing but the identity is carried to the identity, different things are carried to
different things. -/
def OneToOneTest.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (e : G) (i : G → G)
    (n : H → H → H) (u : H) (f : G → H),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (i a) a = e) →
    (∀ a, m a (i a) = e) →
    (∀ x, n u x = x) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    f e = u →
    (∀ a, f a = u → a = e) →
    ∀ a b, f a = f b → a = b

/-- What is carried to the identity forms a closed collection, which holds with a member
everything transformed from it. -/
def CarriedToIdentityClosed.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (e : G) (i : G → G)
    (n : H → H → H) (u : H) (j : H → H) (f : G → H),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (i a) a = e) →
    (∀ a, m a (i a) = e) →
    (∀ x y z, n (n x y) z = n x (n y z)) →
    (∀ x, n u x = x) →
    (∀ x, n x u = x) →
    (∀ x, n (j x) x = u) →
    (∀ x, n x (j x) = u) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    f e = u ∧ (∀ a b, f a = u → f b = u → f (m a b) = u) ∧ (∀ a, f a = u → f (i a) = u) ∧
      ∀ g a, f a = u → f (m (m g a) (i g)) = u

/-- Two things are carried to the same thing exactly when the product of the one by the inverse of
the other is carried to the identity. -/
def CarriedToSameTest.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (e : G) (i : G → G)
    (n : H → H → H) (u : H) (j : H → H) (f : G → H),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (i a) a = e) →
    (∀ a, m a (i a) = e) →
    (∀ x y z, n (n x y) z = n x (n y z)) →
    (∀ x, n u x = x) →
    (∀ x, n x u = x) →
    (∀ x, n (j x) x = u) →
    (∀ x, n x (j x) = u) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    ∀ a b, f a = f b ↔ f (m a (i b)) = u

/-- What the members of a closed collection are carried to forms a closed collection. -/
def CarriedPartClosed.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (e : G) (i : G → G)
    (n : H → H → H) (u : H) (j : H → H) (f : G → H) (P : G → Prop),
    (∀ a b, f (m a b) = n (f a) (f b)) →
    f e = u →
    (∀ a, f (i a) = j (f a)) →
    P e → (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (i a)) →
    (∃ a, P a ∧ f a = u) ∧
      (∀ x y, (∃ a, P a ∧ f a = x) → (∃ b, P b ∧ f b = y) → ∃ c, P c ∧ f c = n x y) ∧
      ∀ x, (∃ a, P a ∧ f a = x) → ∃ c, P c ∧ f c = j x

/-- What is carried into a closed collection forms a closed collection; if the latter holds with a
member everything transformed from it, so does the former. -/
def CarriedIntoPartClosed.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (e : G) (i : G → G)
    (n : H → H → H) (u : H) (j : H → H) (f : G → H) (Q : H → Prop),
    (∀ a b, f (m a b) = n (f a) (f b)) →
    f e = u →
    (∀ a, f (i a) = j (f a)) →
    Q u → (∀ x y, Q x → Q y → Q (n x y)) → (∀ x, Q x → Q (j x)) →
    (∀ y x, Q x → Q (n (n y x) (j y))) →
    Q (f e) ∧ (∀ a b, Q (f a) → Q (f b) → Q (f (m a b))) ∧ (∀ a, Q (f a) → Q (f (i a))) ∧
      ∀ g a, Q (f a) → Q (f (m (m g a) (i g)))

/-- If factors may change places in the first system, they may in whatever system it is carried
onto. -/
def InterchangeCarriedOver.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (n : H → H → H) (f : G → H),
    (∀ a b, m a b = m b a) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    (∀ x, ∃ a, f a = x) →
    ∀ x y, n x y = n y x

/-- If a rule carries products to products and can be undone, the rule that undoes it carries
products to products. -/
def UndoingCarriesProducts.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (n : H → H → H) (f : G → H) (g : H → G),
    (∀ a b, f (m a b) = n (f a) (f b)) →
    (∀ a, g (f a) = a) →
    (∀ x, f (g x) = x) →
    ∀ x y, g (n x y) = m (g x) (g y)

/-- The rule which passes from each thing to its inverse carries products to products exactly when
factors may change places. -/
def InversionCarriesProducts.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ((∀ a b, inv (m a b) = m (inv a) (inv b)) ↔ ∀ a b, m a b = m b a)

/-- If `f` and `g` carry products to products and agree on some things, they agree on the products
and inverses of these. -/
def AgreementClosed.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (e : G) (i : G → G)
    (n : H → H → H) (u : H) (j : H → H) (f g : G → H),
    (∀ a, m e a = a) →
    (∀ a, m (i a) a = e) →
    (∀ a, m a (i a) = e) →
    (∀ x y z, n (n x y) z = n x (n y z)) →
    (∀ x, n u x = x) →
    (∀ x, n x u = x) →
    (∀ x, n (j x) x = u) →
    (∀ x, n x (j x) = u) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    (∀ a b, g (m a b) = n (g a) (g b)) →
    f e = g e ∧ (∀ a b, f a = g a → f b = g b → f (m a b) = g (m a b)) ∧
      ∀ a, f a = g a → f (i a) = g (i a)

end Reconstruct
