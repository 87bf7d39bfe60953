import Reconstruct.Substitutions.Target.ProductRule

/-! Proofs of the statements about rules that carry products to products. Never shown to a
policy. -/

namespace Reconstruct.Solutions

theorem IdentityCarriedToIdentity : Reconstruct.IdentityCarriedToIdentity.Statement := by
  intro G H m e n u inv f LU A lu li F
  have h := F e e
  rw [LU] at h
  have h1 : n (inv (f e)) (f e) = n (inv (f e)) (n (f e) (f e)) := by rw [← h]
  rw [← A, li, lu] at h1
  exact h1.symm

theorem InverseCarriedToInverse : Reconstruct.InverseCarriedToInverse.Statement := by
  intro G H m e i n u j f LU LI A lu ru li ri F a
  have he := IdentityCarriedToIdentity G H m e n u j f LU A lu li F
  have h : n (f (i a)) (f a) = u := by rw [← F, LI, he]
  rw [← ru (f (i a)), ← ri (f a), ← A, h, lu]

theorem OneToOneTest : Reconstruct.OneToOneTest.Statement := by
  intro G H m e i n u f A LU RU LI RI lu F fe D a b h
  have h1 : f (m a (i b)) = u := by rw [F, h, ← F, RI, fe]
  have h2 := D _ h1
  rw [← RU a, ← LI b, ← A, h2, LU]

theorem CarriedToIdentityClosed : Reconstruct.CarriedToIdentityClosed.Statement := by
  intro G H m e i n u j f A LU RU LI RI a' lu ru li ri F
  have fe := IdentityCarriedToIdentity G H m e n u j f LU a' lu li F
  have fi := InverseCarriedToInverse G H m e i n u j f LU LI a' lu ru li ri F
  refine ⟨fe, fun a b ha hb => by rw [F, ha, hb, lu], fun a ha => ?_, fun g a ha => ?_⟩
  · rw [fi, ha, ← lu (j u), ri]
  · rw [F, F, ha, ru, ← F, RI, fe]

theorem CarriedToSameTest : Reconstruct.CarriedToSameTest.Statement := by
  intro G H m e i n u j f A LU RU LI RI a' lu ru li ri F a b
  have fe := IdentityCarriedToIdentity G H m e n u j f LU a' lu li F
  constructor
  · intro h
    rw [F, h, ← F, RI, fe]
  · intro h
    have h1 : n (f (m a (i b))) (f b) = f b := by rw [h, lu]
    rwa [← F, A, LI, RU] at h1

theorem CarriedPartClosed : Reconstruct.CarriedPartClosed.Statement := by
  intro G H m e i n u j f P F fe fi pe pm pi
  refine ⟨⟨e, pe, fe⟩, ?_, ?_⟩
  · intro x y ⟨a, ha, hx⟩ ⟨b, hb, hy⟩
    exact ⟨m a b, pm a b ha hb, by rw [F, hx, hy]⟩
  · intro x ⟨a, ha, hx⟩
    exact ⟨i a, pi a ha, by rw [fi, hx]⟩

theorem CarriedIntoPartClosed : Reconstruct.CarriedIntoPartClosed.Statement := by
  intro G H m e i n u j f Q F fe fi qe qm qi qt
  refine ⟨fe ▸ qe, fun a b ha hb => ?_, fun a ha => ?_, fun g a ha => ?_⟩
  · rw [F]; exact qm _ _ ha hb
  · rw [fi]; exact qi _ ha
  · rw [F, F, fi]; exact qt _ _ ha

theorem InterchangeCarriedOver : Reconstruct.InterchangeCarriedOver.Statement := by
  intro G H m n f C F S x y
  obtain ⟨a, ha⟩ := S x
  obtain ⟨b, hb⟩ := S y
  rw [← ha, ← hb, ← F, C, F]

theorem UndoingCarriesProducts : Reconstruct.UndoingCarriesProducts.Statement := by
  intro G H m n f g F gf fg x y
  rw [← gf (m (g x) (g y)), F, fg, fg]

theorem InversionCarriesProducts : Reconstruct.InversionCarriesProducts.Statement := by
  intro G m e inv A LU RU LI RI
  have I : ∀ a, inv (inv a) = a := fun a => by
    rw [← RU (inv (inv a)), ← LI a, ← A, LI, LU]
  have M : ∀ a b, inv (m a b) = m (inv b) (inv a) := fun a b => by
    have h : m (m a b) (m (inv b) (inv a)) = e := by rw [A, ← A b, RI, LU, RI]
    rw [← RU (inv (m a b)), ← h, ← A, LI, LU]
  constructor
  · intro H a b
    rw [← I (m a b), M a b, ← H b a, I]
  · intro C a b
    rw [M, C]

theorem AgreementClosed : Reconstruct.AgreementClosed.Statement := by
  intro G H m e i n u j f g LU LI RI A lu ru li ri F F'
  have fe := IdentityCarriedToIdentity G H m e n u j f LU A lu li F
  have ge := IdentityCarriedToIdentity G H m e n u j g LU A lu li F'
  have fi := InverseCarriedToInverse G H m e i n u j f LU LI A lu ru li ri F
  have gi := InverseCarriedToInverse G H m e i n u j g LU LI A lu ru li ri F'
  exact ⟨fe.trans ge.symm, fun a b ha hb => by rw [F, F', ha, hb],
    fun a ha => by rw [fi, gi, ha]⟩

end Reconstruct.Solutions
