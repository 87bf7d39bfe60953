import Reconstruct.Substitutions.Foundation.Congruence.Residue

/-!
# Sums of residues

Facts about the least residues by one modulus and their sums. A residue may be taken `k` times; its
*period* is the least number of times, not nought, that gives nought.
-/

namespace Reconstruct

/-- An equal residue may be struck out of two equal sums. -/
def SummandStruckOut.Statement : Prop :=
  ∀ (m : Modulus) (a b c : Residue m), a.sum b = a.sum c → b = c

/-- What a sum wants to the modulus is the sum of what its parts want. -/
def OppositeOfSum.Statement : Prop :=
  ∀ (m : Modulus) (a b : Residue m), (a.sum b).opposite = b.opposite.sum a.opposite

/-- What wants to the modulus, taken from the modulus in turn, leaves the first residue. -/
def OppositeTwice.Statement : Prop :=
  ∀ (m : Modulus) (a : Residue m), a.opposite.opposite = a

/-- A residue that is its own double is nought. -/
def OwnDoubleIsNought.Statement : Prop :=
  ∀ (m : Modulus) (a : Residue m), a.sum a = a → a = Residue.nought m

/-- There is one residue, and no other, that added to a given one makes a given sum. -/
def WantingSummandFound.Statement : Prop :=
  ∀ (m : Modulus) (a b : Residue m),
    ∃ x, a.sum x = b ∧ ∀ y : Residue m, a.sum y = b → y = x

/-- To take a residue `j` times and then `k` times is to take it `j + k` times. -/
def MultiplesAdded.Statement : Prop :=
  ∀ (m : Modulus) (a : Residue m) (j k : Nat),
    a.multiple (j + k) = (a.multiple j).sum (a.multiple k)

/-- The `k`-fold of a sum is the sum of the `k`-folds. -/
def MultipleOfSum.Statement : Prop :=
  ∀ (m : Modulus) (a b : Residue m) (k : Nat),
    (a.sum b).multiple k = (a.multiple k).sum (b.multiple k)

/-- Every residue, taken often enough, gives nought. -/
def SomeMultipleIsNought.Statement : Prop :=
  ∀ (m : Modulus) (a : Residue m), ∃ k, 0 < k ∧ a.multiple k = Residue.nought m

/-- The period of a residue divides the modulus. -/
def ResiduePeriodDividesModulus.Statement : Prop :=
  ∀ (m : Modulus) (a : Residue m) (d : Nat), 0 < d → a.multiple d = Residue.nought m →
    (∀ k, 0 < k → a.multiple k = Residue.nought m → d ≤ k) → d ∣ m.number

/-- A collection of residues that holds the sum of any two of its members holds nought, and with
each member what wants to the modulus. -/
def SumsInsideHoldOpposites.Statement : Prop :=
  ∀ (m : Modulus) (H : List (Residue m)), H ≠ [] →
    (∀ a b, a ∈ H → b ∈ H → a.sum b ∈ H) →
    Residue.nought m ∈ H ∧ ∀ a, a ∈ H → a.opposite ∈ H

/-- If a collection of residues holds the sum of any two of its members, two rows that arise by
adding a residue to all its members have nothing in common, or everything. -/
def ShiftedRowsAgreeOrDiffer.Statement : Prop :=
  ∀ (m : Modulus) (H : List (Residue m)), (∀ a b, a ∈ H → b ∈ H → a.sum b ∈ H) →
    ∀ a b x : Residue m, x ∈ H.map a.sum → x ∈ H.map b.sum →
      ∀ y, y ∈ H.map a.sum ↔ y ∈ H.map b.sum

/-- If a collection of residues holds the sum of any two of its members, their number divides the
modulus. -/
def SumsInsideCountDividesModulus.Statement : Prop :=
  ∀ (m : Modulus) (H : List (Residue m)), H ≠ [] → H.Nodup →
    (∀ a b, a ∈ H → b ∈ H → a.sum b ∈ H) → H.length ∣ m.number

/-- A residue without common divisor with the modulus, taken again and again, gives every
residue. -/
def MultiplesOfPrimeGiveAll.Statement : Prop :=
  ∀ (m : Modulus) (a : Residue m), Nat.gcd m.number a.least = 1 →
    ∀ b : Residue m, ∃ k, a.multiple k = b

end Reconstruct
