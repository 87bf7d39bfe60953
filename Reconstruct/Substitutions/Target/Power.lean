/-!
# Powers and periods

`pw a k` stands for the product of `k` factors `a`; no factor gives the identity. The *period* of
`a` is the least number of factors, not nought, whose product is the identity.
-/

namespace Reconstruct

/-- Exponents add when powers of one thing are multiplied. -/
def PowersMultiplied.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m a e = a) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ a j k, pw a (j + k) = m (pw a j) (pw a k)

/-- Powers of one thing may change places. -/
def PowersInterchange.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ a j k, m (pw a j) (pw a k) = m (pw a k) (pw a j)

/-- The power of a power: exponents multiply. -/
def PowerOfPower.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m a e = a) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ a j k, pw a (j * k) = pw (pw a j) k

/-- If two factors may change places, a power of their product is the product of their powers. -/
def PowerOfInterchangeable.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ a b, m a b = m b a → ∀ k, pw (m a b) k = m (pw a k) (pw b k)

/-- A power of the inverse is the inverse of the power. -/
def PowerOfInverse.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ a k, pw (inv a) k = inv (pw a k)

/-- A power of the transformed is the transformed of the power. -/
def PowerOfTransformed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ g a k, pw (m (m g a) (inv g)) k = m (m g (pw a k)) (inv g)

/-- The period of a thing divides every exponent whose power is the identity. -/
def PeriodDivides.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ a d, 0 < d → pw a d = e → (∀ k, 0 < k → pw a k = e → d ≤ k) →
    ∀ k, pw a k = e → d ∣ k

/-- If two powers of a thing are the identity and their exponents have no common divisor but one,
the thing itself is the identity. -/
def PrimeExponentsIdentity.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ a j k, pw a j = e → pw a k = e → Nat.gcd j k = 1 → a = e

/-- The products of two factors in the one order and in the other have the same exponents whose
powers are the identity. -/
def ContraryProductsSamePeriod.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ a b k, pw (m a b) k = e → pw (m b a) k = e

/-- A rule which carries products to products, and the identity to the identity, carries powers to
powers. -/
def PowersCarriedToPowers.Statement : Prop :=
  ∀ (G H : Type) (m : G → G → G) (e : G) (pw : G → Nat → G)
    (n : H → H → H) (u : H) (qw : H → Nat → H) (f : G → H),
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    (∀ x, qw x 0 = u) →
    (∀ x k, qw x (k + 1) = n (qw x k) x) →
    (∀ a b, f (m a b) = n (f a) (f b)) →
    f e = u →
    ∀ a k, f (pw a k) = qw (f a) k

/-- If a thing has the period `d`, its powers below `d` are all different. -/
def PowersBelowPeriodDiffer.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (pw : G → Nat → G),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    ∀ a d, (∀ k, 0 < k → pw a k = e → d ≤ k) →
    ∀ j k, j < d → k < d → pw a j = pw a k → j = k

end Reconstruct
