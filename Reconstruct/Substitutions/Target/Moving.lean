import Reconstruct.Substitutions.Foundation.Arithmetic.Prime
import Reconstruct.Substitutions.Foundation.Substitution.Basic

/-!
# Systems that move letters

`t a x` is the letter into whose place `a` puts the letter `x`; the identity leaves every letter in
its place, and a product moves a letter as its last factor does, and then as its first.
-/

namespace Reconstruct

/-- What leaves a given letter in its place forms a closed collection. -/
def LeavingInPlaceClosed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (X : Type) (t : G → X → X),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, t e x = x) →
    (∀ a b x, t (m a b) x = t a (t b x)) →
    ∀ x, t e x = x ∧ (∀ a b, t a x = x → t b x = x → t (m a b) x = x) ∧
      ∀ a, t a x = x → t (inv a) x = x

/-- Two things put a letter into the same place exactly when the inverse of the one times the
other leaves it in its place. -/
def SamePlaceTest.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (X : Type) (t : G → X → X),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, t e x = x) →
    (∀ a b x, t (m a b) x = t a (t b x)) →
    ∀ a b x, t a x = t b x ↔ t (m (inv b) a) x = x

/-- Something leaves a letter in its place exactly when its transformed by `g` leaves in its place
the letter to which `g` moves the first. -/
def TransformedLeavesMovedLetter.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (X : Type) (t : G → X → X),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, t e x = x) →
    (∀ a b x, t (m a b) x = t a (t b x)) →
    ∀ g a x, t a x = x ↔ t (m (m g a) (inv g)) (t g x) = t g x

/-- The number of places to which a letter can be moved, times the number of things which leave it
in its place, is the number of things of the system. -/
def PlacesTimesLeaving.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (X : Type) (t : G → X → X) (L F : List G) (O : List X) (x : X),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, t e x = x) →
    (∀ a b x, t (m a b) x = t a (t b x)) →
    L.Nodup →
    (∀ a, a ∈ L) →
    O.Nodup →
    (∀ y, y ∈ O ↔ ∃ a, t a x = y) →
    F.Nodup →
    (∀ a, a ∈ F ↔ t a x = x) →
    O.length * F.length = L.length

/-- The number of different things transformed from `a`, times the number of things which may
change places with `a`, is the number of things of the system. -/
def TransformedTimesInterchangeable.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L T C : List G) (a : G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    L.Nodup →
    (∀ a, a ∈ L) →
    T.Nodup →
    (∀ b, b ∈ T ↔ ∃ g, b = m (m g a) (inv g)) →
    C.Nodup →
    (∀ g, g ∈ C ↔ m g a = m a g) →
    T.length * C.length = L.length

/-- Count the things by classes of those transformed from each other: first those which may change
places with all (`Z`), and then, for a representative `r` of every other class, as many as the
number of all things divided by the number of those which may change places with `r`. -/
def CountByTransformed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L Z R : List G) (C : G → List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    L.Nodup →
    (∀ a, a ∈ L) →
    Z.Nodup →
    (∀ z, z ∈ Z ↔ ∀ g, m z g = m g z) →
    R.Nodup →
    (∀ r, r ∈ R → ∃ g, m r g ≠ m g r) →
    (∀ a, (∃ g, m a g ≠ m g a) → ∃ r, r ∈ R ∧ ∃ g, a = m (m g r) (inv g)) →
    (∀ r s, r ∈ R → s ∈ R → (∃ g, s = m (m g r) (inv g)) → r = s) →
    (∀ r, (C r).Nodup) →
    (∀ r a, a ∈ C r ↔ m a r = m r a) →
    L.length = Z.length + (R.map fun r => L.length / (C r).length).sum

/-- Every finite system can be represented by substitutions of as many letters as it has things:
different things by different substitutions, products by products. -/
def SystemAsSubstitutions.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L : List G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    L.Nodup →
    (∀ a, a ∈ L) →
    ∃ f : G → Substitution L.length,
      (∀ a b, f (m a b) = f a * f b) ∧ ∀ a b, f a = f b → a = b

/-- If the number of things is a power of a prime number `p`, the number of all letters and the
number of letters never moved leave the same remainder by `p`. -/
def LettersNeverMoved.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (X : Type) (t : G → X → X) (L : List G) (A F : List X) (p k : Nat),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, t e x = x) →
    (∀ a b x, t (m a b) x = t a (t b x)) →
    L.Nodup →
    (∀ a, a ∈ L) →
    A.Nodup →
    (∀ x, x ∈ A) →
    F.Nodup →
    (∀ x, x ∈ F ↔ ∀ a, t a x = x) →
    Prime p →
    L.length = p ^ k →
    A.length % p = F.length % p

/-- Add up, for all things of the system, the numbers of letters they leave in their places: the
sum is the number of things times the number of classes of letters that can be moved one into the
place of another. -/
def CountByLettersLeft.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (X : Type) (t : G → X → X) (L : List G) (R : List X) (left : G → List X),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ x, t e x = x) →
    (∀ a b x, t (m a b) x = t a (t b x)) →
    L.Nodup →
    (∀ a, a ∈ L) →
    R.Nodup →
    (∀ x, ∃ r, r ∈ R ∧ ∃ a, t a r = x) →
    (∀ r s, r ∈ R → s ∈ R → (∃ a, t a r = s) → r = s) →
    (∀ a, (left a).Nodup) →
    (∀ a x, x ∈ left a ↔ t a x = x) →
    (L.map fun a => (left a).length).sum = R.length * L.length

end Reconstruct
