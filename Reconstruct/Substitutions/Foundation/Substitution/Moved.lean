import Reconstruct.Substitutions.Foundation.Substitution.Transposition

/-!
# The letters that a substitution moves

Cauchy (1815) simplifies a substitution by leaving out the letters that stay in their places. Two
substitutions that move no letter in common can be made in either order.
-/

namespace Reconstruct

namespace Substitution

variable {n : Nat} {s t : Substitution n}

/-- The letters that do not stay in their places. -/
def moved (s : Substitution n) : List (Fin n) := (List.finRange n).filter fun i => s i ≠ i

/-- A letter is moved when another letter takes its place. -/
@[simp] theorem mem_moved {i : Fin n} : i ∈ moved s ↔ s i ≠ i := by
  simp [moved, List.mem_filter, List.mem_finRange]

/-- Each moved letter is listed once. -/
theorem nodup_moved (s : Substitution n) : (moved s).Nodup := nodup_filter _ (nodup_finRange n)

/-- Only the identical substitution moves no letter. -/
@[simp] theorem moved_eq_nil_iff : moved s = [] ↔ s = 1 := by
  rw [eq_one_iff, List.eq_nil_iff_forall_not_mem]
  simp only [mem_moved, ne_eq, Decidable.not_not]

/-- The identical substitution moves nothing. -/
@[simp] theorem moved_one : moved (1 : Substitution n) = [] := moved_eq_nil_iff.mpr rfl

/-- A substitution and its inverse move the same letters. -/
@[simp] theorem moved_inv (s : Substitution n) : moved s⁻¹ = moved s := by
  unfold moved
  congr 1
  funext i
  have : s⁻¹ i ≠ i ↔ s i ≠ i := by
    rw [ne_eq, inv_apply_eq_iff, ne_eq, eq_comm]
  simp only [this]

/-- A product moves only letters that one of the factors moves. -/
theorem mem_moved_of_mem_moved_mul {i : Fin n} (h : i ∈ moved (s * t)) :
    i ∈ moved s ∨ i ∈ moved t := by
  simp only [mem_moved, mul_apply, ne_eq] at *
  by_cases ht : t i = i
  · rw [ht] at h
    exact Or.inl h
  · exact Or.inr ht

/-- A power moves only letters that the substitution moves. -/
theorem mem_moved_of_mem_moved_pow {i : Fin n} {k : Nat} (h : i ∈ moved (s ^ k)) :
    i ∈ moved s := by
  rw [mem_moved] at *
  exact fun hs => h (pow_apply_eq_self hs k)

/-- A moved letter is replaced by a moved letter. -/
theorem apply_mem_moved_iff {i : Fin n} : s i ∈ moved s ↔ i ∈ moved s := by
  simp only [mem_moved, ne_eq, apply_eq_iff]

/-- Changing the names of the letters by `t` changes the names of the moved letters. -/
theorem mem_moved_mul_mul_inv {i : Fin n} : i ∈ moved (t * s * t⁻¹) ↔ t⁻¹ i ∈ moved s := by
  rw [mem_moved, mem_moved, mul_apply, mul_apply, ne_eq, ← eq_inv_apply_iff, ne_eq]

/-- No substitution moves exactly one letter. -/
theorem length_moved_ne_one (s : Substitution n) : (moved s).length ≠ 1 := by
  intro h
  obtain ⟨i, hi⟩ := List.length_eq_one_iff.mp h
  have hmem : i ∈ moved s := by rw [hi]; exact List.mem_singleton.mpr rfl
  have hs : s i ∈ moved s := apply_mem_moved_iff.mpr hmem
  rw [hi, List.mem_singleton] at hs
  exact mem_moved.mp hmem hs

/-- A transposition moves its two letters. -/
theorem mem_moved_swap {i j k : Fin n} (hij : i ≠ j) : k ∈ moved (swap i j) ↔ k = i ∨ k = j := by
  rw [mem_moved, swap_apply]
  by_cases hi : k = i
  · subst hi
    simp [Ne.symm hij]
  · by_cases hj : k = j
    · subst hj
      simpa using ⟨hi, hij⟩
    · simp [hi, hj]

/-- Two substitutions are disjoint when every letter stays in its place under one of them. -/
def Disjoint (s t : Substitution n) : Prop := ∀ i, s i = i ∨ t i = i

/-- Whether two substitutions are disjoint is found by going through the letters. -/
instance : Decidable (Disjoint s t) := inferInstanceAs (Decidable (∀ i, s i = i ∨ t i = i))

/-- Being disjoint does not depend on which of the two is named first. -/
theorem Disjoint.symm (h : Disjoint s t) : Disjoint t s := fun i => (h i).symm

/-- Disjoint substitutions commute (Cauchy 1815). -/
theorem Disjoint.mul_comm (h : Disjoint s t) : s * t = t * s := by
  refine ext fun i => ?_
  rw [mul_apply, mul_apply]
  rcases h i with hs | ht
  · rcases h (t i) with hs' | ht'
    · rw [hs, hs']
    · rw [t.injective ht', hs, t.injective ht']
  · rcases h (s i) with hs' | ht'
    · rw [ht, s.injective hs', ht]
    · rw [ht, ht']

end Substitution

end Reconstruct
