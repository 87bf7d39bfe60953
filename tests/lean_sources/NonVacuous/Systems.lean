import NonVacuous.Models
import Reconstruct.Substitutions.Target.Carried
import Reconstruct.Substitutions.Target.Integer
import Reconstruct.Substitutions.Target.Keeping
import Reconstruct.Substitutions.Target.LinearSubstitution
import Reconstruct.Substitutions.Target.PrimeResidue
import Reconstruct.Substitutions.Target.Ratio
import Reconstruct.Substitutions.Target.ResidueSum
import Reconstruct.Substitutions.Target.Turn

/-! Not vacuous: the statements about one or two given systems. -/

namespace Reconstruct.NonVacuous

/-! The things that exist -/

abbrev two : Modulus := ⟨2, by decide⟩
abbrev three : Modulus := ⟨3, by decide⟩
abbrev five : Modulus := ⟨5, by decide⟩
abbrev six : Modulus := ⟨6, by decide⟩
abbrev r (k : Nat) : Residue six := .of six k
abbrev p (k : Nat) (h : Nat.gcd 5 k = 1 := by decide) : PrimeResidue five := .of five k h
abbrev ratio (a : Rat) (h : 0 < a := by decide) : Ratio := ⟨a, h⟩
abbrev quarter : LinearSubstitution := ⟨0, -1, 1, 0, by decide⟩
abbrev shift : LinearSubstitution := ⟨1, 2, 0, 1, by decide⟩
abbrev turn (k : Nat) : Turn six := (Turn.one six).times k
abbrev last (i : Fin 3) : Bool := i == 2
abbrev change : Keeping last := ⟨.swap 0 1, by decide⟩

theorem closed {α : Type} [DecidableEq α] {H : List α} {m : α → α → α}
    (h : (H.all fun a => H.all fun b => decide (m a b ∈ H)) = true) :
    ∀ a b, a ∈ H → b ∈ H → m a b ∈ H := fun a b ha hb =>
  of_decide_eq_true (List.all_eq_true.1 (List.all_eq_true.1 h a ha) b hb)

theorem members {α : Type} {H : List α} (a b : α) (ha : a ∈ H) (hb : b ∈ H) (h : a ≠ b) :
    ∃ x y, x ∈ H ∧ y ∈ H ∧ x ≠ y := ⟨a, b, ha, hb, h⟩

/-! Sums of residues -/

theorem SummandStruckOut : closure% Reconstruct.SummandStruckOut.Statement := by
  witness [six, r 4, r 5, r 5]

theorem OppositeOfSum : closure% Reconstruct.OppositeOfSum.Statement := by
  witness [six, r 4, r 5]

theorem OppositeTwice : closure% Reconstruct.OppositeTwice.Statement := by
  witness [six, r 4]

theorem OwnDoubleIsNought : closure% Reconstruct.OwnDoubleIsNought.Statement := by
  witness [six, r 0]

theorem WantingSummandFound : closure% Reconstruct.WantingSummandFound.Statement := by
  witness [six, r 4, r 1]

theorem MultiplesAdded : closure% Reconstruct.MultiplesAdded.Statement := by
  witness [six, r 4, 2, 3]

theorem MultipleOfSum : closure% Reconstruct.MultipleOfSum.Statement := by
  witness [six, r 4, r 1, 3]

theorem SomeMultipleIsNought : closure% Reconstruct.SomeMultipleIsNought.Statement := by
  witness [six, r 4]

theorem ResiduePeriodDividesModulus :
    closure% Reconstruct.ResiduePeriodDividesModulus.Statement := by
  have least : ∀ k, 0 < k → (r 3).multiple k = Residue.nought six → 2 ≤ k := by
    intro k hk h
    match k, hk, h with
    | 1, _, h => exact absurd h (by decide)
    | k + 2, _, _ => omega
  witness [six, r 3, 2]

theorem SumsInsideHoldOpposites : closure% Reconstruct.SumsInsideHoldOpposites.Statement := by
  have h := members (H := [r 0, r 3]) (r 0) (r 3) (by decide) (by decide) (by decide)
  have h' := closed (H := [r 0, r 3]) (m := Residue.sum) (by decide)
  witness [six, [r 0, r 3]]

theorem ShiftedRowsAgreeOrDiffer : closure% Reconstruct.ShiftedRowsAgreeOrDiffer.Statement := by
  have h := members (H := [r 0, r 3]) (r 0) (r 3) (by decide) (by decide) (by decide)
  have h' := closed (H := [r 0, r 3]) (m := Residue.sum) (by decide)
  witness [six, [r 0, r 3], r 1, r 4, r 1, r 2]

theorem SumsInsideCountDividesModulus :
    closure% Reconstruct.SumsInsideCountDividesModulus.Statement := by
  have h := members (H := [r 0, r 3]) (r 0) (r 3) (by decide) (by decide) (by decide)
  have h' := closed (H := [r 0, r 3]) (m := Residue.sum) (by decide)
  witness [six, [r 0, r 3]]

theorem MultiplesOfPrimeGiveAll : closure% Reconstruct.MultiplesOfPrimeGiveAll.Statement := by
  witness [six, r 5, r 2]

/-! Products of residues prime to the modulus -/

theorem FactorStruckOut : closure% Reconstruct.FactorStruckOut.Statement := by
  witness [five, p 2, p 3, p 3]

theorem ReciprocalOfProduct : closure% Reconstruct.ReciprocalOfProduct.Statement := by
  witness [five, p 2, p 3]

theorem ReciprocalTwice : closure% Reconstruct.ReciprocalTwice.Statement := by
  witness [five, p 2]

theorem OwnSquareIsUnity : closure% Reconstruct.OwnSquareIsUnity.Statement := by
  witness [five, p 1]

theorem FractionByModulus : closure% Reconstruct.FractionByModulus.Statement := by
  witness [five, p 2, p 3]

theorem ResiduePowersMultiplied : closure% Reconstruct.ResiduePowersMultiplied.Statement := by
  witness [five, p 2, 2, 3]

theorem ResiduePowerRaised : closure% Reconstruct.ResiduePowerRaised.Statement := by
  witness [five, p 2, 2, 3]

theorem ReciprocalRaised : closure% Reconstruct.ReciprocalRaised.Statement := by
  witness [five, p 2, 3]

theorem SomePowerIsUnity : closure% Reconstruct.SomePowerIsUnity.Statement := by
  witness [five, p 2]

theorem ResiduePeriodDividesTotient :
    closure% Reconstruct.ResiduePeriodDividesTotient.Statement := by
  have least : ∀ k, 0 < k → (p 4).power k = PrimeResidue.unity five → 2 ≤ k := by
    intro k hk h
    match k, hk, h with
    | 1, _, h => exact absurd h (by decide)
    | k + 2, _, _ => omega
  witness [five, p 4, 2]

theorem ProductsInsideHoldReciprocals :
    closure% Reconstruct.ProductsInsideHoldReciprocals.Statement := by
  have h := members (H := [p 1, p 4]) (p 1) (p 4) (by decide) (by decide) (by decide)
  have h' := closed (H := [p 1, p 4]) (m := PrimeResidue.product) (by decide)
  witness [five, [p 1, p 4]]

theorem MultipliedRowsAgreeOrDiffer :
    closure% Reconstruct.MultipliedRowsAgreeOrDiffer.Statement := by
  have h := members (H := [p 1, p 4]) (p 1) (p 4) (by decide) (by decide) (by decide)
  have h' := closed (H := [p 1, p 4]) (m := PrimeResidue.product) (by decide)
  witness [five, [p 1, p 4], p 2, p 3, p 3, p 1]

theorem ProductsInsideCountDividesTotient :
    closure% Reconstruct.ProductsInsideCountDividesTotient.Statement := by
  have h := members (H := [p 1, p 4]) (p 1) (p 4) (by decide) (by decide) (by decide)
  have h' := closed (H := [p 1, p 4]) (m := PrimeResidue.product) (by decide)
  witness [five, [p 1, p 4]]

theorem SquaresByEight : closure% Reconstruct.SquaresByEight.Statement := by
  witness [.of _ 3 (by decide)]

/-! Compounded ratios -/

theorem RatioStruckOut : closure% Reconstruct.RatioStruckOut.Statement := by
  witness [ratio 2, ratio 3, ratio 3]

theorem InverseOfCompound : closure% Reconstruct.InverseOfCompound.Statement := by
  witness [ratio 2, ratio 3]

theorem InverseRatioTwice : closure% Reconstruct.InverseRatioTwice.Statement := by
  witness [ratio 2]

theorem OwnDuplicateIsEquality : closure% Reconstruct.OwnDuplicateIsEquality.Statement := by
  witness [ratio 1]

theorem WantingRatioFound : closure% Reconstruct.WantingRatioFound.Statement := by
  witness [ratio 2, ratio 3]

theorem RepeatedRatiosCompounded : closure% Reconstruct.RepeatedRatiosCompounded.Statement := by
  witness [ratio 2, 2, 3]

theorem InverseRatioRepeated : closure% Reconstruct.InverseRatioRepeated.Statement := by
  witness [ratio 2, 3]

theorem CompoundRepeated : closure% Reconstruct.CompoundRepeated.Statement := by
  witness [ratio 2, ratio 3, 3]

theorem OnlyEqualityIsOwnInverse : closure% Reconstruct.OnlyEqualityIsOwnInverse.Statement := by
  witness [ratio 1]

theorem RepeatedNeverEquality : closure% Reconstruct.RepeatedNeverEquality.Statement := by
  witness [ratio 1, 2]

/-! Sums of whole numbers -/

theorem even_two_members : (∃ x y : Int, 2 ∣ x ∧ 2 ∣ y ∧ x ≠ y) ∧ ∃ z : Int, ¬ 2 ∣ z :=
  ⟨⟨0, 2, by decide⟩, 1, by decide⟩

theorem even_difference (a b : Int) (h : 2 ∣ a) (h' : 2 ∣ b) : 2 ∣ a - b := Int.dvd_sub h h'

theorem DifferencesInsideAreMultiples :
    closure% Reconstruct.DifferencesInsideAreMultiples.Statement := by
  have h := even_two_members
  have hs := even_difference
  have some : ∃ a : Int, 2 ∣ a := ⟨2, by decide⟩
  witness [fun a => 2 ∣ a]

theorem SumsKeptIsMultiplication : closure% Reconstruct.SumsKeptIsMultiplication.Statement := by
  witness [fun a => 3 * a]

theorem MultipleNeverNought : closure% Reconstruct.MultipleNeverNought.Statement := by
  witness [0, 2]

theorem ShiftedNumbersAgreeOrDiffer :
    closure% Reconstruct.ShiftedNumbersAgreeOrDiffer.Statement := by
  have h := even_two_members
  have hs := even_difference
  witness [fun a => 2 ∣ a, 0, 2, 4, 7]

/-! Linear substitutions -/

theorem LinearStruckOut : closure% Reconstruct.LinearStruckOut.Statement := by
  witness [quarter, shift, shift]

theorem ComposedSolved : closure% Reconstruct.ComposedSolved.Statement := by
  witness [quarter, shift]

theorem LinearOwnRepetition : closure% Reconstruct.LinearOwnRepetition.Statement := by
  witness [.unchanged]

theorem WantingLinearFound : closure% Reconstruct.WantingLinearFound.Statement := by
  witness [quarter, shift]

theorem IterationsComposed : closure% Reconstruct.IterationsComposed.Statement := by
  witness [shift, 2, 3]

theorem SolvedIterated : closure% Reconstruct.SolvedIterated.Statement := by
  witness [shift, 3]

theorem InterchangeableIterated : closure% Reconstruct.InterchangeableIterated.Statement := by
  witness [shift, .composed shift shift, 3]

theorem OtherVariablesIterated : closure% Reconstruct.OtherVariablesIterated.Statement := by
  witness [shift, quarter, 3]

theorem LinearOrderMatters : closure% Reconstruct.LinearOrderMatters.Statement := by
  witness []

theorem OppositeCoefficientsFourTimes :
    closure% Reconstruct.OppositeCoefficientsFourTimes.Statement := by
  witness [quarter]

theorem ShiftIterated : closure% Reconstruct.ShiftIterated.Statement := by
  witness [shift, 3]

/-! Turns -/

theorem TurnStruckOut : closure% Reconstruct.TurnStruckOut.Statement := by
  witness [six, turn 2, turn 5, turn 5]

theorem TurnedBack : closure% Reconstruct.TurnedBack.Statement := by
  witness [six, turn 2, turn 5]

theorem TurnsRepeated : closure% Reconstruct.TurnsRepeated.Statement := by
  witness [six, turn 2, 2, 3]

theorem RepeatedTurnsRepeated : closure% Reconstruct.RepeatedTurnsRepeated.Statement := by
  witness [six, turn 2, 2, 3]

theorem TurnsInterchange : closure% Reconstruct.TurnsInterchange.Statement := by
  witness [six, turn 2, turn 5]

theorem OneCornerAtRest : closure% Reconstruct.OneCornerAtRest.Statement := by
  witness [six, turn 0, (2 : Fin 6)]

theorem SomeRepetitionRests : closure% Reconstruct.SomeRepetitionRests.Statement := by
  witness [six, turn 2]

theorem TurnPeriodDividesCorners : closure% Reconstruct.TurnPeriodDividesCorners.Statement := by
  have least : ∀ k, 0 < k → (turn 3).times k = Turn.rest six → 2 ≤ k := by
    intro k hk h
    match k, hk, h with
    | 1, _, h => exact absurd h (by decide +kernel)
    | k + 2, _, _ => omega
  witness [six, turn 3, 2]

theorem TurnsInsideHoldBack : closure% Reconstruct.TurnsInsideHoldBack.Statement := by
  have h := members (H := [turn 0, turn 3]) (turn 0) (turn 3) (by simp) (by simp)
    (by decide +kernel)
  have h' := closed (H := [turn 0, turn 3]) (m := Turn.after) (by decide +kernel)
  witness [six, [turn 0, turn 3]]

theorem TurnsInsideCountDividesCorners :
    closure% Reconstruct.TurnsInsideCountDividesCorners.Statement := by
  have h := members (H := [turn 0, turn 3]) (turn 0) (turn 3) (by simp) (by simp)
    (by decide +kernel)
  have h' := closed (H := [turn 0, turn 3]) (m := Turn.after) (by decide +kernel)
  witness [six, [turn 0, turn 3]]

/-! Substitutions that keep a system -/

theorem KeepingStruckOut : closure% Reconstruct.KeepingStruckOut.Statement := by
  witness [3, last, change, change, change]

theorem FollowingRestored : closure% Reconstruct.FollowingRestored.Statement := by
  witness [3, last, change, change]

theorem RepeatedlyFollowing : closure% Reconstruct.RepeatedlyFollowing.Statement := by
  witness [3, last, change, 2, 3]

theorem KeepingOwnRepetition : closure% Reconstruct.KeepingOwnRepetition.Statement := by
  witness [3, last, .still last]

theorem SomeRepetitionStill : closure% Reconstruct.SomeRepetitionStill.Statement := by
  witness [3, last, change]

theorem OthersKeptToo : closure% Reconstruct.OthersKeptToo.Statement := by
  witness [3, last, .swap 0 1, 0]

/-! Reckoning carried over -/

theorem residue_two (a : Residue two) : a = .of two 0 ∨ a = .of two 1 :=
  match a with
  | ⟨0, _⟩ => .inl rfl
  | ⟨1, _⟩ => .inr rfl

theorem prime_three (a : PrimeResidue three) :
    a = .of three 1 (by decide) ∨ a = .of three 2 (by decide) :=
  match a with
  | ⟨0, _, h⟩ => absurd h (by decide)
  | ⟨1, _, _⟩ => .inl rfl
  | ⟨2, _, _⟩ => .inr rfl

abbrev toProducts (a : Residue two) : PrimeResidue three :=
  if a = .of two 0 then .unity three else .of three 2 (by decide)

abbrev toSums (a : PrimeResidue three) : Residue two :=
  if a = .unity three then .of two 0 else .of two 1

theorem toProducts_sum (a b : Residue two) :
    toProducts (a.sum b) = (toProducts a).product (toProducts b) := by
  rcases residue_two a with rfl | rfl <;> rcases residue_two b with rfl | rfl <;> decide

theorem toSums_product (a b : PrimeResidue three) :
    toSums (a.product b) = (toSums a).sum (toSums b) := by
  rcases prime_three a with rfl | rfl <;> rcases prime_three b with rfl | rfl <;> decide

theorem toSums_nought (a : PrimeResidue three) (h : toSums a = .nought two) :
    a = .unity three := by
  rcases prime_three a with rfl | rfl
  · rfl
  · exact absurd h (by decide)

theorem ResidueOfSum : closure% Reconstruct.ResidueOfSum.Statement := by
  witness [six, 4, -5]

theorem NumbersToRatios : closure% Reconstruct.NumbersToRatios.Statement := by
  have h (_ _ : Int) : Ratio.equality = Ratio.equality.compound Ratio.equality :=
    (Ratio.equality_compound _).symm
  witness [fun _ => .equality]

theorem SumsToProducts : closure% Reconstruct.SumsToProducts.Statement := by
  have h := toProducts_sum
  witness [two, three, toProducts]

theorem MultiplesToPowers : closure% Reconstruct.MultiplesToPowers.Statement := by
  have h := toProducts_sum
  witness [two, three, toProducts, .of two 1, 3]

theorem UnityAloneToNought : closure% Reconstruct.UnityAloneToNought.Statement := by
  have h := toSums_product
  have h' := toSums_nought
  witness [three, two, toSums, .unity three, .unity three]

theorem CarriedToNoughtCount : closure% Reconstruct.CarriedToNoughtCount.Statement := by
  witness [six, six, fun a => a]

theorem TurnsAnswerToResidues : closure% Reconstruct.TurnsAnswerToResidues.Statement := by
  witness [six]

theorem PeriodOfCarriedTurn : closure% Reconstruct.PeriodOfCarriedTurn.Statement := by
  witness [six, six, fun _ => .nought six, turn 3, 2]

theorem LinearToResidues : closure% Reconstruct.LinearToResidues.Statement := by
  witness [five, fun _ => .unity five, quarter]

theorem NumbersToLinear : closure% Reconstruct.NumbersToLinear.Statement := by
  witness []

theorem TranspositionCarried : closure% Reconstruct.TranspositionCarried.Statement := by
  witness [3, six, fun _ => .nought six, 0, 1]

end Reconstruct.NonVacuous
