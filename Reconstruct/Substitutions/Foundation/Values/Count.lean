import Reconstruct.Substitutions.Foundation.Values.Basic

/-!
# Counting the values of a function

When the letters range over `0, …, m - 1`, two forms can be compared by trying all values of the
letters, and the values of a function can be listed. The file computes the number of values so, and
goes through the examples from which Lagrange starts ("Réflexions", 1770–71): `x₀ x₁ + x₂ x₃` takes
three values, which is why an equation of the fourth degree is reduced to one of the third.
-/

namespace Reconstruct

universe u v

/-- The members of a list, each once. -/
def distinct {α : Type u} [DecidableEq α] (l : List α) : List α :=
  l.foldr (fun a l => if a ∈ l then l else a :: l) []

section Distinct

variable {α : Type u} [DecidableEq α]

/-- Making a list distinct keeps its members. -/
@[simp] theorem mem_distinct {l : List α} {a : α} : a ∈ distinct l ↔ a ∈ l := by
  induction l with
  | nil => rfl
  | cons b l ih =>
    change a ∈ (if b ∈ distinct l then distinct l else b :: distinct l) ↔ _
    rw [List.mem_cons, ← ih]
    split
    · rename_i hb
      exact ⟨Or.inr, fun h => h.elim (fun h => h ▸ hb) id⟩
    · rw [List.mem_cons]

/-- A distinct list has no repetition. -/
theorem nodup_distinct (l : List α) : (distinct l).Nodup := by
  induction l with
  | nil => exact List.nodup_nil
  | cons b l ih =>
    change (if b ∈ distinct l then distinct l else b :: distinct l).Nodup
    split
    · exact ih
    · rename_i hb
      exact List.nodup_cons.mpr ⟨hb, ih⟩

/-- A list without repetition is distinct already. -/
theorem distinct_eq_self {l : List α} (hl : l.Nodup) : distinct l = l := by
  induction l with
  | nil => rfl
  | cons b l ih =>
    obtain ⟨hb, hl⟩ := List.nodup_cons.mp hl
    change (if b ∈ distinct l then distinct l else b :: distinct l) = _
    rw [ih hl, if_neg hb]

end Distinct

/-! ### All values of the letters -/

/-- All ways to give `n` letters values from a list. -/
def assignments {α : Type u} (vs : List α) : (n : Nat) → List (Fin n → α)
  | 0 => [fun i => i.elim0]
  | n + 1 => vs.flatMap fun a => (assignments vs n).map fun x => Fin.cases a x

/-- If the list holds every value, all ways to give values to the letters are there. -/
theorem mem_assignments {α : Type u} {vs : List α} (h : ∀ a, a ∈ vs) {n : Nat} (x : Fin n → α) :
    x ∈ assignments vs n := by
  induction n with
  | zero => exact List.mem_singleton.mpr (funext fun i => i.elim0)
  | succ n ih =>
    rw [assignments, List.mem_flatMap]
    refine ⟨x 0, h _, List.mem_map.mpr ⟨fun i => x i.succ, ih _, funext fun i => ?_⟩⟩
    exact Fin.cases rfl (fun _ => rfl) i

namespace LetterFunction

variable {n m : Nat} {β : Type v} [DecidableEq β]

/-- Two functions of letters with finitely many values are compared by trying all of these. -/
instance : DecidableEq (LetterFunction n (Fin m) β) := fun f g =>
  decidable_of_iff (∀ x, x ∈ assignments (List.finRange m) n → f x = g x)
    ⟨fun h => funext fun x => h x (mem_assignments List.mem_finRange x), fun h _ _ => by rw [h]⟩

/-- Whether a substitution leaves a function unchanged is found by trying all values. -/
instance (f : LetterFunction n (Fin m) β) (σ : Substitution n) : Decidable (f.Unchanged σ) :=
  inferInstanceAs (Decidable (f.permuted σ = f))

/-- The distinct forms that arise from `f` by the substitutions of its letters. -/
def values (f : LetterFunction n (Fin m) β) : List (LetterFunction n (Fin m) β) :=
  distinct ((Substitution.all n).map f.permuted)

/-- The list of values holds exactly the values. -/
@[simp] theorem mem_values {f g : LetterFunction n (Fin m) β} : g ∈ f.values ↔ f.IsValue g := by
  rw [values, mem_distinct, List.mem_map]
  exact ⟨fun ⟨σ, _, h⟩ => ⟨σ, h⟩, fun ⟨σ, h⟩ => ⟨σ, Substitution.mem_all σ, h⟩⟩

/-- The list of values has no repetition. -/
theorem nodup_values (f : LetterFunction n (Fin m) β) : f.values.Nodup := nodup_distinct _

/-- How many different forms arise from `f` by the substitutions of its letters. -/
def numberOfValues (f : LetterFunction n (Fin m) β) : Nat := f.values.length

/-- The computed number is the number of values. -/
theorem hasValues_iff {f : LetterFunction n (Fin m) β} {k : Nat} :
    f.HasValues k ↔ f.numberOfValues = k := by
  have h : f.HasValues f.numberOfValues := ⟨f.values, f.nodup_values, fun _ => mem_values, rfl⟩
  exact ⟨h.unique, fun hk => hk ▸ h⟩

/-- Whether a function has `k` values is found by counting them. -/
instance (f : LetterFunction n (Fin m) β) (k : Nat) : Decidable (f.HasValues k) :=
  decidable_of_iff _ hasValues_iff.symm

/-! ### Lagrange's examples -/

/-- Lagrange's function `x₀ x₁ + x₂ x₃` of the roots of an equation of the fourth degree. -/
def lagrangeFour : LetterFunction 4 (Fin 2) Nat := fun x =>
  (x 0).val * (x 1).val + (x 2).val * (x 3).val

/-- The function `x₀ x₁ + x₂ x₃` has three values (Lagrange 1770). -/
theorem hasValues_lagrangeFour : lagrangeFour.HasValues 3 :=
  hasValues_iff.mpr (by decide)

/-- The sum of three letters has one value. -/
theorem hasValues_sum :
    HasValues (fun x : Fin 3 → Fin 2 => (x 0).val + (x 1).val + (x 2).val) 1 :=
  hasValues_iff.mpr (by decide)

/-- A function that notices only the first of three letters has three values. -/
theorem hasValues_first : HasValues (fun x : Fin 3 → Fin 2 => (x 0).val) 3 :=
  hasValues_iff.mpr (by decide)

/-- The function `x₀ + 2 x₁` of three letters has six values: each substitution gives a new one. -/
theorem hasValues_six :
    HasValues (fun x : Fin 3 → Fin 2 => (x 0).val + 2 * (x 1).val) 6 :=
  hasValues_iff.mpr (by decide)

end LetterFunction

end Reconstruct
