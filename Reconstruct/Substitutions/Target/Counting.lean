/-!
# Counting in finite systems

`L` is a list which names every thing of the system once; `H` and `K` are lists which name the
members of closed collections once. How do their lengths depend on each other?
-/

namespace Reconstruct

/-- Say that `b` differs from `a` by a member of a closed collection `P`, if the inverse of `a`
times `b` belongs to `P`. Everything so differs from itself; if `b` does from `a`, then `a` does
from `b`; and if `b` does from `a` and `c` from `b`, then `c` does from `a`. -/
def DifferenceByPart.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    P e →
    (∀ a b, P a → P b → P (m a b)) →
    (∀ a, P a → P (inv a)) →
    (∀ a, P (m (inv a) a)) ∧
      (∀ a b, P (m (inv a) b) → P (m (inv b) a)) ∧
      ∀ a b c, P (m (inv a) b) → P (m (inv b) c) → P (m (inv a) c)

/-- Two classes of things, each differing by members of a closed collection from one of them,
have nothing in common or are one and the same. -/
def ClassesApartOrSame.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P : G → Prop),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    P e →
    (∀ a b, P a → P b → P (m a b)) →
    (∀ a, P a → P (inv a)) →
    ∀ a b x, P (m (inv a) x) → P (m (inv b) x) → ∀ y, P (m (inv a) y) ↔ P (m (inv b) y)

/-- The things which differ from a given one by a member of a finite collection are as many as the
members of the collection. -/
def ClassesOfEqualCount.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (H : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    H.Nodup →
    ∀ a, ∃ C : List G, C.Nodup ∧ C.length = H.length ∧ ∀ x, x ∈ C ↔ m (inv a) x ∈ H

/-- The number of members of a closed collection divides the number of things of the whole
system. -/
def CountOfPartDividesCount.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L H : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    L.Nodup →
    (∀ a, a ∈ L) →
    H.Nodup →
    e ∈ H →
    (∀ a b, a ∈ H → b ∈ H → m a b ∈ H) →
    (∀ a, a ∈ H → inv a ∈ H) →
    H.length ∣ L.length

/-- The period of a thing divides the number of things of the system. -/
def PeriodDividesCount.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (pw : G → Nat → G) (L : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    L.Nodup →
    (∀ a, a ∈ L) →
    ∀ a d, 0 < d → pw a d = e → (∀ k, 0 < k → pw a k = e → d ≤ k) → d ∣ L.length

/-- The power of anything, whose exponent is the number of things of the system, is the
identity. -/
def PowerByCountIsIdentity.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (pw : G → Nat → G) (L : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    L.Nodup →
    (∀ a, a ∈ L) →
    ∀ a, pw a L.length = e

/-- A finite collection which holds something and the product of any two of its members is
closed: it holds the identity and all inverses. -/
def FiniteProductsSuffice.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (H : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∃ a, a ∈ H) →
    (∀ a b, a ∈ H → b ∈ H → m a b ∈ H) →
    e ∈ H ∧ ∀ a, a ∈ H → inv a ∈ H

/-- In a finite system, if common first factors and common last factors may be struck out, there
is an identity and everything has an inverse. -/
def FiniteStrikingOutSuffices.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (L : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a b c, m a b = m a c → b = c) →
    (∀ a b c, m b a = m c a → b = c) →
    (∀ a, a ∈ L) →
    (∃ _ : G, True) →
    ∃ e, (∀ a, m e a = a ∧ m a e = a) ∧ ∀ a, ∃ b, m a b = e ∧ m b a = e

/-- Two closed collections, the numbers of whose members have no common divisor but one, have
nothing but the identity in common. -/
def PrimeCountsShareIdentity.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (H K : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    H.Nodup →
    e ∈ H →
    (∀ a b, a ∈ H → b ∈ H → m a b ∈ H) →
    (∀ a, a ∈ H → inv a ∈ H) →
    K.Nodup →
    e ∈ K →
    (∀ a b, a ∈ K → b ∈ K → m a b ∈ K) →
    (∀ a, a ∈ K → inv a ∈ K) →
    Nat.gcd H.length K.length = 1 →
    ∀ a, a ∈ H → a ∈ K → a = e

/-- The products of a member of `P` by a member of `Q` form a collection which holds the products
of its members, exactly when they are the same things as the products of a member of `Q` by a
member of `P`. -/
def ProductsOfPartsTest.Statement : Prop :=
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
    ((∀ x y, (∃ p q, P p ∧ Q q ∧ x = m p q) → (∃ p q, P p ∧ Q q ∧ y = m p q) →
        ∃ p q, P p ∧ Q q ∧ m x y = m p q) ↔
      ∀ x, (∃ p q, P p ∧ Q q ∧ x = m p q) ↔ ∃ p q, P p ∧ Q q ∧ x = m q p)

/-- The different products of a member of `H` by a member of `K`, multiplied in number by the
members common to both, are as many as the members of `H` times those of `K`. -/
def CountOfProducts.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (H K I T : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    H.Nodup →
    e ∈ H →
    (∀ a b, a ∈ H → b ∈ H → m a b ∈ H) →
    (∀ a, a ∈ H → inv a ∈ H) →
    K.Nodup →
    e ∈ K →
    (∀ a b, a ∈ K → b ∈ K → m a b ∈ K) →
    (∀ a, a ∈ K → inv a ∈ K) →
    I.Nodup →
    (∀ a, a ∈ I ↔ a ∈ H ∧ a ∈ K) →
    T.Nodup →
    (∀ x, x ∈ T ↔ ∃ a b, a ∈ H ∧ b ∈ K ∧ x = m a b) →
    T.length * I.length = H.length * K.length

/-- If the number of things is even, something besides the identity is its own inverse. -/
def EvenCountOwnInverse.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    L.Nodup →
    (∀ a, a ∈ L) →
    2 ∣ L.length →
    ∃ a, a ≠ e ∧ m a a = e

/-- If the number of things is odd, everything is the square of one thing and of no other. -/
def OddCountSquares.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    L.Nodup →
    (∀ a, a ∈ L) →
    ¬ 2 ∣ L.length →
    ∀ a, ∃ b, m b b = a ∧ ∀ c, m c c = a → c = b

/-- Where all factors may change places, the product of all things is the product of those which
are their own inverses. (For the residues of a prime number this is the ground of Wilson's
theorem.) -/
def ProductOfAll.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L T : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a b, m a b = m b a) →
    L.Nodup →
    (∀ a, a ∈ L) →
    T.Nodup →
    (∀ a, a ∈ T ↔ m a a = e) →
    L.foldr m e = T.foldr m e

/-- If two factors may change places, and their periods have no common divisor but one, the
period of the product is the product of the periods. -/
def PeriodOfProduct.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ a b j k, m a b = m b a →
      0 < j → pw a j = e → (∀ i, 0 < i → pw a i = e → j ≤ i) →
      0 < k → pw b k = e → (∀ i, 0 < i → pw b i = e → k ≤ i) →
      Nat.gcd j k = 1 →
      pw (m a b) (j * k) = e ∧ ∀ i, 0 < i → pw (m a b) i = e → j * k ≤ i

end Reconstruct
