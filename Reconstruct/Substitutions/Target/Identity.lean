/-!
# Identity, inverses and division

The laws of an operation are given one by one: three factors may be bracketed at will, an
identity changes nothing, every thing has an inverse. What follows from them, and which of them
follow from the others?
-/

namespace Reconstruct

/-- A common first factor may be struck out. -/
def StrikeOutFirstFactor.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m (inv a) a = e) →
    ∀ a b c, m a b = m a c → b = c

/-- A common last factor may be struck out. -/
def StrikeOutLastFactor.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m a e = a) →
    (∀ a, m a (inv a) = e) →
    ∀ a b c, m b a = m c a → b = c

/-- The inverse of the inverse is the thing itself. -/
def InverseOfInverse.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ∀ a, inv (inv a) = a

/-- The inverse of a product is the product of the inverses in the contrary order. -/
def InverseOfProduct.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ∀ a b, inv (m a b) = m (inv b) (inv a)

/-- If the identity and the inverses are known to serve when written before, then the inverses
serve when written after. -/
def InverseServesAfter.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m (inv a) a = e) →
    ∀ a, m a (inv a) = e

/-- If the identity and the inverses are known to serve when written before, then the identity
serves when written after. -/
def IdentityServesAfter.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m (inv a) a = e) →
    ∀ a, m a e = a

/-- The equation `a x = b` has one solution and no more. -/
def EquationSolvedOnce.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ∀ a b, ∃ x, m a x = b ∧ ∀ y, m a y = b → y = x

/-- If both `a x = b` and `y a = b` can always be solved, and there is anything at all, then there
is an identity and everything has an inverse. -/
def DivisionGivesIdentity.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∃ _ : G, True) →
    (∀ a b, ∃ x, m a x = b) →
    (∀ a b, ∃ y, m y a = b) →
    ∃ e, (∀ a, m e a = a ∧ m a e = a) ∧ ∀ a, ∃ b, m a b = e ∧ m b a = e

/-- If every square is the identity, then any two factors may change places. -/
def SquaresIdentityInterchange.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m a a = e) →
    ∀ a b, m a b = m b a

/-- If the square of a product is always the product of the squares, then any two factors may
change places. -/
def SquareOfProductInterchange.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a b, m (m a b) (m a b) = m (m a a) (m b b)) →
    ∀ a b, m a b = m b a

/-- If the inverse of a product is always the product of the inverses in the same order, then any
two factors may change places. -/
def InverseKeepsOrderInterchange.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a b, inv (m a b) = m (inv a) (inv b)) →
    ∀ a b, m a b = m b a

/-- The identity alone is equal to its own square. -/
def OnlyIdentityIsOwnSquare.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m (inv a) a = e) →
    ∀ a, m a a = a → a = e

/-- If the product of two things is the identity, so is their product in the contrary order. -/
def IdentityProductReversed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    ∀ a b, m a b = e → m b a = e

/-- Two operations with a common identity, of which one may be carried out within the other, are
one and the same operation, and its factors may change places. -/
def TwoOperationsAreOne.Statement : Prop :=
  ∀ (G : Type) (m k : G → G → G) (e : G),
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, k e a = a) →
    (∀ a, k a e = a) →
    (∀ a b c d, k (m a b) (m c d) = m (k a c) (k b d)) →
    ∀ a b, k a b = m a b ∧ m a b = m b a

/-- Division alone: if `d a b` stands for the quotient of `a` by `b`, so that `d a a` is always the
identity `e`, `d a e` is `a`, and `d (d a c) (d b c)` is `d a b`, then multiplication recovered
from division may be bracketed at will. -/
def DivisionDetermines.Statement : Prop :=
  ∀ (G : Type) (d : G → G → G) (e : G),
    (∀ a, d a a = e) →
    (∀ a, d a e = a) →
    (∀ a b c, d (d a c) (d b c) = d a b) →
    ∀ a b c, d (d a (d e b)) (d e c) = d a (d e (d b (d e c)))

end Reconstruct
