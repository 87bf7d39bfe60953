import Reconstruct.Substitutions.Reference.Hom

/-!
# Actions

A group acts on a set when every element moves the points and products move them in turn. Galois,
Cauchy and Jordan know only this kind of group, acting on letters; Cayley (1854, 1878) and Dyck
(1882) separate the group from what it acts on.
-/

namespace Reconstruct.Reference

universe u v w

variable {α : Type u} {X : Type v} {Y : Type w}

/-- `act` is an action of the group on the set `X` (Jordan 1870, Dyck 1882). -/
structure IsAction (G : Group α) (act : α → X → X) : Prop where
  /-- The identity element moves nothing. -/
  one_act : ∀ x, act G.one x = x
  /-- A product moves a point as its right factor and then its left factor do. -/
  mul_act : ∀ a b x, act (G.mul a b) x = act a (act b x)

/-- The orbit of a point: the points to which it can be moved (Cauchy 1845 calls orbits systems of
transitivity, Jordan 1870 classes). -/
def Orbit (act : α → X → X) (x : X) : X → Prop := fun y => ∃ a, act a x = y

/-- The stabilizer of a point: the elements that leave it in its place (Lagrange 1771 uses it for
functions, Galois 1832 for roots). -/
def Stabilizer (act : α → X → X) (x : X) : α → Prop := fun a => act a x = x

/-- The fixed points: those that no element moves. -/
def FixedPoint (act : α → X → X) : X → Prop := fun x => ∀ a, act a x = x

/-- The points that one element leaves in their places (Burnside 1897 counts them). -/
def FixedBy (act : α → X → X) (a : α) : X → Prop := fun x => act a x = x

/-- The action is transitive: every point can be moved to every point (Cauchy 1845). -/
def IsTransitive (act : α → X → X) : Prop := ∀ x y, ∃ a, act a x = y

/-- The action is faithful: only the identity element moves nothing (Jordan 1870 replaces the
others by a smaller group). -/
def IsFaithful (G : Group α) (act : α → X → X) : Prop := ∀ a, (∀ x, act a x = x) → a = G.one

/-- The action is free: only the identity element leaves some point in its place (Jordan 1870). -/
def IsFree (G : Group α) (act : α → X → X) : Prop := ∀ a x, act a x = x → a = G.one

/-- The action is regular: transitive and free (Jordan 1870). -/
def IsRegular (G : Group α) (act : α → X → X) : Prop := IsTransitive act ∧ IsFree G act

/-- A block: a set of points that is moved as a whole to itself or away from itself (Galois 1832,
Jordan 1870, the systems of imprimitivity). -/
def IsBlock (act : α → X → X) (B : X → Prop) : Prop :=
  ∀ a, (∀ x, B x → B (act a x)) ∨ ∀ x, B x → ¬ B (act a x)

/-- The action is primitive: transitive, and no block but single points and everything (Galois
1830 calls such equations primitive). -/
structure IsPrimitive (act : α → X → X) : Prop where
  /-- Every point can be moved to every point. -/
  transitive : IsTransitive act
  /-- A block with two points is everything. -/
  block : ∀ B, IsBlock act B → (∃ x y, B x ∧ B y ∧ x ≠ y) → ∀ x, B x

/-- A map that respects two actions. -/
def IsEquivariant (act : α → X → X) (act' : α → Y → Y) (f : X → Y) : Prop :=
  ∀ a x, f (act a x) = act' a (f x)

/-- The action of a group on itself by left multiplication (Cayley 1854, Jordan 1870). -/
def leftMul (G : Group α) : α → α → α := G.mul

variable {G : Group α} {act : α → X → X}

/-- The inverse of an element moves a point back. -/
theorem IsAction.inv_act (h : IsAction G act) (a : α) (x : X) : act (G.inv a) (act a x) = x := by
  rw [← h.mul_act, G.inv_mul, h.one_act]

/-- An element moves back what its inverse has moved. -/
theorem IsAction.act_inv (h : IsAction G act) (a : α) (x : X) : act a (act (G.inv a) x) = x := by
  rw [← h.mul_act, G.mul_inv, h.one_act]

/-- Each element moves different points to different points. -/
theorem IsAction.injective (h : IsAction G act) {a : α} {x y : X} (hxy : act a x = act a y) :
    x = y := by
  rw [← h.inv_act a x, hxy, h.inv_act]

/-- The stabilizer is a subgroup. -/
theorem IsAction.isSubgroup_stabilizer (h : IsAction G act) (x : X) :
    IsSubgroup G (Stabilizer act x) where
  one_mem := h.one_act x
  mul_mem {a b} ha hb := by
    rw [Stabilizer] at *
    rw [h.mul_act, hb, ha]
  inv_mem {a} ha := by
    rw [Stabilizer] at *
    conv => lhs; rw [← ha]
    exact h.inv_act a x

/-- Being in the same orbit is an equivalence. -/
theorem IsAction.orbit_equivalence (h : IsAction G act) : Equivalence (Orbit act) where
  refl x := ⟨G.one, h.one_act x⟩
  symm := by
    rintro x _ ⟨a, rfl⟩
    exact ⟨G.inv a, h.inv_act a x⟩
  trans := by
    rintro x _ _ ⟨a, rfl⟩ ⟨b, rfl⟩
    exact ⟨G.mul b a, h.mul_act b a x⟩

/-- Two elements move a point to the same place exactly when they differ by the stabilizer: orbits
correspond to cosets. -/
theorem IsAction.act_eq_iff (h : IsAction G act) {a b : α} {x : X} :
    act a x = act b x ↔ Stabilizer act x (G.mul (G.inv a) b) := by
  rw [Stabilizer, h.mul_act]
  constructor
  · intro hab
    rw [← hab, h.inv_act]
  · intro hab
    rw [← h.act_inv a (act b x), hab]

/-- The stabilizer of a moved point is the conjugate of the stabilizer. -/
theorem IsAction.stabilizer_act_iff (h : IsAction G act) {a b : α} {x : X} :
    Stabilizer act (act a x) b ↔ Stabilizer act x (G.mul (G.mul (G.inv a) b) a) := by
  rw [Stabilizer, Stabilizer, h.mul_act, h.mul_act]
  constructor
  · intro hb
    rw [hb, h.inv_act]
  · intro hb
    rw [← h.act_inv a (act b (act a x)), hb]

/-- A point is fixed exactly when its stabilizer is everything. -/
theorem fixedPoint_iff {x : X} : FixedPoint act x ↔ ∀ a, Stabilizer act x a := Iff.rfl

/-- A point is fixed exactly when its orbit is the point alone. -/
theorem fixedPoint_iff_orbit {x : X} : FixedPoint act x ↔ ∀ y, Orbit act x y → y = x :=
  ⟨fun h _ ⟨a, ha⟩ => ha ▸ h a, fun h a => h _ ⟨a, rfl⟩⟩

/-- The action is transitive exactly when every orbit is everything. -/
theorem isTransitive_iff_orbit : IsTransitive act ↔ ∀ x y, Orbit act x y := Iff.rfl

/-- The action is free exactly when all stabilizers are trivial. -/
theorem isFree_iff_stabilizer : IsFree G act ↔ ∀ x a, Stabilizer act x a → a = G.one :=
  ⟨fun h x a ha => h a x ha, fun h a x ha => h x a ha⟩

/-- A free action on at least one point is faithful. -/
theorem IsFree.isFaithful (h : IsFree G act) (x : X) : IsFaithful G act := fun a ha => h a x (ha x)

/-- Left multiplication is an action. -/
theorem isAction_leftMul (G : Group α) : IsAction G (leftMul G) := ⟨G.one_mul, G.mul_assoc⟩

/-- Left multiplication is regular (Cayley 1854). -/
theorem isRegular_leftMul (G : Group α) : IsRegular G (leftMul G) := by
  refine ⟨fun a b => ⟨G.mul b (G.inv a), by simp [leftMul]⟩, fun a b h => ?_⟩
  exact Group.mul_right_cancel (h.trans (G.one_mul b).symm)

/-- Conjugation is an action. -/
theorem isAction_conj (G : Group α) : IsAction G (conj G) :=
  ⟨fun a => by simp [conj], fun a b c => by simp [conj]⟩

end Reconstruct.Reference
