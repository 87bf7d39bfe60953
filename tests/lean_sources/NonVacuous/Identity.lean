import NonVacuous.Models
import Reconstruct.Substitutions.Target.Identity

/-! Not vacuous: the statements about identity, inverses and division. -/

namespace Reconstruct.NonVacuous

theorem StrikeOutFirstFactor : closure% Reconstruct.StrikeOutFirstFactor.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1, .swap 1 2, .swap 1 2]

theorem StrikeOutLastFactor : closure% Reconstruct.StrikeOutLastFactor.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1, .swap 1 2, .swap 1 2]

theorem InverseOfInverse : closure% Reconstruct.InverseOfInverse.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1]

theorem InverseOfProduct : closure% Reconstruct.InverseOfProduct.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1, .swap 1 2]

theorem InverseServesAfter : closure% Reconstruct.InverseServesAfter.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1]

theorem IdentityServesAfter : closure% Reconstruct.IdentityServesAfter.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1]

theorem EquationSolvedOnce : closure% Reconstruct.EquationSolvedOnce.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1, .swap 1 2]

theorem DivisionGivesIdentity : closure% Reconstruct.DivisionGivesIdentity.Statement := by
  witness [Substitution 3, (· * ·)]

theorem SquaresIdentityInterchange : closure% Reconstruct.SquaresIdentityInterchange.Statement := by
  witness [Bool × Bool, fun x y => (xor x.1 y.1, xor x.2 y.2), (false, false), (true, false),
    (false, true)]

theorem SquareOfProductInterchange : closure% Reconstruct.SquareOfProductInterchange.Statement := by
  witness [Fin 6, (· + ·), 0, (- ·), 1, 2]

theorem InverseKeepsOrderInterchange :
    closure% Reconstruct.InverseKeepsOrderInterchange.Statement := by
  witness [Fin 6, (· + ·), 0, (- ·), 1, 2]

theorem OnlyIdentityIsOwnSquare : closure% Reconstruct.OnlyIdentityIsOwnSquare.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), 1]

theorem IdentityProductReversed : closure% Reconstruct.IdentityProductReversed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1, .swap 0 1]

theorem TwoOperationsAreOne : closure% Reconstruct.TwoOperationsAreOne.Statement := by
  witness [Fin 6, (· + ·), (· + ·), 0, 1, 2]

theorem DivisionDetermines : closure% Reconstruct.DivisionDetermines.Statement := by
  witness [Substitution 3, fun a b => a * b⁻¹, 1, .swap 0 1, .swap 1 2, .swap 0 2]

end Reconstruct.NonVacuous
