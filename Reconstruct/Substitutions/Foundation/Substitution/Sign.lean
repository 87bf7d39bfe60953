import Reconstruct.Substitutions.Foundation.Substitution.Enumeration

/-!
# Even and odd substitutions

Cauchy (1815) forms the product of the differences of all pairs of letters and asks what a
substitution does to it: it keeps the product or changes its sign. Accordingly substitutions fall
into two kinds, now called even and odd. Here every pair of letters that stands in the wrong order
after the substitution counts as a change of sign.
-/

namespace Reconstruct

/-! ### Products over the pairs of a list -/

/-- The product of `g a b` over all pairs of places of a list, `a` standing before `b`. -/
def pairProduct {α : Type _} (g : α → α → Int) : List α → Int
  | [] => 1
  | a :: l => l.foldr (fun b p => g a b * p) 1 * pairProduct g l

namespace PairProduct

variable {α : Type _}

/-- The product of `g a b` over the members `b` of a list. -/
def row (g : α → α → Int) (a : α) (l : List α) : Int := l.foldr (fun b p => g a b * p) 1

/-- A row of no letters. -/
@[simp] theorem row_nil (g : α → α → Int) (a : α) : row g a [] = 1 := rfl

/-- A row splits off its first member. -/
@[simp] theorem row_cons (g : α → α → Int) (a b : α) (l : List α) :
    row g a (b :: l) = g a b * row g a l := rfl

/-- The pairs of a list are those of its first member and those of the rest. -/
theorem pairProduct_cons (g : α → α → Int) (a : α) (l : List α) :
    pairProduct g (a :: l) = row g a l * pairProduct g l := rfl

/-- A row does not depend on the arrangement of its members. -/
theorem row_perm (g : α → α → Int) (a : α) {l l' : List α} (h : l.Perm l') :
    row g a l = row g a l' := by
  induction h with
  | nil => rfl
  | cons b _ ih => rw [row_cons, row_cons, ih]
  | swap b c l => simp only [row_cons]; rw [← Int.mul_assoc, ← Int.mul_assoc, Int.mul_comm (g a c)]
  | trans _ _ ih₁ ih₂ => rw [ih₁, ih₂]

/-- If `h` does not distinguish the two members of a pair, the product over all pairs does not
depend on the arrangement. -/
theorem pairProduct_perm {h : α → α → Int} (hsymm : ∀ a b, h a b = h b a) {l l' : List α}
    (hl : l.Perm l') : pairProduct h l = pairProduct h l' := by
  induction hl with
  | nil => rfl
  | cons a hp ih => rw [pairProduct_cons, pairProduct_cons, ih, row_perm h a hp]
  | swap a b l =>
    simp only [pairProduct_cons, row_cons]
    rw [hsymm b a]
    simp only [Int.mul_assoc, Int.mul_left_comm]
  | trans _ _ ih₁ ih₂ => rw [ih₁, ih₂]

/-- Rows multiply. -/
theorem row_mul (g h : α → α → Int) (a : α) (l : List α) :
    row (fun x y => g x y * h x y) a l = row g a l * row h a l := by
  induction l with
  | nil => rfl
  | cons b l ih => simp only [row_cons]; rw [ih]; simp only [Int.mul_assoc, Int.mul_left_comm]

/-- Products over pairs multiply. -/
theorem pairProduct_mul (g h : α → α → Int) (l : List α) :
    pairProduct (fun x y => g x y * h x y) l = pairProduct g l * pairProduct h l := by
  induction l with
  | nil => rfl
  | cons a l ih =>
    simp only [pairProduct_cons]
    rw [row_mul, ih]
    simp only [Int.mul_assoc, Int.mul_left_comm]

/-- A row depends only on the values at the pairs in it. -/
theorem row_congr {g h : α → α → Int} {a : α} {l : List α} (hgh : ∀ b, b ∈ l → g a b = h a b) :
    row g a l = row h a l := by
  induction l with
  | nil => rfl
  | cons b l ih =>
    rw [row_cons, row_cons, hgh b (by simp), ih fun c hc => hgh c (by simp [hc])]

/-- The product over pairs depends only on the values at the pairs. -/
theorem pairProduct_congr {g h : α → α → Int} {l : List α}
    (hgh : l.Pairwise fun a b => g a b = h a b) : pairProduct g l = pairProduct h l := by
  induction l with
  | nil => rfl
  | cons a l ih =>
    obtain ⟨ha, hl⟩ := List.pairwise_cons.mp hgh
    rw [pairProduct_cons, pairProduct_cons, row_congr ha, ih hl]

/-- The product over the pairs of a list whose members have been replaced. -/
theorem pairProduct_map {β : Type _} (g : β → β → Int) (f : α → β) (l : List α) :
    pairProduct g (l.map f) = pairProduct (fun a b => g (f a) (f b)) l := by
  have hrow : ∀ a l, row g (f a) (l.map f) = row (fun a b => g (f a) (f b)) a l := by
    intro a l
    induction l with
    | nil => rfl
    | cons b l ih => rw [List.map_cons, row_cons, row_cons, ih]
  induction l with
  | nil => rfl
  | cons a l ih => rw [List.map_cons, pairProduct_cons, pairProduct_cons, ih, hrow]

/-- If every pair contributes one, the product is one. -/
theorem pairProduct_eq_one {g : α → α → Int} {l : List α}
    (hg : l.Pairwise fun a b => g a b = 1) : pairProduct g l = 1 := by
  have hrow : ∀ (l : List α), pairProduct (fun (_ _ : α) => (1 : Int)) l = 1 := by
    intro l
    induction l with
    | nil => rfl
    | cons a l ih =>
      rw [pairProduct_cons, ih, Int.mul_one]
      clear ih
      induction l with
      | nil => rfl
      | cons b l ih => rw [row_cons, ih]; rfl
  rw [pairProduct_congr hg, hrow]

end PairProduct

open PairProduct

namespace Substitution

variable {n : Nat}

/-- `1` for a pair of letters in their usual order, `-1` otherwise. -/
def pairSign (i j : Fin n) : Int := if i < j then 1 else -1

/-- Exchanging two different letters of a pair changes its sign. -/
theorem pairSign_comm {i j : Fin n} (h : i ≠ j) : pairSign j i = -pairSign i j := by
  unfold pairSign
  by_cases hlt : i < j
  · rw [if_pos hlt, if_neg (by omega)]
  · rw [if_neg hlt, if_pos (by omega)]
    rfl

/-- The sign of a pair is its own inverse. -/
theorem pairSign_mul_self (i j : Fin n) : pairSign i j * pairSign i j = 1 := by
  unfold pairSign
  split <;> rfl

/-- The list of all letters is increasing. -/
theorem pairwise_lt_finRange (n : Nat) : (List.finRange n).Pairwise (· < ·) := by
  induction n with
  | zero => simp [List.finRange, List.ofFn]
  | succ n ih =>
    rw [List.finRange_succ, List.pairwise_cons]
    refine ⟨fun i hi => ?_, List.Pairwise.map _ (fun _ _ h => Fin.succ_lt_succ_iff.mpr h) ih⟩
    obtain ⟨j, _, rfl⟩ := List.mem_map.mp hi
    exact Fin.succ_pos j

/-- The sign of a substitution: `1` or `-1` according as the number of pairs of letters that it puts
in the wrong order is even or odd (Cauchy 1815). -/
def sign (s : Substitution n) : Int := pairProduct pairSign (s.onList (List.finRange n))

/-- The sign is a product over all pairs of letters. -/
theorem sign_eq (s : Substitution n) :
    sign s = pairProduct (fun i j => pairSign (s i) (s j)) (List.finRange n) :=
  pairProduct_map pairSign s.toFun (List.finRange n)

/-- What a substitution does to a product over pairs in which exchanging the letters of a pair
changes the sign: it multiplies it by its own sign (Cauchy's function with two values, 1815). -/
theorem pairProduct_apply {g : Fin n → Fin n → Int} (hg : ∀ i j, i ≠ j → g j i = -g i j)
    (s : Substitution n) :
    pairProduct (fun i j => g (s i) (s j)) (List.finRange n) =
      sign s * pairProduct g (List.finRange n) := by
  -- split each factor into its sign and a part in which the two letters play the same role
  let h : Fin n → Fin n → Int := fun i j => if i = j then 0 else pairSign i j * g i j
  have hsymm : ∀ i j, h i j = h j i := by
    intro i j
    by_cases hij : i = j
    · rw [hij]
    · simp only [h, if_neg hij, if_neg (Ne.symm hij)]
      rw [hg i j hij, pairSign_comm hij, Int.neg_mul_neg]
  have hfactor : ∀ i j, i ≠ j → g i j = pairSign i j * h i j := by
    intro i j hij
    simp only [h, if_neg hij]
    rw [← Int.mul_assoc, pairSign_mul_self, Int.one_mul]
  have hne : (List.finRange n).Pairwise fun i j => i ≠ j := nodup_finRange n
  have hleft : pairProduct (fun i j => g (s i) (s j)) (List.finRange n) =
      pairProduct (fun i j => pairSign (s i) (s j) * h (s i) (s j)) (List.finRange n) :=
    pairProduct_congr (hne.imp fun hij => hfactor _ _ fun he => hij (s.injective he))
  have hright : pairProduct g (List.finRange n) = pairProduct h (List.finRange n) :=
    pairProduct_congr ((pairwise_lt_finRange n).imp fun {i j} hij => by
      rw [hfactor i j (by omega), pairSign, if_pos hij, Int.one_mul])
  rw [hleft, hright, pairProduct_mul (fun i j => pairSign (s i) (s j)) fun i j => h (s i) (s j),
    ← sign_eq, ← pairProduct_map h s.toFun]
  congr 1
  exact pairProduct_perm hsymm s.onList_finRange_perm

/-- The sign of a product is the product of the signs (Cauchy 1815). -/
@[simp] theorem sign_mul (s t : Substitution n) : sign (s * t) = sign s * sign t := by
  have h := pairProduct_apply (g := fun i j => pairSign (s i) (s j))
    (fun i j hij => pairSign_comm fun he => hij (s.injective he)) t
  rw [sign_eq (s * t), Int.mul_comm, sign_eq s]
  exact h

/-- The identical substitution is even. -/
@[simp] theorem sign_one : sign (1 : Substitution n) = 1 := by
  rw [sign_eq]
  exact pairProduct_eq_one ((pairwise_lt_finRange n).imp fun hij => if_pos hij)

end Substitution

end Reconstruct
