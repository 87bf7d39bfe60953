import Reconstruct.Substitutions.Foundation.Substitution.Cycle

/-!
# The round of a letter

Following a letter through a substitution again and again leads back to it after at most `n` steps.
The letters met on the way are the *round* of the letter. Cauchy (1815) finds the cycles of a
substitution in this way, and its order as the least common multiple of their lengths.
-/

namespace Reconstruct

namespace Substitution

variable {n : Nat} (s : Substitution n)

/-- A letter comes back after at most `n` steps. -/
theorem exists_pow_apply_eq_self (a : Fin n) : ∃ k : Nat, 0 < k ∧ k ≤ n ∧ (s ^ k) a = a := by
  obtain ⟨i, j, hij, h⟩ := exists_ne_map_eq_of_lt (Nat.lt_succ_self n)
    fun i : Fin (n + 1) => (s ^ i.val) a
  refine ⟨j.val - i.val, by omega, by omega, ?_⟩
  apply (s ^ i.val).injective
  rw [← mul_apply, ← pow_add, Nat.add_sub_cancel' (by omega)]
  exact h.symm

/-- The period of a letter: after how many steps it first comes back. -/
def period (a : Fin n) : Nat :=
  (((List.range n).find? fun k => (s ^ (k + 1)) a = a).getD 0) + 1

/-- What the search behind `period` finds. -/
private theorem period_spec (a : Fin n) :
    (s ^ period s a) a = a ∧ period s a ≤ n ∧ ∀ j, 0 < j → j < period s a → (s ^ j) a ≠ a := by
  unfold period
  cases hfind : (List.range n).find? fun k => (s ^ (k + 1)) a = a with
  | none =>
    obtain ⟨k, hpos, hle, hk⟩ := exists_pow_apply_eq_self s a
    have := List.find?_eq_none.mp hfind (k - 1) (List.mem_range.mpr (by omega))
    rw [Nat.sub_add_cancel hpos] at this
    simp [hk] at this
  | some k =>
    obtain ⟨hk, hmem, hlt⟩ := List.find?_range_eq_some.mp hfind
    refine ⟨by simpa using hk, by simpa [Nat.succ_le_iff] using List.mem_range.mp hmem,
      fun j hpos hj => ?_⟩
    have := hlt (j - 1) (by simp at hj; omega)
    rw [Nat.sub_add_cancel hpos] at this
    simpa using this

variable (a : Fin n)

/-- The period is positive. -/
theorem period_pos : 0 < period s a := Nat.succ_pos _

/-- The period is at most the number of letters. -/
theorem period_le : period s a ≤ n := (period_spec s a).2.1

/-- After the period the letter is back. -/
@[simp] theorem pow_period_apply : (s ^ period s a) a = a := (period_spec s a).1

/-- Before the period the letter is not back. -/
theorem pow_apply_ne_of_lt_period {k : Nat} (hpos : 0 < k) (hk : k < period s a) :
    (s ^ k) a ≠ a := (period_spec s a).2.2 k hpos hk

variable {s a}

/-- Only the remainder of the number of steps by the period matters. -/
theorem pow_mod_period_apply (k : Nat) : (s ^ (k % period s a)) a = (s ^ k) a := by
  conv => rhs; rw [← Nat.mod_add_div k (period s a), pow_add, mul_apply, pow_mul,
    pow_apply_eq_self (pow_period_apply s a)]

/-- The letter is back after `k` steps exactly when the period divides `k`. -/
theorem period_dvd_iff {k : Nat} : period s a ∣ k ↔ (s ^ k) a = a := by
  constructor
  · rintro ⟨q, rfl⟩
    rw [pow_mul]
    exact pow_apply_eq_self (pow_period_apply s a) q
  · intro h
    apply Decidable.byContradiction
    intro hnd
    rw [← pow_mod_period_apply] at h
    have hpos := Nat.pos_of_ne_zero fun h0 => hnd (Nat.dvd_of_mod_eq_zero h0)
    exact pow_apply_ne_of_lt_period s a hpos (Nat.mod_lt _ (period_pos s a)) h

/-- A letter has period one exactly when it stays in its place. -/
@[simp] theorem period_eq_one_iff : period s a = 1 ↔ s a = a := by
  rw [← Nat.dvd_one, period_dvd_iff, pow_one]

/-- The period of each letter divides the order. -/
theorem period_dvd_order (s : Substitution n) (a : Fin n) : period s a ∣ order s := by
  rw [period_dvd_iff, pow_order, one_apply]

/-- The order is the least common multiple of the periods of the letters (Cauchy 1815). -/
theorem order_dvd_iff_period_dvd {k : Nat} : order s ∣ k ↔ ∀ a, period s a ∣ k := by
  rw [order_dvd_iff, eq_one_iff]
  exact ⟨fun h a => period_dvd_iff.mpr (h a), fun h a => period_dvd_iff.mp (h a)⟩

/-! ### The round -/

/-- The letters met when `a` is followed through `s`, beginning with `a`. -/
def round (s : Substitution n) (a : Fin n) : List (Fin n) :=
  (List.range (period s a)).map fun k => (s ^ k) a

/-- The round has as many letters as the period says. -/
@[simp] theorem length_round (s : Substitution n) (a : Fin n) :
    (round s a).length = period s a := by simp [round]

/-- The letter met after `k` steps. -/
theorem getElem_round {k : Nat} (hk : k < (round s a).length) : (round s a)[k] = (s ^ k) a := by
  simp [round]

/-- A letter is met exactly when some number of steps leads to it. -/
theorem mem_round {b : Fin n} : b ∈ round s a ↔ ∃ k : Nat, (s ^ k) a = b := by
  constructor
  · intro h
    obtain ⟨k, _, hk⟩ := List.mem_map.mp h
    exact ⟨k, hk⟩
  · rintro ⟨k, rfl⟩
    exact List.mem_map.mpr ⟨k % period s a, List.mem_range.mpr (Nat.mod_lt _ (period_pos s a)),
      pow_mod_period_apply k⟩

/-- A letter is in its own round. -/
theorem mem_round_self (s : Substitution n) (a : Fin n) : a ∈ round s a := mem_round.mpr ⟨0, rfl⟩

/-- If `b` is in the round of `a`, then `a` is in the round of `b`. -/
theorem mem_round_symm {b : Fin n} (h : b ∈ round s a) : a ∈ round s b := by
  obtain ⟨k, rfl⟩ := mem_round.mp h
  -- go on to the next multiple of the order
  refine mem_round.mpr ⟨k * order s - k, ?_⟩
  have hle : k ≤ k * order s := Nat.le_mul_of_pos_right k (order_pos s)
  rw [← mul_apply, ← pow_add, Nat.sub_add_cancel hle, Nat.mul_comm, pow_mul, pow_order, one_pow,
    one_apply]

/-- What is in the round of a letter in the round of `a` is in the round of `a`. -/
theorem mem_round_trans {b c : Fin n} (hb : b ∈ round s a) (hc : c ∈ round s b) :
    c ∈ round s a := by
  obtain ⟨j, rfl⟩ := mem_round.mp hb
  obtain ⟨k, rfl⟩ := mem_round.mp hc
  exact mem_round.mpr ⟨k + j, by rw [pow_add, mul_apply]⟩

/-- The round names each letter once. -/
theorem nodup_round (s : Substitution n) (a : Fin n) : (round s a).Nodup := by
  rw [List.Nodup, List.pairwise_iff_getElem]
  intro i j hi hj hij h
  rw [getElem_round, getElem_round] at h
  rw [length_round] at hj
  refine pow_apply_ne_of_lt_period s a (k := j - i) (by omega) (by omega) ?_
  apply (s ^ i).injective
  rw [← mul_apply, ← pow_add, Nat.add_sub_cancel' (Nat.le_of_lt hij), h]

/-- On the letters of a round the substitution and the cycle of the round agree. -/
theorem cycle_round_apply {b : Fin n} (h : b ∈ round s a) : cycle (round s a) b = s b := by
  obtain ⟨k, hk, rfl⟩ := List.getElem_of_mem h
  rw [cycle_apply_getElem (nodup_round s a) hk, getElem_round, getElem_round, length_round,
    pow_mod_period_apply, pow_succ_apply]

/-! ### The cycles of a substitution -/

/-- A letter begins a cycle if it is moved and is the smallest of its round. -/
def Begins (s : Substitution n) (a : Fin n) : Prop := s a ≠ a ∧ ∀ b, b ∈ round s a → a ≤ b

/-- Whether a letter begins a cycle is found by going through its round. -/
instance (s : Substitution n) (a : Fin n) : Decidable (Begins s a) :=
  inferInstanceAs (Decidable (s a ≠ a ∧ ∀ b, b ∈ round s a → a ≤ b))

/-- The cycles of a substitution, each beginning with its smallest letter; letters that stay in
their places are left out, as Cauchy does. -/
def cycles (s : Substitution n) : List (List (Fin n)) :=
  ((List.finRange n).filter fun a => Begins s a).map (round s)

/-- The members of the list of cycles. -/
theorem mem_cycles {c : List (Fin n)} : c ∈ cycles s ↔ ∃ a, Begins s a ∧ round s a = c := by
  simp [cycles, List.mem_map, List.mem_filter, List.mem_finRange]

/-- Each cycle names its letters once. -/
theorem nodup_of_mem_cycles {c : List (Fin n)} (hc : c ∈ cycles s) : c.Nodup := by
  obtain ⟨a, _, rfl⟩ := mem_cycles.mp hc
  exact nodup_round s a

/-- Each cycle has two letters or more. -/
theorem two_le_length_of_mem_cycles {c : List (Fin n)} (hc : c ∈ cycles s) : 2 ≤ c.length := by
  obtain ⟨a, ha, rfl⟩ := mem_cycles.mp hc
  rw [length_round]
  have h1 : period s a ≠ 1 := fun h => ha.1 (period_eq_one_iff.mp h)
  have := period_pos s a
  omega

/-- No letter occurs twice in the cycles together. -/
theorem nodup_flatten_cycles (s : Substitution n) : (cycles s).flatten.Nodup := by
  refine List.pairwise_flatten.mpr ⟨fun c hc => nodup_of_mem_cycles hc, ?_⟩
  unfold cycles
  rw [List.pairwise_map]
  refine List.Pairwise.imp_of_mem (fun {a b} ha hb hab => ?_)
    (nodup_filter (fun a => decide (Begins s a)) (nodup_finRange n))
  intro i hi j hj hij
  subst hij
  have ha' := of_decide_eq_true (List.mem_filter.mp ha).2
  have hb' := of_decide_eq_true (List.mem_filter.mp hb).2
  have h₁ := ha'.2 b (mem_round_trans hi (mem_round_symm hj))
  have h₂ := hb'.2 a (mem_round_trans hj (mem_round_symm hi))
  exact hab (Fin.le_antisymm h₁ h₂)

/-- A list of letters that is not empty has a smallest member. -/
private theorem exists_least {l : List (Fin n)} {a : Fin n} (ha : a ∈ l) :
    ∃ b, b ∈ l ∧ ∀ c, c ∈ l → b ≤ c := by
  induction l generalizing a with
  | nil => simp at ha
  | cons d l ih =>
    cases l with
    | nil => exact ⟨d, by simp, by simp⟩
    | cons e l =>
      obtain ⟨b, hb, hmin⟩ := ih (a := e) (by simp)
      rcases Nat.le_total d.val b.val with hle | hle
      · refine ⟨d, by simp, fun c hc => ?_⟩
        rcases List.mem_cons.mp hc with rfl | hc
        · exact Fin.le_refl _
        · exact Fin.le_trans hle (hmin c hc)
      · refine ⟨b, List.mem_cons_of_mem _ hb, fun c hc => ?_⟩
        rcases List.mem_cons.mp hc with rfl | hc
        · exact hle
        · exact hmin c hc

/-- A letter is in some cycle exactly when it is moved. -/
theorem exists_mem_cycles_iff {i : Fin n} : (∃ c, c ∈ cycles s ∧ i ∈ c) ↔ s i ≠ i := by
  constructor
  · rintro ⟨c, hc, hi⟩ hfix
    obtain ⟨a, ha, rfl⟩ := mem_cycles.mp hc
    obtain ⟨k, hk⟩ := mem_round.mp (mem_round_symm hi)
    rw [pow_apply_eq_self hfix] at hk
    exact ha.1 (hk ▸ hfix)
  · intro hmove
    obtain ⟨a, ha, hmin⟩ := exists_least (mem_round_self s i)
    refine ⟨round s a, mem_cycles.mpr ⟨a, ⟨fun hfix => hmove ?_, fun b hb =>
      hmin b (mem_round_trans ha hb)⟩, rfl⟩, mem_round_symm ha⟩
    obtain ⟨k, hk⟩ := mem_round.mp (mem_round_symm ha)
    rw [pow_apply_eq_self hfix] at hk
    rw [← hk, hfix]

/-- Every substitution is the product of its cycles, which have no letter in common
(Cauchy 1815). -/
theorem prod_cycles (s : Substitution n) : prod ((cycles s).map cycle) = s := by
  refine ext fun i => ?_
  by_cases hi : s i = i
  · rw [hi]
    exact prod_cycles_apply_of_not_mem fun c hc hic => exists_mem_cycles_iff.mp ⟨c, hc, hic⟩ hi
  · obtain ⟨c, hc, hic⟩ := exists_mem_cycles_iff.mpr hi
    rw [prod_cycles_apply_of_mem (nodup_flatten_cycles s) hc hic]
    obtain ⟨a, _, rfl⟩ := mem_cycles.mp hc
    exact cycle_round_apply hic

/-- Every substitution is a product of cycles of two or more letters that have no letter in common
(Cauchy 1815). -/
theorem exists_prod_disjoint_cycles (s : Substitution n) :
    ∃ L : List (List (Fin n)), L.flatten.Nodup ∧ (∀ c, c ∈ L → 2 ≤ c.length) ∧
      prod (L.map cycle) = s :=
  ⟨cycles s, nodup_flatten_cycles s, fun _ hc => two_le_length_of_mem_cycles hc, prod_cycles s⟩

end Substitution

end Reconstruct
