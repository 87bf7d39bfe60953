import Reconstruct.Substitutions.Foundation.Collection.Count
import Reconstruct.Substitutions.Foundation.Substitution.Basic
import Reconstruct.Substitutions.Target.Moving

/-! Proofs of statements about systems that move letters. Never shown to a policy. -/

namespace Reconstruct.Solutions

theorem LeavingInPlaceClosed : Reconstruct.LeavingInPlaceClosed.Statement := by
  intro G m e inv X t A LU RU LI RI t1 tm x
  refine ⟨t1 x, fun a b ha hb => by rw [tm, hb, ha], fun a ha => ?_⟩
  conv => lhs; rw [← ha]
  rw [← tm, LI, t1]

theorem SamePlaceTest : Reconstruct.SamePlaceTest.Statement := by
  intro G m e inv X t A LU RU LI RI t1 tm a b x
  constructor
  · intro h
    rw [tm, h, ← tm, LI, t1]
  · intro h
    have h1 : t b (t (m (inv b) a) x) = t b x := by rw [h]
    rwa [← tm, ← A, RI, LU] at h1

theorem TransformedLeavesMovedLetter : Reconstruct.TransformedLeavesMovedLetter.Statement := by
  intro G m e inv X t A LU RU LI RI t1 tm g a x
  have h1 : t (m (m g a) (inv g)) (t g x) = t g (t a x) := by
    rw [← tm, A, LI, RU, tm]
  rw [h1]
  refine ⟨fun h => by rw [h], fun h => ?_⟩
  have h2 : t (inv g) (t g (t a x)) = t (inv g) (t g x) := by rw [h]
  rwa [← tm, ← tm, LI, LU, ← tm, LI, t1] at h2

theorem PlacesTimesLeaving : Reconstruct.PlacesTimesLeaving.Statement := by
  intro G m e inv X t L F O x A LU RU LI RI t1 tm ln la on om fn fm
  haveI : DecidableEq X := fun a b => Classical.propDecidable (a = b)
  refine (length_eq_mul_of_equal_counts (f := fun a => t a x) on (fun a _ => (om _).2 ⟨a, rfl⟩)
    fun y hy => ?_).symm
  obtain ⟨b, rfl⟩ := (om y).1 hy
  have K1 : ∀ a, m (inv b) (m b a) = a := fun a => by rw [← A, LI, LU]
  have K2 : ∀ a, m b (m (inv b) a) = a := fun a => by rw [← A, RI, LU]
  rw [List.countP_eq_length_filter]
  refine length_eq_of_correspondence (nodup_filter _ ln) fn (fun a => m (inv b) a)
    (fun a ha => (fm _).2 ?_) (fun a _ c _ h => ?_)
    (fun a ha => ⟨m b a, List.mem_filter.2 ⟨la _, beq_iff_eq.2 ?_⟩, K1 a⟩)
  · exact (SamePlaceTest G m e inv X t A LU RU LI RI t1 tm a b x).1
      (eq_of_beq (List.mem_filter.1 ha).2)
  · have h1 : m (inv b) a = m (inv b) c := h
    rw [← K2 a, h1, K2]
  · show t (m b a) x = t b x
    rw [tm, (fm a).1 ha]

theorem TransformedTimesInterchangeable :
    Reconstruct.TransformedTimesInterchangeable.Statement := by
  intro G m e inv L T C a A LU RU LI RI ln la tn tm cn cm
  have K1 : ∀ a b, m (inv a) (m a b) = b := fun a b => by rw [← A, LI, LU]
  have K2 : ∀ a b, m a (m (inv a) b) = b := fun a b => by rw [← A, RI, LU]
  have M : ∀ a b, inv (m a b) = m (inv b) (inv a) := fun a b => by
    have h : m (m a b) (m (inv b) (inv a)) = e := by rw [A, K2, RI]
    rw [← RU (inv (m a b)), ← h, K1]
  have E : inv e = e := by rw [← LU (inv e), RI]
  refine PlacesTimesLeaving G m e inv G (fun g b => m (m g b) (inv g)) L C T a A LU RU LI RI
    (fun x => ?_) (fun g h x => ?_) ln la tn (fun b => ?_) cn (fun g => ?_)
  · show m (m e x) (inv e) = x
    rw [LU, E, RU]
  · show m (m (m g h) x) (inv (m g h)) = m (m g (m (m h x) (inv h))) (inv g)
    simp only [A, M]
  · rw [tm]
    exact ⟨fun ⟨g, h⟩ => ⟨g, h.symm⟩, fun ⟨g, h⟩ => ⟨g, h.symm⟩⟩
  · rw [cm]
    constructor
    · intro h
      show m (m g a) (inv g) = a
      rw [h, A, RI, RU]
    · intro h
      have h1 : m (m (m g a) (inv g)) g = m a g := by
        rw [show m (m g a) (inv g) = a from h]
      rwa [A, LI, RU] at h1

theorem SystemAsSubstitutions : Reconstruct.SystemAsSubstitutions.Statement := by
  intro G m e inv L A LU RU LI RI ln la
  have K1 : ∀ a b, m (inv a) (m a b) = b := fun a b => by rw [← A, LI, LU]
  have K2 : ∀ a b, m a (m (inv a) b) = b := fun a b => by rw [← A, RI, LU]
  obtain ⟨thing, once, every⟩ : ∃ thing : Fin L.length → G,
      (∀ i j, thing i = thing j → i = j) ∧ ∀ a, ∃ i, thing i = a := by
    have apart := List.pairwise_iff_getElem.1 ln
    refine ⟨fun i => L[i.val], fun i j h => ?_, fun a => ?_⟩
    · rcases Nat.lt_trichotomy i.val j.val with hij | hij | hij
      · exact absurd h (apart _ _ i.isLt j.isLt hij)
      · exact Fin.ext hij
      · exact absurd h.symm (apart _ _ j.isLt i.isLt hij)
    · obtain ⟨i, hi, h⟩ := List.getElem_of_mem (la a)
      exact ⟨⟨i, hi⟩, h⟩
  obtain ⟨name, named⟩ : ∃ name : G → Fin L.length, ∀ a, thing (name a) = a :=
    ⟨fun a => Classical.choose (every a), fun a => Classical.choose_spec (every a)⟩
  refine ⟨fun a => ⟨fun i => name (m a (thing i)), fun i => name (m (inv a) (thing i)),
    fun i => once _ _ ?_, fun i => once _ _ ?_⟩, fun a b => Substitution.ext fun i => ?_,
    fun a b h => ?_⟩
  · rw [named, named, K1]
  · rw [named, named, K2]
  · show name (m (m a b) (thing i)) = name (m a (thing (name (m b (thing i)))))
    rw [named, A]
  · have h1 : name (m a (thing (name e))) = name (m b (thing (name e))) :=
      congrArg (fun s : Substitution L.length => s (name e)) h
    rw [named, RU, RU] at h1
    rw [← named a, h1, named]

end Reconstruct.Solutions
