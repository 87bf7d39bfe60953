import Reconstruct.Substitutions.Reference.Operation

/-!
# Groups

The group as a bundle of a carrier, its operation and the laws. All further concepts of the
reference library are predicates and constructions over a `Group α`, whose operations are plain
functions.
-/

namespace Reconstruct.Reference

universe u v

/-- A monoid on the carrier `α` (the name spread in the 1940s with Bourbaki). -/
structure Monoid (α : Type u) where
  /-- The operation. -/
  mul : α → α → α
  /-- The identity element. -/
  one : α
  /-- Brackets do not matter. -/
  mul_assoc : ∀ a b c, mul (mul a b) c = mul a (mul b c)
  /-- The identity element on the left. -/
  one_mul : ∀ a, mul one a = a
  /-- The identity element on the right. -/
  mul_one : ∀ a, mul a one = a

/-- A group on the carrier `α` (Galois 1830, Cayley 1854, Weber and von Dyck 1882). -/
structure Group (α : Type u) extends Monoid α where
  /-- The inverse of an element. -/
  inv : α → α
  /-- The inverse on the left. -/
  inv_mul : ∀ a, mul (inv a) a = one
  /-- The inverse on the right. -/
  mul_inv : ∀ a, mul a (inv a) = one

/-- A group is abelian when any two elements commute (Abel 1829; the name is Jordan's, 1870). -/
def Group.IsAbelian {α : Type u} (G : Group α) : Prop := ∀ a b, G.mul a b = G.mul b a

/-- A raw group can be bundled. -/
def IsGroup.toGroup {α : Type u} {m : α → α → α} {e : α} {i : α → α} (h : IsGroup m e i) :
    Group α where
  mul := m
  one := e
  inv := i
  mul_assoc := h.assoc
  one_mul := h.identity.one_mul
  mul_one := h.identity.mul_one
  inv_mul := h.inverse.inv_mul
  mul_inv := h.inverse.mul_inv

namespace Group

variable {α : Type u} {β : Type v} (G : Group α)

attribute [simp] Monoid.mul_assoc Monoid.one_mul Monoid.mul_one Group.inv_mul Group.mul_inv

/-- The operations of a bundled group are a raw group. -/
theorem isGroup : IsGroup G.mul G.one G.inv where
  assoc := G.mul_assoc
  identity := ⟨G.one_mul, G.mul_one⟩
  inverse := ⟨G.inv_mul, G.mul_inv⟩

/-- Bundling and unbundling raw operations changes nothing. -/
theorem isGroup_iff_exists {m : α → α → α} {e : α} {i : α → α} :
    IsGroup m e i ↔ ∃ G : Group α, G.mul = m ∧ G.one = e ∧ G.inv = i :=
  ⟨fun h => ⟨h.toGroup, rfl, rfl, rfl⟩, by rintro ⟨G, rfl, rfl, rfl⟩; exact G.isGroup⟩

/-- An abelian group in the raw sense is an abelian bundled group. -/
theorem isAbelianGroup_iff : IsAbelianGroup G.mul G.one G.inv ↔ G.IsAbelian :=
  ⟨fun h => h.comm, fun h => ⟨G.isGroup, h⟩⟩

/-- A group is determined by its operation. -/
theorem ext_mul {G H : Group α} (h : G.mul = H.mul) : G = H := by
  have hone : G.one = H.one := G.isGroup.identity.unique (h ▸ H.isGroup.identity)
  have hinv : G.inv = H.inv := G.isGroup.inverse_unique (h ▸ hone ▸ H.isGroup)
  obtain ⟨⟨m, e, _, _, _⟩, i, _, _⟩ := G
  obtain ⟨⟨m', e', _, _, _⟩, i', _, _⟩ := H
  simp only at h hone hinv
  subst h hone hinv
  rfl

/-! ### Laws -/

variable {a b c : α}

/-- A factor and its inverse before it cancel. -/
@[simp] theorem inv_mul_cancel_left (a b : α) : G.mul (G.inv a) (G.mul a b) = b := by
  rw [← G.mul_assoc, G.inv_mul, G.one_mul]

/-- The inverse of a factor and the factor after it cancel. -/
@[simp] theorem mul_inv_cancel_left (a b : α) : G.mul a (G.mul (G.inv a) b) = b := by
  rw [← G.mul_assoc, G.mul_inv, G.one_mul]

variable {G}

/-- A common left factor can be cancelled. -/
theorem mul_left_cancel (h : G.mul a b = G.mul a c) : b = c := by
  rw [← G.inv_mul_cancel_left a b, h, inv_mul_cancel_left]

/-- A common right factor can be cancelled. -/
theorem mul_right_cancel (h : G.mul b a = G.mul c a) : b = c :=
  G.isGroup.isRightCancellative a b c h

/-- What multiplies to the identity element on the right is the inverse. -/
theorem eq_inv_of_mul_eq_one (h : G.mul a b = G.one) : b = G.inv a := by
  apply mul_left_cancel (a := a)
  rw [h, G.mul_inv]

variable (G)

/-- The inverse of the identity element. -/
@[simp] theorem inv_one : G.inv G.one = G.one := (eq_inv_of_mul_eq_one (G.one_mul _)).symm

/-- The inverse of the inverse. -/
@[simp] theorem inv_inv (a : α) : G.inv (G.inv a) = a := (eq_inv_of_mul_eq_one (G.inv_mul a)).symm

/-- The inverse of a product is the product of the inverses in the other order. -/
@[simp] theorem mul_inv_rev (a b : α) :
    G.inv (G.mul a b) = G.mul (G.inv b) (G.inv a) :=
  (eq_inv_of_mul_eq_one (by simp)).symm

/-- The difference of two elements is the identity element only if they agree. -/
theorem inv_mul_eq_one_iff : G.mul (G.inv a) b = G.one ↔ a = b := by
  constructor
  · intro h
    have := eq_inv_of_mul_eq_one h
    rw [this, G.inv_inv]
  · rintro rfl
    exact G.inv_mul a

/-! ### Powers -/

/-- Powers with exponents in the natural numbers. -/
def pow (a : α) : Nat → α
  | 0 => G.one
  | k + 1 => G.mul (pow a k) a

/-- The power with exponent zero. -/
@[simp] theorem pow_zero (a : α) : G.pow a 0 = G.one := rfl

/-- The power with the next exponent. -/
theorem pow_succ (a : α) (k : Nat) : G.pow a (k + 1) = G.mul (G.pow a k) a := rfl

/-- The first power. -/
@[simp] theorem pow_one (a : α) : G.pow a 1 = a := G.one_mul a

/-- Exponents add. -/
theorem pow_add (a : α) (j k : Nat) : G.pow a (j + k) = G.mul (G.pow a j) (G.pow a k) := by
  induction k with
  | zero => simp
  | succ k ih => rw [← Nat.add_assoc, pow_succ, ih, pow_succ, G.mul_assoc]

/-- Exponents multiply. -/
theorem pow_mul (a : α) (j k : Nat) : G.pow a (j * k) = G.pow (G.pow a j) k := by
  induction k with
  | zero => rfl
  | succ k ih => rw [Nat.mul_succ, pow_add, ih, pow_succ]

/-- Powers of the identity element. -/
@[simp] theorem one_pow (k : Nat) : G.pow G.one k = G.one := by
  induction k with
  | zero => rfl
  | succ k ih => rw [pow_succ, ih, G.one_mul]

/-- Powers of one element commute. -/
theorem pow_mul_comm (a : α) (j k : Nat) :
    G.mul (G.pow a j) (G.pow a k) = G.mul (G.pow a k) (G.pow a j) := by
  rw [← pow_add, Nat.add_comm, pow_add]

/-- Powers with exponents in the integers. -/
def zpow (a : α) : Int → α
  | Int.ofNat k => G.pow a k
  | Int.negSucc k => G.inv (G.pow a (k + 1))

/-- An integer power with a natural exponent is the natural power. -/
@[simp] theorem zpow_natCast (a : α) (k : Nat) : G.zpow a (k : Int) = G.pow a k := rfl

/-- The integer power with exponent zero. -/
@[simp] theorem zpow_zero (a : α) : G.zpow a 0 = G.one := rfl

/-- The power with exponent minus one is the inverse. -/
@[simp] theorem zpow_neg_one (a : α) : G.zpow a (-1) = G.inv a := by
  change G.inv (G.pow a (0 + 1)) = _
  rw [Nat.zero_add, pow_one]

/-- Bringing a factor of a power to the front. -/
theorem pow_succ' (a : α) (k : Nat) :
    G.pow a (k + 1) = G.mul a (G.pow a k) := by
  have := G.pow_mul_comm a k 1
  rwa [G.pow_one] at this

/-- The next integer power. -/
theorem zpow_succ (a : α) (k : Int) :
    G.zpow a (k + 1) = G.mul (G.zpow a k) a := by
  cases k with
  | ofNat k => rfl
  | negSucc k =>
    cases k with
    | zero =>
      change G.pow a 0 = G.mul (G.inv (G.pow a (0 + 1))) a
      simp [G.pow_succ]
    | succ k =>
      change G.inv (G.pow a (k + 1)) = G.mul (G.inv (G.pow a (k + 1 + 1))) a
      rw [G.pow_succ' a (k + 1)]
      simp

/-- The previous integer power. -/
theorem zpow_pred (a : α) (k : Int) :
    G.zpow a (k - 1) = G.mul (G.zpow a k) (G.inv a) := by
  have h := G.zpow_succ a (k - 1)
  rw [Int.sub_add_cancel] at h
  rw [h]
  simp

/-- Integer exponents add. -/
theorem zpow_add (a : α) (j k : Int) :
    G.zpow a (j + k) = G.mul (G.zpow a j) (G.zpow a k) := by
  obtain ⟨m, rfl | rfl⟩ := Int.eq_nat_or_neg k
  · induction m with
    | zero => simp
    | succ m ih => rw [Int.natCast_succ, ← Int.add_assoc, zpow_succ, ih, zpow_succ, G.mul_assoc]
  · induction m with
    | zero => simp
    | succ m ih =>
      have h : -((m + 1 : Nat) : Int) = -(m : Int) - 1 := by omega
      rw [h, ← Int.add_sub_assoc, zpow_pred, ih, zpow_pred, G.mul_assoc]

/-! ### Direct products -/

/-- The direct product of two groups: pairs, multiplied one component at a time (Hölder 1893 studies
groups composed in this way). -/
def prod (H : Group β) : Group (α × β) where
  mul x y := (G.mul x.1 y.1, H.mul x.2 y.2)
  one := (G.one, H.one)
  inv x := (G.inv x.1, H.inv x.2)
  mul_assoc x y z := by simp
  one_mul x := by simp
  mul_one x := by simp
  inv_mul x := by simp
  mul_inv x := by simp

/-- The direct product of abelian groups is abelian. -/
theorem IsAbelian.prod {G : Group α} {H : Group β} (hG : G.IsAbelian) (hH : H.IsAbelian) :
    (G.prod H).IsAbelian := fun _ _ => Prod.ext (hG _ _) (hH _ _)

/-- The opposite group: the factors in the other order. -/
def opposite : Group α where
  mul a b := G.mul b a
  one := G.one
  inv := G.inv
  mul_assoc a b c := by simp
  one_mul := G.mul_one
  mul_one := G.one_mul
  inv_mul := G.mul_inv
  mul_inv := G.inv_mul

/-- A group is abelian exactly when it equals its opposite. -/
theorem isAbelian_iff_opposite_eq : G.IsAbelian ↔ G.opposite = G :=
  ⟨fun h => ext_mul (funext fun a => funext fun b => h b a),
    fun h a b => congrArg (fun H : Group α => H.mul b a) h⟩

end Group

end Reconstruct.Reference
