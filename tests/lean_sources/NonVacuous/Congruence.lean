import NonVacuous.Closure
import Reconstruct.Substitutions.Target.Congruence

/-! Not vacuous: the statements about congruences. -/

namespace Reconstruct.NonVacuous

theorem OddSquareByEight : closure% Reconstruct.OddSquareByEight.Statement := by
  witness [3]

theorem TwoSquaresByFour : closure% Reconstruct.TwoSquaresByFour.Statement := by
  witness [1, 2]

theorem CastingOutNines : closure% Reconstruct.CastingOutNines.Statement := by
  witness [5]

theorem CubeBySix : closure% Reconstruct.CubeBySix.Statement := by
  witness [7]

theorem FirstDegreeSolved : closure% Reconstruct.FirstDegreeSolved.Statement := by
  witness [10, 3, 7]

theorem RemaindersByTwoModuli : closure% Reconstruct.RemaindersByTwoModuli.Statement := by
  witness [3, 5, 2, 4]

theorem OwnInverseByPrime : closure% Reconstruct.OwnInverseByPrime.Statement := by
  witness [7, 6]

theorem SomePowerLeavesOne : closure% Reconstruct.SomePowerLeavesOne.Statement := by
  witness [9, 2]

theorem PowersLeaveAllRemainders : closure% Reconstruct.PowersLeaveAllRemainders.Statement := by
  witness [7]

end Reconstruct.NonVacuous
