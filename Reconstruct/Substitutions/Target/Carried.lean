import Reconstruct.Substitutions.Foundation.Arithmetic.LinearSubstitution
import Reconstruct.Substitutions.Foundation.Arithmetic.Ratio
import Reconstruct.Substitutions.Foundation.Congruence.PrimeResidue
import Reconstruct.Substitutions.Foundation.Substitution.Sign
import Reconstruct.Substitutions.Foundation.Substitution.Turn

/-!
# Reckoning carried over

Tables of logarithms carry products to sums, and Gauss's indices (*Disquisitiones arithmeticae*,
1801, article 57) carry products of residues to sums of numbers. Facts about rules of this kind.
-/

namespace Reconstruct

/-- The residue of a sum of whole numbers is the sum of their residues. -/
def ResidueOfSum.Statement : Prop :=
  ∀ (m : Modulus) (a b : Int),
    Residue.ofInteger m (a + b) = (Residue.ofInteger m a).sum (Residue.ofInteger m b)

/-- A rule that carries sums of whole numbers to compounded ratios carries nought to equality and
opposite numbers to inverse ratios. -/
def NumbersToRatios.Statement : Prop :=
  ∀ f : Int → Ratio, (∀ a b, f (a + b) = (f a).compound (f b)) →
    f 0 = Ratio.equality ∧ ∀ a, f (-a) = (f a).inverse

/-- A rule that carries sums of residues to products carries nought to unity and opposites to
reciprocals. -/
def SumsToProducts.Statement : Prop :=
  ∀ (m k : Modulus) (f : Residue m → PrimeResidue k),
    (∀ a b, f (a.sum b) = (f a).product (f b)) →
    f (Residue.nought m) = PrimeResidue.unity k ∧ ∀ a, f a.opposite = (f a).reciprocal

/-- A rule that carries sums of residues to products carries multiples to powers. -/
def MultiplesToPowers.Statement : Prop :=
  ∀ (m k : Modulus) (f : Residue m → PrimeResidue k),
    (∀ a b, f (a.sum b) = (f a).product (f b)) →
    ∀ a j, f (a.multiple j) = (f a).power j

/-- A rule that carries products of residues to sums carries different residues to different ones
if it carries unity alone to nought. -/
def UnityAloneToNought.Statement : Prop :=
  ∀ (m k : Modulus) (f : PrimeResidue m → Residue k),
    (∀ a b, f (a.product b) = (f a).sum (f b)) →
    (∀ a, f a = Residue.nought k → a = PrimeResidue.unity m) →
    ∀ a b, f a = f b → a = b

/-- If a rule carries sums of residues to sums, the number of residues that it carries to nought
divides the modulus. -/
def CarriedToNoughtCount.Statement : Prop :=
  ∀ (m k : Modulus) (f : Residue m → Residue k),
    (∀ a b, f (a.sum b) = (f a).sum (f b)) →
    (Residue.all m).countP (fun a => f a == Residue.nought k) ∣ m.number

/-- The turns of a polygon and the residues by the number of its corners answer to one another, so
that a turn after a turn answers to a sum. -/
def TurnsAnswerToResidues.Statement : Prop :=
  ∀ m : Modulus, ∃ f : Residue m → Turn m,
    (∀ a b, f (a.sum b) = (f a).after (f b)) ∧ (∀ a b, f a = f b → a = b) ∧
      ∀ s, ∃ a, f a = s

/-- A rule that carries turns after one another to sums of residues brings the period of each value
under the period of the turn. -/
def PeriodOfCarriedTurn.Statement : Prop :=
  ∀ (m k : Modulus) (f : Turn m → Residue k), (∀ s t, f (s.after t) = (f s).sum (f t)) →
    ∀ s j, s.times j = Turn.rest m → (f s).multiple j = Residue.nought k

/-- A rule that carries linear substitutions to residues carries solved ones to reciprocals. -/
def LinearToResidues.Statement : Prop :=
  ∀ (m : Modulus) (f : LinearSubstitution → PrimeResidue m),
    (∀ s t, f (s.composed t) = (f s).product (f t)) → ∀ s, f s.solved = (f s).reciprocal

/-- Whole numbers answer to linear substitutions so that sums answer to composed ones. -/
def NumbersToLinear.Statement : Prop :=
  ∃ f : Int → LinearSubstitution,
    (∀ a b, f (a + b) = (f a).composed (f b)) ∧ ∀ a b, f a = f b → a = b

/-- A rule that carries products of substitutions to sums of residues carries each transposition to
a residue whose double is nought. -/
def TranspositionCarried.Statement : Prop :=
  ∀ (n : Nat) (m : Modulus) (f : Substitution n → Residue m),
    (∀ s t, f (s * t) = (f s).sum (f t)) →
    ∀ i j, (f (Substitution.swap i j)).sum (f (Substitution.swap i j)) = Residue.nought m

end Reconstruct
