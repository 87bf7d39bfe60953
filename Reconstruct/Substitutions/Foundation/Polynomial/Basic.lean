/-!
# Polynomials in one unknown

A polynomial `c₀ + c₁ x + c₂ x² + ⋯` is the list of its coefficients, the constant term first
(Descartes, *La Géométrie*, 1637, has the rules of reckoning with them). Its value is found in the
nested form of Ruffini (1804) and Horner (1819). The definitions serve whole and rational
coefficients alike; the laws are in the files on each.
-/

namespace Reconstruct

/-- A polynomial in one unknown: the list of its coefficients, the constant term first. Zeros at the
end of the list do not matter. -/
abbrev Polynomial (α : Type _) := List α

namespace Polynomial

variable {α : Type _}

/-- The value of the polynomial at `x`, in nested form: `c₀ + x · (c₁ + x · (c₂ + ⋯))`. -/
def eval [Add α] [Mul α] [Zero α] : Polynomial α → α → α
  | [], _ => 0
  | c :: p, x => c + x * eval p x

/-- The coefficient of `x ^ k`; it is `0` beyond the end of the list. -/
def coefficient [Zero α] (p : Polynomial α) (k : Nat) : α := p.getD k 0

/-- The sum of two polynomials, coefficient by coefficient. -/
def add [Add α] : Polynomial α → Polynomial α → Polynomial α
  | [], q => q
  | p, [] => p
  | a :: p, b :: q => (a + b) :: add p q

/-- The product of a number and a polynomial. -/
def scale [Mul α] (c : α) (p : Polynomial α) : Polynomial α := p.map fun a => c * a

/-- The product of two polynomials, by the rule `(a + x p) · q = a q + x (p q)`. -/
def mul [Add α] [Mul α] [Zero α] : Polynomial α → Polynomial α → Polynomial α
  | [], _ => []
  | a :: p, q => add (scale a q) (0 :: mul p q)

/-- The difference of two polynomials. -/
def sub [Add α] [Mul α] [Neg α] [One α] (p q : Polynomial α) : Polynomial α :=
  add p (scale (-1) q)

/-- The polynomial `x - a`. -/
def linear [Neg α] [One α] (a : α) : Polynomial α := [-a, 1]

/-- The polynomial `(x - a₁) (x - a₂) ⋯` with the given roots. -/
def ofRoots [Add α] [Mul α] [Zero α] [Neg α] [One α] (l : List α) : Polynomial α :=
  l.foldr (fun a p => mul (linear a) p) [1]

/-- Two lists of coefficients are the same polynomial when they agree in every place. -/
def Same [Zero α] (p q : Polynomial α) : Prop := ∀ k, coefficient p k = coefficient q k

/-- The polynomial has the degree `n`: the coefficient of `x ^ n` is not `0`, all later ones are. -/
def HasDegree [Zero α] (p : Polynomial α) (n : Nat) : Prop :=
  coefficient p n ≠ 0 ∧ ∀ k, n < k → coefficient p k = 0

/-- A root of a polynomial: a number at which its value is `0`. -/
def IsRoot [Add α] [Mul α] [Zero α] (p : Polynomial α) (a : α) : Prop := eval p a = 0

/-- Division by `x - a` by Ruffini's rule (1804): the coefficients of the result; the remainder is
the value of the polynomial at `a`. -/
def divideLinear [Add α] [Mul α] [Zero α] (a : α) : Polynomial α → Polynomial α
  | [] => []
  | [_] => []
  | _ :: c :: p => eval (c :: p) a :: divideLinear a (c :: p)

/-- The polynomial without coefficients has the value `0`. -/
theorem eval_nil [Add α] [Mul α] [Zero α] (x : α) : eval [] x = 0 := rfl

/-- The value in nested form. -/
theorem eval_cons [Add α] [Mul α] [Zero α] (c : α) (p : Polynomial α) (x : α) :
    eval (c :: p) x = c + x * eval p x := rfl

/-! ## Lists of coefficients -/

/-- The empty list has only zero coefficients. -/
theorem coefficient_nil [Zero α] (k : Nat) : coefficient ([] : Polynomial α) k = 0 := rfl

/-- The constant term is the first in the list. -/
theorem coefficient_cons_zero [Zero α] (a : α) (p : Polynomial α) :
    coefficient (a :: p) 0 = a := rfl

/-- The later terms are in the rest of the list. -/
theorem coefficient_cons_succ [Zero α] (a : α) (p : Polynomial α) (k : Nat) :
    coefficient (a :: p) (k + 1) = coefficient p k := rfl

/-- There are no coefficients beyond the end of the list. -/
theorem coefficient_eq_zero_of_length_le [Zero α] {p : Polynomial α} {k : Nat} (h : p.length ≤ k) :
    coefficient p k = 0 := by
  rw [coefficient, List.getD_eq_getElem?_getD, List.getElem?_eq_none h, Option.getD_none]

/-- All coefficients are `0` exactly when all members of the list are. -/
theorem forall_coefficient_eq_zero_iff [Zero α] {p : Polynomial α} :
    (∀ k, coefficient p k = 0) ↔ ∀ c, c ∈ p → c = 0 := by
  constructor
  · intro h c hc
    obtain ⟨k, hk, rfl⟩ := List.mem_iff_getElem.mp hc
    have := h k
    rwa [coefficient, List.getD_eq_getElem?_getD, List.getElem?_eq_getElem hk,
      Option.getD_some] at this
  · intro h k
    by_cases hk : k < p.length
    · rw [coefficient, List.getD_eq_getElem?_getD, List.getElem?_eq_getElem hk, Option.getD_some]
      exact h _ (List.getElem_mem hk)
    · exact coefficient_eq_zero_of_length_le (Nat.le_of_not_lt hk)

/-- The length of a sum is the length of the longer list. -/
theorem length_add [Add α] (p q : Polynomial α) : (add p q).length = max p.length q.length := by
  induction p generalizing q with
  | nil => simp [add]
  | cons a p ih => cases q with
    | nil => simp [add]
    | cons b q => simp only [add, List.length_cons, ih]; omega

/-- A numerical factor does not change the length. -/
theorem length_scale [Mul α] (c : α) (p : Polynomial α) : (scale c p).length = p.length :=
  List.length_map _

/-- The length of a product of two non-empty lists of coefficients. -/
theorem length_mul [Add α] [Mul α] [Zero α] (p q : Polynomial α) (hp : p ≠ []) (hq : q ≠ []) :
    (mul p q).length + 1 = p.length + q.length := by
  have hq' := List.length_pos_iff.mpr hq
  induction p with
  | nil => exact absurd rfl hp
  | cons a p ih =>
    rw [mul, length_add, length_scale, List.length_cons, List.length_cons]
    cases p with
    | nil => simp only [mul, List.length_nil]; omega
    | cons b p =>
      have := ih (List.cons_ne_nil b p)
      rw [List.length_cons] at this ⊢
      omega

/-- The product of `n` factors `x - a` has `n + 1` coefficients. -/
theorem length_ofRoots [Add α] [Mul α] [Zero α] [Neg α] [One α] (l : List α) :
    (ofRoots l).length = l.length + 1 := by
  induction l with
  | nil => rfl
  | cons a t ih =>
    have hne : ofRoots t ≠ [] := fun h => by rw [h] at ih; simp at ih
    have := length_mul (linear a) (ofRoots t) (List.cons_ne_nil _ _) hne
    rw [ih] at this
    have h2 : (linear a).length = 2 := rfl
    rw [List.length_cons]
    show (mul (linear a) (ofRoots t)).length = _
    omega

/-- Ruffini's rule gives one coefficient less. -/
theorem length_divideLinear [Add α] [Mul α] [Zero α] (a : α) (p : Polynomial α) :
    (divideLinear a p).length = p.length - 1 := by
  induction p with
  | nil => rfl
  | cons b p ih => cases p with
    | nil => rfl
    | cons c p => rw [divideLinear, List.length_cons, ih]; simp only [List.length_cons]; omega

/-- Being the same polynomial holds of every polynomial and itself. -/
theorem Same.refl [Zero α] (p : Polynomial α) : Same p p := fun _ => rfl

/-- Being the same polynomial may be read in both directions. -/
theorem Same.symm [Zero α] {p q : Polynomial α} (h : Same p q) : Same q p := fun k => (h k).symm

/-- Polynomials that are the same as a third are the same. -/
theorem Same.trans [Zero α] {p q r : Polynomial α} (h : Same p q) (h' : Same q r) : Same p r :=
  fun k => (h k).trans (h' k)

/-- A polynomial has at most one degree. -/
theorem HasDegree.unique [Zero α] {p : Polynomial α} {m n : Nat} (hm : HasDegree p m)
    (hn : HasDegree p n) : m = n := by
  rcases Nat.lt_trichotomy m n with h | h | h
  · exact absurd (hm.2 n h) hn.1
  · exact h
  · exact absurd (hn.2 m h) hm.1

/-- The degree is below the number of coefficients in the list. -/
theorem HasDegree.lt_length [Zero α] {p : Polynomial α} {n : Nat} (h : HasDegree p n) :
    n < p.length :=
  Nat.lt_of_not_le fun hle => h.1 (coefficient_eq_zero_of_length_le hle)

/-- A polynomial with some coefficient that is not `0` has a degree. -/
theorem exists_hasDegree [Zero α] {p : Polynomial α} (h : ∃ k, coefficient p k ≠ 0) :
    ∃ n, HasDegree p n := by
  induction p with
  | nil => obtain ⟨k, hk⟩ := h; exact absurd rfl hk
  | cons a p ih =>
    by_cases hp : ∃ k, coefficient p k ≠ 0
    · obtain ⟨n, h1, h2⟩ := ih hp
      refine ⟨n + 1, h1, fun k hk => ?_⟩
      cases k with
      | zero => omega
      | succ k => exact h2 k (by omega)
    · have hz : ∀ k, coefficient p k = 0 := fun k =>
        Classical.byContradiction fun hk => hp ⟨k, hk⟩
      refine ⟨0, ?_, fun k hk => ?_⟩
      · obtain ⟨k, hk⟩ := h
        cases k with
        | zero => exact hk
        | succ k => exact absurd (hz k) hk
      · cases k with
        | zero => omega
        | succ k => exact hz k

end Polynomial

end Reconstruct
