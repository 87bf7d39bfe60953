import NonVacuous.Models
import Reconstruct.Substitutions.Target.Transformation

/-! Not vacuous: the statements about transformed elements. -/

namespace Reconstruct.NonVacuous

theorem TransformedProduct : closure% Reconstruct.TransformedProduct.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1, .swap 1 2, .swap 0 2]

theorem TransformedInverse : closure% Reconstruct.TransformedInverse.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1, .swap 1 2]

theorem TransformedMutually : closure% Reconstruct.TransformedMutually.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹)]

theorem ContraryProductsTransformed :
    closure% Reconstruct.ContraryProductsTransformed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1, .swap 1 2]

theorem InterchangeTest : closure% Reconstruct.InterchangeTest.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1, .swap 1 2]

theorem LeftAsItIsByTransforming : closure% Reconstruct.LeftAsItIsByTransforming.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1, .swap 1 2]

theorem TransformedPartClosed : closure% Reconstruct.TransformedPartClosed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), fun s => s = 1 ∨ s = .swap 0 1, .swap 1 2]

theorem HoldsTransformedOfMembers : closure% Reconstruct.HoldsTransformedOfMembers.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.IsEven, .swap 0 1, 1]

theorem SeparatePartsInterchange : closure% Reconstruct.SeparatePartsInterchange.Statement := by
  witness [Fin 6, (· + ·), 0, (- ·), fun x => x = 0 ∨ x = 3, fun x => x = 0 ∨ x = 2 ∨ x = 4, 3, 2]

end Reconstruct.NonVacuous
