/-!
# Warm-ups about one operation

A rule `m` combines any two things of a kind into a third of the same kind, as the product of
two numbers or of two substitutions does. Each statement takes one or two laws of such a rule
and asks for a first consequence.
-/

namespace Reconstruct

/-- If `e` changes nothing when written before any factor, and `f` changes nothing when written
after any factor, then `e` and `f` are one and the same. -/
def IdentityUnique.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e f : G),
    (∀ a, m e a = a) →
    (∀ a, m a f = a) →
    e = f

/-- A thing has at most one inverse: what undoes it from before is what undoes it from after. -/
def InverseUnique.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    ∀ a b c, m b a = e → m a c = e → b = c

/-- Where three factors may be bracketed at will, four may be bracketed at will. -/
def FourFactorsRebracketed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    ∀ a b c d, m (m a b) (m c d) = m a (m (m b c) d)

/-- What may change places with each of two factors may change places with their product. -/
def ChangesPlacesWithProduct.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    ∀ a b c, m a b = m b a → m a c = m c a → m a (m b c) = m (m b c) a

/-- If two factors may change places, the square of their product is the product of their
squares. -/
def SquareOfInterchangeable.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    ∀ a b, m a b = m b a → m (m a b) (m a b) = m (m a a) (m b b)

/-- Where a common first factor may be struck out, a thing equal to its own square changes
nothing when written before any factor. -/
def OwnSquareIsIdentity.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a b c, m a b = m a c → b = c) →
    ∀ a, m a a = a → ∀ b, m a b = b

/-- The inverse of the identity is the identity. -/
def InverseOfIdentity.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a, m e a = a) →
    (∀ a, m a (inv a) = e) →
    inv e = e

/-- Two rules of passing from one kind of thing to another, each carrying products to products,
carry products to products when applied one after the other. -/
def SuccessionCarriesProducts.Statement : Prop :=
  ∀ (G H K : Type) (m : G → G → G) (n : H → H → H) (k : K → K → K) (f : G → H) (g : H → K),
    (∀ a b, f (m a b) = n (f a) (f b)) →
    (∀ x y, g (n x y) = k (g x) (g y)) →
    ∀ a b, g (f (m a b)) = k (g (f a)) (g (f b))

/-- Where three factors may be bracketed at will, "to be multiplied into" passes on: if `b`
arises from `a` by a further factor and `c` from `b`, then `c` arises from `a`. -/
def MultipleOfMultiple.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    ∀ a b c, (∃ x, m a x = b) → (∃ y, m b y = c) → ∃ z, m a z = c

end Reconstruct
