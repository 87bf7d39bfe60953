import Reconstruct.Substitutions.Foundation.Polynomial.Integer
import Reconstruct.Substitutions.Foundation.Polynomial.Rational

/-!
# Division of polynomials with remainder

Stevin, *Arithmétique* (1585): polynomials are divided like numbers, the remainder has a smaller
degree than the divisor. Over the rational numbers any divisor will do that is not `0`; over the
whole numbers the leading coefficient of the divisor should be `1`.
-/

namespace Reconstruct

namespace Polynomial

/-- Two lists of coefficients of the same length, the second subtracted `k` times from the first. -/
def subtractMultiple {α : Type _} [Mul α] [Sub α] (k : α) (p q : Polynomial α) : Polynomial α :=
  List.zipWith (fun a b => a - k * b) p q

/-- The value after such a subtraction. -/
theorem eval_subtractMultiple_int (k x : Int) {p q : Polynomial Int} (h : p.length = q.length) :
    eval (subtractMultiple k p q) x = eval p x - k * eval q x := by
  induction p generalizing q with
  | nil =>
    obtain rfl : q = [] := List.length_eq_zero_iff.mp h.symm
    rw [subtractMultiple, List.zipWith_nil_left, eval_nil, Int.mul_zero]
    rfl
  | cons a p ih => cases q with
    | nil => simp at h
    | cons b q =>
      have h' : p.length = q.length := Nat.succ.inj h
      have := ih h'
      rw [subtractMultiple] at this ⊢
      rw [List.zipWith_cons_cons, eval_cons, eval_cons, eval_cons, this, Int.mul_sub, Int.mul_add,
        Int.mul_left_comm k x]
      omega

/-- The value after such a subtraction. -/
theorem eval_subtractMultiple_rat (k x : Rat) {p q : Polynomial Rat} (h : p.length = q.length) :
    eval (subtractMultiple k p q) x = eval p x - k * eval q x := by
  induction p generalizing q with
  | nil =>
    obtain rfl : q = [] := List.length_eq_zero_iff.mp h.symm
    rw [subtractMultiple, List.zipWith_nil_left, eval_nil, Rat.mul_zero, rat_sub_self]
  | cons a p ih => cases q with
    | nil => simp at h
    | cons b q =>
      have h' : p.length = q.length := Nat.succ.inj h
      have := ih h'
      rw [subtractMultiple] at this ⊢
      rw [List.zipWith_cons_cons, eval_cons, eval_cons, eval_cons, this, rat_mul_sub, Rat.mul_add,
        rat_mul_left_comm k x]
      have hneg : ∀ u v : Rat, -(u + v) = -u + -v := fun u v => by
        rw [← Rat.one_mul (u + v), ← Rat.neg_mul, Rat.mul_add, Rat.neg_mul, Rat.neg_mul,
          Rat.one_mul, Rat.one_mul]
      simp only [Rat.sub_eq_add_neg, hneg, Rat.add_assoc, Rat.add_left_comm]

/-- A zero at the end of the list does not change the value. -/
theorem eval_append_zero_int (p : Polynomial Int) (x : Int) : eval (p ++ [0]) x = eval p x := by
  induction p with
  | nil =>
    have : eval ([] ++ [(0 : Int)]) x = 0 + x * 0 := rfl
    rw [this, Int.mul_zero]
    rfl
  | cons a p ih => rw [List.cons_append, eval_cons, eval_cons, ih]

/-- Division with remainder by a polynomial with leading coefficient `1`, the divisor given as the
list `q ++ [1]` (Stevin 1585, Gauss 1801, article 42). -/
theorem exists_division_int (q p : Polynomial Int) :
    ∃ s r : Polynomial Int, r.length = q.length ∧
      ∀ x, eval p x = eval (q ++ [1]) x * eval s x + eval r x := by
  induction p with
  | nil =>
    refine ⟨[], List.replicate q.length 0, List.length_replicate, fun x => ?_⟩
    have hz : ∀ n : Nat, eval (List.replicate n 0) x = 0 := by
      intro n
      induction n with
      | zero => rfl
      | succ n ih => rw [List.replicate_succ, eval_cons, ih, Int.mul_zero]; rfl
    rw [hz, eval_nil, Int.mul_zero]
    rfl
  | cons c p ih =>
    obtain ⟨s, r, hr, h⟩ := ih
    -- split the last term `t` off the list `c :: r`, which is one term too long
    obtain ⟨r₀, t, hrt⟩ : ∃ r₀ t, c :: r = r₀ ++ [t] :=
      ⟨(c :: r).dropLast, (c :: r).getLast (List.cons_ne_nil c r),
        (List.dropLast_concat_getLast _).symm⟩
    have hlen : r₀.length = q.length := by
      have := congrArg List.length hrt
      simp only [List.length_cons, List.length_append, List.length_nil] at this
      omega
    refine ⟨t :: s, subtractMultiple t r₀ q, ?_, fun x => ?_⟩
    · rw [subtractMultiple, List.length_zipWith, hlen, Nat.min_self]
    have h1 : subtractMultiple t (r₀ ++ [t]) (q ++ [1]) = subtractMultiple t r₀ q ++ [0] := by
      rw [subtractMultiple, List.zipWith_append hlen, List.zipWith_cons_cons, Int.mul_one,
        Int.sub_self, List.zipWith_nil_left]
      rfl
    have h2 := eval_subtractMultiple_int t x (p := r₀ ++ [t]) (q := q ++ [1]) (by simp [hlen])
    rw [h1, eval_append_zero_int, ← hrt, eval_cons] at h2
    rw [eval_cons, eval_cons, h2, h, Int.mul_add, Int.mul_add, Int.mul_comm t, Int.mul_left_comm x]
    omega

/-- Division with remainder over the rational numbers, the divisor given as the list `q ++ [b]` with
`b ≠ 0` (Stevin 1585). The remainder has fewer coefficients than the divisor. -/
theorem exists_division_rat (q p : Polynomial Rat) {b : Rat} (hb : b ≠ 0) :
    ∃ s r : Polynomial Rat, r.length = q.length ∧
      ∀ x, eval p x = eval (q ++ [b]) x * eval s x + eval r x := by
  induction p with
  | nil =>
    refine ⟨[], List.replicate q.length 0, List.length_replicate, fun x => ?_⟩
    have hz : ∀ n : Nat, eval (List.replicate n 0) x = 0 := by
      intro n
      induction n with
      | zero => rfl
      | succ n ih => rw [List.replicate_succ, eval_cons, ih, Rat.mul_zero, Rat.add_zero]
    rw [hz, eval_nil, Rat.mul_zero, Rat.add_zero]
  | cons c p ih =>
    obtain ⟨s, r, hr, h⟩ := ih
    obtain ⟨r₀, t, hrt⟩ : ∃ r₀ t, c :: r = r₀ ++ [t] :=
      ⟨(c :: r).dropLast, (c :: r).getLast (List.cons_ne_nil c r),
        (List.dropLast_concat_getLast _).symm⟩
    have hlen : r₀.length = q.length := by
      have := congrArg List.length hrt
      simp only [List.length_cons, List.length_append, List.length_nil] at this
      omega
    refine ⟨t / b :: s, subtractMultiple (t / b) r₀ q, ?_, fun x => ?_⟩
    · rw [subtractMultiple, List.length_zipWith, hlen, Nat.min_self]
    have h1 : subtractMultiple (t / b) (r₀ ++ [t]) (q ++ [b]) =
        subtractMultiple (t / b) r₀ q ++ [0] := by
      rw [subtractMultiple, List.zipWith_append hlen, List.zipWith_cons_cons, Rat.div_mul_cancel hb,
        rat_sub_self, List.zipWith_nil_left]
      rfl
    have h2 := eval_subtractMultiple_rat (t / b) x (p := r₀ ++ [t]) (q := q ++ [b]) (by simp [hlen])
    rw [h1, eval_append_zero_rat, ← hrt, eval_cons] at h2
    rw [eval_cons, eval_cons, h2, h, Rat.mul_add, Rat.mul_add, Rat.mul_comm (t / b),
      rat_mul_left_comm x]
    generalize eval (q ++ [b]) x * (x * eval s x) = u
    generalize eval (q ++ [b]) x * (t / b) = v
    generalize x * eval r x = w
    -- `c + (u + w) = v + u + (c + w - v)`
    rw [Rat.sub_eq_add_neg, Rat.add_comm v u, Rat.add_assoc u v, Rat.add_comm v,
      Rat.add_assoc (c + w), Rat.neg_add_cancel, Rat.add_zero, Rat.add_left_comm]

end Polynomial

end Reconstruct
