import Reconstruct.Substitutions.Foundation.Arithmetic.Factorial
import Reconstruct.Substitutions.Foundation.Substitution.Transposition

/-!
# All substitutions of `n` letters

There are `n! = 1 · 2 ⋯ n` substitutions of `n` letters; Lagrange (1770) starts from this count. The
list `Substitution.all n` holds each of them once: choose the letter that takes the place of the
first one, exchange it with the first, and treat the remaining letters in the same way.

The list is computed by plain recursion, so that questions about all substitutions of a few letters
are settled by going through them.
-/

namespace Reconstruct

namespace Substitution

/-- All substitutions of `n` letters, the identical one first. -/
def all : (n : Nat) → List (Substitution n)
  | 0 => [1]
  | n + 1 => (List.finRange (n + 1)).flatMap fun k => (all n).map fun s => swap 0 k * lift s

variable {n : Nat}

/-- There is one substitution of no letters. -/
@[simp] theorem all_zero : all 0 = [1] := rfl

/-- The substitutions of one letter more. -/
theorem all_succ (n : Nat) :
    all (n + 1) =
      (List.finRange (n + 1)).flatMap fun k => (all n).map fun s => swap 0 k * lift s := rfl

/-- Every substitution is in the list. -/
@[simp] theorem mem_all (s : Substitution n) : s ∈ all n := by
  induction n with
  | zero => exact List.mem_singleton.mpr (ext fun i => i.elim0)
  | succ n ih =>
    obtain ⟨t, ht⟩ := exists_swap_mul_lift s
    rw [all_succ, List.mem_flatMap]
    exact ⟨s 0, List.mem_finRange _, List.mem_map.mpr ⟨t, ih t, ht⟩⟩

/-- No substitution is twice in the list. -/
theorem nodup_all (n : Nat) : (all n).Nodup := by
  induction n with
  | zero => simp
  | succ n ih =>
    rw [all_succ]
    refine List.pairwise_flatMap.mpr ⟨fun k _ => nodup_map (fun s t h =>
      lift_injective (mul_left_cancel h)) ih, ?_⟩
    refine List.Pairwise.imp (fun {k k'} hk => ?_) (nodup_finRange (n + 1))
    intro s hs t ht hst
    obtain ⟨s', _, rfl⟩ := List.mem_map.mp hs
    obtain ⟨t', _, rfl⟩ := List.mem_map.mp ht
    have := congrArg (fun u : Substitution (n + 1) => u 0) hst
    simp only [mul_apply, lift_zero, swap_apply_left] at this
    exact hk this

/-- There are `n!` substitutions of `n` letters (Lagrange 1770; the count of arrangements is much
older). -/
@[simp] theorem length_all (n : Nat) : (all n).length = factorial n := by
  induction n with
  | zero => rfl
  | succ n ih =>
    rw [all_succ, List.length_flatMap, factorial_succ]
    simp [ih, List.map_const', List.sum_replicate_nat]

/-- Each substitution is counted once. -/
theorem count_all (s : Substitution n) : (all n).count s = 1 := by
  rw [(nodup_all n).count, if_pos (mem_all s)]

/-- A list of substitutions without repetition has at most `n!` members. -/
theorem length_le_factorial {l : List (Substitution n)} (hl : l.Nodup) :
    l.length ≤ factorial n := by
  rw [← length_all n]
  exact length_le_of_subset hl fun s _ => mem_all s

/-- Multiplying all substitutions by one substitution on the left rearranges them. -/
theorem map_mul_left_all_perm (s : Substitution n) :
    ((all n).map fun t => s * t).Perm (all n) :=
  perm_of_nodup_of_mem_iff (nodup_map (fun _ _ h => mul_left_cancel h) (nodup_all n))
    (nodup_all n) fun t =>
      ⟨fun _ => mem_all t, fun _ => List.mem_map.mpr ⟨s⁻¹ * t, mem_all _, by simp⟩⟩

/-- Multiplying all substitutions by one substitution on the right rearranges them. -/
theorem map_mul_right_all_perm (s : Substitution n) :
    ((all n).map fun t => t * s).Perm (all n) :=
  perm_of_nodup_of_mem_iff (nodup_map (fun _ _ h => mul_right_cancel h) (nodup_all n))
    (nodup_all n) fun t =>
      ⟨fun _ => mem_all t, fun _ => List.mem_map.mpr ⟨t * s⁻¹, mem_all _, by simp⟩⟩

/-- Inverting all substitutions rearranges them. -/
theorem map_inv_all_perm (n : Nat) : ((all n).map fun t => t⁻¹).Perm (all n) :=
  perm_of_nodup_of_mem_iff (nodup_map (fun _ _ h => inv_eq_iff.mp h) (nodup_all n))
    (nodup_all n) fun t =>
      ⟨fun _ => mem_all t, fun _ => List.mem_map.mpr ⟨t⁻¹, mem_all _, by simp⟩⟩

/-! ### Going through all substitutions -/

/-- A property holds for all substitutions if it holds for those in the list. -/
theorem forall_iff_forall_mem_all {p : Substitution n → Prop} :
    (∀ s, p s) ↔ ∀ s, s ∈ all n → p s :=
  ⟨fun h s _ => h s, fun h s => h s (mem_all s)⟩

/-- Some substitution has a property if one in the list has it. -/
theorem exists_iff_exists_mem_all {p : Substitution n → Prop} :
    (∃ s, p s) ↔ ∃ s, s ∈ all n ∧ p s :=
  ⟨fun ⟨s, h⟩ => ⟨s, mem_all s, h⟩, fun ⟨s, _, h⟩ => ⟨s, h⟩⟩

/-- Whether all substitutions have a property is settled by going through them. -/
instance decidableForall (p : Substitution n → Prop) [DecidablePred p] : Decidable (∀ s, p s) :=
  decidable_of_iff _ forall_iff_forall_mem_all.symm

/-- Whether some substitution has a property is settled by going through them. -/
instance decidableExists (p : Substitution n → Prop) [DecidablePred p] : Decidable (∃ s, p s) :=
  decidable_of_iff _ exists_iff_exists_mem_all.symm

end Substitution

end Reconstruct
