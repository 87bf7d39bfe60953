import Reconstruct.Substitutions.Target.Operation

/-! Proofs of the warm-ups about one operation. Never shown to a policy. -/

namespace Reconstruct.Solutions

theorem IdentityUnique : Reconstruct.IdentityUnique.Statement :=
  fun _ _ e f hl hr => (hr e).symm.trans (hl f)

theorem InverseUnique : Reconstruct.InverseUnique.Statement := by
  intro G m e A LU RU a b c hb hc
  rw [← RU b, ← hc, ← A, hb, LU]

theorem FourFactorsRebracketed : Reconstruct.FourFactorsRebracketed.Statement := by
  intro G m A a b c d
  rw [A, A]

theorem ChangesPlacesWithProduct : Reconstruct.ChangesPlacesWithProduct.Statement := by
  intro G m A a b c hb hc
  rw [← A, hb, A, hc, A]

theorem SquareOfInterchangeable : Reconstruct.SquareOfInterchangeable.Statement := by
  intro G m A a b h
  rw [A, ← A b a b, ← h, A a b b, ← A]

theorem OwnSquareIsIdentity : Reconstruct.OwnSquareIsIdentity.Statement := by
  intro G m A C a h b
  exact C a _ _ (by rw [← A, h])

theorem InverseOfIdentity : Reconstruct.InverseOfIdentity.Statement :=
  fun _ _ e inv LU RI => (LU (inv e)).symm.trans (RI e)

theorem SuccessionCarriesProducts : Reconstruct.SuccessionCarriesProducts.Statement := by
  intro G H K m n k f g hf hg a b
  rw [hf, hg]

theorem MultipleOfMultiple : Reconstruct.MultipleOfMultiple.Statement := by
  intro G m A a b c ⟨x, hx⟩ ⟨y, hy⟩
  exact ⟨m x y, by rw [← A, hx, hy]⟩

end Reconstruct.Solutions
