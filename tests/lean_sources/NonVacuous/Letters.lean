import NonVacuous.Models
import Reconstruct.Substitutions.Target.Letters

/-! Not vacuous: the statements about single substitutions. -/

namespace Reconstruct.NonVacuous

theorem ProductUndone : closure% Reconstruct.ProductUndone.Statement := by
  witness [3, .swap 0 1, .swap 1 2]

theorem ExchangedTwice : closure% Reconstruct.ExchangedTwice.Statement := by
  witness [3, 0, 1]

theorem SeparateSubstitutionsInterchange :
    closure% Reconstruct.SeparateSubstitutionsInterchange.Statement := by
  witness [4, .swap 0 1, .swap 2 3]

theorem RenamedTransposition : closure% Reconstruct.RenamedTransposition.Statement := by
  witness [3, .swap 0 1, 1, 2]

theorem RenamedLeavesRenamedLetter : closure% Reconstruct.RenamedLeavesRenamedLetter.Statement := by
  witness [3, .swap 0 1, .swap 1 2, 0]

theorem MeetingTranspositionsDiffer :
    closure% Reconstruct.MeetingTranspositionsDiffer.Statement := by
  witness [3, 0, 1, 2]

theorem MeetingTranspositionsThrice :
    closure% Reconstruct.MeetingTranspositionsThrice.Statement := by
  witness [3, 0, 1, 2]

theorem OneLetterAloneIsNotMoved : closure% Reconstruct.OneLetterAloneIsNotMoved.Statement := by
  witness [3, 1, 2]

theorem DifferentByDifferentReachesAll :
    closure% Reconstruct.DifferentByDifferentReachesAll.Statement := by
  witness [3, (Substitution.swap 0 1).toFun, 2]

theorem RepetitionRestores : closure% Reconstruct.RepetitionRestores.Statement := by
  witness [3, .swap 0 1]

theorem OnlyIdentityInterchangesWithAll :
    closure% Reconstruct.OnlyIdentityInterchangesWithAll.Statement := by
  witness [3, 1]

theorem ExchangesWithFirstSuffice : closure% Reconstruct.ExchangesWithFirstSuffice.Statement := by
  witness [2, .swap 1 2]

end Reconstruct.NonVacuous
