import NonVacuous.Models
import Reconstruct.Substitutions.Target.Power

/-! Not vacuous: the statements about powers and periods. -/

namespace Reconstruct.NonVacuous

theorem PowersMultiplied : closure% Reconstruct.PowersMultiplied.Statement := by
  witness [Substitution 3, (· * ·), 1, power (· * ·) 1, .swap 0 1, 2, 3]

theorem PowersInterchange : closure% Reconstruct.PowersInterchange.Statement := by
  witness [Substitution 3, (· * ·), 1, power (· * ·) 1, .swap 0 1, 2, 3]

theorem PowerOfPower : closure% Reconstruct.PowerOfPower.Statement := by
  witness [Substitution 3, (· * ·), 1, power (· * ·) 1, .swap 0 1, 2, 3]

theorem PowerOfInterchangeable : closure% Reconstruct.PowerOfInterchangeable.Statement := by
  witness [Substitution 3, (· * ·), 1, power (· * ·) 1, .swap 0 1, 1, 3]

theorem PowerOfInverse : closure% Reconstruct.PowerOfInverse.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), power (· * ·) 1, .swap 0 1, 3]

theorem PowerOfTransformed : closure% Reconstruct.PowerOfTransformed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), power (· * ·) 1, .swap 0 1, .swap 1 2, 3]

theorem PeriodDivides : closure% Reconstruct.PeriodDivides.Statement := by
  have least : ∀ k, 0 < k → power (fun x y : Substitution 3 => x * y) 1 (.swap 0 1) k = 1 →
      2 ≤ k := by
    intro k hk h
    match k, hk, h with
    | 1, _, h => exact absurd h (by decide +kernel)
    | k + 2, _, _ => omega
  witness [Substitution 3, (· * ·), 1, power (· * ·) 1, .swap 0 1, 2, 4]

theorem PrimeExponentsIdentity : closure% Reconstruct.PrimeExponentsIdentity.Statement := by
  witness [Substitution 3, (· * ·), 1, power (· * ·) 1, 1, 2, 3]

theorem ContraryProductsSamePeriod : closure% Reconstruct.ContraryProductsSamePeriod.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), power (· * ·) 1, .swap 0 1, .swap 1 2, 3]

theorem PowersCarriedToPowers : closure% Reconstruct.PowersCarriedToPowers.Statement := by
  witness [Fin 6, Fin 3, (· + ·), 0, power (· + ·) 0, (· + ·), 0, power (· + ·) 0,
    fun x => ⟨x % 3, by omega⟩, 1, 4]

theorem PowersBelowPeriodDiffer : closure% Reconstruct.PowersBelowPeriodDiffer.Statement := by
  have least : ∀ k, 0 < k → power (fun x y : Substitution 3 => x * y) 1 (.swap 0 1) k = 1 →
      2 ≤ k := by
    intro k hk h
    match k, hk, h with
    | 1, _, h => exact absurd h (by decide +kernel)
    | k + 2, _, _ => omega
  witness [Substitution 3, (· * ·), 1, (·⁻¹), power (· * ·) 1, .swap 0 1, 2, 1, 1]

end Reconstruct.NonVacuous
