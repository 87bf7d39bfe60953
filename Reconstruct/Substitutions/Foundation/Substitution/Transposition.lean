import Reconstruct.Substitutions.Foundation.Substitution.Power
import Reconstruct.Substitutions.Foundation.Substitution.Letters

/-!
# Transpositions

A transposition exchanges two letters and leaves the others in their places; the word is Cauchy's
(1815). The file defines `swap i j`, extends a substitution of `n` letters to one of `n + 1` letters
that leaves the first letter alone, and proves that every substitution is a product of
transpositions, which Vandermonde (1771) and Lagrange (1771) use and Cauchy states.
-/

namespace Reconstruct

namespace Substitution

variable {n : Nat}

/-- The transposition of the letters `i` and `j`; the identical substitution if `i = j`. -/
def swap (i j : Fin n) : Substitution n where
  toFun k := if k = i then j else if k = j then i else k
  inv k := if k = i then j else if k = j then i else k
  left_inv k := by
    by_cases h₁ : k = i
    · by_cases h₂ : j = i <;> simp [h₁, h₂]
    · by_cases h₂ : k = j <;> simp [h₁, h₂]
  right_inv k := by
    by_cases h₁ : k = i
    · by_cases h₂ : j = i <;> simp [h₁, h₂]
    · by_cases h₂ : k = j <;> simp [h₁, h₂]

/-- What a transposition does to a letter. -/
theorem swap_apply (i j k : Fin n) : swap i j k = if k = i then j else if k = j then i else k := rfl

/-- A transposition puts the second letter in the place of the first. -/
@[simp] theorem swap_apply_left (i j : Fin n) : swap i j i = j := by simp [swap_apply]

/-- A transposition puts the first letter in the place of the second. -/
@[simp] theorem swap_apply_right (i j : Fin n) : swap i j j = i := by
  by_cases h : j = i <;> simp [swap_apply, h]

/-- A transposition leaves the other letters alone. -/
theorem swap_apply_of_ne {i j k : Fin n} (hi : k ≠ i) (hj : k ≠ j) : swap i j k = k := by
  simp [swap_apply, hi, hj]

/-- Exchanging a letter with itself does nothing. -/
@[simp] theorem swap_self (i : Fin n) : swap i i = 1 := by
  ext k
  by_cases h : k = i <;> simp [swap_apply, h]

/-- It does not matter which of the two letters is named first. -/
theorem swap_comm (i j : Fin n) : swap i j = swap j i := by
  ext k
  by_cases hi : k = i
  · subst hi
    simp
  · by_cases hj : k = j
    · subst hj
      simp
    · rw [swap_apply_of_ne hi hj, swap_apply_of_ne hj hi]

/-- A transposition undoes itself. -/
@[simp] theorem swap_mul_self (i j : Fin n) : swap i j * swap i j = 1 :=
  inv_mul_cancel (swap i j)

/-- A transposition is its own inverse. -/
@[simp] theorem swap_inv (i j : Fin n) : (swap i j)⁻¹ = swap i j := rfl

/-- Exchanging twice does nothing. -/
@[simp] theorem swap_swap_apply (i j k : Fin n) : swap i j (swap i j k) = k :=
  (swap i j).inv_apply_self k

/-- A transposition of two different letters does something. -/
theorem swap_ne_one {i j : Fin n} (h : i ≠ j) : swap i j ≠ 1 := fun h' => h <| by
  have := eq_one_iff.mp h' i
  rw [swap_apply_left] at this
  exact this.symm

/-- Changing the names of the letters by `s` changes a transposition accordingly. -/
theorem mul_swap_mul_inv (s : Substitution n) (i j : Fin n) :
    s * swap i j * s⁻¹ = swap (s i) (s j) := by
  ext k
  rw [mul_apply, mul_apply]
  by_cases hi : s⁻¹ k = i
  · rw [hi, swap_apply_left, (inv_apply_eq_iff s).mp hi, swap_apply_left]
  · by_cases hj : s⁻¹ k = j
    · rw [hj, swap_apply_right, (inv_apply_eq_iff s).mp hj, swap_apply_right]
    · rw [swap_apply_of_ne hi hj, apply_inv_self, swap_apply_of_ne]
      · exact fun h => hi ((inv_apply_eq_iff s).mpr h)
      · exact fun h => hj ((inv_apply_eq_iff s).mpr h)

/-- A transposition that does not involve the first letter is made from two that do. -/
theorem swap_mul_swap_mul_swap {i j k : Fin n} (hki : k ≠ i) (hkj : k ≠ j) :
    swap i j * swap i k * swap i j = swap j k := by
  have h := mul_swap_mul_inv (swap i j) i k
  rwa [swap_inv, swap_apply_left, swap_apply_of_ne hki hkj] at h

/-- A substitution is a transposition when it exchanges two different letters. -/
def IsTransposition (s : Substitution n) : Prop := ∃ i j, i ≠ j ∧ s = swap i j

/-! ### One letter more -/

/-- The substitution of `n + 1` letters that leaves the first letter alone and treats the others as
`s` treats `n` letters. -/
def lift (s : Substitution n) : Substitution (n + 1) where
  toFun := Fin.cases 0 fun i => (s i).succ
  inv := Fin.cases 0 fun i => (s.inv i).succ
  left_inv i := by
    refine Fin.cases ?_ (fun i => ?_) i
    · rfl
    · simp only [Fin.cases_succ]
      rw [s.left_inv]
  right_inv i := by
    refine Fin.cases ?_ (fun i => ?_) i
    · rfl
    · simp only [Fin.cases_succ]
      rw [s.right_inv]

/-- The lifted substitution leaves the first letter in its place. -/
@[simp] theorem lift_zero (s : Substitution n) : lift s 0 = 0 := rfl

/-- The lifted substitution does to the later letters what `s` does. -/
@[simp] theorem lift_succ (s : Substitution n) (i : Fin n) : lift s i.succ = (s i).succ := rfl

/-- Lifting keeps products. -/
theorem lift_mul (s t : Substitution n) : lift (s * t) = lift s * lift t := by
  ext i
  refine Fin.cases ?_ (fun i => ?_) i <;> simp

/-- Lifting the identical substitution gives the identical one. -/
@[simp] theorem lift_one : lift (1 : Substitution n) = 1 := by
  ext i
  refine Fin.cases ?_ (fun i => ?_) i <;> simp

/-- Lifting forgets nothing. -/
theorem lift_injective {s t : Substitution n} (h : lift s = lift t) : s = t := by
  refine ext fun i => ?_
  have := congrArg (fun u : Substitution (n + 1) => u i.succ) h
  simpa using this

/-- Lifting a transposition gives a transposition. -/
theorem lift_swap (i j : Fin n) : lift (swap i j) = swap i.succ j.succ := by
  ext k
  refine Fin.cases ?_ (fun k => ?_) k
  · rw [lift_zero, swap_apply_of_ne (Fin.succ_ne_zero i).symm (Fin.succ_ne_zero j).symm]
  · rw [lift_succ]
    simp only [swap_apply, Fin.succ_inj]
    split
    · rfl
    · split <;> rfl

/-- A substitution that leaves the first letter alone comes from the letters after it. -/
theorem exists_lift_eq {s : Substitution (n + 1)} (h : s 0 = 0) : ∃ t, lift t = s := by
  have hne : ∀ i : Fin n, s i.succ ≠ 0 := fun i hi =>
    Fin.succ_ne_zero i (s.injective (hi.trans h.symm))
  refine ⟨ofInjective (fun i => (s i.succ).pred (hne i)) fun i j hij => ?_, ?_⟩
  · exact Fin.succ_inj.mp (s.injective (Fin.pred_inj.mp hij))
  · ext i
    refine Fin.cases ?_ (fun i => ?_) i
    · rw [lift_zero, h]
    · rw [lift_succ, ofInjective_apply, Fin.succ_pred]

/-- Every substitution first permutes the later letters and then exchanges the first letter with
one letter. -/
theorem exists_swap_mul_lift (s : Substitution (n + 1)) : ∃ t, swap 0 (s 0) * lift t = s := by
  obtain ⟨t, ht⟩ := exists_lift_eq (s := swap 0 (s 0) * s) (by simp)
  exact ⟨t, by rw [ht, ← mul_assoc, swap_mul_self, one_mul]⟩

/-- A product of lifted substitutions. -/
theorem lift_prod (l : List (Substitution n)) : lift (prod l) = prod (l.map lift) := by
  induction l with
  | nil => simp
  | cons s l ih => simp [lift_mul, ih]

/-- Every substitution is a product of transpositions (Cauchy 1815). -/
theorem exists_prod_transpositions (s : Substitution n) :
    ∃ l : List (Substitution n), (∀ t, t ∈ l → IsTransposition t) ∧ prod l = s := by
  induction n with
  | zero => exact ⟨[], by simp, ext fun i => i.elim0⟩
  | succ n ih =>
    obtain ⟨t, ht⟩ := exists_swap_mul_lift s
    obtain ⟨l, hl, hprod⟩ := ih t
    have hlift : ∀ u, u ∈ l.map lift → IsTransposition u := by
      intro u hu
      obtain ⟨v, hv, rfl⟩ := List.mem_map.mp hu
      obtain ⟨i, j, hij, rfl⟩ := hl v hv
      exact ⟨i.succ, j.succ, fun h => hij (Fin.succ_inj.mp h), lift_swap i j⟩
    by_cases h : s 0 = 0
    · refine ⟨l.map lift, hlift, ?_⟩
      rw [← lift_prod, hprod, ← ht, h, swap_self, one_mul]
    · refine ⟨swap 0 (s 0) :: l.map lift, ?_, ?_⟩
      · intro u hu
        rcases List.mem_cons.mp hu with rfl | hu
        · exact ⟨0, s 0, fun h' => h h'.symm, rfl⟩
        · exact hlift u hu
      · rw [prod_cons, ← lift_prod, hprod, ht]

/-- What holds for the identical substitution and passes from `s` to `swap i j * s` holds for every
substitution. -/
theorem induction_swap {motive : Substitution n → Prop} (one : motive 1)
    (swap_mul : ∀ i j s, i ≠ j → motive s → motive (swap i j * s)) (s : Substitution n) :
    motive s := by
  obtain ⟨l, hl, rfl⟩ := exists_prod_transpositions s
  induction l with
  | nil => exact one
  | cons t l ih =>
    obtain ⟨i, j, hij, rfl⟩ := hl _ (List.mem_cons_self ..)
    exact swap_mul i j _ hij (ih fun u hu => hl u (List.mem_cons_of_mem _ hu))

end Substitution

end Reconstruct
