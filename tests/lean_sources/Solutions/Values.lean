import Reconstruct.Substitutions.Foundation.Collection.Count
import Reconstruct.Substitutions.Foundation.Substitution.Enumeration
import Reconstruct.Substitutions.Target.Values

/-! Proofs of statements about the values of functions. Never shown to a policy. -/

namespace Reconstruct.Solutions

open Substitution

theorem UnchangedClosed : Reconstruct.UnchangedClosed.Statement := by
  intro n X Y f
  refine ⟨fun x => rfl, fun s t hs ht x => ?_, fun s hs x => ?_⟩
  · show f (fun i => x (s (t i))) = f x
    rw [ht fun i => x (s i), hs]
  · have h := hs fun i => x (s⁻¹ i)
    simp only [inv_apply_self] at h
    exact h.symm

theorem SimilarFunctions : Reconstruct.SimilarFunctions.Statement := by
  intro n X Y Z f g H s t h x
  have h1 : ∀ x, f (fun i => x ((t⁻¹ * s) i)) = f x := by
    intro x
    have h2 := h fun i => x (t⁻¹ i)
    simp only [inv_apply_self] at h2
    exact h2
  have h3 := H (t⁻¹ * s) h1 fun i => x (t i)
  simp only [mul_apply, apply_inv_self] at h3
  exact h3

/-- The function that a substitution makes of another one. -/
private abbrev form {n : Nat} {X Y : Type} (f : (Fin n → X) → Y) (s : Substitution n) :
    (Fin n → X) → Y := fun x => f fun i => x (s i)

private theorem form_eq_iff {n : Nat} {X Y : Type} {f : (Fin n → X) → Y} {s t : Substitution n} :
    form f s = form f t ↔ ∀ x, f (fun i => x ((t⁻¹ * s) i)) = f x := by
  constructor
  · intro h x
    have h2 := congrFun h fun i => x (t⁻¹ i)
    simp only [form, inv_apply_self] at h2
    exact h2
  · intro h
    funext x
    have h3 := h fun i => x (t i)
    simp only [mul_apply, apply_inv_self] at h3
    exact h3

theorem ValuesTimesUnchanged : Reconstruct.ValuesTimesUnchanged.Statement := by
  intro n X Y f values U vn vm un um
  haveI : DecidableEq ((Fin n → X) → Y) := fun a b => Classical.propDecidable (a = b)
  rw [← length_all n]
  refine (length_eq_mul_of_equal_counts (f := form f) vn (fun s _ => (vm _).2 ⟨s, rfl⟩)
    fun g hg => ?_).symm
  obtain ⟨t, rfl⟩ := (vm g).1 hg
  rw [List.countP_eq_length_filter]
  refine length_eq_of_correspondence (nodup_filter _ (nodup_all n)) un (fun s => t⁻¹ * s)
    (fun s hs => ?_) (fun a _ b _ h => mul_left_cancel h) (fun s hs => ?_)
  · have h := eq_of_beq (List.mem_filter.1 hs).2
    exact (um _).2 (form_eq_iff.1 h)
  · refine ⟨t * s, List.mem_filter.2 ⟨mem_all _, beq_iff_eq.2 (form_eq_iff.2 ?_)⟩, by simp⟩
    rw [inv_mul_cancel_left]
    exact (um s).1 hs

theorem NumberOfValuesDivides : Reconstruct.NumberOfValuesDivides.Statement := by
  intro n X Y f values vn vm
  obtain ⟨U, un, um⟩ := exists_nodup_of_list_of_prop (all n)
    fun s => ∀ x, f (fun i => x (s i)) = f x
  exact ⟨U.length, (ValuesTimesUnchanged n X Y f values U vn vm un
    fun s => (um s).trans ⟨And.right, fun h => ⟨mem_all s, h⟩⟩).symm⟩

theorem FunctionForEveryPart : Reconstruct.FunctionForEveryPart.Statement := by
  intro n P p1 pm pi
  refine ⟨Prop, fun x => ∃ t : Substitution n, P t ∧ ∀ i, x i = (t i).val, fun s => ⟨?_, ?_⟩⟩
  · intro hs x
    apply propext
    constructor
    · rintro ⟨t, ht, h⟩
      refine ⟨t * s⁻¹, pm _ _ ht (pi _ hs), fun i => ?_⟩
      have h1 : x (s (s⁻¹ i)) = (t (s⁻¹ i)).val := h (s⁻¹ i)
      rwa [apply_inv_self] at h1
    · rintro ⟨t, ht, h⟩
      exact ⟨t * s, pm _ _ ht hs, fun i => h (s i)⟩
  · intro h
    have h1 : ∃ t : Substitution n, P t ∧ ∀ i, (s i).val = (t i).val :=
      (h fun i => i.val).mpr ⟨1, p1, fun _ => rfl⟩
    obtain ⟨t, ht, h2⟩ := h1
    rwa [show s = t from Substitution.ext fun i => Fin.ext (h2 i)]

end Reconstruct.Solutions
