import Reconstruct.Substitutions.Foundation.Arithmetic.Least
import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole

/-!
# Repeating a rule

Apply a rule again and again to one of finitely many things. Cauchy (1815, *Sur le nombre des
valeurs qu'une fonction peut acquérir*) follows letters in this way: the rule returns to its
starting point, and the exponents that bring a thing back are the multiples of the least.
-/

namespace Reconstruct

/-- The rule `f` applied `k` times. -/
def repeated {α : Type _} (f : α → α) : Nat → α → α
  | 0, a => a
  | k + 1, a => f (repeated f k a)

/-- A rule applied no times changes nothing. -/
theorem repeated_zero {α : Type _} (f : α → α) (a : α) : repeated f 0 a = a := rfl

/-- A rule applied once more. -/
theorem repeated_succ {α : Type _} (f : α → α) (k : Nat) (a : α) :
    repeated f (k + 1) a = f (repeated f k a) := rfl

/-- A rule applied `j + k` times. -/
theorem repeated_add {α : Type _} (f : α → α) (j k : Nat) (a : α) :
    repeated f (j + k) a = repeated f j (repeated f k a) := by
  induction j with
  | zero => rw [Nat.zero_add, repeated_zero]
  | succ j ih => rw [Nat.add_right_comm, repeated_succ, repeated_succ, ih]

/-- If `k` repetitions bring `a` back, so do `q · k`. -/
theorem repeated_mul_eq {α : Type _} {f : α → α} {k : Nat} {a : α} (h : repeated f k a = a) (q :
    Nat) :
    repeated f (q * k) a = a := by
  induction q with
  | zero => rw [Nat.zero_mul, repeated_zero]
  | succ q ih => rw [Nat.succ_mul, repeated_add, h, ih]

/-- A rule that does not leave a collection does not leave it when repeated. -/
theorem repeated_mem {α : Type _} {f : α → α} {l : List α} (hf : ∀ a, a ∈ l → f a ∈ l) (k : Nat)
    {a : α} (ha : a ∈ l) : repeated f k a ∈ l := by
  induction k with
  | zero => exact ha
  | succ k ih => exact hf _ ih

/-- On a finite collection, a rule that takes no value twice comes back to each starting point. -/
theorem exists_repeated_eq {α : Type _} {f : α → α} {l : List α} (hf : ∀ a, a ∈ l → f a ∈ l)
    (hinj : ∀ a, a ∈ l → ∀ b, b ∈ l → f a = f b → a = b) {a : α} (ha : a ∈ l) :
    ∃ k, 0 < k ∧ k ≤ l.length ∧ repeated f k a = a := by
  obtain ⟨i, hi, j, hj, hne, h⟩ := exists_ne_map_eq_of_length_lt (f := fun k => repeated f k a)
    (l := List.range (l.length + 1)) (m := l) List.nodup_range
    (fun k _ => repeated_mem hf k ha) (by rw [List.length_range]; exact Nat.lt_succ_self _)
  rw [List.mem_range] at hi hj
  -- cancel the first `i` applications
  have hcancel : ∀ i k, repeated f i a = repeated f (i + k) a → repeated f k a = a := by
    intro i k
    induction i with
    | zero => intro h; rw [Nat.zero_add] at h; exact h.symm
    | succ i ih =>
      intro h
      rw [Nat.add_right_comm, repeated_succ, repeated_succ] at h
      exact ih (hinj _ (repeated_mem hf i ha) _ (repeated_mem hf (i + k) ha) h)
  rcases Nat.lt_or_gt_of_ne hne with hlt | hlt
  · exact ⟨j - i, by omega, by omega,
      hcancel i (j - i) (by rw [show i + (j - i) = j by omega]; exact h)⟩
  · exact ⟨i - j, by omega, by omega,
      hcancel j (i - j) (by rw [show j + (i - j) = i by omega]; exact h.symm)⟩

/-- The exponents that bring `a` back are the multiples of the least one. -/
theorem exists_period {α : Type _} {f : α → α} {a : α} (h : ∃ k, 0 < k ∧ repeated f k a = a) :
    ∃ d, 0 < d ∧ ∀ k, repeated f k a = a ↔ d ∣ k := by
  obtain ⟨d, ⟨hd, hda⟩, hmin⟩ := exists_least h
  refine ⟨d, hd, fun k => ⟨fun hk => ?_,
    by rintro ⟨q, rfl⟩; rw [Nat.mul_comm]; exact repeated_mul_eq hda q⟩⟩
  have hr : repeated f (k % d) a = a := by
    have hsplit : k = k % d + k / d * d := by rw [Nat.mul_comm]; exact (Nat.mod_add_div k d).symm
    rw [hsplit, repeated_add, repeated_mul_eq hda] at hk
    exact hk
  refine Nat.dvd_of_mod_eq_zero (Classical.byContradiction fun hne => ?_)
  have h1 := hmin (k % d) ⟨Nat.pos_of_ne_zero hne, hr⟩
  have h2 := Nat.mod_lt k hd
  omega

end Reconstruct
