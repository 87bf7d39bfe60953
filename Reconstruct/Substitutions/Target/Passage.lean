/-!
# Passing from one system to another

What can be said of a rule `f` which carries products to products, from the things alone which it
carries to the identity?
-/

namespace Reconstruct

/-- If a closed collection holds with a member everything transformed from it, there is a second
system, and a rule which carries products to products and reaches everything in it, such that
exactly the members of the collection are carried to the identity. -/
def PartCarriedToIdentity.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    P e →
    (∀ a b, P a → P b → P (m a b)) →
    (∀ a, P a → P (inv a)) →
    (∀ g a, P a → P (m (m g a) (inv g))) →
    ∃ (H : Type) (n : H → H → H) (u : H) (f : G → H),
      (∀ x y z, n (n x y) z = n x (n y z)) ∧ (∀ x, n u x = x) ∧
      (∀ a b, f (m a b) = n (f a) (f b)) ∧ (∀ x, ∃ a, f a = x) ∧ ∀ a, P a ↔ f a = u

/-- Two rules which carry products to products, which carry the same things to the identity, and
of which each reaches everything in its system: the one passes into the other by a rule which
carries products to products and can be undone. -/
def SameCarriedToIdentity.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (H : Type) (n : H → H → H) (u : H) (K : Type) (k : K → K → K) (v : K) (f : G → H) (g : G → K),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, n u x = x) →
    (∀ x, k v x = x) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    (∀ a b, g (m a b) = k (g a) (g b)) →
    f e = u →
    g e = v →
    (∀ x, ∃ a, f a = x) →
    (∀ y, ∃ a, g a = y) →
    (∀ a, f a = u ↔ g a = v) →
    ∃ (φ : H → K) (ψ : K → H), (∀ x y, φ (n x y) = k (φ x) (φ y)) ∧
      (∀ x, ψ (φ x) = x) ∧ (∀ y, φ (ψ y) = y) ∧ ∀ a, φ (f a) = g a

/-- If `f` reaches everything, and `g` carries to the identity whatever `f` carries to it, then `g`
is `f` followed by a further rule, and by one only, which carries products to products. -/
def PassageThrough.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (H : Type) (n : H → H → H) (u : H) (K : Type) (k : K → K → K) (v : K) (f : G → H) (g : G → K),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, n u x = x) →
    (∀ x, k v x = x) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    (∀ a b, g (m a b) = k (g a) (g b)) →
    f e = u →
    g e = v →
    (∀ x, ∃ a, f a = x) →
    (∀ a, f a = u → g a = v) →
    ∃ φ : H → K, (∀ x y, φ (n x y) = k (φ x) (φ y)) ∧ (∀ a, φ (f a) = g a) ∧
      ∀ ψ : H → K, (∀ a, ψ (f a) = g a) → ∀ x, ψ x = φ x

/-- The number of things carried to the identity, times the number of things reached, is the number
of things of the first system. -/
def CarriedTimesReached.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (H : Type) (n : H → H → H) (u : H) (f : G → H) (L N : List G) (R : List H),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, n u x = x) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    f e = u →
    L.Nodup →
    (∀ a, a ∈ L) →
    N.Nodup →
    (∀ a, a ∈ N ↔ f a = u) →
    R.Nodup →
    (∀ x, x ∈ R ↔ ∃ a, f a = x) →
    N.length * R.length = L.length

/-- If whatever is carried to the identity may change places with all things, and everything
reached is a power of one thing, then any two things of the first system may change places. -/
def PowersAboveInterchangeable.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (H : Type) (n : H → H → H) (u : H) (qw : H → Nat → H) (f : G → H) (b : G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, n u x = x) →
    (∀ x, qw x 0 = u) →
    (∀ x k, qw x (k + 1) = n (qw x k) x) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    f e = u →
    (∀ a, f a = u → ∀ g, m a g = m g a) →
    (∀ a, ∃ k, f a = qw (f b) k) →
    ∀ a c, m a c = m c a

/-- The members of two closed collections `P` and `Q`, where `P` holds with a member everything
transformed from it by a member of `Q`: the products of a member of `P` by one of `Q` form a closed
collection. -/
def ProductsWithTransformedClosed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P Q : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    P e →
    (∀ a b, P a → P b → P (m a b)) →
    (∀ a, P a → P (inv a)) →
    Q e →
    (∀ a b, Q a → Q b → Q (m a b)) →
    (∀ a, Q a → Q (inv a)) →
    (∀ g a, Q g → P a → P (m (m g a) (inv g))) →
    (∀ x y, (∃ p q, P p ∧ Q q ∧ x = m p q) → (∃ p q, P p ∧ Q q ∧ y = m p q) →
        ∃ p q, P p ∧ Q q ∧ m x y = m p q) ∧
      ∀ x, (∃ p q, P p ∧ Q q ∧ x = m p q) → ∃ p q, P p ∧ Q q ∧ inv x = m p q

end Reconstruct
