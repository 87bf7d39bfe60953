import Reconstruct.Substitutions.Foundation.Substitution.Sign

/-!
# Even and odd: the laws

The sign of a product is the product of the signs, a transposition is odd, and hence a substitution
is even exactly when it is a product of an even number of transpositions, whichever way it is
written as such a product (Cauchy 1815). Half of the substitutions of two or more letters are even.
-/

namespace Reconstruct

open PairProduct

namespace Substitution

variable {n : Nat}

/-- The sign is `1` or `-1`. -/
theorem sign_eq_or (s : Substitution n) : sign s = 1 ∨ sign s = -1 := by
  have h : ∀ x : Int, x * x = 1 → x = 1 ∨ x = -1 := by
    intro x hx
    rcases Int.natAbs_eq x with h | h
    all_goals
      have := congrArg Int.natAbs hx
      rw [Int.natAbs_mul] at this
      have := Nat.eq_one_of_mul_eq_one_right this
      omega
  apply h
  rw [sign_eq, ← pairProduct_mul]
  exact pairProduct_eq_one (List.Pairwise.imp (fun _ => pairSign_mul_self _ _) (nodup_finRange n))

/-- The sign multiplied by itself is one. -/
@[simp] theorem sign_mul_self (s : Substitution n) : sign s * sign s = 1 := by
  rcases sign_eq_or s with h | h <;> rw [h] <;> rfl

/-- The sign is never zero. -/
theorem sign_ne_zero (s : Substitution n) : sign s ≠ 0 := by
  rcases sign_eq_or s with h | h <;> rw [h] <;> decide

/-- A substitution and its inverse have the same sign. -/
@[simp] theorem sign_inv (s : Substitution n) : sign s⁻¹ = sign s := by
  have h : sign s⁻¹ * sign s = 1 := by rw [← sign_mul, inv_mul_cancel, sign_one]
  rcases sign_eq_or s with hs | hs <;> rw [hs] at h ⊢ <;> omega

/-- Changing the names of the letters does not change the sign. -/
@[simp] theorem sign_mul_mul_inv (s t : Substitution n) : sign (t * s * t⁻¹) = sign s := by
  rw [sign_mul, sign_mul, sign_inv, Int.mul_comm, ← Int.mul_assoc, sign_mul_self, Int.one_mul]

/-- The sign of a power is the power of the sign. -/
theorem sign_pow (s : Substitution n) (k : Nat) : sign (s ^ k) = sign s ^ k := by
  induction k with
  | zero => rw [pow_zero, sign_one, Int.pow_zero]
  | succ k ih => rw [pow_succ, sign_mul, ih, Int.pow_succ]

/-- Exchanging the first two letters changes one pair. -/
private theorem sign_swap_zero_one : sign (swap (0 : Fin (n + 2)) 1) = -1 := by
  have hlt := pairwise_lt_finRange (n + 2)
  have htail : ∀ {i : Fin n}, swap (0 : Fin (n + 2)) 1 i.succ.succ = i.succ.succ := fun {i} =>
    swap_apply_of_ne (Fin.succ_ne_zero _) (by
      intro h
      exact Fin.succ_ne_zero i (Fin.succ_inj.mp h))
  -- the letters are `0`, `1` and the others, which stay
  have hlist : List.finRange (n + 2) =
      0 :: 1 :: ((List.finRange n).map fun i => i.succ.succ) := by
    rw [List.finRange_succ, List.finRange_succ, List.map_cons, List.map_map]
    rfl
  have hrow : ∀ (i : Fin (n + 2)) (l : List (Fin n)), (∀ j : Fin n, i < j.succ.succ) →
      row pairSign i (l.map fun j => j.succ.succ) = 1 := by
    intro i l hi
    induction l with
    | nil => rfl
    | cons j l ih => rw [List.map_cons, row_cons, ih, pairSign, if_pos (hi j), Int.one_mul]
  have hafter : (swap (0 : Fin (n + 2)) 1).onList (List.finRange (n + 2)) =
      1 :: 0 :: ((List.finRange n).map fun i => i.succ.succ) := by
    rw [hlist]
    simp only [onList, List.map_cons, List.map_map]
    refine List.cons_eq_cons.mpr ⟨swap_apply_left 0 1, List.cons_eq_cons.mpr
      ⟨swap_apply_right 0 1, List.map_congr_left fun i _ => htail⟩⟩
  rw [hlist, List.pairwise_cons, List.pairwise_cons] at hlt
  have hrest : pairProduct pairSign ((List.finRange n).map fun i => i.succ.succ) = 1 :=
    pairProduct_eq_one (hlt.2.2.imp fun h => if_pos h)
  unfold sign
  rw [hafter, pairProduct_cons, pairProduct_cons, row_cons, hrow 1, hrow 0, hrest]
  · rfl
  · exact fun j => Fin.succ_pos _
  · exact fun j => Fin.succ_lt_succ_iff.mpr (Fin.succ_pos j)

/-- A transposition is odd (Cauchy 1815). -/
theorem sign_swap {i j : Fin n} (hij : i ≠ j) : sign (swap i j) = -1 := by
  obtain ⟨m, rfl⟩ : ∃ m, n = m + 2 := ⟨n - 2, by omega⟩
  -- change the names of the letters so that `i` and `j` become the first two
  let s : Substitution (m + 2) := swap 1 (swap 0 i j) * swap 0 i
  have hi : s i = 0 := by
    change swap 1 (swap 0 i j) (swap 0 i i) = 0
    rw [swap_apply_right, swap_apply_of_ne]
    · exact fun h => Fin.succ_ne_zero (0 : Fin (m + 1)) h.symm
    · intro h
      exact hij ((swap 0 i).injective ((swap_apply_right 0 i).trans h))
  have hj : s j = 1 := by
    change swap 1 (swap 0 i j) (swap 0 i j) = 1
    rw [swap_apply_right]
  rw [← sign_mul_mul_inv (swap i j) s, mul_swap_mul_inv, hi, hj, sign_swap_zero_one]

/-- The sign of a product of transpositions tells whether their number is even. -/
theorem sign_prod_transpositions {l : List (Substitution n)} (hl : ∀ t, t ∈ l → IsTransposition t) :
    sign (prod l) = (-1) ^ l.length := by
  induction l with
  | nil => exact sign_one
  | cons t l ih =>
    obtain ⟨i, j, hij, rfl⟩ := hl _ (List.mem_cons_self ..)
    rw [prod_cons, sign_mul, sign_swap hij, ih fun u hu => hl u (List.mem_cons_of_mem _ hu),
      List.length_cons, Int.pow_succ, Int.mul_comm]

/-- Two ways to write a substitution as a product of transpositions agree in whether the number of
transpositions is even (Cauchy 1815). -/
theorem length_mod_two_of_prod_eq {l l' : List (Substitution n)}
    (hl : ∀ t, t ∈ l → IsTransposition t) (hl' : ∀ t, t ∈ l' → IsTransposition t)
    (h : prod l = prod l') : l.length % 2 = l'.length % 2 := by
  have hpow : ∀ k : Nat, (-1 : Int) ^ k = if k % 2 = 0 then 1 else -1 := by
    intro k
    induction k with
    | zero => rfl
    | succ k ih =>
      rw [Int.pow_succ, ih]
      by_cases hk : k % 2 = 0
      · rw [if_pos hk, if_neg (by omega)]
        rfl
      · rw [if_neg hk, if_pos (by omega)]
        rfl
  have hs := congrArg sign h
  rw [sign_prod_transpositions hl, sign_prod_transpositions hl', hpow, hpow] at hs
  split at hs <;> split at hs <;> omega

/-! ### Even substitutions -/

/-- A substitution is even if it puts an even number of pairs in the wrong order. -/
def IsEven (s : Substitution n) : Prop := sign s = 1

/-- Whether a substitution is even is found by computing its sign. -/
instance (s : Substitution n) : Decidable (IsEven s) := inferInstanceAs (Decidable (sign s = 1))

/-- A substitution is odd if it is not even. -/
theorem not_isEven_iff {s : Substitution n} : ¬ IsEven s ↔ sign s = -1 := by
  unfold IsEven
  rcases sign_eq_or s with h | h <;> rw [h] <;> decide

/-- The identical substitution is even. -/
theorem isEven_one : IsEven (1 : Substitution n) := sign_one

/-- The product of even substitutions is even. -/
theorem IsEven.mul {s t : Substitution n} (hs : IsEven s) (ht : IsEven t) : IsEven (s * t) := by
  unfold IsEven at *
  rw [sign_mul, hs, ht, Int.one_mul]

/-- The inverse of an even substitution is even. -/
theorem IsEven.inv {s : Substitution n} (hs : IsEven s) : IsEven s⁻¹ := by
  unfold IsEven at *
  rw [sign_inv, hs]

/-- Changing the names of the letters keeps a substitution even. -/
theorem IsEven.mul_mul_inv {s : Substitution n} (hs : IsEven s) (t : Substitution n) :
    IsEven (t * s * t⁻¹) := by
  unfold IsEven at *
  rw [sign_mul_mul_inv, hs]

/-- The product of any substitution with itself is even. -/
theorem isEven_mul_self (s : Substitution n) : IsEven (s * s) := by
  unfold IsEven
  rw [sign_mul, sign_mul_self]

/-- A substitution is even exactly when it is a product of an even number of transpositions. -/
theorem isEven_iff_exists_prod {s : Substitution n} :
    IsEven s ↔ ∃ l : List (Substitution n),
      (∀ t, t ∈ l → IsTransposition t) ∧ l.length % 2 = 0 ∧ prod l = s := by
  have hpow : ∀ k : Nat, (-1 : Int) ^ k = 1 ↔ k % 2 = 0 := by
    intro k
    have hone : ∀ k : Nat, (-1 : Int) ^ (2 * k) = 1 := fun k => by
      rw [Int.pow_mul]; exact Int.one_pow ..
    rcases Nat.mod_two_eq_zero_or_one k with h | h
    · have : k = 2 * (k / 2) := by omega
      rw [this, hone]
      omega
    · have : k = 2 * (k / 2) + 1 := by omega
      rw [this, Int.pow_succ, hone]
      omega
  constructor
  · intro hs
    obtain ⟨l, hl, rfl⟩ := exists_prod_transpositions s
    exact ⟨l, hl, (hpow _).mp ((sign_prod_transpositions hl).symm.trans hs), rfl⟩
  · rintro ⟨l, hl, hlen, rfl⟩
    exact (sign_prod_transpositions hl).trans ((hpow _).mpr hlen)

/-- The even substitutions of `n` letters. -/
def allEven (n : Nat) : List (Substitution n) := (all n).filter fun s => IsEven s

/-- The list of even substitutions holds exactly these. -/
@[simp] theorem mem_allEven {s : Substitution n} : s ∈ allEven n ↔ IsEven s := by
  simp [allEven, List.mem_filter]

/-- No even substitution is twice in the list. -/
theorem nodup_allEven (n : Nat) : (allEven n).Nodup := nodup_filter _ (nodup_all n)

/-- Of two or more letters, half of the substitutions are even (Cauchy 1815). -/
theorem two_mul_length_allEven (h : 2 ≤ n) : 2 * (allEven n).length = factorial n := by
  obtain ⟨m, rfl⟩ : ∃ m, n = m + 2 := ⟨n - 2, by omega⟩
  let τ : Substitution (m + 2) := swap 0 1
  have hτ : sign τ = -1 := sign_swap_zero_one
  -- multiplying by a transposition exchanges even and odd
  have hperm : ((allEven (m + 2)).map fun s => τ * s).Perm
      ((all (m + 2)).filter fun s => ¬ IsEven s) := by
    refine perm_of_nodup_of_mem_iff (nodup_map (fun _ _ => mul_left_cancel) (nodup_allEven _))
      (nodup_filter _ (nodup_all _)) fun s => ?_
    rw [List.mem_map, List.mem_filter]
    constructor
    · rintro ⟨t, ht, rfl⟩
      refine ⟨mem_all _, ?_⟩
      rw [mem_allEven, IsEven] at ht
      rw [decide_eq_true_iff, not_isEven_iff, sign_mul, hτ, ht]
      rfl
    · rintro ⟨_, hs⟩
      rw [decide_eq_true_iff, not_isEven_iff] at hs
      refine ⟨τ * s, ?_, by rw [← mul_assoc, swap_mul_self, one_mul]⟩
      rw [mem_allEven, IsEven, sign_mul, hτ, hs]
      rfl
  have hsplit := (List.filter_append_perm (fun s => decide (IsEven s)) (all (m + 2))).length_eq
  have hodd := hperm.length_eq
  rw [List.length_map] at hodd
  rw [List.length_append, length_all] at hsplit
  have hnot : ((all (m + 2)).filter fun s => !decide (IsEven s)).length =
      ((all (m + 2)).filter fun s => ¬ IsEven s).length := by
    simp
  rw [← hsplit, hnot, ← hodd]
  change 2 * (allEven (m + 2)).length = (allEven (m + 2)).length + (allEven (m + 2)).length
  omega

end Substitution

end Reconstruct
