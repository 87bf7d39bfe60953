/-!
# Collections without repetition

A finite collection is a list; "each thing is named once" is `List.Nodup`. Counting by such lists is
as old as counting itself; the principle that more things than places force a repetition is in
Leurechon (1622), and Lagrange (1770) and Gauss (1801) use it without a name.
-/

namespace Reconstruct

/-- The images of a list without repetition, under a function that never takes one value twice on
the list, form a list without repetition. -/
theorem nodup_map_of_injOn {α β : Type _} {f : α → β} {l : List α} (hl : l.Nodup)
    (hf : ∀ a, a ∈ l → ∀ b, b ∈ l → f a = f b → a = b) : (l.map f).Nodup := by
  induction l with
  | nil => exact List.nodup_nil
  | cons x t ih =>
    rw [List.nodup_cons] at hl
    rw [List.map_cons, List.nodup_cons]
    refine ⟨fun hx => ?_, ih hl.2 fun a ha b hb => hf a (.tail _ ha) b (.tail _ hb)⟩
    obtain ⟨y, hy, hxy⟩ := List.mem_map.mp hx
    exact hl.1 (hf y (.tail _ hy) x (.head _) hxy ▸ hy)

/-- The images of a list without repetition under an injective function are without repetition. -/
theorem nodup_map {α β : Type _} {f : α → β} (hf : Function.Injective f) {l : List α}
    (hl : l.Nodup) : (l.map f).Nodup :=
  nodup_map_of_injOn hl fun _ _ _ _ h => hf h

/-- If the images are without repetition, so is the list. -/
theorem nodup_of_nodup_map {α β : Type _} {f : α → β} {l : List α} (h : (l.map f).Nodup) :
    l.Nodup := by
  induction l with
  | nil => exact List.nodup_nil
  | cons x t ih =>
    rw [List.map_cons, List.nodup_cons] at h
    exact List.nodup_cons.mpr ⟨fun hx => h.1 (List.mem_map_of_mem hx), ih h.2⟩

/-- On a list whose images are without repetition the function takes no value twice. -/
theorem injOn_of_nodup_map {α β : Type _} {f : α → β} {l : List α} (h : (l.map f).Nodup) :
    ∀ a, a ∈ l → ∀ b, b ∈ l → f a = f b → a = b := by
  induction l with
  | nil => intro a ha; exact absurd ha List.not_mem_nil
  | cons x t ih =>
    rw [List.map_cons, List.nodup_cons] at h
    intro a ha b hb hab
    rcases List.mem_cons.mp ha with hax | ha' <;> rcases List.mem_cons.mp hb with hbx | hb'
    · rw [hax, hbx]
    · exact absurd (hax ▸ hab ▸ List.mem_map_of_mem hb') h.1
    · exact absurd (hbx ▸ hab ▸ List.mem_map_of_mem ha') h.1
    · exact ih h.2 a ha' b hb' hab

/-- A list of one member is without repetition. -/
theorem nodup_singleton {α : Type _} (a : α) : [a].Nodup :=
  List.nodup_cons.mpr ⟨List.not_mem_nil, List.nodup_nil⟩

/-- Part of a list without repetition is without repetition. -/
theorem nodup_filter {α : Type _} (p : α → Bool) {l : List α} (hl : l.Nodup) :
    (l.filter p).Nodup :=
  hl.sublist List.filter_sublist

/-- Two lists without repetition that share nothing join to a list without repetition. -/
theorem nodup_append_of_disjoint {α : Type _} {l₁ l₂ : List α} (h₁ : l₁.Nodup) (h₂ : l₂.Nodup)
    (h : ∀ a, a ∈ l₁ → a ∉ l₂) : (l₁ ++ l₂).Nodup :=
  List.nodup_append.mpr ⟨h₁, h₂, fun a ha _ hb hab => h a ha (hab ▸ hb)⟩

/-- Lists without repetition that share nothing pairwise, joined over an index list without
repetition, give a list without repetition. -/
theorem nodup_flatMap {α β : Type _} {l : List α} {f : α → List β} (hl : l.Nodup)
    (hf : ∀ a, a ∈ l → (f a).Nodup)
    (hd : ∀ a, a ∈ l → ∀ b, b ∈ l → ∀ x, x ∈ f a → x ∈ f b → a = b) :
    (l.flatMap f).Nodup := by
  induction l with
  | nil => exact List.nodup_nil
  | cons x t ih =>
    rw [List.nodup_cons] at hl
    rw [List.flatMap_cons]
    refine nodup_append_of_disjoint (hf x (.head _))
      (ih hl.2 (fun a ha => hf a (.tail _ ha)) fun a ha b hb => hd a (.tail _ ha) b (.tail _ hb)) ?_
    intro y hy hy'
    obtain ⟨z, hz, hyz⟩ := List.mem_flatMap.mp hy'
    exact hl.1 (hd x (.head _) z (.tail _ hz) y hy hyz ▸ hz)

/-- The list of the letters `0, …, n - 1` names each once. -/
theorem nodup_finRange (n : Nat) : (List.finRange n).Nodup := by
  induction n with
  | zero => rw [List.finRange_zero]; exact List.nodup_nil
  | succ n ih =>
    rw [List.finRange_succ, List.nodup_cons]
    refine ⟨fun h => ?_, nodup_map (fun _ _ => Fin.succ_inj.mp) ih⟩
    obtain ⟨i, _, hi⟩ := List.mem_map.mp h
    exact Fin.succ_ne_zero i hi

/-- Every collection can be listed without repetition. -/
theorem exists_nodup_of_list {α : Type _} (l : List α) :
    ∃ l' : List α, l'.Nodup ∧ ∀ a, a ∈ l' ↔ a ∈ l := by
  induction l with
  | nil => exact ⟨[], List.nodup_nil, fun _ => Iff.rfl⟩
  | cons x t ih =>
    obtain ⟨l', hl', hm⟩ := ih
    by_cases hx : x ∈ t
    · refine ⟨l', hl', fun a => ?_⟩
      rw [hm, List.mem_cons]
      exact ⟨Or.inr, fun h => h.elim (fun h => h ▸ hx) id⟩
    · refine ⟨x :: l', List.nodup_cons.mpr ⟨fun h => hx ((hm x).mp h), hl'⟩, fun a => ?_⟩
      rw [List.mem_cons, List.mem_cons, hm]

/-- The part of a collection that has a property can be listed without repetition. -/
theorem exists_nodup_of_list_of_prop {α : Type _} (l : List α) (P : α → Prop) :
    ∃ l' : List α, l'.Nodup ∧ ∀ a, a ∈ l' ↔ a ∈ l ∧ P a := by
  obtain ⟨l₁, h₁, hm⟩ := exists_nodup_of_list l
  haveI : DecidablePred P := fun a => Classical.propDecidable (P a)
  refine ⟨l₁.filter (fun a => decide (P a)), nodup_filter _ h₁, fun a => ?_⟩
  rw [List.mem_filter, hm, decide_eq_true_iff]

end Reconstruct
