import Reconstruct.Substitutions.Target.Identity

/-! Proofs of the statements about identity, inverses and division. Never shown to a policy. -/

namespace Reconstruct.Solutions

theorem StrikeOutFirstFactor : Reconstruct.StrikeOutFirstFactor.Statement := by
  intro G m e inv A LU LI a b c h
  rw [← LU b, ← LI a, A, h, ← A, LI, LU]

theorem StrikeOutLastFactor : Reconstruct.StrikeOutLastFactor.Statement := by
  intro G m e inv A RU RI a b c h
  rw [← RU b, ← RI a, ← A, h, A, RI, RU]

theorem InverseOfInverse : Reconstruct.InverseOfInverse.Statement := by
  intro G m e inv A LU RU LI RI a
  rw [← RU (inv (inv a)), ← LI a, ← A, LI, LU]

theorem InverseOfProduct : Reconstruct.InverseOfProduct.Statement := by
  intro G m e inv A LU RU LI RI a b
  have h : m (m a b) (m (inv b) (inv a)) = e := by
    rw [A, ← A b, RI, LU, RI]
  rw [← RU (inv (m a b)), ← h, ← A, LI, LU]

theorem InverseServesAfter : Reconstruct.InverseServesAfter.Statement := by
  intro G m e inv A LU LI a
  rw [← LU (m a (inv a)), ← LI (inv a), A, ← A (inv a), LI, LU]

theorem IdentityServesAfter : Reconstruct.IdentityServesAfter.Statement := by
  intro G m e inv A LU LI a
  rw [← LI a, ← A, InverseServesAfter G m e inv A LU LI a, LU]

theorem EquationSolvedOnce : Reconstruct.EquationSolvedOnce.Statement := by
  intro G m e inv A LU RU LI RI a b
  refine ⟨m (inv a) b, ?_, ?_⟩
  · rw [← A, RI, LU]
  · intro y hy
    rw [← hy, ← A, LI, LU]

theorem DivisionGivesIdentity : Reconstruct.DivisionGivesIdentity.Statement := by
  intro G m A ⟨g, _⟩ hr hl
  obtain ⟨e, he⟩ := hl g g
  obtain ⟨f, hf⟩ := hr g g
  have LU : ∀ a, m e a = a := by
    intro a
    obtain ⟨x, hx⟩ := hr g a
    rw [← hx, ← A, he]
  have RU : ∀ a, m a f = a := by
    intro a
    obtain ⟨x, hx⟩ := hl g a
    rw [← hx, A, hf]
  have hef : f = e := (LU f).symm.trans (RU e)
  subst hef
  refine ⟨f, fun a => ⟨LU a, RU a⟩, fun a => ?_⟩
  obtain ⟨b, hb⟩ := hr a f
  obtain ⟨c, hc⟩ := hl a f
  have hcb : c = b := by rw [← RU c, ← hb, ← A, hc, LU]
  exact ⟨b, hb, hcb ▸ hc⟩

theorem SquaresIdentityInterchange : Reconstruct.SquaresIdentityInterchange.Statement := by
  intro G m e A LU RU S a b
  have h : m (m a b) (m b a) = e := by
    rw [A, ← A b, S, LU, S]
  rw [← RU (m a b), ← S (m b a), ← A, h, LU]

theorem SquareOfProductInterchange : Reconstruct.SquareOfProductInterchange.Statement := by
  intro G m e inv A LU RU LI RI S a b
  have h := S a b
  rw [A, A] at h
  have h1 := StrikeOutFirstFactor G m e inv A LU LI _ _ _ h
  rw [← A, ← A] at h1
  exact (StrikeOutLastFactor G m e inv A RU RI _ _ _ h1).symm

theorem InverseKeepsOrderInterchange : Reconstruct.InverseKeepsOrderInterchange.Statement := by
  intro G m e inv A LU RU LI RI S a b
  have h := S b a
  have hp := InverseOfProduct G m e inv A LU RU LI RI b a
  rw [← InverseOfInverse G m e inv A LU RU LI RI (m a b),
    InverseOfProduct G m e inv A LU RU LI RI a b, ← h,
    InverseOfInverse G m e inv A LU RU LI RI]

theorem OnlyIdentityIsOwnSquare : Reconstruct.OnlyIdentityIsOwnSquare.Statement := by
  intro G m e inv A LU LI a h
  have h1 : m (inv a) (m a a) = m (inv a) a := by rw [h]
  rwa [← A, LI, LU] at h1

theorem IdentityProductReversed : Reconstruct.IdentityProductReversed.Statement := by
  intro G m e inv A LU RU LI RI a b h
  have hb : b = inv a := by rw [← RU (inv a), ← h, ← A, LI, LU]
  rw [hb, LI]

theorem TwoOperationsAreOne : Reconstruct.TwoOperationsAreOne.Statement := by
  intro G m k e mL mR kL kR X a b
  have h1 : k a b = m a b := by
    have h := X a e e b
    rwa [mR, mL, kR, kL] at h
  have h2 : k b a = m a b := by
    have h := X e b a e
    rwa [mL, mR, kL, kR] at h
  have h3 : k b a = m b a := by
    have h := X b e e a
    rwa [mR, mL, kR, kL] at h
  exact ⟨h1, h2.symm.trans h3⟩

theorem DivisionDetermines : Reconstruct.DivisionDetermines.Statement := by
  intro G d e S E T a b c
  have flip : ∀ x y, d e (d x y) = d y x := by
    intro x y
    have h := T y x y
    rwa [S] at h
  have h : d (d (d e c) b) (d e b) = d e c := by
    have h := T (d e c) e b
    rwa [E] at h
  rw [flip b, ← T a (d (d e c) b) (d e b), h]

end Reconstruct.Solutions
