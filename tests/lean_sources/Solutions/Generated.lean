import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole
import Reconstruct.Substitutions.Target.Generated

/-! Proofs of the statements about what arises from given things. Never shown to a policy. -/

namespace Reconstruct.Solutions

theorem ArisingClosed : Reconstruct.ArisingClosed.Statement := by
  intro G m e inv S A hA
  refine ⟨?_, fun a b ha hb => ?_, fun a ha => ?_, fun a ha => ?_⟩
  · exact (hA _).2 fun P pe _ _ _ => pe
  · exact (hA _).2 fun P pe pm pi pS =>
      pm a b ((hA a).1 ha P pe pm pi pS) ((hA b).1 hb P pe pm pi pS)
  · exact (hA _).2 fun P pe pm pi pS => pi a ((hA a).1 ha P pe pm pi pS)
  · exact (hA _).2 fun P _ _ _ pS => pS a ha

theorem ArisingInterchange : Reconstruct.ArisingInterchange.Statement := by
  intro G m e inv S A As LU RU LI RI hA hS
  have inverse : ∀ a g, m a g = m g a → m (inv a) g = m g (inv a) := by
    intro a g h
    have h1 : m (inv a) (m (m a g) (inv a)) = m (inv a) (m (m g a) (inv a)) := by rw [h]
    rw [As, ← As, LI, LU, As, RI, RU] at h1
    exact h1.symm
  have closed : ∀ g, (∀ s, S s → m s g = m g s) → ∀ a, A a → m a g = m g a := by
    intro g hg a ha
    have product : ∀ a b, m a g = m g a → m b g = m g b → m (m a b) g = m g (m a b) :=
      fun a b ha hb => by rw [As, hb, ← As, ha, As]
    exact (hA a).1 ha (fun a => m a g = m g a) ((LU g).trans (RU g).symm) product
      (fun a h => inverse a g h) hg
  have first : ∀ s, S s → ∀ a, A a → m a s = m s a := fun s hs =>
    closed s fun t ht => hS t s ht hs
  intro a b ha hb
  exact closed b (fun s hs => (first s hs b hb).symm) a ha

theorem ArisingHoldsTransformed : Reconstruct.ArisingHoldsTransformed.Statement := by
  intro G m e inv S A As LU RU LI RI hA hS g a ha
  obtain ⟨ae, am, ai, aS⟩ := ArisingClosed G m e inv S A hA
  have K : ∀ x, m (inv g) (m g x) = x := fun x => by rw [← As, LI, LU]
  have identity : A (m (m g e) (inv g)) := by rw [RU, RI]; exact ae
  refine (hA a).1 ha (fun a => A (m (m g a) (inv g))) identity (fun a b ha hb => ?_)
    (fun a ha => ?_) (fun a ha => aS _ (hS g a ha))
  · have h := am _ _ ha hb
    rwa [show m (m (m g a) (inv g)) (m (m g b) (inv g)) = m (m g (m a b)) (inv g) by
      simp only [As, K]] at h
  · have h := ai _ ha
    have h1 : m (m (m g a) (inv g)) (m (m g (inv a)) (inv g)) = e := by
      simp only [As, K]
      rw [← As a, RI, LU, RI]
    have h2 : inv (m (m g a) (inv g)) = m (m g (inv a)) (inv g) := by
      rw [← RU (inv (m (m g a) (inv g))), ← h1, ← As, LI, LU]
    rwa [h2] at h

theorem AgreementOnArising : Reconstruct.AgreementOnArising.Statement := by
  intro G m e inv H n u j f g S A As LU RU LI RI as lu ru li ri hA F F' hS a ha
  have unit : ∀ f : G → H, (∀ a b, f (m a b) = n (f a) (f b)) → f e = u := by
    intro f F
    have h := F e e
    rw [LU] at h
    have h1 : n (j (f e)) (f e) = n (j (f e)) (n (f e) (f e)) := by rw [← h]
    rw [← as, li, lu] at h1
    exact h1.symm
  have inverse : ∀ f : G → H, (∀ a b, f (m a b) = n (f a) (f b)) → ∀ a, f (inv a) = j (f a) := by
    intro f F a
    have h : n (f (inv a)) (f a) = u := by rw [← F, LI, unit f F]
    rw [← ru (f (inv a)), ← ri (f a), ← as, h, lu]
  have product : ∀ a b, f a = g a → f b = g b → f (m a b) = g (m a b) :=
    fun a b ha hb => by rw [F, F', ha, hb]
  have inverted : ∀ a, f a = g a → f (inv a) = g (inv a) :=
    fun a ha => by rw [inverse f F, inverse g F', ha]
  exact (hA a).1 ha (fun a => f a = g a) ((unit f F).trans (unit g F').symm) product inverted hS

theorem ArisingFromOne : Reconstruct.ArisingFromOne.Statement := by
  intro G m e inv pw L A g As LU RU LI RI p0 ps la hA x
  have add : ∀ j k, pw g (j + k) = m (pw g j) (pw g k) := by
    intro j k
    induction k with
    | zero => rw [Nat.add_zero, p0, RU]
    | succ k ih => rw [← Nat.add_assoc, ps, ps, ih, As]
  obtain ⟨d, hd, hp⟩ : ∃ d, 0 < d ∧ pw g d = e := by
    obtain ⟨j, _, k, _, hjk, h⟩ := exists_ne_map_eq_of_length_lt (f := pw g)
      (l := List.range (L.length + 1)) (m := L) List.nodup_range (fun k _ => la _)
      (by rw [List.length_range]; exact Nat.lt_succ_self _)
    have key : ∀ j k, j < k → pw g j = pw g k → ∃ d, 0 < d ∧ pw g d = e := by
      intro j k hlt h
      obtain ⟨t, rfl⟩ := Nat.exists_eq_add_of_le (Nat.le_of_lt hlt)
      refine ⟨t, by omega, ?_⟩
      have h1 : m (inv (pw g j)) (pw g j) = m (inv (pw g j)) (m (pw g j) (pw g t)) := by
        rw [← add, ← h]
      rw [← As, LI, LU] at h1
      exact h1.symm
    rcases Nat.lt_or_gt_of_ne hjk with hlt | hlt
    · exact key j k hlt h
    · exact key k j hlt h.symm
  have multiple : ∀ k, pw g (d * k) = e := by
    intro k
    induction k with
    | zero => rw [Nat.mul_zero, p0]
    | succ k ih => rw [Nat.mul_succ, add, ih, hp, RU]
  constructor
  · intro hx
    refine (hA x).1 hx (fun x => ∃ k, x = pw g k) ⟨0, (p0 g).symm⟩ ?_ ?_ ⟨1, by rw [ps, p0, LU]⟩
    · rintro a b ⟨j, rfl⟩ ⟨k, rfl⟩
      exact ⟨j + k, (add j k).symm⟩
    · rintro a ⟨j, rfl⟩
      have hle : j ≤ d * j := Nat.le_mul_of_pos_left j hd
      refine ⟨d * j - j, ?_⟩
      have h1 : m (pw g j) (pw g (d * j - j)) = e := by
        rw [← add, show j + (d * j - j) = d * j by omega, multiple]
      rw [← RU (inv (pw g j)), ← h1, ← As, LI, LU]
  · rintro ⟨k, rfl⟩
    refine (hA _).2 fun P pe pm pi pg => ?_
    induction k with
    | zero => rw [p0]; exact pe
    | succ k ih => rw [ps]; exact pm _ _ ih pg

end Reconstruct.Solutions
