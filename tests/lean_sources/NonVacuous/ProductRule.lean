import NonVacuous.Models
import Reconstruct.Substitutions.Target.ProductRule

/-! Not vacuous: the statements about rules that carry products to products. -/

namespace Reconstruct.NonVacuous

theorem IdentityCarriedToIdentity : closure% Reconstruct.IdentityCarriedToIdentity.Statement := by
  witness [Fin 6, Fin 3, (· + ·), 0, (· + ·), 0, (- ·), fun x => ⟨x % 3, by omega⟩]

theorem InverseCarriedToInverse : closure% Reconstruct.InverseCarriedToInverse.Statement := by
  witness [Fin 6, Fin 3, (· + ·), 0, (- ·), (· + ·), 0, (- ·), fun x => ⟨x % 3, by omega⟩, 1]

theorem OneToOneTest : closure% Reconstruct.OneToOneTest.Statement := by
  witness [Substitution 3, Substitution 3, (· * ·), 1, (·⁻¹), (· * ·), 1,
    fun s => .swap 0 1 * s * .swap 0 1, .swap 0 1, .swap 0 1]

theorem CarriedToIdentityClosed : closure% Reconstruct.CarriedToIdentityClosed.Statement := by
  witness [Fin 6, Fin 3, (· + ·), 0, (- ·), (· + ·), 0, (- ·), fun x => ⟨x % 3, by omega⟩]

theorem CarriedToSameTest : closure% Reconstruct.CarriedToSameTest.Statement := by
  witness [Fin 6, Fin 3, (· + ·), 0, (- ·), (· + ·), 0, (- ·), fun x => ⟨x % 3, by omega⟩, 1, 4]

theorem CarriedPartClosed : closure% Reconstruct.CarriedPartClosed.Statement := by
  witness [Fin 6, Fin 3, (· + ·), 0, (- ·), (· + ·), 0, (- ·), fun x => ⟨x % 3, by omega⟩,
    fun x => x = 0 ∨ x = 2 ∨ x = 4]

theorem CarriedIntoPartClosed : closure% Reconstruct.CarriedIntoPartClosed.Statement := by
  witness [Fin 6, Fin 6, (· + ·), 0, (- ·), (· + ·), 0, (- ·), fun x => 5 * x,
    fun x => x = 0 ∨ x = 2 ∨ x = 4]

theorem InterchangeCarriedOver : closure% Reconstruct.InterchangeCarriedOver.Statement := by
  witness [Fin 6, Fin 3, (· + ·), (· + ·), fun x => ⟨x % 3, by omega⟩, 1, 2]

theorem UndoingCarriesProducts : closure% Reconstruct.UndoingCarriesProducts.Statement := by
  witness [Fin 6, Fin 6, (· + ·), (· + ·), fun x => 5 * x, fun x => 5 * x, 1, 2]

theorem InversionCarriesProducts : closure% Reconstruct.InversionCarriesProducts.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹)]

theorem AgreementClosed : closure% Reconstruct.AgreementClosed.Statement := by
  witness [Fin 6, Fin 3, (· + ·), 0, (- ·), (· + ·), 0, (- ·), fun x => ⟨x % 3, by omega⟩,
    fun x => ⟨2 * x % 3, by omega⟩]

end Reconstruct.NonVacuous
