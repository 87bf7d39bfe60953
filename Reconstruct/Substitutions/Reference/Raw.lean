import Reconstruct.Substitutions.Reference.Solvable

/-!
# The concepts over raw operations

The same concepts stated for a bare operation `m`, a bare element `e` and a bare function `i`, no
laws asked: the form in which someone who has no name for a group would write them down. Each is
followed by the theorem that it is the concept of the reference library when the operations are
those of a group.
-/

namespace Reconstruct.Reference.Raw

universe u v

variable {α : Type u} {β : Type v}

/-! ### One operation -/

/-- `P` is closed under the operation (Ruffini 1799, Cauchy 1815 for substitutions). -/
def IsClosed (m : α → α → α) (P : α → Prop) : Prop := ∀ a b, P a → P b → P (m a b)

/-- Two elements commute ("permutable", Cauchy 1844). -/
def Commutes (m : α → α → α) (a b : α) : Prop := m a b = m b a

/-- The centre of an operation: what commutes with everything (de Séguier 1904). -/
def Center (m : α → α → α) : α → Prop := fun a => ∀ b, m a b = m b a

/-- The centralizer of an element of an operation (Jordan 1870). -/
def Centralizer (m : α → α → α) (a : α) : α → Prop := fun b => m a b = m b a

/-- `f` respects the operations (Jordan 1870). -/
def IsHom (m : α → α → α) (m' : β → β → β) (f : α → β) : Prop := ∀ a b, f (m a b) = m' (f a) (f b)

/-- `a` is its own square: an idempotent (B. Peirce 1870). -/
def IsIdempotent (m : α → α → α) (a : α) : Prop := m a a = a

/-- `r` respects the operation: a congruence in the general sense (Gauss 1801 for numbers, Dedekind
1894 and Birkhoff 1935 in general). -/
structure IsCongruence (m : α → α → α) (r : α → α → Prop) : Prop where
  /-- The relation is an equivalence. -/
  equivalence : Equivalence r
  /-- Related factors have related products. -/
  mul : ∀ {a a' b b'}, r a a' → r b b' → r (m a b) (m a' b')

/-- Powers with positive exponents need only the operation and an identity element. -/
def pow (m : α → α → α) (e : α) (a : α) : Nat → α
  | 0 => e
  | k + 1 => m (pow m e a k) a

/-! ### An operation, an element, a function -/

/-- `P` is closed under the operation and the function and holds the element: a subgroup (Galois
1832, Jordan 1870). -/
structure IsSubgroup (m : α → α → α) (e : α) (i : α → α) (P : α → Prop) : Prop where
  /-- The element belongs to it. -/
  one_mem : P e
  /-- It is closed under the operation. -/
  mul_mem : ∀ a b, P a → P b → P (m a b)
  /-- It is closed under the function. -/
  inv_mem : ∀ a, P a → P (i a)

/-- What can be made from a set: the generated subgroup (Cayley 1878, von Dyck 1882). -/
inductive Generated (m : α → α → α) (e : α) (i : α → α) (S : α → Prop) : α → Prop
  /-- The members of the set. -/
  | base {a : α} : S a → Generated m e i S a
  /-- The element. -/
  | one : Generated m e i S e
  /-- Products. -/
  | mul {a b : α} : Generated m e i S a → Generated m e i S b → Generated m e i S (m a b)
  /-- What the function gives. -/
  | inv {a : α} : Generated m e i S a → Generated m e i S (i a)

/-- Differing on the right by a member of `P`: being in the same left coset (Galois 1832). -/
def LeftCosetRel (m : α → α → α) (i : α → α) (P : α → Prop) (a b : α) : Prop := P (m (i a) b)

/-- Differing on the left by a member of `P`: being in the same right coset (Galois 1832). -/
def RightCosetRel (m : α → α → α) (i : α → α) (P : α → Prop) (a b : α) : Prop := P (m b (i a))

/-- `b` is `g a g⁻¹` for some `g`: conjugacy (Cauchy 1815, Jordan 1870). -/
def IsConjugate (m : α → α → α) (i : α → α) (a b : α) : Prop := ∃ g, b = m (m g a) (i g)

/-- `P` holds with an element all `g a g⁻¹`: the condition that makes a subgroup normal (Galois
1832). -/
def IsInvariant (m : α → α → α) (i : α → α) (P : α → Prop) : Prop :=
  ∀ a, P a → ∀ g, P (m (m g a) (i g))

/-- The commutator `a b a⁻¹ b⁻¹` (Dedekind 1897, Miller 1896). -/
def commutator (m : α → α → α) (i : α → α) (a b : α) : α := m (m (m a b) (i a)) (i b)

/-- What goes to the element `e'`: the kernel (Jordan 1870). -/
def Kernel (e' : β) (f : α → β) : α → Prop := fun a => f a = e'

/-- The laws of an action (Jordan 1870, Dyck 1882). -/
structure IsAction (m : α → α → α) (e : α) (act : α → β → β) : Prop where
  /-- The element `e` moves nothing. -/
  one_act : ∀ x, act e x = x
  /-- A product moves a point as its factors do in turn. -/
  mul_act : ∀ a b x, act (m a b) x = act a (act b x)

/-- The order of an element: the least positive exponent that gives `e` (Gauss 1801, Cauchy 1815).
-/
structure HasElementOrder (m : α → α → α) (e : α) (a : α) (n : Nat) : Prop where
  /-- The order is positive. -/
  pos : 0 < n
  /-- The power by the order is `e`. -/
  pow_eq : pow m e a n = e
  /-- No smaller positive exponent does this. -/
  minimal : ∀ k, 0 < k → pow m e a k = e → n ≤ k

/-! ### They are the concepts of the reference library -/

variable (G : Group α) (H : Group β) {P : α → Prop} {a b : α} {f : α → β}

/-- A subgroup is what the raw words say. -/
theorem isSubgroup_iff : IsSubgroup G.mul G.one G.inv P ↔ Reference.IsSubgroup G P :=
  ⟨fun h => ⟨h.one_mem, h.mul_mem _ _, h.inv_mem _⟩,
    fun h => ⟨h.one_mem, fun _ _ => h.mul_mem, fun _ => h.inv_mem⟩⟩

/-- A normal subgroup is a subgroup that is invariant in the raw sense. -/
theorem isNormal_iff : IsNormal G P ↔
    IsSubgroup G.mul G.one G.inv P ∧ IsInvariant G.mul G.inv P := by
  rw [isSubgroup_iff]
  exact ⟨fun h => ⟨h.toIsSubgroup, fun _ ha g => h.conj_mem ha g⟩,
    fun h => ⟨h.1, fun {_} ha g => h.2 _ ha g⟩⟩

/-- The generated subgroup is what the raw words say. -/
theorem generated_iff {S : α → Prop} :
    Generated G.mul G.one G.inv S a ↔ Reference.Generated G S a := by
  constructor
  · intro h
    induction h with
    | base h => exact .base h
    | one => exact .one
    | mul _ _ iha ihb => exact .mul iha ihb
    | inv _ ih => exact .inv ih
  · intro h
    induction h with
    | base h => exact .base h
    | one => exact .one
    | mul _ _ iha ihb => exact .mul iha ihb
    | inv _ ih => exact .inv ih

/-- The centre is what the raw words say. -/
theorem center_iff : Center G.mul a ↔ Reference.Center G a := Iff.rfl

/-- The centralizer is what the raw words say. -/
theorem centralizer_iff : Centralizer G.mul a b ↔ Reference.Centralizer G a b := Iff.rfl

/-- Commuting is what the raw words say. -/
theorem commutes_iff : Commutes G.mul a b ↔ Reference.Commutes G a b := Iff.rfl

/-- A homomorphism is what the raw words say. -/
theorem isHom_iff : IsHom G.mul H.mul f ↔ Reference.IsHom G H f := Iff.rfl

/-- The kernel is what the raw words say. -/
theorem kernel_iff : Kernel H.one f a ↔ Reference.Kernel H f a := Iff.rfl

/-- Left cosets are what the raw words say. -/
theorem leftCosetRel_iff :
    LeftCosetRel G.mul G.inv P a b ↔ Reference.LeftCosetRel G P a b := Iff.rfl

/-- Right cosets are what the raw words say. -/
theorem rightCosetRel_iff :
    RightCosetRel G.mul G.inv P a b ↔ Reference.RightCosetRel G P a b := Iff.rfl

/-- Conjugacy is what the raw words say. -/
theorem isConjugate_iff : IsConjugate G.mul G.inv a b ↔ Reference.IsConjugate G a b := Iff.rfl

/-- The commutator is what the raw words say. -/
theorem commutator_eq : commutator G.mul G.inv a b = Reference.commutator G a b := rfl

/-- An action is what the raw words say. -/
theorem isAction_iff {act : α → β → β} :
    IsAction G.mul G.one act ↔ Reference.IsAction G act :=
  ⟨fun h => ⟨h.one_act, h.mul_act⟩, fun h => ⟨h.one_act, h.mul_act⟩⟩

/-- Powers are what the raw words say. -/
theorem pow_eq (k : Nat) : pow G.mul G.one a k = G.pow a k := by
  induction k with
  | zero => rfl
  | succ k ih => rw [pow, ih, G.pow_succ]

/-- The order of an element is what the raw words say. -/
theorem hasElementOrder_iff {n : Nat} :
    HasElementOrder G.mul G.one a n ↔ ElementHasOrder G a n := by
  constructor
  · intro h
    exact ⟨h.pos, by rw [← pow_eq]; exact h.pow_eq, fun k hk he => h.minimal k hk (by rwa [pow_eq])⟩
  · intro h
    exact ⟨h.pos, by rw [pow_eq]; exact h.pow_eq_one,
      fun k hk he => h.minimal k hk (by rwa [← pow_eq])⟩

/-- The congruences of a group are the coset relations of its normal subgroups (Dedekind 1894). -/
theorem isCongruence_iff {r : α → α → Prop} : IsCongruence G.mul r ↔
    ∃ P, IsNormal G P ∧ ∀ a b, r a b ↔ Reference.LeftCosetRel G P a b := by
  constructor
  · intro h
    have refl := h.equivalence.refl
    have key : ∀ a b, r a b ↔ r G.one (G.mul (G.inv a) b) := by
      refine fun a b => ⟨fun hab => ?_, fun hab => ?_⟩
      · have := h.mul (refl (G.inv a)) hab
        rwa [G.inv_mul] at this
      · have := h.mul (refl a) hab
        rwa [G.mul_one, G.mul_inv_cancel_left] at this
    refine ⟨r G.one, ⟨⟨refl _, fun {a b} ha hb => ?_, fun {a} ha => ?_⟩, fun {a} ha g => ?_⟩, key⟩
    · have := h.mul ha hb
      rwa [G.one_mul] at this
    · have := h.mul (refl (G.inv a)) (h.equivalence.symm ha)
      rwa [G.inv_mul, G.mul_one] at this
    · have := h.mul (h.mul (refl g) ha) (refl (G.inv g))
      rwa [G.mul_one, G.mul_inv] at this
  · rintro ⟨P, hP, hr⟩
    have heq := hP.toIsSubgroup.leftCosetRel_equivalence
    refine ⟨⟨fun a => (hr a a).mpr (heq.refl a), fun h => (hr _ _).mpr (heq.symm ((hr _ _).mp h)),
      fun h h' => (hr _ _).mpr (heq.trans ((hr _ _).mp h) ((hr _ _).mp h'))⟩, fun ha hb => ?_⟩
    exact (hr _ _).mpr (hP.mul_congr ((hr _ _).mp ha) ((hr _ _).mp hb))

end Reconstruct.Reference.Raw
