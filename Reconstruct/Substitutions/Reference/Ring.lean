import Reconstruct.Substitutions.Reference.Hom

/-!
# Rings, fields and ideals

The structures with two operations, in which Galois's theory was retold after 1870: fields
("Körper") and ideals are Dedekind's (1871), the word ring is Hilbert's (1897), the axioms are
Fraenkel's (1914) and Noether's (1921).
-/

namespace Reconstruct.Reference

universe u v

variable {α : Type u} {β : Type v}

/-- A ring with identity element on the carrier `α` (Hilbert 1897, Noether 1921). -/
structure Ring (α : Type u) where
  /-- The addition, an abelian group. -/
  addGroup : Group α
  /-- The multiplication, a monoid. -/
  mulMonoid : Monoid α
  /-- Addition is commutative. -/
  add_comm : addGroup.IsAbelian
  /-- Multiplication distributes over addition on the left. -/
  left_distrib : ∀ a b c,
    mulMonoid.mul a (addGroup.mul b c) = addGroup.mul (mulMonoid.mul a b) (mulMonoid.mul a c)
  /-- Multiplication distributes over addition on the right. -/
  right_distrib : ∀ a b c,
    mulMonoid.mul (addGroup.mul a b) c = addGroup.mul (mulMonoid.mul a c) (mulMonoid.mul b c)

namespace Ring

variable (R : Ring α)

/-- The sum. -/
def add (a b : α) : α := R.addGroup.mul a b

/-- The zero. -/
def zero : α := R.addGroup.one

/-- The negative. -/
def neg (a : α) : α := R.addGroup.inv a

/-- The product. -/
def mul (a b : α) : α := R.mulMonoid.mul a b

/-- The identity element of the multiplication. -/
def one : α := R.mulMonoid.one

/-- Zero times anything is zero. -/
theorem zero_mul (a : α) : R.mul R.zero a = R.zero := by
  apply Group.mul_left_cancel (G := R.addGroup) (a := R.mul R.zero a)
  have h := R.right_distrib R.zero R.zero a
  rw [zero, R.addGroup.one_mul] at h
  rw [zero, R.addGroup.mul_one]
  exact h.symm

/-- Anything times zero is zero. -/
theorem mul_zero (a : α) : R.mul a R.zero = R.zero := by
  apply Group.mul_left_cancel (G := R.addGroup) (a := R.mul a R.zero)
  have h := R.left_distrib a R.zero R.zero
  rw [zero, R.addGroup.one_mul] at h
  rw [zero, R.addGroup.mul_one]
  exact h.symm

end Ring

/-- The multiplication of the ring is commutative (Hilbert 1897 knows only such rings). -/
def IsCommutativeRing (R : Ring α) : Prop := ∀ a b, R.mul a b = R.mul b a

/-- An integral domain: commutative, not only zero, and a product is zero only if a factor is
(Dedekind 1871, Kronecker 1882). -/
structure IsDomain (R : Ring α) : Prop where
  /-- Multiplication is commutative. -/
  comm : IsCommutativeRing R
  /-- There is more than zero. -/
  nontrivial : R.one ≠ R.zero
  /-- A product is zero only if a factor is. -/
  eq_zero_or : ∀ a b, R.mul a b = R.zero → a = R.zero ∨ b = R.zero

/-- A field: commutative, not only zero, and everything else has an inverse (Dedekind 1871, axioms
by Weber 1893). -/
structure IsField (R : Ring α) : Prop where
  /-- Multiplication is commutative. -/
  comm : IsCommutativeRing R
  /-- There is more than zero. -/
  nontrivial : R.one ≠ R.zero
  /-- What is not zero has an inverse. -/
  exists_inv : ∀ a, a ≠ R.zero → ∃ b, R.mul a b = R.one

/-- An ideal: a subgroup of the addition that is closed under multiples (Dedekind 1871). -/
structure IsIdeal (R : Ring α) (I : α → Prop) : Prop extends IsSubgroup R.addGroup I where
  /-- Multiples from the left belong to it. -/
  mul_mem_left : ∀ a {b}, I b → I (R.mul a b)
  /-- Multiples from the right belong to it. -/
  mul_mem_right : ∀ {a} b, I a → I (R.mul a b)

/-- A subring (Dedekind's "Ordnung", 1871): closed under sums, negatives and products, with the
identity element. -/
structure IsSubring (R : Ring α) (S : α → Prop) : Prop extends IsSubgroup R.addGroup S where
  /-- The identity element belongs to it. -/
  one_mem' : S R.one
  /-- Products belong to it. -/
  prod_mem : ∀ {a b}, S a → S b → S (R.mul a b)

/-- A ring homomorphism (Noether 1921) respects sums, products and the identity element. -/
structure IsRingHom (R : Ring α) (S : Ring β) (f : α → β) : Prop where
  /-- Sums go to sums. -/
  map_add : IsHom R.addGroup S.addGroup f
  /-- Products go to products. -/
  map_mul : ∀ a b, f (R.mul a b) = S.mul (f a) (f b)
  /-- The identity element goes to the identity element. -/
  map_one : f R.one = S.one

/-- A subfield (Dedekind's "Divisor", 1871): a subring that holds the inverses of its elements. -/
structure IsSubfield (R : Ring α) (K : α → Prop) : Prop extends IsSubring R K where
  /-- Inverses belong to it. -/
  inverse_mem : ∀ {a b}, K a → R.mul a b = R.one → K b

/-- An element of the Galois group of a field over a subfield: an automorphism that leaves the
elements of the subfield in their places (Galois 1830 through substitutions of roots; in this form
Dedekind 1894, Artin 1942). -/
structure IsGaloisElement (R : Ring α) (K : α → Prop) (f : α → α) : Prop where
  /-- It respects both operations. -/
  hom : IsRingHom R R f
  /-- Different elements go to different elements. -/
  injective : ∀ a b, f a = f b → a = b
  /-- Every element is reached. -/
  surjective : ∀ b, ∃ a, f a = b
  /-- The elements of the subfield stay. -/
  fixes : ∀ a, K a → f a = a

variable {R : Ring α} {S : Ring β} {I : α → Prop}

/-- A field is an integral domain. -/
theorem IsField.isDomain (h : IsField R) : IsDomain R where
  comm := h.comm
  nontrivial := h.nontrivial
  eq_zero_or a b hab := by
    by_cases ha : a = R.zero
    · exact Or.inl ha
    · right
      obtain ⟨c, hc⟩ := h.exists_inv a ha
      have hb : R.mul (R.mul c a) b = b := by
        rw [h.comm c a, hc]
        exact R.mulMonoid.one_mul b
      rw [← hb]
      change R.mulMonoid.mul (R.mulMonoid.mul c a) b = R.zero
      rw [R.mulMonoid.mul_assoc]
      change R.mul c (R.mul a b) = R.zero
      rw [hab, R.mul_zero]

/-- The zero alone is an ideal. -/
theorem isIdeal_zero (R : Ring α) : IsIdeal R (Trivial R.addGroup) where
  toIsSubgroup := isSubgroup_trivial
  mul_mem_left a := by rintro _ rfl; exact R.mul_zero a
  mul_mem_right b := by rintro rfl; exact R.zero_mul b

/-- The kernel of a ring homomorphism is an ideal. -/
theorem IsRingHom.isIdeal_kernel {f : α → β} (hf : IsRingHom R S f) :
    IsIdeal R (Kernel S.addGroup f) where
  toIsSubgroup := hf.map_add.isSubgroup_kernel
  mul_mem_left a {b} hb := by
    change f (R.mul a b) = S.zero
    rw [hf.map_mul, show f b = S.zero from hb, S.mul_zero]
  mul_mem_right {a} b ha := by
    change f (R.mul a b) = S.zero
    rw [hf.map_mul, show f a = S.zero from ha, S.zero_mul]

/-- An ideal that holds the identity element holds everything. -/
theorem IsIdeal.eq_whole (h : IsIdeal R I) (h1 : I R.one) (a : α) : I a := by
  have := h.mul_mem_left a h1
  rwa [show R.mul a R.one = a from R.mulMonoid.mul_one a] at this

/-- A field has no ideals but zero and itself. -/
theorem IsField.ideal_eq (hR : IsField R) (h : IsIdeal R I) :
    (∀ a, I a → a = R.zero) ∨ ∀ a, I a := by
  by_cases hz : ∀ a, I a → a = R.zero
  · exact Or.inl hz
  · right
    obtain ⟨a, ha⟩ := Classical.not_forall.mp hz
    obtain ⟨hIa, hne⟩ := Classical.not_imp.mp ha
    obtain ⟨b, hb⟩ := hR.exists_inv a hne
    exact h.eq_whole (hb ▸ h.mul_mem_right b hIa)

/-- The identical map is an element of every Galois group. -/
theorem isGaloisElement_id (R : Ring α) (K : α → Prop) : IsGaloisElement R K id :=
  ⟨⟨fun _ _ => rfl, fun _ _ => rfl, rfl⟩, fun _ _ h => h, fun b => ⟨b, rfl⟩, fun _ _ => rfl⟩

/-- Two elements of a Galois group one after the other make a third. -/
theorem IsGaloisElement.comp {K : α → Prop} {f g : α → α} (hf : IsGaloisElement R K f)
    (hg : IsGaloisElement R K g) : IsGaloisElement R K (f ∘ g) where
  hom := ⟨hf.hom.map_add.comp hg.hom.map_add,
    fun a b => by simp only [Function.comp_apply]; rw [hg.hom.map_mul, hf.hom.map_mul],
    by simp only [Function.comp_apply]; rw [hg.hom.map_one, hf.hom.map_one]⟩
  injective a b h := hg.injective _ _ (hf.injective _ _ h)
  surjective b := by
    obtain ⟨c, rfl⟩ := hf.surjective b
    obtain ⟨a, rfl⟩ := hg.surjective c
    exact ⟨a, rfl⟩
  fixes a ha := by rw [Function.comp_apply, hg.fixes a ha, hf.fixes a ha]

end Reconstruct.Reference
