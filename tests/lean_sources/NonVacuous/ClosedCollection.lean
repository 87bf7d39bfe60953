import NonVacuous.Models
import Reconstruct.Substitutions.Target.ClosedCollection

/-! Not vacuous: the statements about closed collections. -/

namespace Reconstruct.NonVacuous

theorem OneTestForClosed : closure% Reconstruct.OneTestForClosed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.IsEven]

theorem CommonPartClosed : closure% Reconstruct.CommonPartClosed.Statement := by
  witness [Fin 6, (· + ·), 0, (- ·), fun x => x = 0 ∨ x = 3, fun x => x = 0 ∨ x = 2 ∨ x = 4]

theorem InterchangeableWithOneClosed :
    closure% Reconstruct.InterchangeableWithOneClosed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), .swap 0 1]

theorem InterchangeableWithAllClosed :
    closure% Reconstruct.InterchangeableWithAllClosed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹)]

theorem TogetherClosedOneHoldsOther :
    closure% Reconstruct.TogetherClosedOneHoldsOther.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.IsEven, Substitution.IsEven]

theorem NotMadeOfTwoParts : closure% Reconstruct.NotMadeOfTwoParts.Statement := by
  witness [Fin 6, (· + ·), 0, (- ·), fun x => x = 0 ∨ x = 3, fun x => x = 0 ∨ x = 2 ∨ x = 4]

theorem IdentityOfPart : closure% Reconstruct.IdentityOfPart.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.IsEven, 1]

theorem FactorBelongsIffProduct : closure% Reconstruct.FactorBelongsIffProduct.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.IsEven, 1, .swap 0 1]

end Reconstruct.NonVacuous
