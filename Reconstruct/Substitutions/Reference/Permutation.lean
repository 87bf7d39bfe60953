import Reconstruct.Substitutions.Foundation.Substitution.Order
import Reconstruct.Substitutions.Foundation.Substitution.Parity
import Reconstruct.Substitutions.Foundation.Values.Basic
import Reconstruct.Substitutions.Reference.Solvable

/-!
# Permutation groups

The groups from which the theory began: collections of substitutions closed under the product,
Galois's "groupes" (1830) and Cauchy's "systèmes de substitutions conjuguées" (1844–46). The file
ties the reference concepts to the substitutions of the foundation: Lagrange's number of values is
an index, and Cayley's theorem (1854) puts every finite group inside a symmetric group.
-/

namespace Reconstruct.Reference

universe u v

/-- The symmetric group: all substitutions of `n` letters (the name is of the 1880s, the group is
Lagrange's, Ruffini's and Galois's). -/
def symmetricGroup (n : Nat) : Group (Substitution n) where
  mul s t := s * t
  one := 1
  inv s := s⁻¹
  mul_assoc := Substitution.mul_assoc
  one_mul := Substitution.one_mul
  mul_one := Substitution.mul_one
  inv_mul := Substitution.inv_mul_cancel
  mul_inv := Substitution.mul_inv_cancel

/-- A permutation group: a collection of substitutions that is a subgroup of the symmetric group
(Galois 1830, Cauchy 1844). -/
def IsPermutationGroup {n : Nat} (P : Substitution n → Prop) : Prop :=
  IsSubgroup (symmetricGroup n) P

/-- The alternating group: the even substitutions (Cauchy 1815, the name is Jordan's, 1873). -/
def Alternating (n : Nat) : Substitution n → Prop := fun s => s.IsEven

/-- Klein's four-group: the substitutions of four letters made of two exchanges, and the identical
one (Klein 1884; Lagrange's solution of the fourth degree rests on it). -/
def KleinFour : Substitution 4 → Prop := fun s =>
  s = 1 ∨ ∃ i j k l, [i, j, k, l].Nodup ∧ s = Substitution.swap i j * Substitution.swap k l

/-- A permutation group is transitive when it can put any letter in the place of any letter
(Cauchy 1845). -/
def IsTransitiveGroup {n : Nat} (P : Substitution n → Prop) : Prop :=
  ∀ i j, ∃ s, P s ∧ s i = j

/-- The symmetry group of a function of letters: the substitutions that leave it unchanged
(Lagrange 1771). -/
def SymmetryGroup {n : Nat} {α : Type u} {β : Type v} (f : LetterFunction n α β) :
    Substitution n → Prop := fun s => f.Unchanged s

/-- The regular representation of a group on `n` elements: each element as the substitution that it
makes by left multiplication (Cayley 1854, Jordan 1870). -/
def regular {n : Nat} (G : Group (Fin n)) (a : Fin n) : Substitution n where
  toFun := G.mul a
  inv := G.mul (G.inv a)
  left_inv := G.inv_mul_cancel_left a
  right_inv := G.mul_inv_cancel_left a

variable {n : Nat} {P : Substitution n → Prop}

/-- A permutation group in elementary words: the identical substitution, products and inverses. -/
theorem isPermutationGroup_iff : IsPermutationGroup P ↔
    P 1 ∧ (∀ s t, P s → P t → P (s * t)) ∧ ∀ s, P s → P s⁻¹ :=
  ⟨fun h => ⟨h.one_mem, fun _ _ => h.mul_mem, fun _ => h.inv_mem⟩,
    fun h => ⟨h.1, fun {_ _} => h.2.1 _ _, fun {_} => h.2.2 _⟩⟩

/-- Powers in the symmetric group are the powers of substitutions. -/
theorem symmetricGroup_pow (s : Substitution n) (k : Nat) : (symmetricGroup n).pow s k = s ^ k := by
  induction k with
  | zero => rfl
  | succ k ih => rw [Group.pow_succ, ih]; rfl

/-- The order of a substitution is its order in the symmetric group. -/
theorem elementHasOrder_iff {s : Substitution n} {k : Nat} :
    ElementHasOrder (symmetricGroup n) s k ↔ s.order = k := by
  have key : ElementHasOrder (symmetricGroup n) s s.order :=
    ⟨s.order_pos, (symmetricGroup_pow s _).trans s.pow_order, fun j hj hje =>
      Substitution.order_le hj ((symmetricGroup_pow s j).symm.trans hje)⟩
  exact ⟨key.unique, fun h => h ▸ key⟩

/-- For permutation groups, which are finite, closure under products is enough (Ruffini 1799, Cauchy
1815): the inverse is a power. -/
theorem isPermutationGroup_of_mul (hone : P 1) (hmul : ∀ s t, P s → P t → P (s * t)) :
    IsPermutationGroup P := by
  refine isPermutationGroup_iff.mpr ⟨hone, hmul, fun s hs => ?_⟩
  have hpow : ∀ k : Nat, P (s ^ k) := by
    intro k
    induction k with
    | zero => exact hone
    | succ k ih => exact hmul _ _ ih hs
  rw [Substitution.inv_eq_pow]
  exact hpow _

/-- The symmetric group has order `n!`. -/
theorem hasOrder_symmetricGroup (n : Nat) : HasOrder (symmetricGroup n) (factorial n) :=
  ⟨Substitution.all n, Substitution.nodup_all n,
    fun s => ⟨fun _ => trivial, fun _ => Substitution.mem_all s⟩, Substitution.length_all n⟩

/-- The alternating group is a normal subgroup of the symmetric group. -/
theorem isNormal_alternating (n : Nat) : IsNormal (symmetricGroup n) (Alternating n) where
  one_mem := Substitution.isEven_one
  mul_mem := Substitution.IsEven.mul
  inv_mem := Substitution.IsEven.inv
  conj_mem := Substitution.IsEven.mul_mul_inv

/-- For two or more letters, twice the number of elements of the alternating group is `n!`. -/
theorem hasCard_alternating (h : 2 ≤ n) :
    ∃ k, HasCard (Alternating n) k ∧ 2 * k = factorial n :=
  ⟨_, ⟨Substitution.allEven n, Substitution.nodup_allEven n,
      fun _ => Substitution.mem_allEven, rfl⟩,
    Substitution.two_mul_length_allEven h⟩

/-- The symmetry group of a function is a permutation group (Ruffini 1799). -/
theorem isPermutationGroup_symmetryGroup {α : Type u} {β : Type v} (f : LetterFunction n α β) :
    IsPermutationGroup (SymmetryGroup f) :=
  ⟨f.unchanged_one, LetterFunction.Unchanged.mul, LetterFunction.Unchanged.inv⟩

/-- Two substitutions give the same value of a function exactly when they are in the same left coset
of its symmetry group. -/
theorem permuted_eq_iff_leftCosetRel {α : Type u} {β : Type v} {f : LetterFunction n α β}
    {s t : Substitution n} :
    f.permuted s = f.permuted t ↔ LeftCosetRel (symmetricGroup n) (SymmetryGroup f) s t := by
  rw [eq_comm]
  exact LetterFunction.permuted_eq_permuted_iff

/-- Lagrange's number of values is the index of the symmetry group. -/
theorem hasValues_iff_hasIndex {α : Type u} {β : Type v} {f : LetterFunction n α β} {k : Nat} :
    f.HasValues k ↔ HasIndex (symmetricGroup n) (SymmetryGroup f) k := by
  have key : ∀ k, HasIndex (symmetricGroup n) (SymmetryGroup f) k → f.HasValues k := by
    rintro _ ⟨l, hl, rfl⟩
    refine ⟨l.map f.permuted, ?_, fun g => ?_, List.length_map ..⟩
    · exact List.Pairwise.map _ (fun s t h he => h (permuted_eq_iff_leftCosetRel.mp he)) hl.distinct
    · rw [List.mem_map]
      constructor
      · rintro ⟨s, _, rfl⟩
        exact f.isValue_permuted s
      · rintro ⟨s, rfl⟩
        obtain ⟨t, ht, hts⟩ := hl.covers s
        exact ⟨t, ht, permuted_eq_iff_leftCosetRel.mpr hts⟩
  refine ⟨?_, key k⟩
  -- a choice of one substitution for each value is a transversal
  rintro ⟨l, hl, hmem, rfl⟩
  have hch : ∀ g, g ∈ l → ∃ s, f.permuted s = g := fun g hg => (hmem g).mp hg
  have hlist : ∀ l : List (LetterFunction n α β), l.Nodup → (∀ g, g ∈ l → ∃ s, f.permuted s = g) →
      ∃ m : List (Substitution n), m.map f.permuted = l := by
    intro l hl hch
    induction l with
    | nil => exact ⟨[], rfl⟩
    | cons g l ih =>
      obtain ⟨s, hs⟩ := hch g (List.mem_cons_self ..)
      obtain ⟨m, hm⟩ := ih (List.nodup_cons.mp hl).2 fun g hg => hch g (List.mem_cons_of_mem _ hg)
      exact ⟨s :: m, by rw [List.map_cons, hs, hm]⟩
  obtain ⟨m, rfl⟩ := hlist l hl hch
  refine ⟨m, ⟨fun s => ?_, ?_⟩, (List.length_map ..).symm⟩
  · obtain ⟨t, ht, hts⟩ := List.mem_map.mp ((hmem _).mpr (f.isValue_permuted s))
    exact ⟨t, ht, permuted_eq_iff_leftCosetRel.mp hts⟩
  · exact (List.pairwise_map.mp hl).imp fun hne hrel => hne (permuted_eq_iff_leftCosetRel.mpr hrel)

/-- The substitutions act on the letters. -/
theorem isAction_letters (n : Nat) :
    IsAction (symmetricGroup n) (fun (s : Substitution n) (i : Fin n) => s i) :=
  ⟨fun _ => rfl, fun _ _ _ => rfl⟩

/-- Conjugate substitutions, the old word "similar": one is the other with the letters renamed. -/
theorem isConjugate_iff {s t : Substitution n} :
    IsConjugate (symmetricGroup n) s t ↔ ∃ u : Substitution n, t = u * s * u⁻¹ := Iff.rfl

/-- Cayley's theorem (1854): the regular representation puts a group on `n` elements one to one into
the symmetric group of `n` letters. -/
theorem isMono_regular (G : Group (Fin n)) : IsMono G (symmetricGroup n) (regular G) where
  hom a b := Substitution.ext fun i => G.mul_assoc a b i
  injective a b h := by
    have := congrArg (fun s : Substitution n => s G.one) h
    simpa [regular] using this

/-- The regular representation is transitive. -/
theorem isTransitiveGroup_regular (G : Group (Fin n)) : IsTransitiveGroup (Image (regular G)) :=
  fun i j => ⟨regular G (G.mul j (G.inv i)), ⟨_, rfl⟩, by simp [regular]⟩

/-- A group on `n` elements is isomorphic to a permutation group. -/
theorem isPermutationGroup_image_regular (G : Group (Fin n)) :
    IsPermutationGroup (Image (regular G)) := (isMono_regular G).hom.isSubgroup_image

end Reconstruct.Reference
