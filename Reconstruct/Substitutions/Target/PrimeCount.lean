import Reconstruct.Substitutions.Foundation.Arithmetic.Prime

/-!
# Systems whose number has given prime divisors

What is known of a finite system, if nothing is known but the number of its things, and the prime
divisors of that number?
-/

namespace Reconstruct

/-- If a prime number divides the number of things, something has that prime number for its
period. -/
def PrimeDivisorIsPeriod.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (pw : G → Nat → G) (L : List G) (p : Nat),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    L.Nodup →
    (∀ a, a ∈ L) →
    Prime p →
    p ∣ L.length →
    ∃ a, a ≠ e ∧ pw a p = e

/-- If the number of things is a power of a prime number, something besides the identity may change
places with all. -/
def PrimePowerInterchangeable.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L : List G) (p k : Nat),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    L.Nodup →
    (∀ a, a ∈ L) →
    Prime p →
    0 < k →
    L.length = p ^ k →
    ∃ z, z ≠ e ∧ ∀ g, m z g = m g z

/-- A closed collection of half the things holds with a member everything transformed from it. -/
def HalfHoldsTransformed.Statement : Prop :=
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
    L.length = 2 * H.length →
    ∀ g a, a ∈ H → m (m g a) (inv g) ∈ H

/-- If the number of things is a prime, all of them are powers of any one but the identity. -/
def PrimeCountPowersOfOne.Statement : Prop :=
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
    Prime L.length →
    ∀ a, a ≠ e → ∀ b, ∃ k, b = pw a k

/-- If the number of things is the square of a prime, any two factors may change places. -/
def PrimeSquareInterchange.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L : List G) (p : Nat),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    L.Nodup →
    (∀ a, a ∈ L) →
    Prime p →
    L.length = p * p →
    ∀ a b, m a b = m b a

/-- If the number of things is `p` times the number of members of a closed collection, where `p` is
the least prime divisor of the former, then the collection holds with a member everything
transformed from it. -/
def LeastPrimeHoldsTransformed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L H : List G) (p : Nat),
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
    Prime p →
    L.length = p * H.length →
    (∀ q, Prime q → q ∣ L.length → p ≤ q) →
    ∀ g a, a ∈ H → m (m g a) (inv g) ∈ H

/-- Where all factors may change places, something has a period which serves as an exponent for
all: every thing raised to it gives the identity. -/
def GreatestPeriodServesAll.Statement : Prop :=
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
    (∀ a b, m a b = m b a) →
    ∃ a d, 0 < d ∧ pw a d = e ∧ (∀ k, 0 < k → pw a k = e → d ≤ k) ∧ ∀ b, pw b d = e

/-- If the number of things is the product of two primes, of which the less does not divide the
greater diminished by one, all things are powers of one. -/
def TwoPrimesPowersOfOne.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (pw : G → Nat → G) (L : List G) (p q : Nat),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    (∀ a, pw a 0 = e) →
    (∀ a k, pw a (k + 1) = m (pw a k) a) →
    L.Nodup →
    (∀ a, a ∈ L) →
    Prime p →
    Prime q →
    p < q →
    ¬ p ∣ q - 1 →
    L.length = p * q →
    ∃ a, ∀ b, ∃ k, b = pw a k

/-- If a power of a prime number divides the number of things, there is a closed collection of as
many members as that power. -/
def PrimePowerPartExists.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L : List G) (p k : Nat),
    (∀ a b c, m (m a b) c = m a (m b c)) →
    (∀ a, m e a = a) →
    (∀ a, m a e = a) →
    (∀ a, m (inv a) a = e) →
    (∀ a, m a (inv a) = e) →
    L.Nodup →
    (∀ a, a ∈ L) →
    Prime p →
    p ^ k ∣ L.length →
    ∃ H : List G, H.Nodup ∧ H.length = p ^ k ∧ e ∈ H ∧
      (∀ a b, a ∈ H → b ∈ H → m a b ∈ H) ∧ ∀ a, a ∈ H → inv a ∈ H

/-- Two closed collections, each of as many members as the highest power of a prime number which
divides the number of things, are transformed one from the other. -/
def PrimePowerPartsTransformed.Statement : Prop :=
  ∀ (G : Type) (m : G → G → G) (e : G) (inv : G → G) (L H K : List G) (p k r : Nat),
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
    K.Nodup →
    e ∈ K →
    (∀ a b, a ∈ K → b ∈ K → m a b ∈ K) →
    (∀ a, a ∈ K → inv a ∈ K) →
    Prime p →
    L.length = p ^ k * r →
    ¬ p ∣ r →
    H.length = p ^ k →
    K.length = p ^ k →
    ∃ g, ∀ a, a ∈ H ↔ m (m g a) (inv g) ∈ K

/-- Where all factors may change places, there are things `a i`, each with a power of a prime number
`d i` as its period, such that everything is in one way, and in one only, a product of powers of
them with exponents below the periods. -/
def InterchangeableSystemSplits.Statement : Prop :=
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
    (∀ a b, m a b = m b a) →
    ∃ (r : Nat) (a : Fin r → G) (d : Fin r → Nat),
      (∀ i, ∃ p k, Prime p ∧ d i = p ^ (k + 1)) ∧ (∀ i, pw (a i) (d i) = e) ∧
      ∀ x, ∃ c : Fin r → Nat, (∀ i, c i < d i) ∧
        x = (List.ofFn fun i => pw (a i) (c i)).foldr m e ∧
        ∀ c' : Fin r → Nat, (∀ i, c' i < d i) →
          x = (List.ofFn fun i => pw (a i) (c' i)).foldr m e → ∀ i, c' i = c i

end Reconstruct
