import Reconstruct.Substitutions.Foundation.Substitution.Moved
import Reconstruct.Substitutions.Foundation.Substitution.Order
import Reconstruct.Substitutions.Foundation.Substitution.Parity

/-!
# Circular substitutions

A circular substitution, or cycle, replaces the first of some letters by the second, the second by
the third, and so on, and the last by the first; it is Cauchy's "substitution circulaire" (1815),
written by listing its letters. A cycle of `k` letters has order `k` and is even exactly when `k` is
odd.
-/

namespace Reconstruct

namespace Substitution

variable {n : Nat}

/-- The cycle that replaces each letter of the list by the next one, and the last by the first. -/
def cycle : List (Fin n) → Substitution n
  | [] => 1
  | [_] => 1
  | a :: b :: l => swap a b * cycle (b :: l)

/-- The cycle of no letters. -/
@[simp] theorem cycle_nil : cycle ([] : List (Fin n)) = 1 := rfl

/-- A cycle of one letter does nothing. -/
@[simp] theorem cycle_singleton (a : Fin n) : cycle [a] = 1 := rfl

/-- A cycle is made of the exchanges of neighbours. -/
theorem cycle_cons_cons (a b : Fin n) (l : List (Fin n)) :
    cycle (a :: b :: l) = swap a b * cycle (b :: l) := rfl

/-- A cycle of two letters is a transposition. -/
@[simp] theorem cycle_pair (a b : Fin n) : cycle [a, b] = swap a b := rfl

/-- A cycle leaves the letters that it does not name in their places. -/
theorem cycle_apply_of_not_mem {l : List (Fin n)} {i : Fin n} (h : i ∉ l) : cycle l i = i := by
  induction l with
  | nil => rfl
  | cons a l ih =>
    rw [List.mem_cons, not_or] at h
    cases l with
    | nil => rfl
    | cons b l =>
      rw [cycle_cons_cons, mul_apply, ih h.2]
      exact swap_apply_of_ne h.1 fun hb => h.2 (by simp [hb])

/-- A cycle replaces the letter in place `k` of the list by the letter in place `k + 1`, counted
around. -/
theorem cycle_apply_getElem {l : List (Fin n)} (hl : l.Nodup) {k : Nat} (hk : k < l.length) :
    cycle l l[k] = l[(k + 1) % l.length]'(Nat.mod_lt _ (by omega)) := by
  induction l generalizing k with
  | nil => simp at hk
  | cons a l ih =>
    cases l with
    | nil =>
      have : k = 0 := by simp at hk; exact hk
      subst this
      simp
    | cons b l =>
      obtain ⟨ha, hbl⟩ := List.nodup_cons.mp hl
      obtain ⟨hb, _⟩ := List.nodup_cons.mp hbl
      rw [cycle_cons_cons, mul_apply]
      cases k with
      | zero =>
        rw [List.getElem_cons_zero, cycle_apply_of_not_mem ha, swap_apply_left]
        simp [Nat.mod_eq_of_lt]
      | succ k =>
        simp only [List.length_cons] at hk
        rw [List.getElem_cons_succ, ih hbl (k := k) (by simp; omega)]
        simp only [List.length_cons]
        by_cases hlast : k = l.length
        · subst hlast
          simp
        · have hmod : (k + 1) % (l.length + 1) = k + 1 := Nat.mod_eq_of_lt (by omega)
          have hmod' : (k + 1 + 1) % (l.length + 1 + 1) = k + 1 + 1 := Nat.mod_eq_of_lt (by omega)
          simp only [hmod, hmod', List.getElem_cons_succ]
          have hmem : l[k]'(by omega) ∈ l := List.getElem_mem _
          exact swap_apply_of_ne (fun h => ha (by rw [← h]; exact List.mem_cons_of_mem _ hmem))
            fun h => hb (by rw [← h]; exact hmem)

/-- A cycle replaces the letters that it names by letters that it names. -/
theorem cycle_apply_mem_iff {l : List (Fin n)} (hl : l.Nodup) {i : Fin n} :
    cycle l i ∈ l ↔ i ∈ l := by
  constructor
  · intro h
    apply Decidable.byContradiction
    intro hi
    rw [cycle_apply_of_not_mem hi] at h
    exact hi h
  · intro h
    obtain ⟨k, hk, rfl⟩ := List.getElem_of_mem h
    rw [cycle_apply_getElem hl hk]
    exact List.getElem_mem _

/-- Repeating a cycle `j` times advances by `j` places. -/
theorem cycle_pow_apply_getElem {l : List (Fin n)} (hl : l.Nodup) {k : Nat} (hk : k < l.length)
    (j : Nat) : (cycle l ^ j) l[k] = l[(k + j) % l.length]'(Nat.mod_lt _ (by omega)) := by
  induction j with
  | zero => simp [Nat.mod_eq_of_lt hk]
  | succ j ih =>
    rw [pow_succ_apply, ih, cycle_apply_getElem hl (Nat.mod_lt _ (by omega))]
    simp only [Nat.mod_add_mod, Nat.add_assoc]

/-- The order of a cycle is the number of its letters (Cauchy 1815). -/
theorem order_cycle {l : List (Fin n)} (hl : l.Nodup) (hne : l ≠ []) :
    order (cycle l) = l.length := by
  have hpos : 0 < l.length := List.length_pos_iff.mpr hne
  refine order_eq_of hpos ?_ fun j hj hlt h => ?_
  · refine eq_one_iff.mpr fun i => ?_
    by_cases hi : i ∈ l
    · obtain ⟨k, hk, rfl⟩ := List.getElem_of_mem hi
      rw [cycle_pow_apply_getElem hl hk]
      simp only [Nat.add_mod_right, Nat.mod_eq_of_lt hk]
    · exact pow_apply_eq_self (cycle_apply_of_not_mem hi) _
  · have h0 := cycle_pow_apply_getElem hl hpos j
    rw [h, one_apply] at h0
    have := getElem_inj_of_nodup hl _ _ h0
    rw [Nat.zero_add, Nat.mod_eq_of_lt hlt] at this
    omega

/-- The sign of a cycle of `k + 1` letters is `1` or `-1` according as `k` is even or odd. -/
theorem sign_cycle {a : Fin n} {l : List (Fin n)} (hl : (a :: l).Nodup) :
    sign (cycle (a :: l)) = (-1) ^ l.length := by
  induction l generalizing a with
  | nil => exact sign_one
  | cons b l ih =>
    obtain ⟨ha, hbl⟩ := List.nodup_cons.mp hl
    have hab : a ≠ b := fun h => ha (by simp [h])
    rw [cycle_cons_cons, sign_mul, sign_swap hab, ih hbl, List.length_cons, Int.pow_succ,
      Int.mul_comm]

/-- A cycle of three letters is even. -/
theorem isEven_cycle_three {a b c : Fin n} (hl : [a, b, c].Nodup) : IsEven (cycle [a, b, c]) := by
  rw [IsEven, sign_cycle hl]
  simp

/-- Changing the names of the letters by `s` changes the names in a cycle (Cauchy 1815). -/
theorem mul_cycle_mul_inv (s : Substitution n) (l : List (Fin n)) :
    s * cycle l * s⁻¹ = cycle (s.onList l) := by
  induction l with
  | nil => simp [onList]
  | cons a l ih =>
    cases l with
    | nil => simp [onList]
    | cons b l =>
      change s * (swap a b * cycle (b :: l)) * s⁻¹ = swap (s a) (s b) * cycle (s.onList (b :: l))
      rw [← ih, ← mul_swap_mul_inv]
      simp [mul_assoc]

/-- Two cycles that have no letter in common are disjoint. -/
theorem disjoint_cycle {l l' : List (Fin n)} (h : ∀ i, i ∈ l → i ∉ l') :
    Disjoint (cycle l) (cycle l') := by
  intro i
  by_cases hi : i ∈ l
  · exact Or.inr (cycle_apply_of_not_mem (h i hi))
  · exact Or.inl (cycle_apply_of_not_mem hi)

/-- A product of cycles that have no letter in common treats a letter of one of them as that cycle
does. -/
theorem prod_cycles_apply_of_mem {L : List (List (Fin n))} (hL : L.flatten.Nodup)
    {c : List (Fin n)} (hc : c ∈ L) {i : Fin n} (hi : i ∈ c) :
    prod (L.map cycle) i = cycle c i := by
  induction L with
  | nil => simp at hc
  | cons d L ih =>
    rw [List.flatten_cons, List.nodup_append] at hL
    obtain ⟨hd, hL, hdis⟩ := hL
    rw [List.map_cons, prod_cons, mul_apply]
    by_cases hcL : c ∈ L
    · have hnd : c.Nodup := (List.pairwise_flatten.mp hL).1 c hcL
      rw [ih hL hcL]
      apply cycle_apply_of_not_mem
      intro hmem
      exact hdis _ hmem _ (List.mem_flatten.mpr
        ⟨c, hcL, (cycle_apply_mem_iff hnd).mpr hi⟩) rfl
    · have hcd : c = d := (List.mem_cons.mp hc).resolve_right hcL
      subst hcd
      congr 1
      -- `i` occurs in none of the later cycles
      have hnot : ∀ c', c' ∈ L → i ∉ c' := fun c' hc' hi' =>
        hdis _ hi _ (List.mem_flatten.mpr ⟨c', hc', hi'⟩) rfl
      clear ih hL hdis hc hcL
      induction L with
      | nil => rfl
      | cons e L ih =>
        rw [List.map_cons, prod_cons, mul_apply, ih fun c' hc' => hnot c' (by simp [hc'])]
        exact cycle_apply_of_not_mem (hnot e (by simp))

/-- A product of cycles leaves a letter that none of them names in its place. -/
theorem prod_cycles_apply_of_not_mem {L : List (List (Fin n))} {i : Fin n}
    (h : ∀ c, c ∈ L → i ∉ c) : prod (L.map cycle) i = i := by
  induction L with
  | nil => rfl
  | cons c L ih =>
    rw [List.map_cons, prod_cons, mul_apply, ih fun c' hc' => h c' (by simp [hc'])]
    exact cycle_apply_of_not_mem (h c (by simp))

end Substitution

end Reconstruct
