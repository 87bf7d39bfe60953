/-!
# Substitutions and their laws

A *substitution* of `n` letters replaces every letter by a letter in such a way that no two letters
are replaced by the same one. Lagrange ("Réflexions sur la résolution algébrique des équations",
1770–71) put the letters of an equation's roots through such replacements, Ruffini ("Teoria generale
delle equazioni", 1799) multiplied them, and Cauchy (two memoirs in the Journal de l'École
Polytechnique, read 1812, printed 1815) gave them their notation, their product and their powers.

The letters are `0, 1, …, n - 1`, that is, the members of `Fin n`. A substitution carries its
inverse with it, so that both directions can be computed.
-/

namespace Reconstruct

/-- A substitution of `n` letters, with the substitution that undoes it. -/
structure Substitution (n : Nat) where
  /-- The letter that takes the place of a given letter. -/
  toFun : Fin n → Fin n
  /-- The letter whose place a given letter takes. -/
  inv : Fin n → Fin n
  /-- Substituting and then undoing gives every letter back. -/
  left_inv : ∀ i, inv (toFun i) = i
  /-- Undoing and then substituting gives every letter back. -/
  right_inv : ∀ i, toFun (inv i) = i

namespace Substitution

variable {n : Nat}

/-- A substitution is used as a function on letters. -/
instance : CoeFun (Substitution n) (fun _ => Fin n → Fin n) := ⟨toFun⟩

/-- Two substitutions that replace every letter alike are the same. -/
@[ext] theorem ext {s t : Substitution n} (h : ∀ i, s i = t i) : s = t := by
  obtain ⟨f, f', hf, hf'⟩ := s
  obtain ⟨g, g', hg, hg'⟩ := t
  have hfg : f = g := funext h
  subst hfg
  have : f' = g' := funext fun i => by
    have h' := hg (f' i)
    rw [hf' i] at h'
    exact h'.symm
  subst this
  rfl

/-- Substitutions are compared letter by letter. -/
instance : DecidableEq (Substitution n) := fun s t =>
  decidable_of_iff (∀ i, s i = t i) ⟨ext, fun h i => by rw [h]⟩

/-- The identical substitution, which leaves every letter in its place. -/
def identity (n : Nat) : Substitution n := ⟨id, id, fun _ => rfl, fun _ => rfl⟩

/-- The identical substitution is written `1`, as Cauchy does. -/
instance : One (Substitution n) := ⟨identity n⟩

/-- There is at least the identical substitution. -/
instance : Inhabited (Substitution n) := ⟨1⟩

/-- The product: first the right factor, then the left one. -/
def product (s t : Substitution n) : Substitution n where
  toFun i := s.toFun (t.toFun i)
  inv i := t.inv (s.inv i)
  left_inv i := by rw [s.left_inv, t.left_inv]
  right_inv i := by rw [t.right_inv, s.right_inv]

/-- The product is written `s * t`. -/
instance : Mul (Substitution n) := ⟨product⟩

/-- The inverse substitution, which undoes `s`. -/
def inverse (s : Substitution n) : Substitution n := ⟨s.inv, s.toFun, s.right_inv, s.left_inv⟩

/-- The inverse is written `s⁻¹`. -/
instance : Inv (Substitution n) := ⟨inverse⟩

/-- The `k`-th power: the substitution repeated `k` times. -/
def power (s : Substitution n) : Nat → Substitution n
  | 0 => 1
  | k + 1 => power s k * s

/-- Powers are written `s ^ k`. -/
instance : Pow (Substitution n) Nat := ⟨power⟩

/-- A substitution is shown as the list of the letters that take the places of `0, 1, …`. -/
instance : Repr (Substitution n) := ⟨fun s p => reprPrec ((List.finRange n).map s.toFun) p⟩

/-! ### What the operations do to a letter -/

/-- The identical substitution leaves a letter in its place. -/
@[simp] theorem one_apply (i : Fin n) : (1 : Substitution n) i = i := rfl

/-- The product puts a letter through the right factor, then through the left one. -/
@[simp] theorem mul_apply (s t : Substitution n) (i : Fin n) : (s * t) i = s (t i) := rfl

/-- The inverse as a function is the second function of the pair. -/
theorem inv_apply (s : Substitution n) (i : Fin n) : s⁻¹ i = s.inv i := rfl

/-- Substituting and then undoing gives the letter back. -/
@[simp] theorem inv_apply_self (s : Substitution n) (i : Fin n) : s⁻¹ (s i) = i := s.left_inv i

/-- Undoing and then substituting gives the letter back. -/
@[simp] theorem apply_inv_self (s : Substitution n) (i : Fin n) : s (s⁻¹ i) = i := s.right_inv i

/-- Different letters are replaced by different letters. -/
theorem injective (s : Substitution n) {i j : Fin n} (h : s i = s j) : i = j := by
  have h' := congrArg (fun k => s⁻¹ k) h
  simpa using h'

/-- Letters are replaced alike only if they are the same letter. -/
@[simp] theorem apply_eq_iff (s : Substitution n) {i j : Fin n} : s i = s j ↔ i = j :=
  ⟨s.injective, fun h => by rw [h]⟩

/-- Every letter takes the place of some letter. -/
theorem surjective (s : Substitution n) (j : Fin n) : ∃ i, s i = j := ⟨s⁻¹ j, s.apply_inv_self j⟩

/-- `s⁻¹ i = j` says that `s` puts `i` in the place of `j`. -/
theorem inv_apply_eq_iff (s : Substitution n) {i j : Fin n} : s⁻¹ i = j ↔ i = s j := by
  constructor
  · rintro rfl
    simp
  · rintro rfl
    simp

/-- `j = s⁻¹ i` says that `s` puts `i` in the place of `j`. -/
theorem eq_inv_apply_iff (s : Substitution n) {i j : Fin n} : j = s⁻¹ i ↔ s j = i :=
  ⟨fun h => by rw [h]; simp, fun h => by rw [← h]; simp⟩

/-! ### The laws of the product -/

variable (s t u : Substitution n)

/-- The product does not depend on how the factors are bracketed. -/
theorem mul_assoc : s * t * u = s * (t * u) := rfl

/-- The identical substitution changes nothing as a left factor. -/
@[simp] theorem one_mul : 1 * s = s := rfl

/-- The identical substitution changes nothing as a right factor. -/
@[simp] theorem mul_one : s * 1 = s := rfl

/-- The inverse on the left cancels. -/
@[simp] theorem inv_mul_cancel : s⁻¹ * s = 1 := ext fun i => by simp

/-- The inverse on the right cancels. -/
@[simp] theorem mul_inv_cancel : s * s⁻¹ = 1 := ext fun i => by simp

/-- A left factor and its inverse before it cancel. -/
@[simp] theorem inv_mul_cancel_left : s⁻¹ * (s * t) = t := ext fun i => by simp

/-- The inverse of a left factor and the factor before it cancel. -/
@[simp] theorem mul_inv_cancel_left : s * (s⁻¹ * t) = t := ext fun i => by simp

/-- A right factor and its inverse after it cancel. -/
@[simp] theorem mul_inv_cancel_right : t * s * s⁻¹ = t := ext fun i => by simp

/-- The inverse of a right factor and the factor after it cancel. -/
@[simp] theorem inv_mul_cancel_right : t * s⁻¹ * s = t := ext fun i => by simp

/-- The inverse of the inverse is the substitution itself. -/
@[simp] theorem inv_inv : s⁻¹⁻¹ = s := rfl

/-- The identical substitution undoes itself. -/
@[simp] theorem inv_one : (1 : Substitution n)⁻¹ = 1 := rfl

/-- A product is undone by undoing its factors in the opposite order. -/
@[simp] theorem mul_inv_rev : (s * t)⁻¹ = t⁻¹ * s⁻¹ := rfl

variable {s t u}

/-- A common left factor can be cancelled. -/
theorem mul_left_cancel (h : s * t = s * u) : t = u := by
  have h' := congrArg (fun v => s⁻¹ * v) h
  simpa using h'

/-- A common right factor can be cancelled. -/
theorem mul_right_cancel (h : t * s = u * s) : t = u := by
  have h' := congrArg (fun v => v * s⁻¹) h
  simpa using h'

/-- A common left factor can be cancelled or put in. -/
@[simp] theorem mul_left_cancel_iff : s * t = s * u ↔ t = u :=
  ⟨mul_left_cancel, fun h => by rw [h]⟩

/-- A common right factor can be cancelled or put in. -/
@[simp] theorem mul_right_cancel_iff : t * s = u * s ↔ t = u :=
  ⟨mul_right_cancel, fun h => by rw [h]⟩

/-- What multiplies to the identical substitution is the inverse. -/
theorem inv_eq_of_mul_eq_one (h : s * t = 1) : s⁻¹ = t := by
  apply mul_left_cancel (s := s)
  rw [h, mul_inv_cancel]

/-- Two substitutions with the same inverse are the same. -/
@[simp] theorem inv_eq_iff : s⁻¹ = t⁻¹ ↔ s = t :=
  ⟨fun h => by have := congrArg (·⁻¹) h; simpa using this, fun h => by rw [h]⟩

/-- Only the identical substitution has the identical substitution as inverse. -/
@[simp] theorem inv_eq_one_iff : s⁻¹ = 1 ↔ s = 1 := by
  conv => lhs; rw [← inv_one, inv_eq_iff]

/-- `s * t = u` determines `t`. -/
theorem mul_eq_iff_eq_inv_mul : s * t = u ↔ t = s⁻¹ * u :=
  ⟨fun h => by rw [← h]; simp, fun h => by rw [h]; simp⟩

/-- `t * s = u` determines `t`. -/
theorem mul_eq_iff_eq_mul_inv : t * s = u ↔ t = u * s⁻¹ :=
  ⟨fun h => by rw [← h]; simp, fun h => by rw [h]; simp⟩

/-- Changing the names of the letters makes nothing identical that was not. -/
@[simp] theorem mul_mul_inv_eq_one_iff : t * s * t⁻¹ = 1 ↔ s = 1 := by
  rw [mul_eq_iff_eq_mul_inv, inv_inv, one_mul]
  exact ⟨fun h => mul_left_cancel (h.trans (mul_one t).symm), fun h => by rw [h, mul_one]⟩

/-- The equation `s * x = t` has exactly one solution. -/
theorem existsUnique_mul_left (s t : Substitution n) :
    ∃ x, s * x = t ∧ ∀ y, s * y = t → y = x :=
  ⟨s⁻¹ * t, by simp, fun _ h => mul_eq_iff_eq_inv_mul.mp h⟩

/-- The equation `x * s = t` has exactly one solution. -/
theorem existsUnique_mul_right (s t : Substitution n) :
    ∃ x, x * s = t ∧ ∀ y, y * s = t → y = x :=
  ⟨t * s⁻¹, by simp, fun _ h => mul_eq_iff_eq_mul_inv.mp h⟩

/-- A substitution equals the identical one if it leaves every letter in its place. -/
theorem eq_one_iff : s = 1 ↔ ∀ i, s i = i :=
  ⟨fun h i => by rw [h]; rfl, fun h => ext h⟩

end Substitution

end Reconstruct
