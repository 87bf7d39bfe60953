import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole
import Reconstruct.Substitutions.Target.FewLetters

/-! Proofs of statements about few letters. Never shown to a policy. -/

namespace Reconstruct.Solutions

open Substitution

theorem HalfAreEven : Reconstruct.HalfAreEven.Statement := by
  intro n E hn en em
  rw [← two_mul_length_allEven hn, length_eq_of_nodup_of_mem_iff en (nodup_allEven n)
    fun s => (em s).trans mem_allEven.symm]

end Reconstruct.Solutions
