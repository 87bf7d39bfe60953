import Reconstruct.Substitutions.Target.ClosedCollection

/-! Proofs of the statements about closed collections. Never shown to a policy. -/

namespace Reconstruct.Solutions

theorem OneTestForClosed : Reconstruct.OneTestForClosed.Statement := by
  intro G m e inv P A LU RU LI RI ⟨a, ha⟩ H
  have he : P e := RI a ▸ H a a ha ha
  have hi : ∀ a, P a → P (inv a) := fun a ha => LU (inv a) ▸ H e a he ha
  refine ⟨he, hi, fun a b ha hb => ?_⟩
  have hb' : inv (inv b) = b := by
    rw [← RU (inv (inv b)), ← LI b, ← A, LI, LU]
  exact hb' ▸ H a (inv b) ha (hi b hb)

theorem CommonPartClosed : Reconstruct.CommonPartClosed.Statement :=
  fun _ _ _ _ _ _ pe pm pi qe qm qi =>
    ⟨⟨pe, qe⟩, fun a b ha hb => ⟨pm a b ha.1 hb.1, qm a b ha.2 hb.2⟩,
      fun a ha => ⟨pi a ha.1, qi a ha.2⟩⟩

theorem InterchangeableWithOneClosed : Reconstruct.InterchangeableWithOneClosed.Statement := by
  intro G m e inv A LU RU LI RI g
  refine ⟨by rw [LU, RU], fun a b ha hb => by rw [A, hb, ← A, ha, A], fun a ha => ?_⟩
  have h : m (inv a) (m (m a g) (inv a)) = m (inv a) (m (m g a) (inv a)) := by rw [ha]
  rw [A, ← A, LI, LU, A, RI, RU] at h
  exact h.symm

theorem InterchangeableWithAllClosed : Reconstruct.InterchangeableWithAllClosed.Statement := by
  intro G m e inv A LU RU LI RI
  have H := InterchangeableWithOneClosed G m e inv A LU RU LI RI
  exact ⟨fun g => (H g).1, fun a b ha hb g => (H g).2.1 a b (ha g) (hb g),
    fun a ha g => (H g).2.2 a (ha g)⟩

theorem FactorBelongsIffProduct : Reconstruct.FactorBelongsIffProduct.Statement := by
  intro G m e inv P A LU LI pm pi a b ha
  refine ⟨fun h => ?_, pm a b ha⟩
  have h1 := pm _ _ (pi a ha) h
  rwa [← A, LI, LU] at h1

theorem TogetherClosedOneHoldsOther : Reconstruct.TogetherClosedOneHoldsOther.Statement := by
  intro G m e inv P Q A LU RU LI RI pm pi qm qi H
  apply Classical.byContradiction
  intro hn
  have hp : ∃ a, P a ∧ ¬ Q a := Classical.byContradiction fun h =>
    hn (.inl fun a ha => Classical.byContradiction fun hq => h ⟨a, ha, hq⟩)
  have hq : ∃ b, Q b ∧ ¬ P b := Classical.byContradiction fun h =>
    hn (.inr fun a ha => Classical.byContradiction fun hp => h ⟨a, ha, hp⟩)
  obtain ⟨a, pa, qa⟩ := hp
  obtain ⟨b, qb, pb⟩ := hq
  cases H a b (.inl pa) (.inr qb) with
  | inl h => exact pb ((FactorBelongsIffProduct G m e inv P A LU LI pm pi a b pa).1 h)
  | inr h =>
    have h1 := qm _ _ h (qi b qb)
    rw [A, RI, RU] at h1
    exact qa h1

theorem NotMadeOfTwoParts : Reconstruct.NotMadeOfTwoParts.Statement := by
  intro G m e inv P Q A LU RU LI RI pm pi qm qi ⟨a, ha⟩ ⟨b, hb⟩
  apply Classical.byContradiction
  intro hn
  have all : ∀ c, P c ∨ Q c := fun c => Classical.byContradiction fun h =>
    hn ⟨c, fun hp => h (.inl hp), fun hq => h (.inr hq)⟩
  cases TogetherClosedOneHoldsOther G m e inv P Q A LU RU LI RI pm pi qm qi
    (fun a b _ _ => all (m a b)) with
  | inl h => exact hb ((all b).elim (h b) id)
  | inr h => exact ha ((all a).elim id (h a))

theorem IdentityOfPart : Reconstruct.IdentityOfPart.Statement := by
  intro G m e inv P A LU LI pm f pf h
  have h1 : m (inv f) (m f f) = m (inv f) f := by rw [h f pf]
  rwa [← A, LI, LU] at h1

end Reconstruct.Solutions
