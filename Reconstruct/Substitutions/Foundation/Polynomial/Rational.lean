import Reconstruct.Substitutions.Foundation.Collection.Sum
import Reconstruct.Substitutions.Foundation.Polynomial.Basic

/-!
# Polynomials with rational coefficients

Values of sums and products, Ruffini's rule (1804), the theorem that a root splits off a factor
(Descartes 1637), at most as many roots as the degree, equality of polynomials from equality of
their values, and division with remainder (Stevin 1585).
-/

namespace Reconstruct

/-! ## Reckoning with fractions -/

/-- A difference of a number and itself is `0`. -/
theorem rat_sub_self (a : Rat) : a - a = 0 := by rw [Rat.sub_eq_add_neg, Rat.add_neg_cancel]

/-- Numbers whose difference is `0` are equal. -/
theorem rat_eq_of_sub_eq_zero {a b : Rat} (h : a - b = 0) : a = b := by
  refine Rat.add_right_cancel (-b) ?_
  rw [← Rat.sub_eq_add_neg, h, Rat.add_neg_cancel]

/-- What is added and subtracted again leaves no trace. -/
theorem rat_add_sub_cancel_left (a b : Rat) : a + b - a = b := by
  rw [Rat.sub_eq_add_neg, Rat.add_comm a, Rat.add_assoc, Rat.add_neg_cancel, Rat.add_zero]

/-- What is subtracted and added again leaves no trace. -/
theorem rat_sub_add_cancel (a b : Rat) : a - b + b = a := by
  rw [Rat.sub_eq_add_neg, Rat.add_assoc, Rat.neg_add_cancel, Rat.add_zero]

/-- A difference times a number. -/
theorem rat_sub_mul (a b c : Rat) : (a - b) * c = a * c - b * c := by
  rw [Rat.sub_eq_add_neg, Rat.add_mul, Rat.neg_mul, ← Rat.sub_eq_add_neg]

/-- A number times a difference. -/
theorem rat_mul_sub (a b c : Rat) : a * (b - c) = a * b - a * c := by
  rw [Rat.sub_eq_add_neg, Rat.mul_add, Rat.mul_neg, ← Rat.sub_eq_add_neg]

/-- Three factors in another order. -/
theorem rat_mul_left_comm (a b c : Rat) : a * (b * c) = b * (a * c) := by
  rw [← Rat.mul_assoc, Rat.mul_comm a b, Rat.mul_assoc]

/-- The product over two lists joined. -/
theorem product_append_rat (l₁ l₂ : List Rat) : product (l₁ ++ l₂) = product l₁ * product l₂ := by
  induction l₁ with
  | nil => exact (Rat.one_mul _).symm
  | cons a t ih => rw [List.cons_append, product_cons, product_cons, ih, Rat.mul_assoc]

/-- The order of the factors does not change the product. -/
theorem product_perm_rat {l₁ l₂ : List Rat} (h : l₁.Perm l₂) : product l₁ = product l₂ := by
  induction h with
  | nil => rfl
  | cons a _ ih => rw [product_cons, product_cons, ih]
  | swap a b l => simp only [product_cons]; exact rat_mul_left_comm _ _ _
  | trans _ _ ih₁ ih₂ => exact ih₁.trans ih₂

namespace Polynomial

/-! ## Values -/

/-- The value of a sum is the sum of the values. -/
theorem eval_add_rat (p q : Polynomial Rat) (x : Rat) :
    eval (add p q) x = eval p x + eval q x := by
  induction p generalizing q with
  | nil => exact (Rat.zero_add _).symm
  | cons a p ih => cases q with
    | nil => exact (Rat.add_zero _).symm
    | cons b q =>
      rw [add, eval_cons, eval_cons, eval_cons, ih, Rat.mul_add]
      simp only [Rat.add_assoc, Rat.add_left_comm]

/-- The value of a multiple. -/
theorem eval_scale_rat (c : Rat) (p : Polynomial Rat) (x : Rat) :
    eval (scale c p) x = c * eval p x := by
  induction p with
  | nil => exact (Rat.mul_zero c).symm
  | cons a p ih =>
    have : scale c (a :: p) = (c * a) :: scale c p := rfl
    rw [this, eval_cons, eval_cons, ih, Rat.mul_add, rat_mul_left_comm c]

/-- The value of a product is the product of the values. -/
theorem eval_mul_rat (p q : Polynomial Rat) (x : Rat) :
    eval (mul p q) x = eval p x * eval q x := by
  induction p with
  | nil => exact (Rat.zero_mul _).symm
  | cons a p ih =>
    have : eval (0 :: mul p q) x = x * eval (mul p q) x := Rat.zero_add _
    rw [mul, eval_add_rat, eval_scale_rat, this, ih, eval_cons, Rat.add_mul, Rat.mul_assoc]

/-- The value of a difference is the difference of the values. -/
theorem eval_sub_rat (p q : Polynomial Rat) (x : Rat) :
    eval (sub p q) x = eval p x - eval q x := by
  rw [sub, eval_add_rat, eval_scale_rat, Rat.sub_eq_add_neg, Rat.neg_mul, Rat.one_mul]

/-- The value of `x - a`. -/
theorem eval_linear_rat (a x : Rat) : eval (linear a) x = x - a := by
  have : eval (linear a) x = -a + x * (1 + x * 0) := rfl
  rw [this, Rat.mul_zero, Rat.add_zero, Rat.mul_one, Rat.add_comm, ← Rat.sub_eq_add_neg]

/-- The value of `(x - a₁) (x - a₂) ⋯`. -/
theorem eval_ofRoots_rat (l : List Rat) (x : Rat) :
    eval (ofRoots l) x = product (l.map fun a => x - a) := by
  induction l with
  | nil =>
    have : eval (ofRoots ([] : List Rat)) x = 1 + x * 0 := rfl
    rw [this, Rat.mul_zero, Rat.add_zero]
    rfl
  | cons a t ih =>
    have : ofRoots (a :: t) = mul (linear a) (ofRoots t) := rfl
    rw [this, eval_mul_rat, eval_linear_rat, ih, List.map_cons, product_cons]

/-- A zero at the end of the list does not change the value. -/
theorem eval_append_zero_rat (p : Polynomial Rat) (x : Rat) : eval (p ++ [0]) x = eval p x := by
  induction p with
  | nil =>
    have : eval ([] ++ [(0 : Rat)]) x = 0 + x * 0 := rfl
    rw [this, Rat.mul_zero, Rat.zero_add]
    rfl
  | cons a p ih => rw [List.cons_append, eval_cons, eval_cons, ih]

/-! ## Roots -/

/-- Ruffini's rule (1804): division by `x - a` leaves the value at `a` as remainder. -/
theorem eval_eq_eval_add_mul_divideLinear_rat (p : Polynomial Rat) (a x : Rat) :
    eval p x = eval p a + (x - a) * eval (divideLinear a p) x := by
  induction p with
  | nil => rw [divideLinear, eval_nil, eval_nil, Rat.mul_zero, Rat.add_zero]
  | cons b p ih => cases p with
    | nil =>
      rw [divideLinear, eval_cons, eval_cons, eval_nil, eval_nil, Rat.mul_zero, Rat.mul_zero,
        Rat.mul_zero, Rat.add_zero, Rat.add_zero]
    | cons c p =>
      rw [divideLinear, eval_cons b, eval_cons b, eval_cons (eval (c :: p) a)]
      generalize eval (c :: p) a = s at *
      generalize eval (divideLinear a (c :: p)) x = t at *
      rw [ih, Rat.mul_add x, Rat.mul_add (x - a), rat_mul_left_comm (x - a) x, rat_sub_mul x a s,
        Rat.add_assoc, ← Rat.add_assoc (a * s), Rat.add_comm (a * s), rat_sub_add_cancel]

/-- The factor theorem (Descartes 1637): `a` is a root exactly when `x - a` splits off. -/
theorem isRoot_iff_exists_factor_rat {p : Polynomial Rat} {a : Rat} :
    IsRoot p a ↔ ∃ q : Polynomial Rat, ∀ x, eval p x = (x - a) * eval q x := by
  constructor
  · intro h
    refine ⟨divideLinear a p, fun x => ?_⟩
    rw [eval_eq_eval_add_mul_divideLinear_rat p a x, show eval p a = 0 from h, Rat.zero_add]
  · rintro ⟨q, hq⟩
    rw [IsRoot, hq, rat_sub_self, Rat.zero_mul]

/-- If the value at `a` and all coefficients after division by `x - a` are `0`, so are all
coefficients. -/
theorem eq_zero_of_divideLinear {a : Rat} {p : Polynomial Rat} (h : eval p a = 0)
    (hq : ∀ c, c ∈ divideLinear a p → c = 0) : ∀ c, c ∈ p → c = 0 := by
  induction p with
  | nil => exact fun c hc => absurd hc List.not_mem_nil
  | cons b p ih => cases p with
    | nil =>
      intro c hc
      rw [List.mem_singleton.mp hc]
      rwa [eval_cons, eval_nil, Rat.mul_zero, Rat.add_zero] at h
    | cons d p =>
      have h1 : eval (d :: p) a = 0 := hq _ (.head _)
      intro c hc
      rcases List.mem_cons.mp hc with rfl | hc
      · rwa [eval_cons, h1, Rat.mul_zero, Rat.add_zero] at h
      · exact ih h1 (fun c hc => hq c (.tail _ hc)) c hc

/-- A polynomial with at least as many roots as coefficients has only zero coefficients. -/
theorem eq_zero_of_many_roots_rat {p : Polynomial Rat} {l : List Rat} (hl : l.Nodup)
    (hroot : ∀ a, a ∈ l → IsRoot p a) (hlen : p.length ≤ l.length) : ∀ c, c ∈ p → c = 0 := by
  induction l generalizing p with
  | nil =>
    have : p = [] := List.length_eq_zero_iff.mp (Nat.le_zero.mp hlen)
    intro c hc
    rw [this] at hc
    exact absurd hc List.not_mem_nil
  | cons a t ih =>
    rw [List.nodup_cons] at hl
    refine eq_zero_of_divideLinear (hroot a (.head _)) (ih hl.2 (fun b hb => ?_) ?_)
    · have h1 : eval p b = 0 := hroot b (.tail _ hb)
      rw [eval_eq_eval_add_mul_divideLinear_rat p a b, show eval p a = 0 from hroot a (.head _),
        Rat.zero_add] at h1
      rcases Rat.mul_eq_zero.mp h1 with h | h
      · exact absurd (rat_eq_of_sub_eq_zero h ▸ hb) hl.1
      · exact h
    · rw [length_divideLinear]
      rw [List.length_cons] at hlen
      omega

/-- A polynomial whose coefficients are not all `0` has fewer roots than coefficients, that is at
most as many as its degree (Descartes 1637). -/
theorem length_roots_lt_rat {p : Polynomial Rat} {l : List Rat} (hp : ∃ c, c ∈ p ∧ c ≠ 0)
    (hl : l.Nodup) (hroot : ∀ a, a ∈ l → IsRoot p a) : l.length < p.length := by
  obtain ⟨c, hc, hne⟩ := hp
  exact Nat.lt_of_not_le fun hle => hne (eq_zero_of_many_roots_rat hl hroot hle c hc)

/-- Several different roots split off together (Descartes 1637). -/
theorem exists_factor_of_roots_rat {p : Polynomial Rat} {l : List Rat} (hl : l.Nodup)
    (hroot : ∀ a, a ∈ l → IsRoot p a) :
    ∃ q : Polynomial Rat, q.length = p.length - l.length ∧
      ∀ x, eval p x = product (l.map fun a => x - a) * eval q x := by
  induction l generalizing p with
  | nil => exact ⟨p, rfl, fun x => (Rat.one_mul _).symm⟩
  | cons a t ih =>
    rw [List.nodup_cons] at hl
    have hfactor : ∀ x, eval p x = (x - a) * eval (divideLinear a p) x := fun x => by
      rw [eval_eq_eval_add_mul_divideLinear_rat p a x, show eval p a = 0 from hroot a (.head _),
        Rat.zero_add]
    obtain ⟨q, hlen, hq⟩ := ih (p := divideLinear a p) hl.2 fun b hb => by
      have h0 : eval p b = 0 := hroot b (.tail _ hb)
      rw [hfactor] at h0
      exact (Rat.mul_eq_zero.mp h0).resolve_left fun h => hl.1 (rat_eq_of_sub_eq_zero h ▸ hb)
    refine ⟨q, by rw [hlen, length_divideLinear, List.length_cons]; omega, fun x => ?_⟩
    rw [hfactor, hq, List.map_cons, product_cons, Rat.mul_assoc]

/-- A polynomial that is `0` everywhere has only zero coefficients. -/
theorem coefficient_eq_zero_of_eval {p : Polynomial Rat} (h : ∀ x, eval p x = 0) (k : Nat) :
    coefficient p k = 0 := by
  refine forall_coefficient_eq_zero_iff.mpr (eq_zero_of_many_roots_rat
    (l := (List.range p.length).map fun n : Nat => (n : Rat)) ?_ (fun a _ => h a) ?_) k
  · rw [List.Nodup, List.pairwise_map]
    exact List.nodup_range.imp fun hne heq => hne (Rat.natCast_inj.mp heq)
  · rw [List.length_map, List.length_range]
    exact Nat.le_refl _

/-- The coefficients of a sum. -/
theorem coefficient_add_rat (p q : Polynomial Rat) (k : Nat) :
    coefficient (add p q) k = coefficient p k + coefficient q k := by
  induction p generalizing q k with
  | nil => exact (Rat.zero_add _).symm
  | cons a p ih => cases q with
    | nil => exact (Rat.add_zero _).symm
    | cons b q => cases k with
      | zero => rfl
      | succ k => exact ih q k

/-- The coefficients of a multiple. -/
theorem coefficient_scale_rat (c : Rat) (p : Polynomial Rat) (k : Nat) :
    coefficient (scale c p) k = c * coefficient p k := by
  induction p generalizing k with
  | nil => exact (Rat.mul_zero c).symm
  | cons a p ih => cases k with
    | zero => rfl
    | succ k => exact ih k

/-- Polynomials with the same coefficients have the same values. -/
theorem eval_eq_of_same_rat {p q : Polynomial Rat} (h : Same p q) (x : Rat) :
    eval p x = eval q x := by
  have hz : ∀ p : Polynomial Rat, (∀ k, coefficient p k = 0) → eval p x = 0 := by
    intro p
    induction p with
    | nil => exact fun _ => rfl
    | cons a p ih =>
      intro h
      have h0 : a = 0 := h 0
      rw [eval_cons, ih fun k => h (k + 1), h0, Rat.mul_zero, Rat.add_zero]
  refine rat_eq_of_sub_eq_zero ?_
  rw [← eval_sub_rat]
  refine hz _ fun k => ?_
  rw [sub, coefficient_add_rat, coefficient_scale_rat, h k, Rat.neg_mul, Rat.one_mul,
    Rat.add_neg_cancel]

/-- Polynomials with the same values have the same coefficients (the method of undetermined
coefficients, Descartes 1637). -/
theorem same_of_eval_eq_rat {p q : Polynomial Rat} (h : ∀ x, eval p x = eval q x) : Same p q := by
  intro k
  have hz := coefficient_eq_zero_of_eval (p := sub p q) (fun x => by
    rw [eval_sub_rat, h, rat_sub_self]) k
  rw [sub, coefficient_add_rat, coefficient_scale_rat, Rat.neg_mul, Rat.one_mul,
    ← Rat.sub_eq_add_neg] at hz
  exact rat_eq_of_sub_eq_zero hz

end Polynomial

end Reconstruct
