import Reconstruct.Substitutions.Reference.Coset
import Reconstruct.Substitutions.Reference.Hom

/-!
# Normal subgroups and quotient groups

Galois (letter to Chevalier, 1832) singles out the "proper decompositions", in which left and right
cosets agree; Jordan (1870) makes them the centre of the theory. Hölder (1889) treats the cosets of
a normal subgroup as the elements of a new group, the quotient.
-/

namespace Reconstruct.Reference

universe u v

variable {α : Type u} {β : Type v}

/-- `P` is a normal subgroup: a subgroup that holds the conjugates of its elements (Galois 1832). -/
structure IsNormal (G : Group α) (P : α → Prop) : Prop extends IsSubgroup G P where
  /-- With an element its conjugates belong to it. -/
  conj_mem : ∀ {a}, P a → ∀ g, P (G.mul (G.mul g a) (G.inv g))

/-- The normal closure: the least normal subgroup that contains a set. -/
def NormalClosure (G : Group α) (S : α → Prop) : α → Prop :=
  fun a => ∀ P, IsNormal G P → Contained S P → P a

/-- A group is simple when it has more than one element and no normal subgroups but the trivial one
and itself (Galois 1832 "indécomposable", Jordan 1870). -/
structure IsSimple (G : Group α) : Prop where
  /-- There is more than one element. -/
  nontrivial : ∃ a, a ≠ G.one
  /-- A normal subgroup is trivial or everything. -/
  eq_trivial_or_whole : ∀ P, IsNormal G P → (∀ a, P a → a = G.one) ∨ ∀ a, P a

variable {G : Group α} {H : Group β} {P Q : α → Prop}

/-- A subgroup is normal exactly when its left and right cosets agree (Galois 1832). -/
theorem isNormal_iff_cosets :
    IsNormal G P ↔ IsSubgroup G P ∧ ∀ a b, LeftCosetRel G P a b ↔ RightCosetRel G P a b := by
  constructor
  · intro h
    refine ⟨h.toIsSubgroup, fun a b => ⟨fun hab => ?_, fun hab => ?_⟩⟩
    · have := h.conj_mem hab a
      simpa [LeftCosetRel, RightCosetRel] using this
    · have := h.conj_mem hab (G.inv a)
      simpa [LeftCosetRel, RightCosetRel] using this
  · rintro ⟨hP, h⟩
    refine ⟨hP, fun {a} ha g => ?_⟩
    have := (h g (G.mul g a)).mp (by rw [LeftCosetRel, G.inv_mul_cancel_left]; exact ha)
    rwa [RightCosetRel] at this

/-- In an abelian group every subgroup is normal. -/
theorem IsSubgroup.isNormal_of_isAbelian (h : IsSubgroup G P) (hG : G.IsAbelian) : IsNormal G P :=
  ⟨h, fun {a} ha g => by rw [hG g a]; simpa using ha⟩

/-- The trivial subgroup is normal. -/
theorem isNormal_trivial (G : Group α) : IsNormal G (Trivial G) :=
  ⟨isSubgroup_trivial, by rintro _ rfl g; simp [Trivial]⟩

/-- The whole group is normal. -/
theorem isNormal_whole (G : Group α) : IsNormal G (Whole G) :=
  ⟨isSubgroup_whole, fun _ _ => trivial⟩

/-- The intersection of normal subgroups is normal. -/
theorem IsNormal.inter (hP : IsNormal G P) (hQ : IsNormal G Q) : IsNormal G (Inter P Q) :=
  ⟨hP.toIsSubgroup.inter hQ.toIsSubgroup, fun ha g => ⟨hP.conj_mem ha.1 g, hQ.conj_mem ha.2 g⟩⟩

/-- The kernel of a homomorphism is normal (Jordan 1870). -/
theorem IsHom.isNormal_kernel {f : α → β} (hf : IsHom G H f) : IsNormal G (Kernel H f) :=
  ⟨hf.isSubgroup_kernel, fun ha g => hf.conj_mem_kernel ha g⟩

/-- A characteristic subgroup is normal. -/
theorem IsCharacteristic.isNormal (h : IsCharacteristic G P) : IsNormal G P :=
  ⟨h.toIsSubgroup, fun {a} ha g => h.map_mem _ (isAutomorphism_conj G g) a ha⟩

/-- The normal closure is a normal subgroup. -/
theorem isNormal_normalClosure (G : Group α) (S : α → Prop) : IsNormal G (NormalClosure G S) where
  one_mem := fun _ hP _ => hP.one_mem
  mul_mem := fun ha hb P hP h => hP.mul_mem (ha P hP h) (hb P hP h)
  inv_mem := fun ha P hP h => hP.inv_mem (ha P hP h)
  conj_mem := fun ha g P hP h => hP.conj_mem (ha P hP h) g

/-! ### The quotient group -/

/-- The left cosets of a subgroup as an equivalence. -/
def IsSubgroup.setoid (h : IsSubgroup G P) : Setoid α :=
  ⟨LeftCosetRel G P, h.leftCosetRel_equivalence⟩

/-- The cosets of a normal subgroup. -/
def IsNormal.Cosets (h : IsNormal G P) : Type u := Quotient h.toIsSubgroup.setoid

/-- The coset of an element. -/
def IsNormal.coset (h : IsNormal G P) (a : α) : h.Cosets := Quotient.mk h.toIsSubgroup.setoid a

/-- Two elements have the same coset exactly when they differ by an element of the subgroup. -/
theorem IsNormal.coset_eq_iff (h : IsNormal G P) {a b : α} :
    h.coset a = h.coset b ↔ LeftCosetRel G P a b :=
  ⟨fun hab => Quotient.exact (s := h.toIsSubgroup.setoid) hab,
    fun hab => Quotient.sound (s := h.toIsSubgroup.setoid) hab⟩

/-- Every coset is the coset of an element. -/
theorem IsNormal.exists_coset_eq (h : IsNormal G P) (x : h.Cosets) : ∃ a, h.coset a = x :=
  Quotient.exists_rep (s := h.toIsSubgroup.setoid) x

/-- The product of cosets does not depend on the elements chosen. -/
theorem IsNormal.mul_congr (h : IsNormal G P) {a a' b b' : α} (ha : LeftCosetRel G P a a')
    (hb : LeftCosetRel G P b b') : LeftCosetRel G P (G.mul a b) (G.mul a' b') := by
  have h₁ := h.mul_mem (h.conj_mem ha (G.inv b)) hb
  simpa [LeftCosetRel] using h₁

/-- The inverse of a coset does not depend on the element chosen. -/
theorem IsNormal.inv_congr (h : IsNormal G P) {a a' : α} (ha : LeftCosetRel G P a a') :
    LeftCosetRel G P (G.inv a) (G.inv a') := by
  have h₁ := h.inv_mem (h.conj_mem ha a)
  simpa [LeftCosetRel] using h₁

/-- The quotient group of `G` by a normal subgroup (Hölder 1889; the sign `G/N` is Jordan's). -/
def IsNormal.quotient (h : IsNormal G P) : Group h.Cosets where
  mul := Quotient.lift₂ (fun a b => h.coset (G.mul a b))
    fun _ _ _ _ ha hb => h.coset_eq_iff.mpr (h.mul_congr ha hb)
  one := h.coset G.one
  inv := Quotient.lift (fun a => h.coset (G.inv a))
    fun _ _ ha => h.coset_eq_iff.mpr (h.inv_congr ha)
  mul_assoc x y z := by
    obtain ⟨a, rfl⟩ := h.exists_coset_eq x
    obtain ⟨b, rfl⟩ := h.exists_coset_eq y
    obtain ⟨c, rfl⟩ := h.exists_coset_eq z
    exact congrArg h.coset (G.mul_assoc a b c)
  one_mul x := by
    obtain ⟨a, rfl⟩ := h.exists_coset_eq x
    exact congrArg h.coset (G.one_mul a)
  mul_one x := by
    obtain ⟨a, rfl⟩ := h.exists_coset_eq x
    exact congrArg h.coset (G.mul_one a)
  inv_mul x := by
    obtain ⟨a, rfl⟩ := h.exists_coset_eq x
    exact congrArg h.coset (G.inv_mul a)
  mul_inv x := by
    obtain ⟨a, rfl⟩ := h.exists_coset_eq x
    exact congrArg h.coset (G.mul_inv a)

/-- Taking cosets is a homomorphism onto the quotient. -/
theorem IsNormal.isEpi_coset (h : IsNormal G P) : IsEpi G h.quotient h.coset :=
  ⟨fun _ _ => rfl, h.exists_coset_eq⟩

/-- Its kernel is the normal subgroup. -/
theorem IsNormal.kernel_coset_iff (h : IsNormal G P) {a : α} :
    Kernel h.quotient h.coset a ↔ P a := by
  change h.coset a = h.coset G.one ↔ P a
  rw [h.coset_eq_iff, LeftCosetRel, G.mul_one]
  exact h.toIsSubgroup.inv_mem_iff

/-- The normal subgroups are exactly the kernels of homomorphisms. -/
theorem isNormal_iff_exists_kernel :
    IsNormal G P ↔ ∃ (γ : Type u) (K : Group γ) (f : α → γ), IsHom G K f ∧
      ∀ a, Kernel K f a ↔ P a := by
  constructor
  · exact fun h => ⟨h.Cosets, h.quotient, h.coset, h.isEpi_coset.hom, fun _ => h.kernel_coset_iff⟩
  · rintro ⟨γ, K, f, hf, hker⟩
    have : P = Kernel K f := funext fun a => propext (hker a).symm
    rw [this]
    exact hf.isNormal_kernel

/-- The first isomorphism theorem: a homomorphism onto `H` makes the quotient by its kernel
isomorphic to `H` (Jordan 1870, in full with Noether 1927). -/
theorem IsEpi.isomorphic_quotient {f : α → β} (hf : IsEpi G H f) :
    Isomorphic (IsHom.isNormal_kernel hf.hom).quotient H := by
  let N := IsHom.isNormal_kernel hf.hom
  have key : ∀ a b, LeftCosetRel G (Kernel H f) a b ↔ f a = f b := fun a b => hf.hom.map_eq_iff.symm
  refine ⟨Quotient.lift f fun a b hab => (key a b).mp hab, fun x y => ?_, fun x y hxy => ?_,
    fun b => ?_⟩
  · obtain ⟨a, rfl⟩ := N.exists_coset_eq x
    obtain ⟨b, rfl⟩ := N.exists_coset_eq y
    exact hf.hom a b
  · obtain ⟨a, rfl⟩ := N.exists_coset_eq x
    obtain ⟨b, rfl⟩ := N.exists_coset_eq y
    exact N.coset_eq_iff.mpr ((key a b).mpr hxy)
  · obtain ⟨a, ha⟩ := hf.surjective b
    exact ⟨N.coset a, ha⟩

/-- A homomorphism from a simple group is injective or sends everything to the identity element. -/
theorem IsSimple.isMono_or_trivial (hG : IsSimple G) {f : α → β} (hf : IsHom G H f) :
    IsMono G H f ∨ ∀ a, f a = H.one :=
  (hG.eq_trivial_or_whole _ hf.isNormal_kernel).imp hf.isMono_iff.mpr fun h => h

end Reconstruct.Reference
