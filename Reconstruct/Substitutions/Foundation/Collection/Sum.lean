/-!
# Sums and products over lists

Sums and products of finitely many terms, in the order of the list. The sign `∑` is Euler's
(*Institutiones calculi differentialis*, 1755).
-/

namespace Reconstruct

/-- The product of the members of a list, from left to right; the empty product is `1`. -/
def product {α : Type _} [Mul α] [One α] (l : List α) : α := l.foldr (· * ·) 1

/-- The product of no terms is `1`. -/
@[simp] theorem product_nil {α : Type _} [Mul α] [One α] : product ([] : List α) = 1 := rfl

/-- The product of a list with a further first term. -/
@[simp] theorem product_cons {α : Type _} [Mul α] [One α] (a : α) (l : List α) :
    product (a :: l) = a * product l := rfl

/-! ## Sums of whole numbers -/

/-- The sum over two lists joined. -/
theorem sum_append_nat (l₁ l₂ : List Nat) : (l₁ ++ l₂).sum = l₁.sum + l₂.sum := by
  induction l₁ with
  | nil => simp
  | cons a t ih => simp [ih, Nat.add_assoc]

/-- The order of the terms does not change the sum. -/
theorem sum_perm_nat {l₁ l₂ : List Nat} (h : l₁.Perm l₂) : l₁.sum = l₂.sum := by
  induction h with
  | nil => rfl
  | cons a _ ih => rw [List.sum_cons, List.sum_cons, ih]
  | swap a b l => simp only [List.sum_cons]; omega
  | trans _ _ ih₁ ih₂ => exact ih₁.trans ih₂

/-- A sum of equal terms is a product. -/
theorem sum_map_const_nat {α : Type _} (l : List α) (c : Nat) :
    (l.map fun _ => c).sum = l.length * c := by
  induction l with
  | nil => simp
  | cons a t ih =>
    rw [List.map_cons, List.sum_cons, ih, List.length_cons, Nat.succ_mul, Nat.add_comm]

/-- Terms that agree on the list give the same sum. -/
theorem sum_map_congr_nat {α : Type _} {l : List α} {f g : α → Nat} (h : ∀ a, a ∈ l → f a = g a) :
    (l.map f).sum = (l.map g).sum := by
  rw [List.map_congr_left h]

/-- If every term is equal to `c`, the sum is the number of terms times `c`. -/
theorem sum_map_eq_length_mul {α : Type _} {l : List α} {f : α → Nat} {c : Nat}
    (h : ∀ a, a ∈ l → f a = c) : (l.map f).sum = l.length * c := by
  rw [sum_map_congr_nat h, sum_map_const_nat]

/-- A sum may be taken term by term. -/
theorem sum_map_add_nat {α : Type _} (l : List α) (f g : α → Nat) :
    (l.map fun a => f a + g a).sum = (l.map f).sum + (l.map g).sum := by
  induction l with
  | nil => simp
  | cons a t ih => simp only [List.map_cons, List.sum_cons, ih]; omega

/-- A common factor may be taken out of a sum. -/
theorem sum_map_mul_left_nat {α : Type _} (l : List α) (f : α → Nat) (c : Nat) :
    (l.map fun a => c * f a).sum = c * (l.map f).sum := by
  induction l with
  | nil => simp
  | cons a t ih => simp only [List.map_cons, List.sum_cons, ih, Nat.mul_add]

/-- Terms that are not larger give a sum that is not larger. -/
theorem sum_map_le_sum_map {α : Type _} {l : List α} {f g : α → Nat}
    (h : ∀ a, a ∈ l → f a ≤ g a) : (l.map f).sum ≤ (l.map g).sum := by
  induction l with
  | nil => exact Nat.le_refl _
  | cons a t ih =>
    simp only [List.map_cons, List.sum_cons]
    exact Nat.add_le_add (h a (.head _)) (ih fun b hb => h b (.tail _ hb))

/-- One term is at most the whole sum. -/
theorem le_sum_of_mem {l : List Nat} {a : Nat} (h : a ∈ l) : a ≤ l.sum := by
  induction l with
  | nil => exact absurd h List.not_mem_nil
  | cons b t ih =>
    rw [List.sum_cons]
    rcases List.mem_cons.mp h with rfl | h
    · exact Nat.le_add_right _ _
    · exact Nat.le_trans (ih h) (Nat.le_add_left _ _)

/-- A number that divides every term divides the sum. -/
theorem dvd_sum {d : Nat} {l : List Nat} (h : ∀ a, a ∈ l → d ∣ a) : d ∣ l.sum := by
  induction l with
  | nil => exact Nat.dvd_zero d
  | cons a t ih =>
    rw [List.sum_cons]
    exact Nat.dvd_add (h a (.head _)) (ih fun b hb => h b (.tail _ hb))

/-- A double sum may be taken in either order. -/
theorem sum_map_sum_comm {α β : Type _} (l : List α) (m : List β) (f : α → β → Nat) :
    (l.map fun a => (m.map fun b => f a b).sum).sum =
      (m.map fun b => (l.map fun a => f a b).sum).sum := by
  induction l with
  | nil => simp [sum_map_const_nat]
  | cons a t ih => simp only [List.map_cons, List.sum_cons, ih, sum_map_add_nat]

/-- The length of several lists joined is the sum of their lengths. -/
theorem length_flatMap_eq_sum {α β : Type _} (l : List α) (f : α → List β) :
    (l.flatMap f).length = (l.map fun a => (f a).length).sum := by
  induction l with
  | nil => rfl
  | cons a t ih => rw [List.flatMap_cons, List.length_append, ih, List.map_cons, List.sum_cons]

/-! ## Sums of positive and negative numbers -/

/-- The sum over two lists joined. -/
theorem sum_append_int (l₁ l₂ : List Int) : (l₁ ++ l₂).sum = l₁.sum + l₂.sum := by
  induction l₁ with
  | nil => simp
  | cons a t ih => simp [ih, Int.add_assoc]

/-- The order of the terms does not change the sum. -/
theorem sum_perm_int {l₁ l₂ : List Int} (h : l₁.Perm l₂) : l₁.sum = l₂.sum := by
  induction h with
  | nil => rfl
  | cons a _ ih => rw [List.sum_cons, List.sum_cons, ih]
  | swap a b l => simp only [List.sum_cons]; omega
  | trans _ _ ih₁ ih₂ => exact ih₁.trans ih₂

/-- A sum may be taken term by term. -/
theorem sum_map_add_int {α : Type _} (l : List α) (f g : α → Int) :
    (l.map fun a => f a + g a).sum = (l.map f).sum + (l.map g).sum := by
  induction l with
  | nil => simp
  | cons a t ih => simp only [List.map_cons, List.sum_cons, ih]; omega

/-- A common factor may be taken out of a sum. -/
theorem sum_map_mul_left_int {α : Type _} (l : List α) (f : α → Int) (c : Int) :
    (l.map fun a => c * f a).sum = c * (l.map f).sum := by
  induction l with
  | nil => simp
  | cons a t ih => simp only [List.map_cons, List.sum_cons, ih, Int.mul_add]

/-- A sum of equal terms is a product. -/
theorem sum_map_const_int {α : Type _} (l : List α) (c : Int) :
    (l.map fun _ => c).sum = l.length * c := by
  induction l with
  | nil => simp
  | cons a t ih =>
    rw [List.map_cons, List.sum_cons, ih, List.length_cons, Int.natCast_add, Int.add_mul]
    omega

/-! ## Products -/

/-- The product over two lists joined. -/
theorem product_append_nat (l₁ l₂ : List Nat) : product (l₁ ++ l₂) = product l₁ * product l₂ := by
  induction l₁ with
  | nil => simp
  | cons a t ih => simp [ih, Nat.mul_assoc]

/-- The order of the factors does not change the product (Euclid VII.16, Legendre 1798). -/
theorem product_perm_nat {l₁ l₂ : List Nat} (h : l₁.Perm l₂) : product l₁ = product l₂ := by
  induction h with
  | nil => rfl
  | cons a _ ih => rw [product_cons, product_cons, ih]
  | swap a b l => simp only [product_cons]; exact Nat.mul_left_comm _ _ _
  | trans _ _ ih₁ ih₂ => exact ih₁.trans ih₂

/-- A factor divides the product. -/
theorem dvd_product_of_mem {l : List Nat} {a : Nat} (h : a ∈ l) : a ∣ product l := by
  induction l with
  | nil => exact absurd h List.not_mem_nil
  | cons b t ih =>
    rw [product_cons]
    rcases List.mem_cons.mp h with rfl | h
    · exact Nat.dvd_mul_right _ _
    · exact Nat.dvd_mul_left_of_dvd (ih h) b

/-- The product over two lists joined. -/
theorem product_append_int (l₁ l₂ : List Int) : product (l₁ ++ l₂) = product l₁ * product l₂ := by
  induction l₁ with
  | nil => simp
  | cons a t ih => simp [ih, Int.mul_assoc]

/-- The order of the factors does not change the product. -/
theorem product_perm_int {l₁ l₂ : List Int} (h : l₁.Perm l₂) : product l₁ = product l₂ := by
  induction h with
  | nil => rfl
  | cons a _ ih => rw [product_cons, product_cons, ih]
  | swap a b l => simp only [product_cons]; exact Int.mul_left_comm _ _ _
  | trans _ _ ih₁ ih₂ => exact ih₁.trans ih₂

/-- A product of products, factor by factor. -/
theorem product_map_mul_int {α : Type _} (l : List α) (f g : α → Int) :
    product (l.map fun a => f a * g a) = product (l.map f) * product (l.map g) := by
  induction l with
  | nil => simp
  | cons a t ih =>
    simp only [List.map_cons, product_cons, ih]
    rw [Int.mul_assoc, Int.mul_assoc, Int.mul_left_comm (g a)]

/-- A product of equal factors is a power. -/
theorem product_map_const_int {α : Type _} (l : List α) (c : Int) :
    product (l.map fun _ => c) = c ^ l.length := by
  induction l with
  | nil => simp
  | cons a t ih =>
    rw [List.map_cons, product_cons, ih, List.length_cons, Int.pow_succ, Int.mul_comm]

end Reconstruct
