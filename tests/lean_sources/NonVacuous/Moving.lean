import NonVacuous.Models
import Reconstruct.Substitutions.Target.Moving

/-! Not vacuous: the statements about systems that move letters. -/

namespace Reconstruct.NonVacuous

theorem LeavingInPlaceClosed : closure% Reconstruct.LeavingInPlaceClosed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Fin 3, fun s i => s i, 0]

theorem SamePlaceTest : closure% Reconstruct.SamePlaceTest.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Fin 3, fun s i => s i, .swap 0 1, .swap 1 2, 0]

theorem TransformedLeavesMovedLetter :
    closure% Reconstruct.TransformedLeavesMovedLetter.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Fin 3, fun s i => s i, .swap 0 1, .swap 1 2, 0]

theorem PlacesTimesLeaving : closure% Reconstruct.PlacesTimesLeaving.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Fin 3, fun s i => s i, Substitution.all 3, [1,
    .swap 0 1], [0, 1, 2], 2]

theorem TransformedTimesInterchangeable :
    closure% Reconstruct.TransformedTimesInterchangeable.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.all 3, [.swap 0 1, .swap 1 2,
    .swap 0 2], [1, .swap 0 1], .swap 0 1]

theorem CountByTransformed : closure% Reconstruct.CountByTransformed.Statement := by
  witness [Fin 8, eight, 0, eightInverse, List.finRange 8, [0, 2], [1, 4, 5],
    fun r => (List.finRange 8).filter fun a => eight a r = eight r a]

theorem SystemAsSubstitutions : closure% Reconstruct.SystemAsSubstitutions.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.all 3]

theorem LettersNeverMoved : closure% Reconstruct.LettersNeverMoved.Statement := by
  witness [Fin 2, (· + ·), 0, (- ·), Fin 4,
    fun a x => if a = 0 then x else Substitution.swap 0 1 x, [0, 1], List.finRange 4, [2, 3], 2,
    1]

theorem CountByLettersLeft : closure% Reconstruct.CountByLettersLeft.Statement := by
  witness [Fin 2, (· + ·), 0, (- ·), Fin 4,
    fun a x => if a = 0 then x else Substitution.swap 0 1 x, [0, 1], [0, 2, 3],
    fun a => if a = 0 then List.finRange 4 else [2, 3]]

end Reconstruct.NonVacuous
