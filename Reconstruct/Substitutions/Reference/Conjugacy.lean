import Reconstruct.Substitutions.Reference.Action
import Reconstruct.Substitutions.Reference.Normal

/-!
# Conjugacy, centre and centralizers

Cauchy (1815, 1845) calls two substitutions similar when one becomes the other by renaming the
letters; for elements of any group the relation is conjugacy (Jordan 1870). Frobenius (1887) counts
the classes. The elements that commute with everything form the centre (de Séguier 1904).
-/

namespace Reconstruct.Reference

universe u

variable {α : Type u} (G : Group α)

/-- Two elements commute; Cauchy (1844) says that they are "permutable". -/
def Commutes (a b : α) : Prop := G.mul a b = G.mul b a

/-- Two elements are conjugate: one is `g a g⁻¹` for the other `a` (Cauchy 1815 for substitutions,
Jordan 1870). -/
def IsConjugate (a b : α) : Prop := ∃ g, b = G.mul (G.mul g a) (G.inv g)

/-- The conjugacy class of an element (Frobenius 1887). -/
def ConjugacyClass (a : α) : α → Prop := fun b => IsConjugate G a b

/-- The conjugate `g P g⁻¹` of a subset. -/
def ConjugateSet (P : α → Prop) (g : α) : α → Prop :=
  fun b => ∃ a, P a ∧ b = G.mul (G.mul g a) (G.inv g)

/-- Two subsets are conjugate (Galois 1832, Sylow 1872). -/
def AreConjugateSets (P Q : α → Prop) : Prop := ∃ g, ∀ b, Q b ↔ ConjugateSet G P g b

/-- The centralizer of an element: what commutes with it (used by Jordan 1870, named later). -/
def Centralizer (a : α) : α → Prop := fun b => G.mul a b = G.mul b a

/-- The centralizer of a subset: what commutes with all its elements. -/
def CentralizerOf (P : α → Prop) : α → Prop := fun b => ∀ a, P a → G.mul a b = G.mul b a

/-- The centre: the elements that commute with every element (de Séguier 1904). -/
def Center : α → Prop := fun a => ∀ b, G.mul a b = G.mul b a

/-- The normalizer of a subset: the elements that conjugation by which keeps it (Sylow 1872 uses it,
the name is later). -/
def Normalizer (P : α → Prop) : α → Prop :=
  fun g => ∀ a, P a ↔ P (G.mul (G.mul g a) (G.inv g))

variable {G} {P Q : α → Prop} {a b : α}

/-- Conjugacy is an equivalence. -/
theorem isConjugate_equivalence (G : Group α) : Equivalence (IsConjugate G) where
  refl a := ⟨G.one, by simp⟩
  symm := by
    rintro a _ ⟨g, rfl⟩
    exact ⟨G.inv g, by simp⟩
  trans := by
    rintro a _ _ ⟨g, rfl⟩ ⟨h, rfl⟩
    exact ⟨G.mul h g, by simp⟩

/-- The conjugacy class is the orbit under conjugation. -/
theorem conjugacyClass_eq_orbit : ConjugacyClass G a = Orbit (conj G) a :=
  funext fun _ => propext ⟨fun ⟨g, h⟩ => ⟨g, h.symm⟩, fun ⟨g, h⟩ => ⟨g, h.symm⟩⟩

/-- The centralizer is the stabilizer under conjugation. -/
theorem centralizer_iff_stabilizer : Centralizer G a b ↔ Stabilizer (conj G) a b := by
  unfold Centralizer Stabilizer conj
  constructor
  · intro h
    rw [← h]
    simp
  · intro h
    conv => lhs; rw [← h]
    simp

/-- The centralizer of an element is a subgroup. -/
theorem isSubgroup_centralizer (G : Group α) (a : α) : IsSubgroup G (Centralizer G a) := by
  have h : Centralizer G a = Stabilizer (conj G) a :=
    funext fun _ => propext centralizer_iff_stabilizer
  rw [h]
  exact (isAction_conj G).isSubgroup_stabilizer a

/-- An element belongs to its own centralizer. -/
theorem centralizer_self : Centralizer G a a := rfl

/-- The centralizer of a subset is the intersection of the centralizers of its elements. -/
theorem centralizerOf_iff : CentralizerOf G P b ↔ ∀ a, P a → Centralizer G a b := Iff.rfl

/-- The centralizer of a subset is a subgroup. -/
theorem isSubgroup_centralizerOf (G : Group α) (P : α → Prop) :
    IsSubgroup G (CentralizerOf G P) where
  one_mem a _ := (isSubgroup_centralizer G a).one_mem
  mul_mem hb hc a ha := (isSubgroup_centralizer G a).mul_mem (hb a ha) (hc a ha)
  inv_mem hb a ha := (isSubgroup_centralizer G a).inv_mem (hb a ha)

/-- The centre is the centralizer of the whole group. -/
theorem center_iff : Center G a ↔ CentralizerOf G (Whole G) a :=
  ⟨fun h b _ => (h b).symm, fun h b => (h b trivial).symm⟩

/-- The centre is a normal subgroup. -/
theorem isNormal_center (G : Group α) : IsNormal G (Center G) := by
  have h : Center G = CentralizerOf G (Whole G) := funext fun _ => propext center_iff
  refine ⟨h ▸ isSubgroup_centralizerOf G (Whole G), fun {a} ha g => ?_⟩
  have : G.mul (G.mul g a) (G.inv g) = a := by rw [← ha g]; simp
  rw [this]
  exact ha

/-- The group is abelian exactly when its centre is everything. -/
theorem isAbelian_iff_center : G.IsAbelian ↔ ∀ a, Center G a := Iff.rfl

/-- An element is in the centre exactly when it is its only conjugate. -/
theorem center_iff_conjugacyClass : Center G a ↔ ∀ b, ConjugacyClass G a b → b = a := by
  constructor
  · rintro h _ ⟨g, rfl⟩
    rw [← h g]
    simp
  · intro h g
    have := h _ ⟨g, rfl⟩
    conv => lhs; rw [← this]
    simp

/-- Only the identity element is conjugate to the identity element. -/
theorem isConjugate_one_iff : IsConjugate G G.one a ↔ a = G.one :=
  ⟨fun ⟨g, h⟩ => by simpa using h, fun h => ⟨G.one, by simp [h]⟩⟩

/-- Conjugate elements have the same order. -/
theorem IsConjugate.elementHasOrder {n : Nat} (h : IsConjugate G a b) (ha : ElementHasOrder G a n) :
    ElementHasOrder G b n := by
  obtain ⟨g, rfl⟩ := h
  have hc := isAutomorphism_conj G g
  have key : ∀ k, G.pow (conj G g a) k = G.one ↔ G.pow a k = G.one := by
    intro k
    rw [← hc.hom.map_pow]
    exact ⟨fun h => hc.injective _ _ (h.trans hc.hom.map_one.symm),
      fun h => by rw [h, hc.hom.map_one]⟩
  exact ⟨ha.pos, (key n).mpr ha.pow_eq_one, fun k hk he => ha.minimal k hk ((key k).mp he)⟩

/-- The normalizer of a subset is a subgroup. -/
theorem isSubgroup_normalizer (G : Group α) (P : α → Prop) : IsSubgroup G (Normalizer G P) where
  one_mem a := by simp
  mul_mem {g h} hg hh a := by
    rw [hh a, hg]
    simp
  inv_mem {g} hg a := by
    rw [hg (G.mul (G.mul (G.inv g) a) (G.inv (G.inv g)))]
    simp

/-- A subgroup is contained in its normalizer. -/
theorem IsSubgroup.contained_normalizer (h : IsSubgroup G P) : Contained P (Normalizer G P) := by
  intro g hg a
  rw [h.mul_mem_iff_left (h.inv_mem hg), h.mul_mem_iff_right hg]

/-- A subgroup is normal exactly when its normalizer is everything. -/
theorem isNormal_iff_normalizer : IsNormal G P ↔ IsSubgroup G P ∧ ∀ g, Normalizer G P g := by
  constructor
  · refine fun h => ⟨h.toIsSubgroup, fun g a => ⟨fun ha => h.conj_mem ha g, fun ha => ?_⟩⟩
    have := h.conj_mem ha (G.inv g)
    simpa using this
  · rintro ⟨hP, h⟩
    exact ⟨hP, fun {a} ha g => (h g a).mp ha⟩

/-- A normal subgroup is a union of conjugacy classes. -/
theorem isNormal_iff_conjugate : IsNormal G P ↔
    IsSubgroup G P ∧ ∀ a b, IsConjugate G a b → P a → P b :=
  ⟨fun h => ⟨h.toIsSubgroup, by rintro a _ ⟨g, rfl⟩ ha; exact h.conj_mem ha g⟩,
    fun ⟨hP, h⟩ => ⟨hP, fun {a} ha g => h a _ ⟨g, rfl⟩ ha⟩⟩

/-- The conjugate of a subgroup is a subgroup. -/
theorem IsSubgroup.conjugateSet (h : IsSubgroup G P) (g : α) :
    IsSubgroup G (ConjugateSet G P g) := by
  have he : ConjugateSet G P g = ImageOf (conj G g) P :=
    funext fun b => propext
      ⟨fun ⟨a, ha, hb⟩ => ⟨a, ha, hb.symm⟩, fun ⟨a, ha, hb⟩ => ⟨a, ha, hb.symm⟩⟩
  rw [he]
  exact (isAutomorphism_conj G g).hom.isSubgroup_imageOf h

/-- The inner automorphism by `g` is the identical map exactly when `g` is in the centre. -/
theorem conj_eq_id_iff {g : α} : conj G g = id ↔ Center G g := by
  constructor
  · intro h b
    have := congrArg (fun c => G.mul c g) (congrFun h b)
    simpa [conj] using this
  · intro h
    funext b
    change G.mul (G.mul g b) (G.inv g) = b
    rw [h b]
    simp

end Reconstruct.Reference
