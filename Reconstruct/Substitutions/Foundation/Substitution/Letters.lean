import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole
import Reconstruct.Substitutions.Foundation.Substitution.Basic

/-!
# Letters, lists of letters and substitutions

A replacement of finitely many letters in which no two are replaced by the same one already uses
every letter: this is why Lagrange (1770) and Cauchy (1815) can speak of an arrangement of the
letters and of a substitution as of two sides of one thing. The file proves this for lists and
functions of letters, and says what a substitution does to a list.
-/

namespace Reconstruct

/-! ### Places and letters -/

/-- In a list without repetition the same thing stands only in the same place. -/
theorem getElem_inj_of_nodup {α : Type _} {l : List α} (hl : l.Nodup) {i j : Nat}
    (hi : i < l.length) (hj : j < l.length) (h : l[i] = l[j]) : i = j := by
  have key := List.pairwise_iff_getElem.mp hl
  rcases Nat.lt_trichotomy i j with hlt | heq | hgt
  · exact absurd h (key i j hi hj hlt)
  · exact heq
  · exact absurd h.symm (key j i hj hi hgt)

/-! ### Functions of letters -/

variable {n : Nat}

/-- A function on `n` letters that gives different letters for different letters gives every
letter. -/
theorem surjective_of_injective_fin {f : Fin n → Fin n} (hf : ∀ i j, f i = f j → i = j)
    (j : Fin n) : ∃ i, f i = j := by
  have h := mem_of_subset_of_length_le (nodup_map (fun i j => hf i j) (nodup_finRange n))
    (l₂ := List.finRange n) (fun a _ => List.mem_finRange a) (by simp) (List.mem_finRange j)
  obtain ⟨i, _, hi⟩ := List.mem_map.mp h
  exact ⟨i, hi⟩

/-- A function on `n` letters that gives every letter gives different letters for different
letters. -/
theorem injective_of_surjective_fin {f : Fin n → Fin n} (hf : ∀ j, ∃ i, f i = j)
    (i j : Fin n) (hij : f i = f j) : i = j := by
  apply Decidable.byContradiction
  intro hne
  -- without `j` the remaining letters still reach every letter
  have h := length_le_of_subset (nodup_finRange n)
    (l₂ := ((List.finRange n).erase j).map f) (by
      intro a _
      obtain ⟨k, hk⟩ := hf a
      rw [List.mem_map]
      by_cases hkj : k = j
      · exact ⟨i, (List.mem_erase_of_ne hne).mpr (List.mem_finRange i), by rw [hij, ← hkj, hk]⟩
      · exact ⟨k, (List.mem_erase_of_ne hkj).mpr (List.mem_finRange k), hk⟩)
  rw [List.length_map, List.length_erase_of_mem (List.mem_finRange j), List.length_finRange] at h
  have : 0 < n := j.pos
  omega

/-- Of more letters than `n`, two are sent to the same one of `n` letters. Lagrange uses this
freely. -/
theorem exists_ne_map_eq_of_lt {m : Nat} (h : n < m) (f : Fin m → Fin n) :
    ∃ i j, i < j ∧ f i = f j := by
  apply Decidable.byContradiction
  intro hno
  have hinj : ∀ i j, f i = f j → i = j := by
    intro i j hij
    rcases Nat.lt_trichotomy i.val j.val with hlt | heq | hgt
    · exact absurd ⟨i, j, hlt, hij⟩ hno
    · exact Fin.ext heq
    · exact absurd ⟨j, i, hgt, hij.symm⟩ hno
  have key := length_le_of_nodup_fin (nodup_map (fun i j => hinj i j) (nodup_finRange m))
  rw [List.length_map, List.length_finRange] at key
  omega

namespace Substitution

/-- The letter which a function sends to `j`, or `j` itself if there is none. -/
def sourceOf (f : Fin n → Fin n) (j : Fin n) : Fin n :=
  ((List.finRange n).find? fun i => f i = j).getD j

/-- The letter found is really sent to `j` when some letter is. -/
theorem apply_sourceOf {f : Fin n → Fin n} {j : Fin n} (h : ∃ i, f i = j) :
    f (sourceOf f j) = j := by
  obtain ⟨i, hi⟩ := h
  unfold sourceOf
  cases hfind : (List.finRange n).find? fun i => f i = j with
  | none =>
    have := List.find?_eq_none.mp hfind i (List.mem_finRange i)
    simp [hi] at this
  | some k =>
    have := List.find?_some hfind
    simpa using this

/-- The substitution given by a function that never gives the same letter twice. -/
def ofInjective (f : Fin n → Fin n) (hf : ∀ i j, f i = f j → i = j) : Substitution n where
  toFun := f
  inv := sourceOf f
  left_inv i := hf _ _ (apply_sourceOf ⟨i, rfl⟩)
  right_inv j := apply_sourceOf (surjective_of_injective_fin hf j)

/-- The substitution given by a function that gives every letter. -/
def ofSurjective (f : Fin n → Fin n) (hf : ∀ j, ∃ i, f i = j) : Substitution n :=
  ofInjective f (injective_of_surjective_fin hf)

/-- A substitution made from a function replaces letters as the function does. -/
@[simp] theorem ofInjective_apply (f : Fin n → Fin n) (hf : ∀ i j, f i = f j → i = j)
    (i : Fin n) : ofInjective f hf i = f i := rfl

/-- A substitution made from a function replaces letters as the function does. -/
@[simp] theorem ofSurjective_apply (f : Fin n → Fin n) (hf : ∀ j, ∃ i, f i = j)
    (i : Fin n) : ofSurjective f hf i = f i := rfl

/-! ### Lists of letters under a substitution -/

variable (s t : Substitution n)

/-- The letters of a list, each replaced. -/
def onList (l : List (Fin n)) : List (Fin n) := l.map s.toFun

/-- Replacing keeps the number of letters. -/
@[simp] theorem length_onList (l : List (Fin n)) : (s.onList l).length = l.length :=
  List.length_map ..

/-- The identical substitution leaves a list as it is. -/
@[simp] theorem onList_one (l : List (Fin n)) : (1 : Substitution n).onList l = l :=
  List.map_id'' (fun _ => rfl) l

/-- A product replaces the letters of a list by its right factor, then by its left factor. -/
theorem onList_mul (l : List (Fin n)) : (s * t).onList l = s.onList (t.onList l) := by
  simp only [onList, List.map_map]
  rfl

/-- A letter occurs after replacing if the letter whose place it takes occurred before. -/
theorem mem_onList {l : List (Fin n)} {i : Fin n} : i ∈ s.onList l ↔ s⁻¹ i ∈ l := by
  unfold onList
  rw [List.mem_map]
  constructor
  · rintro ⟨j, hj, rfl⟩
    rwa [inv_apply_self]
  · exact fun h => ⟨s⁻¹ i, h, s.apply_inv_self i⟩

/-- Replacing makes no repetition and removes none. -/
theorem nodup_onList {l : List (Fin n)} : (s.onList l).Nodup ↔ l.Nodup := by
  constructor
  · intro h
    have := nodup_map (fun _ _ => (s⁻¹).injective) h
    change ((s⁻¹).onList (s.onList l)).Nodup at this
    rwa [← onList_mul, inv_mul_cancel, onList_one] at this
  · exact nodup_map fun _ _ => s.injective

/-- A substitution turns the list of all letters into an arrangement of all letters. -/
theorem onList_finRange_perm : (s.onList (List.finRange n)).Perm (List.finRange n) :=
  perm_of_nodup_of_mem_iff (s.nodup_onList.mpr (nodup_finRange n)) (nodup_finRange n)
    fun i => by simp [mem_onList]

/-- A substitution is known from the arrangement it makes of the letters. -/
theorem onList_finRange_inj {s t : Substitution n} :
    s.onList (List.finRange n) = t.onList (List.finRange n) ↔ s = t := by
  constructor
  · intro h
    exact ext fun i => List.map_inj_left.mp h i (List.mem_finRange i)
  · rintro rfl
    rfl

end Substitution

end Reconstruct
