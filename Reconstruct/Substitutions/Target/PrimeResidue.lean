import Reconstruct.Substitutions.Foundation.Congruence.PrimeResidue

/-!
# Products of residues prime to the modulus

Facts about the residues that have no divisor in common with the modulus. The *period* of such a
residue is the least exponent, not nought, of a power that is unity; Euler's number is the number of
all these residues.
-/

namespace Reconstruct

/-- An equal factor may be struck out of two equal products. -/
def FactorStruckOut.Statement : Prop :=
  ∀ (m : Modulus) (a b c : PrimeResidue m), a.product b = a.product c → b = c

/-- The reciprocal of a product is the product of the reciprocals in the contrary order. -/
def ReciprocalOfProduct.Statement : Prop :=
  ∀ (m : Modulus) (a b : PrimeResidue m),
    (a.product b).reciprocal = b.reciprocal.product a.reciprocal

/-- The reciprocal of the reciprocal is the first residue. -/
def ReciprocalTwice.Statement : Prop :=
  ∀ (m : Modulus) (a : PrimeResidue m), a.reciprocal.reciprocal = a

/-- A residue that is its own square is unity. -/
def OwnSquareIsUnity.Statement : Prop :=
  ∀ (m : Modulus) (a : PrimeResidue m), a.product a = a → a = PrimeResidue.unity m

/-- The value of a fraction by the modulus: one residue, and no other, makes a given product with a
given one. -/
def FractionByModulus.Statement : Prop :=
  ∀ (m : Modulus) (a b : PrimeResidue m),
    ∃ x, a.product x = b ∧ ∀ y : PrimeResidue m, a.product y = b → y = x

/-- Exponents add when powers of one residue are multiplied. -/
def ResiduePowersMultiplied.Statement : Prop :=
  ∀ (m : Modulus) (a : PrimeResidue m) (j k : Nat),
    a.power (j + k) = (a.power j).product (a.power k)

/-- Exponents are multiplied when a power is raised to a power. -/
def ResiduePowerRaised.Statement : Prop :=
  ∀ (m : Modulus) (a : PrimeResidue m) (j k : Nat), a.power (j * k) = (a.power j).power k

/-- A power of the reciprocal is the reciprocal of the power. -/
def ReciprocalRaised.Statement : Prop :=
  ∀ (m : Modulus) (a : PrimeResidue m) (k : Nat), a.reciprocal.power k = (a.power k).reciprocal

/-- Some power of every residue prime to the modulus is unity. -/
def SomePowerIsUnity.Statement : Prop :=
  ∀ (m : Modulus) (a : PrimeResidue m), ∃ k, 0 < k ∧ a.power k = PrimeResidue.unity m

/-- The period of a residue divides Euler's number. -/
def ResiduePeriodDividesTotient.Statement : Prop :=
  ∀ (m : Modulus) (a : PrimeResidue m) (d : Nat), 0 < d → a.power d = PrimeResidue.unity m →
    (∀ k, 0 < k → a.power k = PrimeResidue.unity m → d ≤ k) → d ∣ totient m.number

/-- A collection of residues prime to the modulus that holds the product of any two of its members
holds unity, and with each member its reciprocal. -/
def ProductsInsideHoldReciprocals.Statement : Prop :=
  ∀ (m : Modulus) (H : List (PrimeResidue m)), H ≠ [] →
    (∀ a b, a ∈ H → b ∈ H → a.product b ∈ H) →
    PrimeResidue.unity m ∈ H ∧ ∀ a, a ∈ H → a.reciprocal ∈ H

/-- If a collection of residues prime to the modulus holds the product of any two of its members,
two rows that arise by multiplying all its members by a residue have nothing in common, or
everything. -/
def MultipliedRowsAgreeOrDiffer.Statement : Prop :=
  ∀ (m : Modulus) (H : List (PrimeResidue m)), (∀ a b, a ∈ H → b ∈ H → a.product b ∈ H) →
    ∀ a b x : PrimeResidue m, x ∈ H.map a.product → x ∈ H.map b.product →
      ∀ y, y ∈ H.map a.product ↔ y ∈ H.map b.product

/-- If a collection of residues prime to the modulus holds the product of any two of its members,
their number divides Euler's number. -/
def ProductsInsideCountDividesTotient.Statement : Prop :=
  ∀ (m : Modulus) (H : List (PrimeResidue m)), H ≠ [] → H.Nodup →
    (∀ a b, a ∈ H → b ∈ H → a.product b ∈ H) → H.length ∣ totient m.number

/-- By the modulus eight the square of every odd residue is unity. -/
def SquaresByEight.Statement : Prop :=
  ∀ a : PrimeResidue ⟨8, by decide⟩, a.product a = PrimeResidue.unity ⟨8, by decide⟩

end Reconstruct
