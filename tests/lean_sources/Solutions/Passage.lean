import Reconstruct.Substitutions.Foundation.Collection.Count
import Reconstruct.Substitutions.Target.Passage

/-! Proofs of the statements about passing from one system to another. Never shown to a policy. -/

namespace Reconstruct.Solutions

/-- What is carried to the same thing differs by something carried to the identity. -/
private theorem difference {G H : Type} {m : G → G → G} {e : G} {inv : G → G} {n : H → H → H}
    {u : H} {f : G → H} (LI : ∀ a, m (inv a) a = e) (F : ∀ a b, f (m a b) = n (f a) (f b))
    (fe : f e = u) {a b : G} (h : f a = f b) : f (m (inv a) b) = u := by
  rw [F, ← h, ← F, LI, fe]

theorem PassageThrough : Reconstruct.PassageThrough.Statement := by
  intro G m e inv H n u K k v f g A LU RU LI RI lu lv F F' fe ge fs hk
  have same : ∀ a b, f a = f b → g a = g b := by
    intro a b h
    have h1 := hk _ (difference LI F fe h)
    have h2 : g (m a (m (inv a) b)) = g b := by rw [← A, RI, LU]
    rw [← h2, F', h1, ← ge, ← F', RU]
  let φ : H → K := fun x => g (Classical.choose (fs x))
  have hφ : ∀ a, φ (f a) = g a := fun a => same _ _ (Classical.choose_spec (fs (f a)))
  refine ⟨φ, fun x y => ?_, hφ, fun ψ hψ x => ?_⟩
  · obtain ⟨a, rfl⟩ := fs x
    obtain ⟨b, rfl⟩ := fs y
    rw [← F, hφ, hφ, hφ, F']
  · obtain ⟨a, rfl⟩ := fs x
    rw [hψ, hφ]

theorem SameCarriedToIdentity : Reconstruct.SameCarriedToIdentity.Statement := by
  intro G m e inv H n u K k v f g A LU RU LI RI lu lv F F' fe ge fs gs hk
  obtain ⟨φ, hm, hφ, _⟩ := PassageThrough G m e inv H n u K k v f g A LU RU LI RI lu lv F F' fe ge
    fs fun a => (hk a).1
  obtain ⟨ψ, _, hψ, _⟩ := PassageThrough G m e inv K k v H n u g f A LU RU LI RI lv lu F' F ge fe
    gs fun a => (hk a).2
  refine ⟨φ, ψ, hm, fun x => ?_, fun y => ?_, hφ⟩
  · obtain ⟨a, rfl⟩ := fs x
    rw [hφ, hψ]
  · obtain ⟨a, rfl⟩ := gs y
    rw [hψ, hφ]

theorem PartCarriedToIdentity : Reconstruct.PartCarriedToIdentity.Statement := by
  intro G m e inv P A LU RU LI RI pe pm pi pt
  have K1 : ∀ a b, m (inv a) (m a b) = b := fun a b => by rw [← A, LI, LU]
  have K2 : ∀ a b, m a (m (inv a) b) = b := fun a b => by rw [← A, RI, LU]
  have I : ∀ a, inv (inv a) = a := fun a => by rw [← RU (inv (inv a)), ← LI a, K1]
  have M : ∀ a b, inv (m a b) = m (inv b) (inv a) := fun a b => by
    have h : m (m a b) (m (inv b) (inv a)) = e := by rw [A, K2, RI]
    rw [← RU (inv (m a b)), ← h, K1]
  let R : Setoid G :=
    { r := fun a b => P (m (inv a) b)
      iseqv := ⟨fun a => by rw [LI]; exact pe, fun {a b} h => by
        have h1 := pi _ h
        rwa [M, I] at h1, fun {a b c} h h' => by
        have h1 := pm _ _ h h'
        rwa [A, K2] at h1⟩ }
  let n : Quotient R → Quotient R → Quotient R := Quotient.lift₂ (fun a b => Quotient.mk R (m a b))
    (by
      intro a b a' b' ha hb
      apply Quotient.sound
      show P (m (inv (m a b)) (m a' b'))
      have h1 := pm _ _ (pt (inv b) _ ha) hb
      rwa [show m (m (m (inv b) (m (inv a) a')) (inv (inv b))) (m (inv b) b') =
        m (inv (m a b)) (m a' b') by simp only [A, M, I, K2]] at h1)
  refine ⟨Quotient R, n, Quotient.mk R e, Quotient.mk R, ?_, ?_, fun a b => rfl, ?_, fun a => ?_⟩
  · intro x y z
    refine Quotient.inductionOn₃ x y z fun a b c => ?_
    show Quotient.mk R (m (m a b) c) = Quotient.mk R (m a (m b c))
    rw [A]
  · intro x
    refine Quotient.inductionOn x fun a => ?_
    show Quotient.mk R (m e a) = Quotient.mk R a
    rw [LU]
  · intro x
    exact Quotient.inductionOn x fun a => ⟨a, rfl⟩
  · constructor
    · intro ha
      apply Quotient.sound
      show P (m (inv a) e)
      rw [RU]
      exact pi a ha
    · intro h
      have h1 : P (m (inv a) e) := Quotient.exact h
      rw [RU] at h1
      have h2 := pi _ h1
      rwa [I] at h2

theorem CarriedTimesReached : Reconstruct.CarriedTimesReached.Statement := by
  intro G m e inv H n u f L N R A LU RU LI RI lu F fe ln la nn nm rn rm
  have K2 : ∀ a b, m a (m (inv a) b) = b := fun a b => by rw [← A, RI, LU]
  have K1 : ∀ a b, m (inv a) (m a b) = b := fun a b => by rw [← A, LI, LU]
  haveI : DecidableEq H := fun a b => Classical.propDecidable (a = b)
  rw [Nat.mul_comm]
  refine (length_eq_mul_of_equal_counts (f := f) rn (fun a _ => (rm _).2 ⟨a, rfl⟩)
    fun x hx => ?_).symm
  obtain ⟨b, rfl⟩ := (rm x).1 hx
  rw [List.countP_eq_length_filter]
  refine length_eq_of_correspondence (nodup_filter _ ln) nn (fun a => m (inv b) a)
    (fun a ha => ?_) (fun a _ c _ h => ?_)
    (fun a ha => ⟨m b a, List.mem_filter.2 ⟨la _, ?_⟩, K1 b a⟩)
  · exact (nm _).2 (difference LI F fe (eq_of_beq (List.mem_filter.1 ha).2).symm)
  · have h1 : m (inv b) a = m (inv b) c := h
    rw [← K2 b a, h1, K2]
  · rw [beq_iff_eq, F, (nm a).1 ha, ← fe, ← F, RU]

theorem PowersAboveInterchangeable : Reconstruct.PowersAboveInterchangeable.Statement := by
  intro G m e inv H n u qw f b A LU RU LI RI lu q0 qs F fe hz hp
  have K2 : ∀ a b, m a (m (inv a) b) = b := fun a b => by rw [← A, RI, LU]
  obtain ⟨pw, p0, ps⟩ : ∃ pw : G → Nat → G, (∀ a, pw a 0 = e) ∧
      ∀ a k, pw a (k + 1) = m (pw a k) a :=
    ⟨fun a k => Nat.rec e (fun _ x => m x a) k, fun _ => rfl, fun _ _ => rfl⟩
  have carried : ∀ k, f (pw b k) = qw (f b) k := by
    intro k
    induction k with
    | zero => rw [p0, q0, fe]
    | succ k ih => rw [ps, qs, F, ih]
  have add : ∀ j k, pw b (j + k) = m (pw b j) (pw b k) := by
    intro j k
    induction k with
    | zero => rw [Nat.add_zero, p0, RU]
    | succ k ih => rw [← Nat.add_assoc, ps, ps, ih, A]
  have split : ∀ a, ∃ k z, a = m (pw b k) z ∧ ∀ g, m z g = m g z := by
    intro a
    obtain ⟨k, hk⟩ := hp a
    exact ⟨k, m (inv (pw b k)) a, (K2 _ _).symm,
      hz _ (difference LI F fe (by rw [carried, hk]))⟩
  intro a c
  obtain ⟨j, y, rfl, hy⟩ := split a
  obtain ⟨k, z, rfl, hz'⟩ := split c
  rw [A, ← A y, hy, A, ← A, hy z, ← add, Nat.add_comm, add, A, A, ← A (pw b j) z, ← hz' (pw b j), A]

theorem ProductsWithTransformedClosed : Reconstruct.ProductsWithTransformedClosed.Statement := by
  intro G m e inv P Q A LU RU LI RI pe pm pi qe qm qi pt
  have K1 : ∀ a b, m (inv a) (m a b) = b := fun a b => by rw [← A, LI, LU]
  have K2 : ∀ a b, m a (m (inv a) b) = b := fun a b => by rw [← A, RI, LU]
  have I : ∀ a, inv (inv a) = a := fun a => by rw [← RU (inv (inv a)), ← LI a, K1]
  have M : ∀ a b, inv (m a b) = m (inv b) (inv a) := fun a b => by
    have h : m (m a b) (m (inv b) (inv a)) = e := by rw [A, K2, RI]
    rw [← RU (inv (m a b)), ← h, K1]
  constructor
  · rintro x y ⟨p, q, hp, hq, rfl⟩ ⟨p', q', hp', hq', rfl⟩
    exact ⟨m p (m (m q p') (inv q)), m q q', pm _ _ hp (pt q p' hq hp'), qm _ _ hq hq', by
      simp only [A, K1]⟩
  · rintro x ⟨p, q, hp, hq, rfl⟩
    exact ⟨m (m (inv q) (inv p)) (inv (inv q)), inv q, pt _ _ (qi q hq) (pi p hp), qi q hq, by
      simp only [A, M, I, RI, RU]⟩

end Reconstruct.Solutions
