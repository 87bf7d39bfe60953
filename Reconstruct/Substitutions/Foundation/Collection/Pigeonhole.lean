import Reconstruct.Substitutions.Foundation.Collection.Nodup

/-!
# Comparing collections

Two collections are compared by naming: a list without repetition inside another list is not longer,
and when it is as long it names the same things. That more things than places force a repetition is
in Leurechon (1622); Lagrange (1770) and Gauss (1801, article 45) use it without a name.
-/

namespace Reconstruct

/-- A list without repetition whose members are in another list splits off from it. -/
theorem exists_perm_append_of_subset {α : Type _} {l₁ l₂ : List α} (h₁ : l₁.Nodup)
    (h : ∀ a, a ∈ l₁ → a ∈ l₂) : ∃ r, l₂.Perm (l₁ ++ r) := by
  induction l₁ generalizing l₂ with
  | nil => exact ⟨l₂, List.Perm.refl l₂⟩
  | cons x t ih =>
    rw [List.nodup_cons] at h₁
    obtain ⟨u, v, rfl⟩ := List.append_of_mem (h x (.head _))
    have ht : ∀ a, a ∈ t → a ∈ u ++ v := by
      intro a ha
      have hax : a ≠ x := fun e => h₁.1 (e ▸ ha)
      have := h a (.tail _ ha)
      simp only [List.mem_append, List.mem_cons] at this ⊢
      rcases this with h | h | h
      · exact Or.inl h
      · exact absurd h hax
      · exact Or.inr h
    obtain ⟨r, hr⟩ := ih h₁.2 ht
    exact ⟨r, List.perm_middle.trans (hr.cons x)⟩

/-- A list without repetition is not longer than a list that contains its members. -/
theorem length_le_of_subset {α : Type _} {l₁ l₂ : List α} (h₁ : l₁.Nodup)
    (h : ∀ a, a ∈ l₁ → a ∈ l₂) : l₁.length ≤ l₂.length := by
  obtain ⟨r, hr⟩ := exists_perm_append_of_subset h₁ h
  rw [hr.length_eq, List.length_append]
  exact Nat.le_add_right _ _

/-- If the containing list is no longer, the two lists are arrangements of each other. -/
theorem perm_of_subset_of_length_le {α : Type _} {l₁ l₂ : List α} (h₁ : l₁.Nodup)
    (h : ∀ a, a ∈ l₁ → a ∈ l₂) (hle : l₂.length ≤ l₁.length) : l₁.Perm l₂ := by
  obtain ⟨r, hr⟩ := exists_perm_append_of_subset h₁ h
  have hlen := hr.length_eq
  rw [List.length_append] at hlen
  have h0 : r = [] := List.length_eq_zero_iff.mp (by omega)
  rw [h0, List.append_nil] at hr
  exact hr.symm

/-- If the containing list is no longer, every one of its members is in the first list. -/
theorem mem_of_subset_of_length_le {α : Type _} {l₁ l₂ : List α} (h₁ : l₁.Nodup)
    (h : ∀ a, a ∈ l₁ → a ∈ l₂) (hle : l₂.length ≤ l₁.length) {a : α} (ha : a ∈ l₂) : a ∈ l₁ :=
  (perm_of_subset_of_length_le h₁ h hle).mem_iff.mpr ha

/-- A list inside a list without repetition that is at least as long is itself without
repetition. -/
theorem nodup_of_superset {α : Type _} {l₁ l₂ : List α} (h₁ : l₁.Nodup)
    (h : ∀ a, a ∈ l₁ → a ∈ l₂) (hle : l₂.length ≤ l₁.length) : l₂.Nodup :=
  h₁.perm (perm_of_subset_of_length_le h₁ h hle)

/-- Two lists without repetition with the same members are arrangements of each other. -/
theorem perm_of_nodup_of_mem_iff {α : Type _} {l₁ l₂ : List α} (h₁ : l₁.Nodup) (h₂ : l₂.Nodup)
    (h : ∀ a, a ∈ l₁ ↔ a ∈ l₂) : l₁.Perm l₂ :=
  perm_of_subset_of_length_le h₁ (fun a => (h a).mp)
    (length_le_of_subset h₂ fun a => (h a).mpr)

/-- Two lists without repetition with the same members have the same length. -/
theorem length_eq_of_nodup_of_mem_iff {α : Type _} {l₁ l₂ : List α} (h₁ : l₁.Nodup) (h₂ : l₂.Nodup)
    (h : ∀ a, a ∈ l₁ ↔ a ∈ l₂) : l₁.length = l₂.length :=
  (perm_of_nodup_of_mem_iff h₁ h₂ h).length_eq

/-- A function that carries one list into a shorter one takes some value twice. -/
theorem exists_ne_map_eq_of_length_lt {α β : Type _} {f : α → β} {l : List α} {m : List β}
    (hl : l.Nodup) (hf : ∀ a, a ∈ l → f a ∈ m) (hlt : m.length < l.length) :
    ∃ a, a ∈ l ∧ ∃ b, b ∈ l ∧ a ≠ b ∧ f a = f b :=
  Classical.byContradiction fun hno => by
    have hnd : (l.map f).Nodup := nodup_map_of_injOn hl fun a ha b hb hab =>
      Classical.byContradiction fun hne => hno ⟨a, ha, b, hb, hne, hab⟩
    have hle := length_le_of_subset hnd fun y hy => by
      obtain ⟨a, ha, rfl⟩ := List.mem_map.mp hy
      exact hf a ha
    rw [List.length_map] at hle
    omega

/-- A list whose members all lie in a shorter list repeats one of them. -/
theorem not_nodup_of_length_lt {α : Type _} {l m : List α} (h : ∀ a, a ∈ l → a ∈ m)
    (hlt : m.length < l.length) : ¬ l.Nodup := fun hl => by
  have := length_le_of_subset hl h
  omega

/-- Two collections that correspond one to one have the same number of members. -/
theorem length_eq_of_correspondence {α β : Type _} {l : List α} {m : List β} (hl : l.Nodup)
    (hm : m.Nodup) (f : α → β) (hf : ∀ a, a ∈ l → f a ∈ m)
    (hinj : ∀ a, a ∈ l → ∀ b, b ∈ l → f a = f b → a = b)
    (hsurj : ∀ y, y ∈ m → ∃ a, a ∈ l ∧ f a = y) : l.length = m.length := by
  rw [← List.length_map (f := f)]
  refine length_eq_of_nodup_of_mem_iff (nodup_map_of_injOn hl hinj) hm fun y => ?_
  rw [List.mem_map]
  exact ⟨fun ⟨a, ha, h⟩ => h ▸ hf a ha, fun hy => hsurj y hy⟩

/-- A list of letters out of `n` without repetition has at most `n` members. -/
theorem length_le_of_nodup_fin {n : Nat} {l : List (Fin n)} (hl : l.Nodup) : l.length ≤ n := by
  have := length_le_of_subset hl fun a _ => List.mem_finRange a
  rwa [List.length_finRange] at this

/-- A list of numbers below `n` without repetition has at most `n` members. -/
theorem length_le_of_nodup_lt {n : Nat} {l : List Nat} (hl : l.Nodup) (h : ∀ a, a ∈ l → a < n) :
    l.length ≤ n := by
  have := length_le_of_subset hl fun a ha => List.mem_range.mpr (h a ha)
  rwa [List.length_range] at this

end Reconstruct
