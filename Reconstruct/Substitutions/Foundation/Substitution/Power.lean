import Reconstruct.Substitutions.Foundation.Substitution.Basic

/-!
# Powers of a substitution

Cauchy (1815) writes a substitution that is repeated `k` times as a power and finds that the laws of
exponents hold. The powers of one substitution commute with each other, and the inverse of a power
is the power of the inverse.
-/

namespace Reconstruct

namespace Substitution

variable {n : Nat} (s t : Substitution n)

/-- Repeating no times leaves every letter in its place. -/
@[simp] theorem pow_zero : s ^ 0 = 1 := rfl

/-- Repeating once more multiplies by `s` on the right. -/
theorem pow_succ (k : Nat) : s ^ (k + 1) = s ^ k * s := rfl

/-- Repeating once is the substitution itself. -/
@[simp] theorem pow_one : s ^ 1 = s := rfl

/-- Repeating twice. -/
theorem pow_two : s ^ 2 = s * s := rfl

/-- Repeating once more multiplies by `s` on the left as well. -/
theorem pow_succ' (k : Nat) : s ^ (k + 1) = s * s ^ k := by
  induction k with
  | zero => rfl
  | succ k ih => rw [pow_succ, ih, mul_assoc, ← pow_succ, ih]

/-- One more repetition puts a letter through `s` last. -/
theorem pow_succ_apply (k : Nat) (i : Fin n) : (s ^ (k + 1)) i = s ((s ^ k) i) := by
  rw [pow_succ', mul_apply]

/-- Exponents add in a product of powers. -/
theorem pow_add (j k : Nat) : s ^ (j + k) = s ^ j * s ^ k := by
  induction k with
  | zero => rfl
  | succ k ih => rw [← Nat.add_assoc, pow_succ, ih, mul_assoc, ← pow_succ]

/-- Exponents multiply in a power of a power. -/
theorem pow_mul (j k : Nat) : s ^ (j * k) = (s ^ j) ^ k := by
  induction k with
  | zero => rfl
  | succ k ih => rw [Nat.mul_succ, pow_add, ih, pow_succ]

/-- Two powers of one substitution commute. -/
theorem pow_mul_comm (j k : Nat) : s ^ j * s ^ k = s ^ k * s ^ j := by
  rw [← pow_add, Nat.add_comm, pow_add]

/-- A substitution commutes with its powers. -/
theorem mul_pow_comm (k : Nat) : s * s ^ k = s ^ k * s := by
  rw [← pow_succ', pow_succ]

/-- Every power of the identical substitution is the identical substitution. -/
@[simp] theorem one_pow (k : Nat) : (1 : Substitution n) ^ k = 1 := by
  induction k with
  | zero => rfl
  | succ k ih => rw [pow_succ, ih, mul_one]

/-- The inverse of a power is the power of the inverse. -/
theorem inv_pow (k : Nat) : s⁻¹ ^ k = (s ^ k)⁻¹ := by
  induction k with
  | zero => rfl
  | succ k ih => rw [pow_succ', ih, pow_succ, mul_inv_rev]

/-- A power and the power of the inverse cancel. -/
@[simp] theorem pow_mul_inv_pow (k : Nat) : s ^ k * s⁻¹ ^ k = 1 := by
  rw [inv_pow, mul_inv_cancel]

variable {s t}

/-- If `t` commutes with `s`, it commutes with the powers of `s`. -/
theorem pow_comm_of_comm (h : s * t = t * s) (k : Nat) : s ^ k * t = t * s ^ k := by
  induction k with
  | zero => rfl
  | succ k ih => rw [pow_succ, mul_assoc, h, ← mul_assoc, ih, mul_assoc]

/-- The power of a product of two factors that commute is the product of the powers. -/
theorem mul_pow (h : s * t = t * s) (k : Nat) : (s * t) ^ k = s ^ k * t ^ k := by
  induction k with
  | zero => rfl
  | succ k ih =>
    rw [pow_succ, ih, pow_succ, pow_succ, mul_assoc, mul_assoc, ← mul_assoc (t ^ k),
      pow_comm_of_comm h.symm, mul_assoc]

/-- Changing the names of the letters by `t` changes the powers of `s` alike. -/
theorem mul_pow_mul_inv (s t : Substitution n) (k : Nat) :
    (t * s * t⁻¹) ^ k = t * s ^ k * t⁻¹ := by
  induction k with
  | zero => simp
  | succ k ih => rw [pow_succ, ih, pow_succ]; simp [mul_assoc]

/-- If two powers agree, the power by the difference of the exponents is the identical one. -/
theorem pow_sub_eq_one {j k : Nat} (hjk : j ≤ k) (h : s ^ j = s ^ k) : s ^ (k - j) = 1 := by
  apply mul_left_cancel (s := s ^ j)
  rw [← pow_add, Nat.add_sub_cancel' hjk, mul_one, h]

/-- If `s` leaves a letter in its place, so do all powers of `s`. -/
theorem pow_apply_eq_self {i : Fin n} (h : s i = i) (k : Nat) : (s ^ k) i = i := by
  induction k with
  | zero => rfl
  | succ k ih => rw [pow_succ, mul_apply, h, ih]

/-- A power whose exponent is a multiple of `k` is the identical one if the `k`-th power is. -/
theorem pow_eq_one_of_dvd {j k : Nat} (hjk : j ∣ k) (h : s ^ j = 1) : s ^ k = 1 := by
  obtain ⟨q, rfl⟩ := hjk
  rw [pow_mul, h, one_pow]

/-- If the `k`-th power is the identical one, only the remainder of an exponent by `k` matters. -/
theorem pow_mod {k : Nat} (h : s ^ k = 1) (j : Nat) : s ^ (j % k) = s ^ j := by
  conv => rhs; rw [← Nat.div_add_mod j k, pow_add, pow_mul, h, one_pow, one_mul]

/-! ### Products of lists -/

/-- The product of a list of substitutions, the first factor leftmost. -/
def prod : List (Substitution n) → Substitution n
  | [] => 1
  | s :: l => s * prod l

/-- The product of no factors is the identical substitution. -/
@[simp] theorem prod_nil : prod ([] : List (Substitution n)) = 1 := rfl

/-- The product of a list begins with its first factor. -/
@[simp] theorem prod_cons (s : Substitution n) (l : List (Substitution n)) :
    prod (s :: l) = s * prod l := rfl

/-- The product of two lists one after the other. -/
theorem prod_append (l l' : List (Substitution n)) : prod (l ++ l') = prod l * prod l' := by
  induction l with
  | nil => rfl
  | cons s l ih => rw [List.cons_append, prod_cons, ih, prod_cons, mul_assoc]

/-- The product of `k` equal factors is a power. -/
theorem prod_replicate (k : Nat) (s : Substitution n) : prod (List.replicate k s) = s ^ k := by
  induction k with
  | zero => rfl
  | succ k ih => rw [List.replicate_succ, prod_cons, ih, pow_succ']

/-- A product is undone by the inverses in the opposite order. -/
theorem inv_prod (l : List (Substitution n)) :
    (prod l)⁻¹ = prod (l.map (fun s => s⁻¹)).reverse := by
  induction l with
  | nil => rfl
  | cons s l ih => simp [prod_append, ih]

end Substitution

end Reconstruct
