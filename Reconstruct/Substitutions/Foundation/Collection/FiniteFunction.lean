import Reconstruct.Substitutions.Foundation.Collection.Enumeration

/-!
# Functions of finitely many letters

A function that sends `n` letters to `n` letters is injective exactly when it takes every value, and
there are `n ^ n` such functions. Used without comment by Lagrange (1770), Ruffini (1799) and Cauchy
(1815), who write such a function as the row of its values.
-/

namespace Reconstruct

/-- On a finite list, a function that carries the list into itself and takes no value twice takes
every value. -/
theorem exists_eq_of_injOn {α : Type _} {l : List α} (hl : l.Nodup) {f : α → α}
    (hf : ∀ a, a ∈ l → f a ∈ l) (hinj : ∀ a, a ∈ l → ∀ b, b ∈ l → f a = f b → a = b) {y : α}
    (hy : y ∈ l) : ∃ a, a ∈ l ∧ f a = y := by
  have h := mem_of_subset_of_length_le (nodup_map_of_injOn hl hinj) (l₂ := l) (fun x hx => by
    obtain ⟨a, ha, rfl⟩ := List.mem_map.mp hx
    exact hf a ha) (by rw [List.length_map]; exact Nat.le_refl _) hy
  exact List.mem_map.mp h

/-- On a finite list, a function that takes every value takes no value twice. -/
theorem injOn_of_exists_eq {α : Type _} {l : List α} (hl : l.Nodup) {f : α → α}
    (hsurj : ∀ y, y ∈ l → ∃ a, a ∈ l ∧ f a = y) :
    ∀ a, a ∈ l → ∀ b, b ∈ l → f a = f b → a = b :=
  injOn_of_nodup_map (nodup_of_superset hl (fun y hy => by
    obtain ⟨a, ha, rfl⟩ := hsurj y hy
    exact List.mem_map_of_mem ha) (by rw [List.length_map]; exact Nat.le_refl _))

/-- A function from `n` letters to `n` letters that takes no value twice takes every value. -/
theorem surjective_of_injective {n : Nat} {f : Fin n → Fin n} (hf : Function.Injective f) :
    Function.Surjective f := fun y => by
  obtain ⟨a, _, h⟩ := exists_eq_of_injOn (nodup_finRange n) (fun a _ => List.mem_finRange (f a))
    (fun _ _ _ _ h => hf h) (List.mem_finRange y)
  exact ⟨a, h⟩

/-- A function from `n` letters to `n` letters that takes every value takes no value twice. -/
theorem injective_of_surjective {n : Nat} {f : Fin n → Fin n} (hf : Function.Surjective f) :
    Function.Injective f := fun a b h =>
  injOn_of_exists_eq (nodup_finRange n)
    (fun y _ => (hf y).elim fun a h => ⟨a, List.mem_finRange a, h⟩)
    a (List.mem_finRange a) b (List.mem_finRange b) h

/-- For functions from `n` letters to `n` letters the two properties agree. -/
theorem injective_iff_surjective {n : Nat} {f : Fin n → Fin n} :
    Function.Injective f ↔ Function.Surjective f :=
  ⟨surjective_of_injective, injective_of_surjective⟩

/-- A function between letters that takes no value twice needs at least as many letters at its
end. -/
theorem le_of_injective {m n : Nat} {f : Fin m → Fin n} (hf : Function.Injective f) : m ≤ n := by
  have := length_le_of_nodup_fin (nodup_map hf (nodup_finRange m))
  rwa [List.length_map, List.length_finRange] at this

/-- A function from more letters to fewer takes some value twice. -/
theorem exists_ne_of_lt {m n : Nat} (h : n < m) (f : Fin m → Fin n) : ∃ i j, i ≠ j ∧ f i = f j :=
  Classical.byContradiction fun hno => by
    have hinj : Function.Injective f := fun i j hij =>
      Classical.byContradiction fun hne => hno ⟨i, j, hne, hij⟩
    have := le_of_injective hinj
    omega

/-- Whether a function of finitely many letters takes no value twice can be decided by trial. -/
instance decidableInjective {n : Nat} {α : Type _} [DecidableEq α] (f : Fin n → α) :
    Decidable (Function.Injective f) :=
  decidable_of_iff (∀ i j : Fin n, f i = f j → i = j) ⟨fun h _ _ e => h _ _ e, fun h _ _ e => h e⟩

/-- Every function of letters that takes no value twice has an inverse on both sides. -/
theorem exists_inverse_of_injective {n : Nat} {f : Fin n → Fin n} (hf : Function.Injective f) :
    ∃ g : Fin n → Fin n, (∀ i, g (f i) = i) ∧ ∀ i, f (g i) = i := by
  have hs := surjective_of_injective hf
  refine ⟨fun i => (hs i).choose, fun i => hf (hs (f i)).choose_spec, fun i => (hs i).choose_spec⟩

/-- The row of values of a function of `n` letters (the lower line of Cauchy's notation, 1815). -/
def valueRow {n : Nat} {α : Type _} (f : Fin n → α) : List α := (List.finRange n).map f

/-- The row has one entry a letter. -/
theorem length_valueRow {n : Nat} {α : Type _} (f : Fin n → α) : (valueRow f).length = n := by
  rw [valueRow, List.length_map, List.length_finRange]

/-- A function is determined by its row of values. -/
theorem valueRow_injective {n : Nat} {α : Type _} :
    Function.Injective (valueRow : (Fin n → α) → List α) := fun f g h => by
  funext i
  exact List.map_inj_left.mp h i (List.mem_finRange i)

/-- All functions from `n` letters to the members of a list `l`, from the words of length `n`. -/
def allFunctions {α : Type _} (n : Nat) (l : List α) : List (Fin n → α) :=
  (allWords l n).attach.map fun w => fun i =>
    w.1.get (i.cast (mem_allWords.mp w.2).1.symm)

/-- A function is listed exactly when all its values are in `l`. -/
theorem mem_allFunctions {α : Type _} {n : Nat} {l : List α} {f : Fin n → α} :
    f ∈ allFunctions n l ↔ ∀ i, f i ∈ l := by
  rw [allFunctions, List.mem_map]
  constructor
  · rintro ⟨w, _, rfl⟩ i
    exact (mem_allWords.mp w.2).2 _ (List.get_mem _ _)
  · intro h
    have hmem : valueRow f ∈ allWords l n := mem_allWords.mpr ⟨length_valueRow f, fun a ha => by
      obtain ⟨i, _, rfl⟩ := List.mem_map.mp ha
      exact h i⟩
    refine ⟨⟨valueRow f, hmem⟩, List.mem_attach _ _, ?_⟩
    funext i
    simp [valueRow]

/-- There are `k ^ n` functions from `n` letters to `k` values. -/
theorem length_allFunctions {α : Type _} (n : Nat) (l : List α) :
    (allFunctions n l).length = l.length ^ n := by
  rw [allFunctions, List.length_map, List.length_attach, length_allWords]

/-- Each function is listed once. -/
theorem nodup_allFunctions {α : Type _} {n : Nat} {l : List α} (hl : l.Nodup) :
    (allFunctions n l).Nodup := by
  refine nodup_map ?_ (nodup_of_nodup_map (f := Subtype.val) ?_)
  · intro v w h
    refine Subtype.ext (List.ext_getElem ?_ fun i h1 h2 => ?_)
    · rw [(mem_allWords.mp v.2).1, (mem_allWords.mp w.2).1]
    · have hi : i < n := by rw [← (mem_allWords.mp v.2).1]; exact h1
      exact congrFun h ⟨i, hi⟩
  · rw [List.attach_map_subtype_val]
    exact nodup_allWords hl n

/-- There are `n ^ n` functions from `n` letters to themselves. -/
theorem length_allFunctions_self (n : Nat) : (allFunctions n (List.finRange n)).length = n ^ n := by
  rw [length_allFunctions, List.length_finRange]

end Reconstruct
