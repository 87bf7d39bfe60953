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

theorem CountByTransformed : Reconstruct.CountByTransformed.Statement := by
  intro G m e inv L Z R C A LU RU LI RI ln la zn zm rn rc rcov rsep cn cm
  have K1 : ∀ a b, m (inv a) (m a b) = b := fun a b => by rw [← A, LI, LU]
  have K2 : ∀ a b, m a (m (inv a) b) = b := fun a b => by rw [← A, RI, LU]
  have E : inv e = e := by rw [← LU (inv e), RI]
  have I : ∀ a, inv (inv a) = a := fun a => by rw [← RU (inv (inv a)), ← LI a, K1]
  have M : ∀ a b, inv (m a b) = m (inv b) (inv a) := fun a b => by
    have h : m (m a b) (m (inv b) (inv a)) = e := by rw [A, K2, RI]
    rw [← RU (inv (m a b)), ← h, K1]
  -- the classes
  let P : G → G → Prop := fun b a => ∃ g, a = m (m g b) (inv g)
  have refl : ∀ a, P a a := fun a => ⟨e, by rw [LU, E, RU]⟩
  have symm : ∀ a b, P a b → P b a := by
    rintro a b ⟨g, rfl⟩
    exact ⟨inv g, by rw [I, A, A, A, LI, RU, K1]⟩
  have trans : ∀ a b c, P a b → P b c → P a c := by
    rintro a b c ⟨g, rfl⟩ ⟨h, rfl⟩
    exact ⟨m h g, by simp only [A, M]⟩
  have central : ∀ z a, z ∈ Z → P z a → a = z := by
    rintro z a hz ⟨g, rfl⟩
    rw [← (zm z).1 hz, A, RI, RU]
  haveI : ∀ b, DecidablePred (P b) := fun b a => Classical.propDecidable _
  have hn : (Z ++ R).Nodup := nodup_append_of_disjoint zn rn fun z hz hr =>
    (rc z hr).elim fun g hg => hg ((zm z).1 hz g)
  refine (length_eq_sum_classes P hn ?_ ?_).trans ?_
  · intro a _
    by_cases ha : ∃ g, m a g ≠ m g a
    · obtain ⟨r, hr, hP⟩ := rcov a ha
      exact ⟨r, List.mem_append.2 (Or.inr hr), hP⟩
    · refine ⟨a, List.mem_append.2 (Or.inl ((zm a).2 fun g => ?_)), refl a⟩
      exact Classical.byContradiction fun h => ha ⟨g, h⟩
  · intro a _ b hb c hc hba hca
    have hbc := trans b a c hba (symm c a hca)
    rcases List.mem_append.1 hb with hb | hb
    · exact (central b c hb hbc).symm
    · rcases List.mem_append.1 hc with hc | hc
      · exact central c b hc (symm b c hbc)
      · exact rsep b c hb hc hbc
  · rw [List.map_append, sum_append_nat]
    congr 1
    · rw [sum_map_eq_length_mul (c := 1), Nat.mul_one]
      refine fun z hz => countP_eq_length ln (nodup_singleton z) fun a => ?_
      rw [List.mem_singleton, decide_eq_true_iff]
      exact ⟨fun h => ⟨la a, h ▸ refl z⟩, fun h => central z a hz h.2⟩
    · refine sum_map_congr_nat fun r _ => ?_
      have h := TransformedTimesInterchangeable G m e inv L (L.filter fun a => decide (P r a))
        (C r) r A LU RU LI RI ln la (nodup_filter _ ln) (fun b => ?_) (cn r) (cm r)
      · have hpos : 0 < (C r).length := List.length_pos_of_mem ((cm r e).2 (by rw [LU, RU]))
        rw [← h, Nat.mul_div_cancel _ hpos, List.countP_eq_length_filter]
      · rw [List.mem_filter, decide_eq_true_iff]
        exact ⟨And.right, fun h => ⟨la b, h⟩⟩

theorem CountByLettersLeft : Reconstruct.CountByLettersLeft.Statement := by
  intro G m e inv X t L R left A LU RU LI RI t1 tm ln la rn rcov rsep fn fm
  haveI : DecidableEq X := fun a b => Classical.propDecidable (a = b)
  have back : ∀ a x, t (inv a) (t a x) = x := fun a x => by rw [← tm, LI, t1]
  -- all letters, and those into whose place `x` can be moved
  obtain ⟨all, an, am⟩ : ∃ all : List X, all.Nodup ∧ ∀ x, x ∈ all := by
    obtain ⟨l, hn, hl⟩ := exists_nodup_of_list (R.flatMap fun r => L.map fun a => t a r)
    refine ⟨l, hn, fun x => (hl x).2 ?_⟩
    obtain ⟨r, hr, a, ha⟩ := rcov x
    exact List.mem_flatMap.2 ⟨r, hr, List.mem_map.2 ⟨a, la a, ha⟩⟩
  haveI : ∀ x y, Decidable (∃ a, t a x = y) := fun x y => Classical.propDecidable _
  let places : X → List X := fun x => all.filter fun y => decide (∃ a, t a x = y)
  have pm : ∀ x y, y ∈ places x ↔ ∃ a, t a x = y := fun x y => by
    rw [List.mem_filter, decide_eq_true_iff]
    exact ⟨And.right, fun h => ⟨am y, h⟩⟩
  let leaving : X → Nat := fun x => L.countP fun a => t a x == x
  have times : ∀ r x, (∃ a, t a r = x) → (places r).length * leaving x = L.length := by
    rintro r x ⟨b, rfl⟩
    show _ * L.countP _ = _
    rw [List.countP_eq_length_filter]
    refine PlacesTimesLeaving G m e inv X t L _ (places r) (t b r) A LU RU LI RI t1 tm ln la
      (nodup_filter _ an) (fun y => ?_) (nodup_filter _ ln) fun a => ?_
    · rw [pm]
      constructor
      · rintro ⟨a, rfl⟩
        exact ⟨m a (inv b), by rw [tm, back]⟩
      · rintro ⟨a, rfl⟩
        exact ⟨m a b, tm a b r⟩
    · rw [List.mem_filter, beq_iff_eq]
      exact ⟨And.right, fun h => ⟨la a, h⟩⟩
  have flat : ∀ l : List X, ((l.flatMap places).map leaving).sum =
      (l.map fun r => ((places r).map leaving).sum).sum := by
    intro l
    induction l with
    | nil => rfl
    | cons r l ih => rw [List.flatMap_cons, List.map_append, sum_append_nat, ih, List.map_cons,
        List.sum_cons]
  have classes : all.Perm (R.flatMap places) := by
    refine perm_of_nodup_of_mem_iff an (nodup_flatMap rn (fun r _ => nodup_filter _ an) ?_) ?_
    · intro r hr s hs x hx hx'
      obtain ⟨a, rfl⟩ := (pm r x).1 hx
      obtain ⟨b, hb⟩ := (pm s _).1 hx'
      exact rsep r s hr hs ⟨m (inv b) a, by rw [tm, ← hb, back]⟩
    · refine fun x => ⟨fun _ => ?_, fun _ => am x⟩
      obtain ⟨r, hr, h⟩ := rcov x
      exact List.mem_flatMap.2 ⟨r, hr, (pm r x).2 h⟩
  have rows : (L.map fun a => (left a).length).sum =
      (L.map fun a => all.countP fun x => t a x == x).sum := by
    refine sum_map_congr_nat fun a _ => (countP_eq_length an (fn a) fun x => ?_).symm
    rw [fm, beq_iff_eq]
    exact ⟨fun h => ⟨am x, h⟩, And.right⟩
  rw [rows, sum_countP_comm, sum_perm_nat (classes.map leaving), flat]
  refine sum_map_eq_length_mul fun r _ => ?_
  rw [sum_map_eq_length_mul (c := leaving r), times r r ⟨e, t1 r⟩]
  intro x hx
  have hpos : 0 < (places r).length := List.length_pos_of_mem hx
  refine Nat.eq_of_mul_eq_mul_left hpos ?_
  rw [times r x ((pm r x).1 hx), times r r ⟨e, t1 r⟩]

end Reconstruct.Solutions
