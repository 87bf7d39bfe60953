import Reconstruct.Substitutions.Foundation.Polynomial.Division

/-!
# Degrees of products

The degree of a product is the sum of the degrees, so that the result and the remainder of a
division are determined (Stevin 1585, Descartes 1637).
-/

namespace Reconstruct

namespace Polynomial

/-- The coefficients of a sum. -/
theorem coefficient_add_int (p q : Polynomial Int) (k : Nat) :
    coefficient (add p q) k = coefficient p k + coefficient q k := by
  induction p generalizing q k with
  | nil => exact (Int.zero_add _).symm
  | cons a p ih => cases q with
    | nil => exact (Int.add_zero _).symm
    | cons b q => cases k with
      | zero => rfl
      | succ k => exact ih q k

/-- The coefficients of a multiple. -/
theorem coefficient_scale_int (c : Int) (p : Polynomial Int) (k : Nat) :
    coefficient (scale c p) k = c * coefficient p k := by
  induction p generalizing k with
  | nil => exact (Int.mul_zero c).symm
  | cons a p ih => cases k with
    | zero => rfl
    | succ k => exact ih k

/-- The leading coefficient of a product is the product of the leading coefficients, and beyond it
all coefficients are `0`: whole coefficients. -/
theorem coefficient_mul_top_int {p q : Polynomial Int} {m n : Nat}
    (hp : ∀ k, m < k → coefficient p k = 0) (hq : ∀ k, n < k → coefficient q k = 0) :
    coefficient (mul p q) (m + n) = coefficient p m * coefficient q n ∧
      ∀ k, m + n < k → coefficient (mul p q) k = 0 := by
  induction p generalizing m with
  | nil => exact ⟨(Int.zero_mul _).symm, fun _ _ => rfl⟩
  | cons a p ih =>
    simp only [mul, coefficient_add_int, coefficient_scale_int]
    cases m with
    | zero =>
      have hz : ∀ k, coefficient (mul p q) k = 0 := by
        have hp0 : ∀ k, coefficient p k = 0 := fun k => hp (k + 1) (Nat.succ_pos k)
        clear ih hp
        induction p with
        | nil => exact fun _ => rfl
        | cons b p ih =>
          intro k
          have hb : b = 0 := hp0 0
          rw [mul, coefficient_add_int, coefficient_scale_int, hb, Int.zero_mul, Int.zero_add]
          cases k with
          | zero => rfl
          | succ k => exact ih (fun k => hp0 (k + 1)) k
      have hz' : ∀ k, coefficient (0 :: mul p q) k = 0 := fun k => by
        cases k with
        | zero => rfl
        | succ k => exact hz k
      refine ⟨?_, fun k hk => ?_⟩
      · rw [hz', Int.add_zero, Nat.zero_add]; rfl
      · rw [hz', Int.add_zero, hq k (by omega), Int.mul_zero]
    | succ m =>
      obtain ⟨h1, h2⟩ := ih (m := m) fun k hk => hp (k + 1) (by omega)
      refine ⟨?_, fun k hk => ?_⟩
      · rw [hq (m + 1 + n) (by omega), Int.mul_zero, Int.zero_add, Nat.add_right_comm]
        exact h1
      · cases k with
        | zero => omega
        | succ k =>
          rw [hq (k + 1) (by omega), Int.mul_zero, Int.zero_add]
          exact h2 k (by omega)

/-- The leading coefficient of a product is the product of the leading coefficients, and beyond it
all coefficients are `0`: rational coefficients. -/
theorem coefficient_mul_top_rat {p q : Polynomial Rat} {m n : Nat}
    (hp : ∀ k, m < k → coefficient p k = 0) (hq : ∀ k, n < k → coefficient q k = 0) :
    coefficient (mul p q) (m + n) = coefficient p m * coefficient q n ∧
      ∀ k, m + n < k → coefficient (mul p q) k = 0 := by
  induction p generalizing m with
  | nil => exact ⟨(Rat.zero_mul _).symm, fun _ _ => rfl⟩
  | cons a p ih =>
    simp only [mul, coefficient_add_rat, coefficient_scale_rat]
    cases m with
    | zero =>
      have hz : ∀ k, coefficient (mul p q) k = 0 := by
        have hp0 : ∀ k, coefficient p k = 0 := fun k => hp (k + 1) (Nat.succ_pos k)
        clear ih hp
        induction p with
        | nil => exact fun _ => rfl
        | cons b p ih =>
          intro k
          have hb : b = 0 := hp0 0
          rw [mul, coefficient_add_rat, coefficient_scale_rat, hb, Rat.zero_mul, Rat.zero_add]
          cases k with
          | zero => rfl
          | succ k => exact ih (fun k => hp0 (k + 1)) k
      have hz' : ∀ k, coefficient (0 :: mul p q) k = 0 := fun k => by
        cases k with
        | zero => rfl
        | succ k => exact hz k
      refine ⟨?_, fun k hk => ?_⟩
      · rw [hz', Rat.add_zero, Nat.zero_add]; rfl
      · rw [hz', Rat.add_zero, hq k (by omega), Rat.mul_zero]
    | succ m =>
      obtain ⟨h1, h2⟩ := ih (m := m) fun k hk => hp (k + 1) (by omega)
      refine ⟨?_, fun k hk => ?_⟩
      · rw [hq (m + 1 + n) (by omega), Rat.mul_zero, Rat.zero_add, Nat.add_right_comm]
        exact h1
      · cases k with
        | zero => omega
        | succ k =>
          rw [hq (k + 1) (by omega), Rat.mul_zero, Rat.zero_add]
          exact h2 k (by omega)

/-- The degree of a product is the sum of the degrees: whole coefficients. -/
theorem HasDegree.mul_int {p q : Polynomial Int} {m n : Nat} (hp : HasDegree p m)
    (hq : HasDegree q n) : HasDegree (mul p q) (m + n) := by
  obtain ⟨h1, h2⟩ := coefficient_mul_top_int hp.2 hq.2
  refine ⟨fun h => ?_, h2⟩
  rw [h1] at h
  exact (Int.mul_eq_zero.mp h).elim hp.1 hq.1

/-- The degree of a product is the sum of the degrees: rational coefficients. -/
theorem HasDegree.mul_rat {p q : Polynomial Rat} {m n : Nat} (hp : HasDegree p m)
    (hq : HasDegree q n) : HasDegree (mul p q) (m + n) := by
  obtain ⟨h1, h2⟩ := coefficient_mul_top_rat hp.2 hq.2
  refine ⟨fun h => ?_, h2⟩
  rw [h1] at h
  exact (Rat.mul_eq_zero.mp h).elim hp.1 hq.1

/-- Polynomials with the same values at all whole numbers have the same coefficients (the method of
undetermined coefficients, Descartes 1637). -/
theorem same_of_eval_eq_int {p q : Polynomial Int} (h : ∀ x, eval p x = eval q x) : Same p q := by
  have hz : ∀ c, c ∈ sub p q → c = 0 := fun c hc => Classical.byContradiction fun hne => by
    have hlt := length_roots_lt_int (f := sub p q)
      (l := (List.range (sub p q).length).map fun n : Nat => (n : Int)) ⟨c, hc, hne⟩ (by
        rw [List.Nodup, List.pairwise_map]
        exact List.nodup_range.imp fun hne heq => hne (Int.ofNat.inj heq)) fun a _ => by
      rw [IsRoot, eval_sub_int, h, Int.sub_self]
    rw [List.length_map, List.length_range] at hlt
    exact Nat.lt_irrefl _ hlt
  intro k
  have hk := forall_coefficient_eq_zero_iff.mpr hz k
  rw [sub, coefficient_add_int, coefficient_scale_int] at hk
  omega

/-- A list of coefficients with a last member that is not `0` has its degree at that place. -/
theorem hasDegree_append_singleton {α : Type _} [Zero α] (q : Polynomial α) {b : α} (hb : b ≠ 0) :
    HasDegree (q ++ [b]) q.length := by
  refine ⟨?_, fun k hk => coefficient_eq_zero_of_length_le ?_⟩
  · rw [coefficient, List.getD_eq_getElem?_getD, List.getElem?_concat_length, Option.getD_some]
    exact hb
  · rw [List.length_append]
    exact hk

/-- The result and the remainder of a division are determined: two results with remainders shorter
than the divisor `q ++ [b]` agree. -/
theorem division_unique_rat {q : Polynomial Rat} {b : Rat} (hb : b ≠ 0) {s s' r r' : Polynomial Rat}
    (hr : r.length ≤ q.length) (hr' : r'.length ≤ q.length)
    (h : ∀ x, eval (q ++ [b]) x * eval s x + eval r x = eval (q ++ [b]) x * eval s' x + eval r' x) :
    Same s s' ∧ Same r r' := by
  have hd := hasDegree_append_singleton q hb
  have hcoef : Same (mul (q ++ [b]) (sub s s')) (sub r' r) := same_of_eval_eq_rat fun x => by
    rw [eval_mul_rat, eval_sub_rat, eval_sub_rat, rat_mul_sub]
    refine rat_eq_of_sub_eq_zero ?_
    have h0 := h x
    generalize eval (q ++ [b]) x * eval s x = u at *
    generalize eval (q ++ [b]) x * eval s' x = v at *
    generalize eval r x = c at *
    generalize eval r' x = d at *
    have hu : u = v + d - c := by rw [← h0, Rat.add_comm, rat_add_sub_cancel_left]
    rw [hu, Rat.sub_eq_add_neg (v + d), Rat.add_assoc, ← Rat.sub_eq_add_neg d,
      rat_add_sub_cancel_left, rat_sub_self]
  have hshort : (sub r' r).length ≤ q.length := by
    rw [sub, length_add, length_scale]
    omega
  have hs : Same s s' := by
    refine Classical.byContradiction fun hns => ?_
    have hex : ∃ k, coefficient (sub s s') k ≠ 0 := by
      refine Classical.byContradiction fun hno => hns fun k => ?_
      have hz : coefficient (sub s s') k = 0 := Classical.byContradiction fun hk => hno ⟨k, hk⟩
      rw [sub, coefficient_add_rat, coefficient_scale_rat, Rat.neg_mul, Rat.one_mul,
        ← Rat.sub_eq_add_neg] at hz
      exact rat_eq_of_sub_eq_zero hz
    obtain ⟨n, hn⟩ := exists_hasDegree hex
    refine (hd.mul_rat hn).1 ?_
    rw [hcoef]
    exact coefficient_eq_zero_of_length_le (Nat.le_trans hshort (Nat.le_add_right _ _))
  refine ⟨hs, same_of_eval_eq_rat fun x => ?_⟩
  have h0 := h x
  rw [eval_eq_of_same_rat hs x, Rat.add_comm, Rat.add_comm _ (eval r' x)] at h0
  exact Rat.add_right_cancel _ h0

end Polynomial

end Reconstruct
