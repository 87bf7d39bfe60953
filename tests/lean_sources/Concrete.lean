import Reconstruct.Substitutions.Foundation

/-! The same argument three times, about residues, ratios and linear substitutions, for
`autoresearch abstract`: each proof as one would write it who has seen none of the others. -/

namespace Concrete

open Reconstruct

theorem summand_struck_out (m : Modulus) (a b c : Residue m) (h : a.sum b = a.sum c) : b = c := by
  rw [← Residue.nought_sum b, ← Residue.opposite_sum a, Residue.sum_assoc, h, ← Residue.sum_assoc,
    Residue.opposite_sum, Residue.nought_sum]

theorem opposite_twice (m : Modulus) (a : Residue m) : a.opposite.opposite = a :=
  summand_struck_out m a.opposite _ _ (by rw [Residue.sum_opposite, Residue.opposite_sum])

theorem ratio_struck_out (a b c : Ratio) (h : a.compound b = a.compound c) : b = c := by
  have h := congrArg (Ratio.compound a.inverse) h
  rwa [← Ratio.compound_assoc, ← Ratio.compound_assoc, Ratio.inverse_compound,
    Ratio.equality_compound, Ratio.equality_compound] at h

theorem inverse_twice (a : Ratio) : a.inverse.inverse = a :=
  ratio_struck_out a.inverse _ _ (by rw [Ratio.compound_inverse, Ratio.inverse_compound])

theorem substitution_struck_out (s t u : LinearSubstitution)
    (h : s.composed t = s.composed u) : t = u := by
  calc t = (s.solved.composed s).composed t := by
        rw [LinearSubstitution.solved_composed, LinearSubstitution.unchanged_composed]
    _ = u := by
        rw [LinearSubstitution.composed_assoc, h, ← LinearSubstitution.composed_assoc,
          LinearSubstitution.solved_composed, LinearSubstitution.unchanged_composed]

theorem solved_twice (s : LinearSubstitution) : s.solved.solved = s :=
  substitution_struck_out s.solved _ _
    (by rw [LinearSubstitution.composed_solved, LinearSubstitution.solved_composed])

theorem least_bounded (m : Modulus) (a : Residue m) : a.least ≤ m.number :=
  Nat.le_of_lt a.below

end Concrete
