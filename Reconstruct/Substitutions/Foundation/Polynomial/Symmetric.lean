import Reconstruct.Substitutions.Foundation.Polynomial.Degree

/-!
# Roots and coefficients

Viète (1591, printed 1615) and Girard (1629): the coefficients of the polynomial with given roots
are, up to sign, the sum of the roots, the sum of their products by two, by three, and so on. These
sums do not change when the roots are interchanged; Lagrange (1770) starts from this remark.
-/

namespace Reconstruct

/-- The sum of the products of the members of a list taken `k` at a time (Girard 1629): for `k = 1`
their sum, for `k` the length of the list their product. -/
def elementarySum {α : Type _} [Add α] [Mul α] [Zero α] [One α] : Nat → List α → α
  | 0, _ => 1
  | _ + 1, [] => 0
  | k + 1, a :: t => a * elementarySum k t + elementarySum (k + 1) t

section General

variable {α : Type _} [Add α] [Mul α] [Zero α] [One α]

/-- Nothing taken at a time: the empty product `1`. -/
theorem elementarySum_zero (l : List α) : elementarySum 0 l = 1 := by cases l <;> rfl

/-- Something taken out of nothing: the empty sum `0`. -/
theorem elementarySum_succ_nil (k : Nat) : elementarySum (k + 1) ([] : List α) = 0 := rfl

/-- The products with and without the first member. -/
theorem elementarySum_succ_cons (k : Nat) (a : α) (t : List α) :
    elementarySum (k + 1) (a :: t) = a * elementarySum k t + elementarySum (k + 1) t := rfl

end General

/-! ## Whole numbers -/

/-- More at a time than there are: the sum is empty. -/
theorem elementarySum_eq_zero_int {k : Nat} {l : List Int} (h : l.length < k) :
    elementarySum k l = 0 := by
  induction l generalizing k with
  | nil => cases k with
    | zero => exact absurd h (Nat.lt_irrefl 0)
    | succ k => rfl
  | cons a t ih => cases k with
    | zero => exact absurd h (Nat.not_lt_zero _)
    | succ k =>
      rw [List.length_cons] at h
      rw [elementarySum_succ_cons, ih (by omega), ih (by omega), Int.mul_zero]
      rfl

/-- One at a time: the sum. -/
theorem elementarySum_one_int (l : List Int) : elementarySum 1 l = l.sum := by
  induction l with
  | nil => rfl
  | cons a t ih => rw [elementarySum_succ_cons, elementarySum_zero, Int.mul_one, ih, List.sum_cons]

/-- All at a time: the product. -/
theorem elementarySum_length_int (l : List Int) : elementarySum l.length l = product l := by
  induction l with
  | nil => rfl
  | cons a t ih =>
    rw [List.length_cons, elementarySum_succ_cons, ih,
      elementarySum_eq_zero_int (Nat.lt_succ_self _), Int.add_zero, product_cons]

/-- The sums do not change when the members are interchanged (Lagrange 1770). -/
theorem elementarySum_perm_int {l₁ l₂ : List Int} (h : l₁.Perm l₂) (k : Nat) :
    elementarySum k l₁ = elementarySum k l₂ := by
  induction h generalizing k with
  | nil => rfl
  | cons a _ ih => cases k with
    | zero => rw [elementarySum_zero, elementarySum_zero]
    | succ k => rw [elementarySum_succ_cons, elementarySum_succ_cons, ih, ih]
  | swap a b t => cases k with
    | zero => rw [elementarySum_zero, elementarySum_zero]
    | succ k => cases k with
      | zero =>
        simp only [elementarySum_succ_cons, elementarySum_zero, Int.mul_one]
        omega
      | succ k =>
        simp only [elementarySum_succ_cons, Int.mul_add]
        rw [Int.mul_left_comm b a]
        omega
  | trans _ _ ih₁ ih₂ => exact (ih₁ k).trans (ih₂ k)

namespace Polynomial

/-- The coefficients of `(x - a) p`: whole numbers. -/
theorem coefficient_mul_linear_int (a : Int) (p : Polynomial Int) (k : Nat) :
    coefficient (mul (linear a) p) k =
      -(a * coefficient p k) + (match k with | 0 => 0 | j + 1 => coefficient p j) := by
  have h : mul (linear a) p = add (scale (-a) p) (0 :: add (scale 1 p) [0]) := rfl
  rw [h, coefficient_add_int, coefficient_scale_int, Int.neg_mul]
  cases k with
  | zero => rfl
  | succ k =>
    rw [coefficient_cons_succ, coefficient_add_int, coefficient_scale_int, Int.one_mul]
    have h0 : coefficient ([0] : Polynomial Int) k = 0 := by cases k <;> rfl
    rw [h0, Int.add_zero]

/-- Viète's rule (1591, Girard 1629): in the polynomial with the roots `l` the coefficient of
`x ^ k` is, up to sign, the sum of the products of the roots taken `j` at a time, where `k + j` is
the number of roots. -/
theorem coefficient_ofRoots_int (l : List Int) {k j : Nat} (h : k + j = l.length) :
    coefficient (ofRoots l) k = (-1) ^ j * elementarySum j l := by
  induction l generalizing k j with
  | nil =>
    obtain rfl : k = 0 := by simp at h; omega
    obtain rfl : j = 0 := by simp at h; omega
    rfl
  | cons a t ih =>
    rw [List.length_cons] at h
    have hmul : ofRoots (a :: t) = mul (linear a) (ofRoots t) := rfl
    rw [hmul, coefficient_mul_linear_int]
    cases k with
    | zero =>
      obtain rfl : j = t.length + 1 := by omega
      rw [ih (k := 0) (j := t.length) (by omega), elementarySum_succ_cons,
        elementarySum_eq_zero_int (Nat.lt_succ_self _), Int.add_zero, Int.add_zero, Int.pow_succ,
        Int.mul_neg, Int.mul_one, Int.neg_mul, Int.mul_left_comm]
    | succ k => cases j with
      | zero =>
        obtain rfl : k = t.length := by omega
        rw [coefficient_eq_zero_of_length_le (by rw [length_ofRoots]; exact Nat.le_refl _),
          Int.mul_zero]
        dsimp only
        rw [ih (k := t.length) (j := 0) (by omega), elementarySum_zero, elementarySum_zero]
        omega
      | succ j =>
        dsimp only
        rw [ih (k := k + 1) (j := j) (by omega), ih (k := k) (j := j + 1) (by omega),
          elementarySum_succ_cons, Int.mul_add, Int.pow_succ, Int.mul_neg, Int.mul_one, Int.neg_mul,
          Int.neg_mul, Int.mul_left_comm a]

end Polynomial

/-! ## Rational numbers -/

/-- More at a time than there are: the sum is empty. -/
theorem elementarySum_eq_zero_rat {k : Nat} {l : List Rat} (h : l.length < k) :
    elementarySum k l = 0 := by
  induction l generalizing k with
  | nil => cases k with
    | zero => exact absurd h (Nat.lt_irrefl 0)
    | succ k => rfl
  | cons a t ih => cases k with
    | zero => exact absurd h (Nat.not_lt_zero _)
    | succ k =>
      rw [List.length_cons] at h
      rw [elementarySum_succ_cons, ih (by omega), ih (by omega), Rat.mul_zero, Rat.add_zero]

/-- One at a time: the sum. -/
theorem elementarySum_one_rat (l : List Rat) : elementarySum 1 l = l.sum := by
  induction l with
  | nil => rfl
  | cons a t ih => rw [elementarySum_succ_cons, elementarySum_zero, Rat.mul_one, ih, List.sum_cons]

/-- All at a time: the product. -/
theorem elementarySum_length_rat (l : List Rat) : elementarySum l.length l = product l := by
  induction l with
  | nil => rfl
  | cons a t ih =>
    rw [List.length_cons, elementarySum_succ_cons, ih,
      elementarySum_eq_zero_rat (Nat.lt_succ_self _), Rat.add_zero, product_cons]

/-- The sums do not change when the members are interchanged (Lagrange 1770). -/
theorem elementarySum_perm_rat {l₁ l₂ : List Rat} (h : l₁.Perm l₂) (k : Nat) :
    elementarySum k l₁ = elementarySum k l₂ := by
  induction h generalizing k with
  | nil => rfl
  | cons a _ ih => cases k with
    | zero => rw [elementarySum_zero, elementarySum_zero]
    | succ k => rw [elementarySum_succ_cons, elementarySum_succ_cons, ih, ih]
  | swap a b t => cases k with
    | zero => rw [elementarySum_zero, elementarySum_zero]
    | succ k => cases k with
      | zero =>
        simp only [elementarySum_succ_cons, elementarySum_zero, Rat.mul_one]
        exact Rat.add_left_comm _ _ _
      | succ k =>
        simp only [elementarySum_succ_cons, Rat.mul_add]
        rw [rat_mul_left_comm b a, Rat.add_assoc, Rat.add_assoc,
          Rat.add_left_comm (b * elementarySum (k + 1) t)]
  | trans _ _ ih₁ ih₂ => exact (ih₁ k).trans (ih₂ k)

namespace Polynomial

/-- The coefficients of `(x - a) p`: rational numbers. -/
theorem coefficient_mul_linear_rat (a : Rat) (p : Polynomial Rat) (k : Nat) :
    coefficient (mul (linear a) p) k =
      -(a * coefficient p k) + (match k with | 0 => 0 | j + 1 => coefficient p j) := by
  have h : mul (linear a) p = add (scale (-a) p) (0 :: add (scale 1 p) [0]) := rfl
  rw [h, coefficient_add_rat, coefficient_scale_rat, Rat.neg_mul]
  cases k with
  | zero => rfl
  | succ k =>
    rw [coefficient_cons_succ, coefficient_add_rat, coefficient_scale_rat, Rat.one_mul]
    have h0 : coefficient ([0] : Polynomial Rat) k = 0 := by cases k <;> rfl
    rw [h0, Rat.add_zero]

/-- Viète's rule (1591, Girard 1629) for rational roots. -/
theorem coefficient_ofRoots_rat (l : List Rat) {k j : Nat} (h : k + j = l.length) :
    coefficient (ofRoots l) k = (-1) ^ j * elementarySum j l := by
  induction l generalizing k j with
  | nil =>
    obtain rfl : k = 0 := by simp at h; omega
    obtain rfl : j = 0 := by simp at h; omega
    rw [Rat.pow_zero, Rat.one_mul]
    rfl
  | cons a t ih =>
    rw [List.length_cons] at h
    have hmul : ofRoots (a :: t) = mul (linear a) (ofRoots t) := rfl
    rw [hmul, coefficient_mul_linear_rat]
    cases k with
    | zero =>
      obtain rfl : j = t.length + 1 := by omega
      rw [ih (k := 0) (j := t.length) (by omega), elementarySum_succ_cons,
        elementarySum_eq_zero_rat (Nat.lt_succ_self _), Rat.add_zero, Rat.add_zero, Rat.pow_succ,
        Rat.mul_neg, Rat.mul_one, Rat.neg_mul, rat_mul_left_comm]
    | succ k => cases j with
      | zero =>
        obtain rfl : k = t.length := by omega
        have hneg : -(0 : Rat) = 0 := by rw [← Rat.zero_add (-0), Rat.add_neg_cancel]
        rw [coefficient_eq_zero_of_length_le (by rw [length_ofRoots]; exact Nat.le_refl _),
          Rat.mul_zero, hneg, Rat.zero_add]
        dsimp only
        rw [ih (k := t.length) (j := 0) (by omega), elementarySum_zero, elementarySum_zero]
      | succ j =>
        dsimp only
        rw [ih (k := k + 1) (j := j) (by omega), ih (k := k) (j := j + 1) (by omega),
          elementarySum_succ_cons, Rat.mul_add, Rat.pow_succ, Rat.mul_neg, Rat.mul_one, Rat.neg_mul,
          Rat.neg_mul, rat_mul_left_comm a]

end Polynomial

end Reconstruct
