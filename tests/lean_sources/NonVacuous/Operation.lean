import NonVacuous.Models
import Reconstruct.Substitutions.Target.Operation

/-! Not vacuous: the statements about one operation. -/

namespace Reconstruct.NonVacuous

theorem IdentityUnique : closure% Reconstruct.IdentityUnique.Statement := by
  witness [Substitution 3, (· * ·), 1, 1]

theorem InverseUnique : closure% Reconstruct.InverseUnique.Statement := by
  witness [Substitution 3, (· * ·), 1, .swap 0 1, .swap 0 1, .swap 0 1]

theorem FourFactorsRebracketed : closure% Reconstruct.FourFactorsRebracketed.Statement := by
  witness [Substitution 3, (· * ·), .swap 0 1, .swap 1 2, .swap 0 1, .swap 1 2]

theorem ChangesPlacesWithProduct : closure% Reconstruct.ChangesPlacesWithProduct.Statement := by
  witness [Substitution 3, (· * ·), .swap 0 1, .swap 0 1, 1]

theorem SquareOfInterchangeable : closure% Reconstruct.SquareOfInterchangeable.Statement := by
  witness [Substitution 3, (· * ·), .swap 0 1, 1]

theorem OwnSquareIsIdentity : closure% Reconstruct.OwnSquareIsIdentity.Statement := by
  witness [Substitution 3, (· * ·), 1, .swap 0 1]

theorem InverseOfIdentity : closure% Reconstruct.InverseOfIdentity.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹)]

theorem SuccessionCarriesProducts : closure% Reconstruct.SuccessionCarriesProducts.Statement := by
  witness [Fin 6, Fin 6, Fin 3, (· + ·), (· + ·), (· + ·), (· + 0), fun x => ⟨x % 3, by omega⟩, 1,
    2]

theorem MultipleOfMultiple : closure% Reconstruct.MultipleOfMultiple.Statement := by
  witness [Substitution 3, (· * ·), 1, .swap 0 1, .swap 1 2]

end Reconstruct.NonVacuous
