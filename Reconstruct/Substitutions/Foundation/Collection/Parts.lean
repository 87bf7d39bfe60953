import Reconstruct.Substitutions.Foundation.Arithmetic.Binomial
import Reconstruct.Substitutions.Foundation.Collection.Enumeration

/-!
# Choosing some of several things

The selections of `k` out of `n` things, listed; there are `C(n, k)` of them (Pascal 1654, Jacob
Bernoulli 1713).
-/

namespace Reconstruct

/-- All selections of `k` members of a list, each in the order of the list. -/
def parts {α : Type _} : Nat → List α → List (List α)
  | 0, _ => [[]]
  | _ + 1, [] => []
  | k + 1, a :: t => (parts k t).map (fun s => a :: s) ++ parts (k + 1) t

/-- The only selection of nothing is empty. -/
theorem parts_zero {α : Type _} (l : List α) : parts 0 l = [[]] := by cases l <;> rfl

/-- There are `C(n, k)` selections of `k` out of `n` things (Pascal 1654). -/
theorem length_parts {α : Type _} (k : Nat) (l : List α) :
    (parts k l).length = binomial l.length k := by
  induction l generalizing k with
  | nil => cases k <;> rfl
  | cons a t ih => cases k with
    | zero => rw [parts_zero, binomial_zero_right]; rfl
    | succ k =>
      rw [parts, List.length_append, List.length_map, ih, ih, List.length_cons, binomial_succ_succ]

/-- The selections of `k` members are the sublists of length `k`. -/
theorem mem_parts {α : Type _} {k : Nat} {l s : List α} :
    s ∈ parts k l ↔ s.Sublist l ∧ s.length = k := by
  induction l generalizing k s with
  | nil =>
    rw [List.sublist_nil]
    cases k with
    | zero =>
      rw [parts_zero, List.mem_singleton]
      exact ⟨fun h => ⟨h, by rw [h]; rfl⟩, fun h => h.1⟩
    | succ k =>
      refine ⟨fun h => absurd h List.not_mem_nil, fun ⟨h1, h2⟩ => ?_⟩
      rw [h1] at h2
      exact absurd h2 (by simp)
  | cons a t ih => cases k with
    | zero =>
      rw [parts_zero, List.mem_singleton, List.length_eq_zero_iff]
      exact ⟨fun h => ⟨h ▸ List.nil_sublist _, h⟩, fun h => h.2⟩
    | succ k =>
      rw [parts, List.mem_append, List.mem_map, ih, List.sublist_cons_iff]
      constructor
      · rintro (⟨r, hr, rfl⟩ | ⟨h1, h2⟩)
        · obtain ⟨h1, h2⟩ := ih.mp hr
          exact ⟨Or.inr ⟨r, rfl, h1⟩, by rw [List.length_cons, h2]⟩
        · exact ⟨Or.inl h1, h2⟩
      · rintro ⟨h1 | ⟨r, rfl, hr⟩, h2⟩
        · exact Or.inr ⟨h1, h2⟩
        · exact Or.inl ⟨r, ih.mpr ⟨hr, Nat.succ.inj h2⟩, rfl⟩

/-- From a list without repetition each selection is listed once. -/
theorem nodup_parts {α : Type _} {l : List α} (hl : l.Nodup) (k : Nat) : (parts k l).Nodup := by
  induction l generalizing k with
  | nil => cases k with
    | zero => exact nodup_singleton []
    | succ k => exact List.nodup_nil
  | cons a t ih =>
    rw [List.nodup_cons] at hl
    cases k with
    | zero => rw [parts_zero]; exact nodup_singleton []
    | succ k =>
      rw [parts]
      refine nodup_append_of_disjoint (nodup_map (fun v w h => (List.cons.inj h).2) (ih hl.2 k))
        (ih hl.2 (k + 1)) fun s hs hs' => ?_
      obtain ⟨r, _, rfl⟩ := List.mem_map.mp hs
      exact hl.1 ((mem_parts.mp hs').1.subset (.head _))

/-- A selection from a list without repetition is without repetition. -/
theorem nodup_of_mem_parts {α : Type _} {l s : List α} {k : Nat} (hl : l.Nodup)
    (h : s ∈ parts k l) :
    s.Nodup :=
  hl.sublist (mem_parts.mp h).1

/-- Two selections from a list without repetition that have the same members are equal. -/
theorem parts_ext {α : Type _} {l s t : List α} {j k : Nat} (hl : l.Nodup) (hs : s ∈ parts j l)
    (ht : t ∈ parts k l) (h : ∀ a, a ∈ s ↔ a ∈ t) : s = t := by
  have key : ∀ {l s t : List α}, l.Nodup → s.Sublist l → t.Sublist l →
      (∀ a, a ∈ s ↔ a ∈ t) → s = t := by
    intro l
    induction l with
    | nil =>
      intro s t _ hs ht _
      rw [List.sublist_nil.mp hs, List.sublist_nil.mp ht]
    | cons x l ih =>
      intro s t hl hs ht h
      rw [List.nodup_cons] at hl
      rcases List.sublist_cons_iff.mp hs with hs' | ⟨s, rfl, hs'⟩ <;>
        rcases List.sublist_cons_iff.mp ht with ht' | ⟨t, rfl, ht'⟩
      · exact ih hl.2 hs' ht' h
      · exact absurd (hs'.subset ((h x).mpr (.head _))) hl.1
      · exact absurd (ht'.subset ((h x).mp (.head _))) hl.1
      · refine congrArg (x :: ·) (ih hl.2 hs' ht' fun a => ?_)
        have hiff := h a
        rw [List.mem_cons, List.mem_cons] at hiff
        constructor
        · intro ha
          exact (hiff.mp (Or.inr ha)).resolve_left fun e => hl.1 (e ▸ hs'.subset ha)
        · intro ha
          exact (hiff.mpr (Or.inr ha)).resolve_left fun e => hl.1 (e ▸ ht'.subset ha)
  exact key hl (mem_parts.mp hs).1 (mem_parts.mp ht).1 h

end Reconstruct
