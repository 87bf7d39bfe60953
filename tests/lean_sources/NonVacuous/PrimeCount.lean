import NonVacuous.Models
import Reconstruct.Substitutions.Target.PrimeCount

/-! Not vacuous: the statements about systems with given prime divisors. -/

namespace Reconstruct.NonVacuous

theorem PrimeDivisorIsPeriod : closure% Reconstruct.PrimeDivisorIsPeriod.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), power (· * ·) 1, Substitution.all 3, 3]

theorem PrimePowerInterchangeable : closure% Reconstruct.PrimePowerInterchangeable.Statement := by
  witness [Fin 8, eight, 0, eightInverse, List.finRange 8, 2, 3]

theorem HalfHoldsTransformed : closure% Reconstruct.HalfHoldsTransformed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.all 3, Substitution.allEven 3,
    .swap 0 1, 1]

theorem PrimeCountPowersOfOne : closure% Reconstruct.PrimeCountPowersOfOne.Statement := by
  witness [Fin 3, (· + ·), 0, (- ·), power (· + ·) 0, List.finRange 3, 1, 2]

theorem PrimeSquareInterchange : closure% Reconstruct.PrimeSquareInterchange.Statement := by
  witness [Fin 9, (· + ·), 0, (- ·), List.finRange 9, 3, 1, 2]

theorem LeastPrimeHoldsTransformed : closure% Reconstruct.LeastPrimeHoldsTransformed.Statement := by
  have least : ∀ q, Prime q → q ∣ (Substitution.all 3).length → 2 ≤ q := fun q hq _ => hq.1
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.all 3, Substitution.allEven 3, 2,
    .swap 0 1, 1]

theorem GreatestPeriodServesAll : closure% Reconstruct.GreatestPeriodServesAll.Statement := by
  witness [Fin 6, (· + ·), 0, (- ·), power (· + ·) 0, List.finRange 6]

theorem TwoPrimesPowersOfOne : closure% Reconstruct.TwoPrimesPowersOfOne.Statement := by
  witness [Fin 15, (· + ·), 0, (- ·), power (· + ·) 0, List.finRange 15, 3, 5]

theorem PrimePowerPartExists : closure% Reconstruct.PrimePowerPartExists.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.all 3, 3, 1]

theorem PrimePowerPartsTransformed : closure% Reconstruct.PrimePowerPartsTransformed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.all 3, [1, .swap 0 1], [1, .swap 1 2],
    2, 1, 3]

theorem InterchangeableSystemSplits :
    closure% Reconstruct.InterchangeableSystemSplits.Statement := by
  witness [Fin 6, (· + ·), 0, (- ·), power (· + ·) 0, List.finRange 6]

end Reconstruct.NonVacuous
