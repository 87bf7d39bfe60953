import Reconstruct.Substitutions.Reference.Finite

/-!
# Cosets and the index

A subgroup cuts the group into classes `a P`, the left cosets, and into classes `P a`, the right
cosets. Galois (letter to Chevalier, 29 May 1832) describes both decompositions; the name "coset" is
G. A. Miller's (1910). Lagrange's theorem of 1771 about the number of values of a function is the
count of cosets.
-/

namespace Reconstruct.Reference

universe u

variable {α : Type u} (G : Group α) (P : α → Prop)

/-- Two elements are in the same left coset of `P` (Galois 1832). -/
def LeftCosetRel (a b : α) : Prop := P (G.mul (G.inv a) b)

/-- Two elements are in the same right coset of `P` (Galois 1832). -/
def RightCosetRel (a b : α) : Prop := P (G.mul b (G.inv a))

/-- The left coset `a P` (Galois 1832; the name coset is Miller's, 1910). -/
def LeftCoset (a : α) : α → Prop := fun b => ∃ c, P c ∧ b = G.mul a c

/-- The right coset `P a` (Galois 1832; the name coset is Miller's, 1910). -/
def RightCoset (a : α) : α → Prop := fun b => ∃ c, P c ∧ b = G.mul c a

/-- The double coset `P a Q` (Frobenius 1895). -/
def DoubleCoset (Q : α → Prop) (a : α) : α → Prop :=
  fun b => ∃ c d, P c ∧ Q d ∧ b = G.mul (G.mul c a) d

/-- A transversal: a list with exactly one element of each left coset (Cauchy 1845 arranges the
substitutions so). -/
structure IsTransversal (l : List α) : Prop where
  /-- Every element is in the left coset of an element of the list. -/
  covers : ∀ a, ∃ b, b ∈ l ∧ LeftCosetRel G P b a
  /-- Elements at different places of the list are in different left cosets. -/
  distinct : l.Pairwise fun a b => ¬ LeftCosetRel G P a b

/-- The index of `P` in the group is `k`: there are `k` left cosets (Cauchy 1844, substitutions). -/
def HasIndex (k : Nat) : Prop := ∃ l, IsTransversal G P l ∧ l.length = k

variable {G P}

/-- The relation is membership in the coset. -/
theorem leftCosetRel_iff {a b : α} : LeftCosetRel G P a b ↔ LeftCoset G P a b :=
  ⟨fun h => ⟨_, h, by simp⟩, fun ⟨c, hc, h⟩ => by rw [LeftCosetRel, h]; simpa using hc⟩

/-- The relation is membership in the coset. -/
theorem rightCosetRel_iff {a b : α} : RightCosetRel G P a b ↔ RightCoset G P a b :=
  ⟨fun h => ⟨_, h, by simp⟩, fun ⟨c, hc, h⟩ => by rw [RightCosetRel, h]; simpa using hc⟩

/-- Being in the same left coset of a subgroup is an equivalence. -/
theorem IsSubgroup.leftCosetRel_equivalence (h : IsSubgroup G P) :
    Equivalence (LeftCosetRel G P) where
  refl a := by rw [LeftCosetRel, G.inv_mul]; exact h.one_mem
  symm {a b} hab := by
    have := h.inv_mem hab
    simpa [LeftCosetRel] using this
  trans {a b c} hab hbc := by
    have := h.mul_mem hab hbc
    simpa [LeftCosetRel] using this

/-- Being in the same right coset of a subgroup is an equivalence. -/
theorem IsSubgroup.rightCosetRel_equivalence (h : IsSubgroup G P) :
    Equivalence (RightCosetRel G P) where
  refl a := by rw [RightCosetRel, G.mul_inv]; exact h.one_mem
  symm {a b} hab := by
    have := h.inv_mem hab
    simpa [RightCosetRel] using this
  trans {a b c} hab hbc := by
    have := h.mul_mem hbc hab
    simpa [RightCosetRel] using this

/-- If being in the same left coset is an equivalence, `P` is a subgroup: the two are the same. -/
theorem isSubgroup_iff_equivalence : IsSubgroup G P ↔ Equivalence (LeftCosetRel G P) := by
  refine ⟨fun h => h.leftCosetRel_equivalence, fun h => ?_⟩
  have hone : P G.one := by
    have := h.refl G.one
    rwa [LeftCosetRel, G.inv_mul] at this
  have key : ∀ {a}, P a ↔ LeftCosetRel G P G.one a := fun {a} => by simp [LeftCosetRel]
  refine ⟨hone, fun {a b} ha hb => ?_, fun {a} ha => ?_⟩
  · have h₁ : LeftCosetRel G P G.one a := key.mp ha
    have h₂ : LeftCosetRel G P a (G.mul a b) := by
      rw [LeftCosetRel, G.inv_mul_cancel_left]
      exact hb
    exact key.mpr (h.trans h₁ h₂)
  · have := h.symm (key.mp ha)
    simpa [LeftCosetRel] using this

/-- Inverting the elements exchanges left and right cosets. -/
theorem IsSubgroup.leftCosetRel_inv_iff (h : IsSubgroup G P) {a b : α} :
    LeftCosetRel G P (G.inv a) (G.inv b) ↔ RightCosetRel G P a b := by
  rw [RightCosetRel, ← h.inv_mem_iff]
  simp [LeftCosetRel]

/-- Two left cosets of a subgroup that share an element are the same. -/
theorem IsSubgroup.leftCoset_eq (h : IsSubgroup G P) {a b c : α} (ha : LeftCoset G P a c)
    (hb : LeftCoset G P b c) : LeftCoset G P a = LeftCoset G P b := by
  have heq := h.leftCosetRel_equivalence
  rw [← leftCosetRel_iff] at ha hb
  funext d
  apply propext
  rw [← leftCosetRel_iff, ← leftCosetRel_iff]
  exact ⟨fun hd => heq.trans (heq.trans hb (heq.symm ha)) hd,
    fun hd => heq.trans (heq.trans ha (heq.symm hb)) hd⟩

/-- Multiplying by `a` is a bijection from the subgroup to its coset. -/
theorem leftCoset_mul_iff {a c : α} : LeftCoset G P a (G.mul a c) ↔ P c :=
  ⟨fun ⟨_, hd, h⟩ => Group.mul_left_cancel h ▸ hd, fun h => ⟨c, h, rfl⟩⟩

/-- All left cosets have as many elements as the subgroup. -/
theorem HasCard.leftCoset {n : Nat} (h : HasCard P n) (a : α) : HasCard (LeftCoset G P a) n := by
  obtain ⟨l, hl, hmem, rfl⟩ := h
  refine ⟨l.map (G.mul a), nodup_map (fun _ _ => Group.mul_left_cancel) hl, fun b => ?_, by simp⟩
  rw [List.mem_map]
  exact ⟨fun ⟨c, hc, h⟩ => ⟨c, (hmem c).mp hc, h.symm⟩,
    fun ⟨c, hc, h⟩ => ⟨c, (hmem c).mpr hc, h.symm⟩⟩

/-- Lagrange's theorem in its later form: the order of a finite group is the index of a subgroup
times the order of the subgroup (Jordan 1870 calls it Lagrange's). -/
theorem order_eq_index_mul {n k c : Nat} (h : IsSubgroup G P) (hG : HasOrder G n)
    (hk : HasIndex G P k) (hc : HasCard P c) : n = k * c := by
  obtain ⟨t, ht, rfl⟩ := hk
  obtain ⟨l, hl, hmem, rfl⟩ := hc
  refine HasCard.unique hG ⟨t.flatMap fun a => l.map (G.mul a), ?_, fun b => ?_, ?_⟩
  · refine List.pairwise_flatMap.mpr
      ⟨fun a _ => nodup_map (fun _ _ => Group.mul_left_cancel) hl, ht.distinct.imp ?_⟩
    intro a b hab x hx y hy hxy
    obtain ⟨c, hc, rfl⟩ := List.mem_map.mp hx
    obtain ⟨d, hd, rfl⟩ := List.mem_map.mp hy
    have heq := h.leftCosetRel_equivalence
    have h₁ : LeftCosetRel G P a (G.mul a c) := leftCosetRel_iff.mpr ⟨c, (hmem c).mp hc, rfl⟩
    have h₂ : LeftCosetRel G P b (G.mul a c) := leftCosetRel_iff.mpr ⟨d, (hmem d).mp hd, hxy⟩
    exact hab (heq.trans h₁ (heq.symm h₂))
  · refine ⟨fun _ => trivial, fun _ => ?_⟩
    obtain ⟨a, ha, hab⟩ := ht.covers b
    obtain ⟨c, hc, rfl⟩ := leftCosetRel_iff.mp hab
    exact List.mem_flatMap.mpr ⟨a, ha, List.mem_map.mpr ⟨c, (hmem c).mpr hc, rfl⟩⟩
  · rw [List.length_flatMap]
    simp [List.map_const', List.sum_replicate_nat]

/-- The whole group has index one. -/
theorem hasIndex_whole : HasIndex G (Whole G) 1 :=
  ⟨[G.one], ⟨fun _ => ⟨G.one, by simp, trivial⟩, by simp⟩, rfl⟩

end Reconstruct.Reference
