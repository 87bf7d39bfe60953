import Reconstruct.Substitutions.Reference.Subgroup

/-!
# Homomorphisms

Jordan ("Traité", 1870) compares groups by a correspondence of their elements that respects
products: "isomorphisme holoédrique" where it is one to one, "mériédrique" where it is not. The word
"homomorphism" is Klein's school's (1890s); kernels and images became everyday language with Emmy
Noether (1920s).
-/

namespace Reconstruct.Reference

universe u v w

variable {α : Type u} {β : Type v} {γ : Type w}

/-- `f` is a homomorphism: it respects products (Jordan 1870). -/
def IsHom (G : Group α) (H : Group β) (f : α → β) : Prop :=
  ∀ a b, f (G.mul a b) = H.mul (f a) (f b)

/-- The kernel: the elements that go to the identity element (Jordan 1870, as the substitutions that
correspond to unity; the name is of the 1930s). -/
def Kernel (H : Group β) (f : α → β) : α → Prop := fun a => f a = H.one

/-- The image: the elements that are reached (Jordan 1870). -/
def Image (f : α → β) : β → Prop := fun b => ∃ a, f a = b

/-- The image of a subset. -/
def ImageOf (f : α → β) (P : α → Prop) : β → Prop := fun b => ∃ a, P a ∧ f a = b

/-- The preimage of a subset. -/
def Preimage (f : α → β) (Q : β → Prop) : α → Prop := fun a => Q (f a)

/-- A monomorphism: a homomorphism that keeps different elements different (the name is of the
1940s, Cayley 1854 proves that there is one into a symmetric group). -/
structure IsMono (G : Group α) (H : Group β) (f : α → β) : Prop where
  /-- It respects products. -/
  hom : IsHom G H f
  /-- Different elements go to different elements. -/
  injective : ∀ a b, f a = f b → a = b

/-- An epimorphism: a homomorphism that reaches every element (Jordan's "mériédrique", 1870). -/
structure IsEpi (G : Group α) (H : Group β) (f : α → β) : Prop where
  /-- It respects products. -/
  hom : IsHom G H f
  /-- Every element is reached. -/
  surjective : ∀ b, ∃ a, f a = b

/-- An isomorphism: a one-to-one correspondence that respects products (Jordan's "holoédrique",
1870; Cayley 1854 compares groups so). -/
structure IsIso (G : Group α) (H : Group β) (f : α → β) : Prop where
  /-- It respects products. -/
  hom : IsHom G H f
  /-- Different elements go to different elements. -/
  injective : ∀ a b, f a = f b → a = b
  /-- Every element is reached. -/
  surjective : ∀ b, ∃ a, f a = b

/-- Two groups are isomorphic when there is an isomorphism (Cayley 1854, Jordan 1870). -/
def Isomorphic (G : Group α) (H : Group β) : Prop := ∃ f, IsIso G H f

/-- An endomorphism: a homomorphism of a group to itself. -/
def IsEndomorphism (G : Group α) (f : α → α) : Prop := IsHom G G f

/-- An automorphism: an isomorphism of a group with itself (Hölder 1893, Frobenius 1901). -/
def IsAutomorphism (G : Group α) (f : α → α) : Prop := IsIso G G f

/-- Conjugation by `g`, the map `a ↦ g a g⁻¹` (Cauchy 1815 for substitutions). -/
def conj (G : Group α) (g : α) : α → α := fun a => G.mul (G.mul g a) (G.inv g)

/-- An inner automorphism: conjugation by some element (Hölder 1893). -/
def IsInner (G : Group α) (f : α → α) : Prop := ∃ g, f = conj G g

/-- A characteristic subgroup: every automorphism keeps it (Frobenius 1895). -/
structure IsCharacteristic (G : Group α) (P : α → Prop) : Prop extends IsSubgroup G P where
  /-- Automorphisms send its elements to its elements. -/
  map_mem : ∀ f, IsAutomorphism G f → ∀ a, P a → P (f a)

variable {G : Group α} {H : Group β} {K : Group γ} {f : α → β} {g : β → γ}

/-- A homomorphism sends the identity element to the identity element. -/
theorem IsHom.map_one (hf : IsHom G H f) : f G.one = H.one := by
  apply Group.mul_left_cancel (G := H) (a := f G.one)
  rw [← hf, G.one_mul, H.mul_one]

/-- A homomorphism sends inverses to inverses. -/
theorem IsHom.map_inv (hf : IsHom G H f) (a : α) : f (G.inv a) = H.inv (f a) :=
  Group.eq_inv_of_mul_eq_one (by rw [← hf, G.mul_inv, hf.map_one])

/-- A homomorphism sends powers to powers. -/
theorem IsHom.map_pow (hf : IsHom G H f) (a : α) (k : Nat) : f (G.pow a k) = H.pow (f a) k := by
  induction k with
  | zero => exact hf.map_one
  | succ k ih => rw [G.pow_succ, hf, ih, H.pow_succ]

/-- The identical map is a homomorphism. -/
theorem isHom_id : IsHom G G id := fun _ _ => rfl

/-- Two homomorphisms one after the other are a homomorphism. -/
theorem IsHom.comp (hg : IsHom H K g) (hf : IsHom G H f) : IsHom G K (g ∘ f) := fun a b => by
  simp only [Function.comp_apply]
  rw [hf, hg]

/-- The kernel of a homomorphism is a subgroup. -/
theorem IsHom.isSubgroup_kernel (hf : IsHom G H f) : IsSubgroup G (Kernel H f) where
  one_mem := hf.map_one
  mul_mem {a b} ha hb := by rw [Kernel] at *; rw [hf, ha, hb, H.one_mul]
  inv_mem {a} ha := by rw [Kernel] at *; rw [hf.map_inv, ha, H.inv_one]

/-- The kernel of a homomorphism holds the conjugates of its elements. -/
theorem IsHom.conj_mem_kernel (hf : IsHom G H f) {a : α} (ha : Kernel H f a) (b : α) :
    Kernel H f (conj G b a) := by
  rw [Kernel] at *
  rw [conj, hf, hf, ha, H.mul_one, ← hf, G.mul_inv, hf.map_one]

/-- The image of a subgroup is a subgroup. -/
theorem IsHom.isSubgroup_imageOf (hf : IsHom G H f) {P : α → Prop} (hP : IsSubgroup G P) :
    IsSubgroup H (ImageOf f P) where
  one_mem := ⟨_, hP.one_mem, hf.map_one⟩
  mul_mem := by rintro _ _ ⟨a, ha, rfl⟩ ⟨b, hb, rfl⟩; exact ⟨_, hP.mul_mem ha hb, hf a b⟩
  inv_mem := by rintro _ ⟨a, ha, rfl⟩; exact ⟨_, hP.inv_mem ha, hf.map_inv a⟩

/-- The image of a homomorphism is a subgroup. -/
theorem IsHom.isSubgroup_image (hf : IsHom G H f) : IsSubgroup H (Image f) where
  one_mem := ⟨_, hf.map_one⟩
  mul_mem := by rintro _ _ ⟨a, rfl⟩ ⟨b, rfl⟩; exact ⟨_, hf a b⟩
  inv_mem := by rintro _ ⟨a, rfl⟩; exact ⟨_, hf.map_inv a⟩

/-- The preimage of a subgroup is a subgroup. -/
theorem IsHom.isSubgroup_preimage (hf : IsHom G H f) {Q : β → Prop} (hQ : IsSubgroup H Q) :
    IsSubgroup G (Preimage f Q) where
  one_mem := by rw [Preimage, hf.map_one]; exact hQ.one_mem
  mul_mem ha hb := by rw [Preimage, hf]; exact hQ.mul_mem ha hb
  inv_mem ha := by rw [Preimage, hf.map_inv]; exact hQ.inv_mem ha

/-- A homomorphism sends two elements to the same one exactly when they differ by the kernel. -/
theorem IsHom.map_eq_iff (hf : IsHom G H f) {a b : α} :
    f a = f b ↔ Kernel H f (G.mul (G.inv a) b) := by
  rw [Kernel, hf, hf.map_inv, H.inv_mul_eq_one_iff]

/-- A homomorphism is injective exactly when its kernel is trivial. -/
theorem IsHom.isMono_iff (hf : IsHom G H f) : IsMono G H f ↔ ∀ a, Kernel H f a → a = G.one := by
  constructor
  · exact fun h a ha => h.injective _ _ (ha.trans hf.map_one.symm)
  · exact fun h => ⟨hf, fun a b hab => G.inv_mul_eq_one_iff.mp (h _ (hf.map_eq_iff.mp hab))⟩

/-- An isomorphism is the same as a homomorphism that is injective and surjective. -/
theorem isIso_iff : IsIso G H f ↔ IsMono G H f ∧ IsEpi G H f :=
  ⟨fun h => ⟨⟨h.hom, h.injective⟩, ⟨h.hom, h.surjective⟩⟩,
    fun h => ⟨h.1.hom, h.1.injective, h.2.surjective⟩⟩

/-- Every group is isomorphic to itself. -/
theorem Isomorphic.refl (G : Group α) : Isomorphic G G :=
  ⟨id, isHom_id, fun _ _ h => h, fun b => ⟨b, rfl⟩⟩

/-- Being isomorphic does not depend on which group is named first. -/
theorem Isomorphic.symm (h : Isomorphic G H) : Isomorphic H G := by
  obtain ⟨f, hf⟩ := h
  have hch : ∀ b, f (Classical.choose (hf.surjective b)) = b := fun b =>
    Classical.choose_spec (hf.surjective b)
  refine ⟨fun b => Classical.choose (hf.surjective b), fun a b => ?_, fun a b hab => ?_,
    fun a => ?_⟩
  · apply hf.injective
    rw [hch, hf.hom, hch, hch]
  · rw [← hch a, ← hch b]
    exact congrArg f hab
  · exact ⟨f a, hf.injective _ _ (hch _)⟩

/-- What is isomorphic to a group isomorphic to a third is isomorphic to the third. -/
theorem Isomorphic.trans (h : Isomorphic G H) (h' : Isomorphic H K) : Isomorphic G K := by
  obtain ⟨f, hf⟩ := h
  obtain ⟨g, hg⟩ := h'
  refine ⟨g ∘ f, hg.hom.comp hf.hom, fun a b hab => hf.injective _ _ (hg.injective _ _ hab),
    fun c => ?_⟩
  obtain ⟨b, rfl⟩ := hg.surjective c
  obtain ⟨a, rfl⟩ := hf.surjective b
  exact ⟨a, rfl⟩

/-- A group isomorphic to an abelian group is abelian. -/
theorem Isomorphic.isAbelian (h : Isomorphic G H) (hG : G.IsAbelian) : H.IsAbelian := by
  obtain ⟨f, hf⟩ := h
  intro b c
  obtain ⟨b, rfl⟩ := hf.surjective b
  obtain ⟨c, rfl⟩ := hf.surjective c
  rw [← hf.hom, hG, hf.hom]

/-- Conjugation by an element is an automorphism. -/
theorem isAutomorphism_conj (G : Group α) (g : α) : IsAutomorphism G (conj G g) where
  hom a b := by simp [conj]
  injective a b h := Group.mul_left_cancel (Group.mul_right_cancel h)
  surjective b := ⟨conj G (G.inv g) b, by simp [conj]⟩

/-- Inner automorphisms are automorphisms. -/
theorem IsInner.isAutomorphism {f : α → α} (h : IsInner G f) : IsAutomorphism G f := by
  obtain ⟨g, rfl⟩ := h
  exact isAutomorphism_conj G g

/-- The group is abelian exactly when all inner automorphisms are the identical map. -/
theorem isAbelian_iff_conj : G.IsAbelian ↔ ∀ g, conj G g = id := by
  constructor
  · intro h g
    funext a
    change G.mul (G.mul g a) (G.inv g) = a
    rw [h g a]
    simp
  · intro h a b
    have := congrArg (fun c => G.mul c a) (congrFun (h a) b)
    simpa [conj] using this

end Reconstruct.Reference
