import NonVacuous.Models
import Reconstruct.Substitutions.Target.Counting

/-! Not vacuous: the statements about counting in finite systems. -/

namespace Reconstruct.NonVacuous

theorem DifferenceByPart : closure% Reconstruct.DifferenceByPart.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.IsEven]

theorem ClassesApartOrSame : closure% Reconstruct.ClassesApartOrSame.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.IsEven, 1, 1, 1, 1]

theorem ClassesOfEqualCount : closure% Reconstruct.ClassesOfEqualCount.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.allEven 3, .swap 0 1]

theorem CountOfPartDividesCount : closure% Reconstruct.CountOfPartDividesCount.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.all 3, Substitution.allEven 3]

theorem PeriodDividesCount : closure% Reconstruct.PeriodDividesCount.Statement := by
  have least : ∀ k, 0 < k → power (fun x y : Substitution 3 => x * y) 1 (.swap 0 1) k = 1 →
      2 ≤ k := by
    intro k hk h
    match k, hk, h with
    | 1, _, h => exact absurd h (by decide +kernel)
    | k + 2, _, _ => omega
  witness [Substitution 3, (· * ·), 1, (·⁻¹), power (· * ·) 1, Substitution.all 3, .swap 0 1, 2]

theorem PowerByCountIsIdentity : closure% Reconstruct.PowerByCountIsIdentity.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), power (· * ·) 1, Substitution.all 3, .swap 0 1]

theorem FiniteProductsSuffice : closure% Reconstruct.FiniteProductsSuffice.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.allEven 3]

theorem FiniteStrikingOutSuffices : closure% Reconstruct.FiniteStrikingOutSuffices.Statement := by
  witness [Substitution 3, (· * ·), Substitution.all 3]

theorem PrimeCountsShareIdentity : closure% Reconstruct.PrimeCountsShareIdentity.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.allEven 3, [1, .swap 0 1], 1]

theorem ProductsOfPartsTest : closure% Reconstruct.ProductsOfPartsTest.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.IsEven, fun s => s = 1 ∨ s = .swap 0 1]

theorem CountOfProducts : closure% Reconstruct.CountOfProducts.Statement := by
  witness [Fin 8, (· + ·), 0, (- ·), [0, 2, 4, 6], [0, 4], [0, 4], [0, 2, 4, 6]]

theorem EvenCountOwnInverse : closure% Reconstruct.EvenCountOwnInverse.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.all 3]

theorem OddCountSquares : closure% Reconstruct.OddCountSquares.Statement := by
  witness [Fin 3, (· + ·), 0, (- ·), List.finRange 3, 2]

theorem ProductOfAll : closure% Reconstruct.ProductOfAll.Statement := by
  witness [Fin 6, (· + ·), 0, (- ·), List.finRange 6, [0, 3]]

theorem PeriodOfProduct : closure% Reconstruct.PeriodOfProduct.Statement := by
  have least3 : ∀ i, 0 < i → power (fun x y : Fin 6 => x + y) 0 2 i = 0 → 3 ≤ i := by
    intro i hi h
    match i, hi, h with
    | 1, _, h => exact absurd h (by decide +kernel)
    | 2, _, h => exact absurd h (by decide +kernel)
    | i + 3, _, _ => omega
  have least2 : ∀ i, 0 < i → power (fun x y : Fin 6 => x + y) 0 3 i = 0 → 2 ≤ i := by
    intro i hi h
    match i, hi, h with
    | 1, _, h => exact absurd h (by decide +kernel)
    | i + 2, _, _ => omega
  witness [Fin 6, (· + ·), 0, (- ·), power (· + ·) 0, 2, 3, 3, 2]

end Reconstruct.NonVacuous
