import Reconstruct.Substitutions.Target.Transformation

/-! Proofs of the statements about transformed elements. Never shown to a policy. -/

namespace Reconstruct.Solutions

/-- The rules which, used from left to right, bring every product to its shortest form. -/
private theorem shorten {G : Type} {m : G → G → G} {e : G} {inv : G → G}
    (A : ∀ a b c, m (m a b) c = m a (m b c)) (LU : ∀ a, m e a = a) (RU : ∀ a, m a e = a)
    (LI : ∀ a, m (inv a) a = e) (RI : ∀ a, m a (inv a) = e) :
    (∀ a b, m (inv a) (m a b) = b) ∧ (∀ a b, m a (m (inv a) b) = b) ∧
      (∀ a, inv (inv a) = a) ∧ (∀ a b, inv (m a b) = m (inv b) (inv a)) ∧ inv e = e := by
  have K1 : ∀ a b, m (inv a) (m a b) = b := fun a b => by rw [← A, LI, LU]
  have K2 : ∀ a b, m a (m (inv a) b) = b := fun a b => by rw [← A, RI, LU]
  have I : ∀ a, inv (inv a) = a := fun a => by
    rw [← RU (inv (inv a)), ← LI a, K1]
  refine ⟨K1, K2, I, fun a b => ?_, by rw [← LU (inv e), RI]⟩
  have h : m (m a b) (m (inv b) (inv a)) = e := by rw [A, K2, RI]
  rw [← RU (inv (m a b)), ← h, K1]

theorem TransformedProduct : Reconstruct.TransformedProduct.Statement := by
  intro G m e inv A LU RU LI RI g a b
  obtain ⟨K1, K2, I, M, E⟩ := shorten A LU RU LI RI
  simp only [A, K1]

theorem TransformedInverse : Reconstruct.TransformedInverse.Statement := by
  intro G m e inv A LU RU LI RI g a
  obtain ⟨K1, K2, I, M, E⟩ := shorten A LU RU LI RI
  simp only [A, M, I]

theorem TransformedMutually : Reconstruct.TransformedMutually.Statement := by
  intro G m e inv A LU RU LI RI
  obtain ⟨K1, K2, I, M, E⟩ := shorten A LU RU LI RI
  refine ⟨fun a => ⟨e, by rw [LU, E, RU]⟩, ?_, ?_⟩
  · intro a b ⟨g, hg⟩
    exact ⟨inv g, by rw [hg]; simp only [A, I, K1, LI, RU]⟩
  · intro a b c ⟨g, hg⟩ ⟨h, hh⟩
    exact ⟨m h g, by rw [hh, hg]; simp only [A, M]⟩

theorem ContraryProductsTransformed : Reconstruct.ContraryProductsTransformed.Statement := by
  intro G m e inv A LU RU LI RI a b
  obtain ⟨K1, K2, I, M, E⟩ := shorten A LU RU LI RI
  exact ⟨b, by simp only [A, RI, RU]⟩

theorem InterchangeTest : Reconstruct.InterchangeTest.Statement := by
  intro G m e inv A LU RU LI RI a b
  obtain ⟨K1, K2, I, M, E⟩ := shorten A LU RU LI RI
  constructor
  · intro h
    have h1 : m (m (m a b) (m (inv a) (inv b))) (m b a) = m e (m b a) := by rw [h]
    rw [LU] at h1
    rw [← h1]
    simp only [A, K1, LI, RU]
  · intro h
    rw [h]
    simp only [A, K2, RI]

theorem LeftAsItIsByTransforming : Reconstruct.LeftAsItIsByTransforming.Statement := by
  intro G m e inv A LU RU LI RI g a
  constructor
  · intro h
    have h1 : m (m (m g a) (inv g)) g = m a g := by rw [h]
    rwa [A, LI, RU] at h1
  · intro h
    rw [h, A, RI, RU]

theorem TransformedPartClosed : Reconstruct.TransformedPartClosed.Statement := by
  intro G m e inv P A LU RU LI RI pe pm pi g
  obtain ⟨K1, K2, I, M, E⟩ := shorten A LU RU LI RI
  refine ⟨⟨e, pe, by rw [RU, RI]⟩, ?_, ?_⟩
  · intro x y ⟨a, ha, hx⟩ ⟨b, hb, hy⟩
    exact ⟨m a b, pm a b ha hb, by rw [hx, hy]; simp only [A, K1]⟩
  · intro x ⟨a, ha, hx⟩
    exact ⟨inv a, pi a ha, by rw [hx]; simp only [A, M, I]⟩

theorem HoldsTransformedOfMembers : Reconstruct.HoldsTransformedOfMembers.Statement := by
  intro G m e inv P A LU RU LI RI pm H g a ha
  obtain ⟨K1, K2, I, M, E⟩ := shorten A LU RU LI RI
  have h := pm _ _ (H g a) ha
  rwa [show m (m (m g a) (m (inv g) (inv a))) a = m (m g a) (inv g) by
    simp only [A, LI, RU]] at h

theorem SeparatePartsInterchange : Reconstruct.SeparatePartsInterchange.Statement := by
  intro G m e inv P Q A LU RU LI RI pm pi pt qm qi qt D a b ha hb
  obtain ⟨K1, K2, I, M, E⟩ := shorten A LU RU LI RI
  refine (InterchangeTest G m e inv A LU RU LI RI a b).1 (D _ ?_ ?_)
  · have h := pm _ _ ha (pt b _ (pi a ha))
    rwa [show m a (m (m b (inv a)) (inv b)) = m (m a b) (m (inv a) (inv b)) by
      simp only [A]] at h
  · have h := qm _ _ (qt a b hb) (qi b hb)
    rwa [show m (m (m a b) (inv a)) (inv b) = m (m a b) (m (inv a) (inv b)) by
      simp only [A]] at h

end Reconstruct.Solutions
