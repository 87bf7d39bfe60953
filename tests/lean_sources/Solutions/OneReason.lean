import Reconstruct.Substitutions.Target.Keeping
import Reconstruct.Substitutions.Target.LinearSubstitution
import Reconstruct.Substitutions.Target.PrimeResidue
import Reconstruct.Substitutions.Target.Ratio
import Reconstruct.Substitutions.Target.ResidueSum
import Reconstruct.Substitutions.Target.Turn

/-! Proofs of the statements that hold in several systems for one reason: the reason once, then
each system. Never shown to a policy. -/

namespace Reconstruct.Solutions

section Reason

variable {G : Type} {m : G → G → G} {e : G} {inv : G → G} {pw : G → Nat → G}
  (A : ∀ a b c, m (m a b) c = m a (m b c)) (LU : ∀ a, m e a = a) (RU : ∀ a, m a e = a)
  (LI : ∀ a, m (inv a) a = e) (RI : ∀ a, m a (inv a) = e)
  (p0 : ∀ a, pw a 0 = e) (ps : ∀ a k, pw a (k + 1) = m (pw a k) a)

include A LU LI in
private theorem strike {a b c : G} (h : m a b = m a c) : b = c := by
  rw [← LU b, ← LI a, A, h, ← A, LI, LU]

include A LU LI RI in
private theorem inverse_product (a b : G) : inv (m a b) = m (inv b) (inv a) := by
  refine strike A LU LI (a := m a b) ?_
  rw [RI, A, ← A b, RI, LU, RI]

include A LU LI RI in
private theorem inverse_inverse (a : G) : inv (inv a) = a :=
  strike A LU LI (a := inv a) (by rw [RI, LI])

include A LU LI in
private theorem own_square {a : G} (h : m a a = a) : a = e := by
  rw [← LU a, ← LI a, A, h]

include A LU LI RI in
private theorem solved_once (a b : G) : ∃ x, m a x = b ∧ ∀ y, m a y = b → y = x :=
  ⟨m (inv a) b, by rw [← A, RI, LU], fun y h => by rw [← h, ← A, LI, LU]⟩

include A RU p0 ps in
private theorem power_add (a : G) (j k : Nat) : pw a (j + k) = m (pw a j) (pw a k) := by
  induction k with
  | zero => rw [Nat.add_zero, p0, RU]
  | succ k ih => rw [← Nat.add_assoc, ps, ps, ih, A]

include A RU p0 ps in
private theorem power_mul (a : G) (j k : Nat) : pw a (j * k) = pw (pw a j) k := by
  induction k with
  | zero => rw [Nat.mul_zero, p0, p0]
  | succ k ih => rw [Nat.mul_succ, power_add A RU p0 ps, ih, ps]

include A LU RU p0 ps in
private theorem power_passes {a b : G} (h : m a b = m b a) (k : Nat) :
    m (pw a k) b = m b (pw a k) := by
  induction k with
  | zero => rw [p0, LU, RU]
  | succ k ih => rw [ps, A, h, ← A, ih, A]

include A LU RU p0 ps in
private theorem power_product {a b : G} (h : m a b = m b a) (k : Nat) :
    pw (m a b) k = m (pw a k) (pw b k) := by
  induction k with
  | zero => rw [p0, p0, p0, LU]
  | succ k ih =>
    rw [ps, ih, ps, ps, A, ← A (pw b k), power_passes A LU RU p0 ps h.symm, A, A]

include A LU RU LI RI p0 ps in
private theorem power_inverse (a : G) (k : Nat) : pw (inv a) k = inv (pw a k) := by
  have h : m (pw a k) (pw (inv a) k) = e := by
    rw [← power_product A LU RU p0 ps (by rw [RI, LI]) k, RI]
    induction k with
    | zero => rw [p0]
    | succ k ih => rw [ps, ih, RU]
  exact strike A LU LI (a := pw a k) (by rw [h, RI])

include A LU LI RU p0 ps in
private theorem power_transformed (g a : G) (k : Nat) :
    pw (m (m g a) (inv g)) k = m (m g (pw a k)) (inv g) := by
  have RI : ∀ g, m g (inv g) = e := fun g =>
    strike A LU LI (a := inv g) (by rw [← A, LI, LU, RU])
  induction k with
  | zero => rw [p0, p0, RU, RI]
  | succ k ih => rw [ps, ih, ps, A, ← A (inv g), ← A (inv g), LI, LU, ← A, A g]

end Reason

/-! Sums of residues -/

theorem SummandStruckOut : Reconstruct.SummandStruckOut.Statement := fun _ _ _ _ =>
  strike Residue.sum_assoc Residue.nought_sum Residue.opposite_sum

theorem OppositeOfSum : Reconstruct.OppositeOfSum.Statement := fun _ =>
  inverse_product Residue.sum_assoc Residue.nought_sum Residue.opposite_sum Residue.sum_opposite

theorem OppositeTwice : Reconstruct.OppositeTwice.Statement := fun _ =>
  inverse_inverse Residue.sum_assoc Residue.nought_sum Residue.opposite_sum Residue.sum_opposite

theorem OwnDoubleIsNought : Reconstruct.OwnDoubleIsNought.Statement := fun _ _ =>
  own_square Residue.sum_assoc Residue.nought_sum Residue.opposite_sum

theorem WantingSummandFound : Reconstruct.WantingSummandFound.Statement := fun _ =>
  solved_once Residue.sum_assoc Residue.nought_sum Residue.opposite_sum Residue.sum_opposite

theorem MultiplesAdded : Reconstruct.MultiplesAdded.Statement := fun _ =>
  power_add Residue.sum_assoc Residue.sum_nought Residue.multiple_zero Residue.multiple_succ

theorem MultipleOfSum : Reconstruct.MultipleOfSum.Statement := fun _ a b =>
  power_product Residue.sum_assoc Residue.nought_sum Residue.sum_nought Residue.multiple_zero
    Residue.multiple_succ (Residue.sum_comm a b)

/-! Products of residues prime to the modulus -/

open PrimeResidue in
theorem FactorStruckOut : Reconstruct.FactorStruckOut.Statement := fun _ _ _ _ =>
  strike product_assoc unity_product reciprocal_product

open PrimeResidue in
theorem ReciprocalOfProduct : Reconstruct.ReciprocalOfProduct.Statement := fun _ =>
  inverse_product product_assoc unity_product reciprocal_product product_reciprocal

open PrimeResidue in
theorem ReciprocalTwice : Reconstruct.ReciprocalTwice.Statement := fun _ =>
  inverse_inverse product_assoc unity_product reciprocal_product product_reciprocal

open PrimeResidue in
theorem OwnSquareIsUnity : Reconstruct.OwnSquareIsUnity.Statement := fun _ _ =>
  own_square product_assoc unity_product reciprocal_product

open PrimeResidue in
theorem FractionByModulus : Reconstruct.FractionByModulus.Statement := fun _ =>
  solved_once product_assoc unity_product reciprocal_product product_reciprocal

open PrimeResidue in
theorem ResiduePowersMultiplied : Reconstruct.ResiduePowersMultiplied.Statement := fun _ =>
  power_add product_assoc product_unity power_zero power_succ

open PrimeResidue in
theorem ResiduePowerRaised : Reconstruct.ResiduePowerRaised.Statement := fun _ =>
  power_mul product_assoc product_unity power_zero power_succ

open PrimeResidue in
theorem ReciprocalRaised : Reconstruct.ReciprocalRaised.Statement := fun _ =>
  power_inverse product_assoc unity_product product_unity reciprocal_product product_reciprocal
    power_zero power_succ

/-! Compounded ratios -/

open Ratio in
theorem RatioStruckOut : Reconstruct.RatioStruckOut.Statement := fun _ _ _ =>
  strike compound_assoc equality_compound inverse_compound

open Ratio in
theorem InverseOfCompound : Reconstruct.InverseOfCompound.Statement :=
  inverse_product compound_assoc equality_compound inverse_compound compound_inverse

open Ratio in
theorem InverseRatioTwice : Reconstruct.InverseRatioTwice.Statement :=
  inverse_inverse compound_assoc equality_compound inverse_compound compound_inverse

open Ratio in
theorem OwnDuplicateIsEquality : Reconstruct.OwnDuplicateIsEquality.Statement := fun _ =>
  own_square compound_assoc equality_compound inverse_compound

open Ratio in
theorem WantingRatioFound : Reconstruct.WantingRatioFound.Statement :=
  solved_once compound_assoc equality_compound inverse_compound compound_inverse

open Ratio in
theorem RepeatedRatiosCompounded : Reconstruct.RepeatedRatiosCompounded.Statement :=
  power_add compound_assoc compound_equality repeated_zero repeated_succ

open Ratio in
theorem InverseRatioRepeated : Reconstruct.InverseRatioRepeated.Statement :=
  power_inverse compound_assoc equality_compound compound_equality inverse_compound
    compound_inverse repeated_zero repeated_succ

open Ratio in
theorem CompoundRepeated : Reconstruct.CompoundRepeated.Statement := fun a b =>
  power_product compound_assoc equality_compound compound_equality repeated_zero repeated_succ
    (compound_comm a b)

/-! Linear substitutions -/

open LinearSubstitution in
theorem LinearStruckOut : Reconstruct.LinearStruckOut.Statement := fun _ _ _ =>
  strike composed_assoc unchanged_composed solved_composed

open LinearSubstitution in
theorem ComposedSolved : Reconstruct.ComposedSolved.Statement :=
  inverse_product composed_assoc unchanged_composed solved_composed composed_solved

open LinearSubstitution in
theorem LinearOwnRepetition : Reconstruct.LinearOwnRepetition.Statement := fun _ =>
  own_square composed_assoc unchanged_composed solved_composed

open LinearSubstitution in
theorem WantingLinearFound : Reconstruct.WantingLinearFound.Statement :=
  solved_once composed_assoc unchanged_composed solved_composed composed_solved

open LinearSubstitution in
theorem IterationsComposed : Reconstruct.IterationsComposed.Statement :=
  power_add composed_assoc composed_unchanged iterated_zero iterated_succ

open LinearSubstitution in
theorem SolvedIterated : Reconstruct.SolvedIterated.Statement :=
  power_inverse composed_assoc unchanged_composed composed_unchanged solved_composed
    composed_solved iterated_zero iterated_succ

open LinearSubstitution in
theorem InterchangeableIterated : Reconstruct.InterchangeableIterated.Statement := fun _ _ =>
  power_product composed_assoc unchanged_composed composed_unchanged iterated_zero iterated_succ

open LinearSubstitution in
theorem OtherVariablesIterated : Reconstruct.OtherVariablesIterated.Statement := fun s t =>
  power_transformed composed_assoc unchanged_composed composed_unchanged solved_composed
    iterated_zero iterated_succ t s

/-! Turns -/

open Turn in
theorem TurnStruckOut : Reconstruct.TurnStruckOut.Statement := fun _ _ _ _ =>
  strike after_assoc rest_after back_after

open Turn in
theorem TurnedBack : Reconstruct.TurnedBack.Statement := fun _ =>
  inverse_product after_assoc rest_after back_after after_back

open Turn in
theorem TurnsRepeated : Reconstruct.TurnsRepeated.Statement := fun _ =>
  power_add after_assoc after_rest times_zero times_succ

open Turn in
theorem RepeatedTurnsRepeated : Reconstruct.RepeatedTurnsRepeated.Statement := fun _ =>
  power_mul after_assoc after_rest times_zero times_succ

/-! Substitutions that keep a system -/

open Keeping in
theorem KeepingStruckOut : Reconstruct.KeepingStruckOut.Statement := fun _ _ _ _ _ =>
  strike following_assoc still_following restoring_following

open Keeping in
theorem FollowingRestored : Reconstruct.FollowingRestored.Statement := fun _ _ =>
  inverse_product following_assoc still_following restoring_following following_restoring

open Keeping in
theorem RepeatedlyFollowing : Reconstruct.RepeatedlyFollowing.Statement := fun _ _ =>
  power_add following_assoc following_still repeatedly_zero repeatedly_succ

open Keeping in
theorem KeepingOwnRepetition : Reconstruct.KeepingOwnRepetition.Statement := fun _ _ _ =>
  own_square following_assoc still_following restoring_following

end Reconstruct.Solutions
