import Reconstruct.Substitutions.Foundation
import Reconstruct.Substitutions.Reference

/-!
# The references on small examples

Each concept holds where it should and fails where a slightly different one would hold.
-/

namespace Reconstruct.Reference

open Substitution

/-- The whole numbers under addition. -/
def integers : Group Int where
  mul := (· + ·)
  one := 0
  inv := (- ·)
  mul_assoc := Int.add_assoc
  one_mul := Int.zero_add
  mul_one := Int.add_zero
  inv_mul := Int.add_left_neg
  mul_inv := Int.add_right_neg

/-- The whole numbers as a ring. -/
def integerRing : Ring Int where
  addGroup := integers
  mulMonoid := ⟨(· * ·), 1, Int.mul_assoc, Int.one_mul, Int.mul_one⟩
  add_comm := Int.add_comm
  left_distrib := Int.mul_add
  right_distrib := Int.add_mul

/-! ## Laws of an operation -/

example : IsSemigroup (Nat.add) ∧ ¬ IsAssociative (Nat.sub) :=
  ⟨Nat.add_assoc, fun h => absurd (h 3 2 1) (by decide)⟩
example : IsMonoid (· + · : Nat → Nat → Nat) 0 :=
  ⟨Nat.add_assoc, ⟨Nat.zero_add, Nat.add_zero⟩⟩
example : ¬ IsGroupOperation (· + · : Nat → Nat → Nat) := by
  rintro ⟨e, i, h⟩
  have h1 := h.identity.mul_one e
  have h2 := h.inverse.inv_mul 1
  simp only at h1 h2
  omega
example : IsQuasigroup (· - · : Int → Int → Int) ∧ ¬ IsGroupOperation (· - · : Int → Int → Int) := by
  refine ⟨⟨fun a b => ⟨a - b, by omega, fun y hy => by omega⟩,
    fun a b => ⟨a + b, by omega, fun y hy => by omega⟩⟩, ?_⟩
  rintro ⟨e, i, h⟩
  have := h.assoc 0 0 1
  simp only at this
  omega
example : integers.IsAbelian := Int.add_comm

/-! ## Subgroups, cosets, the index -/

/-- The substitutions of three letters that leave the last in its place. -/
def pair : Substitution 3 → Prop := fun s => s = 1 ∨ s = swap 0 1

instance : DecidablePred pair := fun s => inferInstanceAs (Decidable (s = 1 ∨ s = swap 0 1))

theorem isSubgroup_pair : IsSubgroup (symmetricGroup 3) pair where
  one_mem := Or.inl rfl
  mul_mem {s t} hs ht := (show ∀ s t, pair s → pair t → pair (s * t) by decide) s t hs ht
  inv_mem {s} hs := (show ∀ s, pair s → pair s⁻¹ by decide) s hs

/-- Closed under the operation, with the identity element, but without inverses. -/
example : IsSubmonoid integers.toMonoid (fun a => 0 ≤ a) ∧ ¬ IsSubgroup integers (fun a => 0 ≤ a) :=
  ⟨⟨Int.le_refl 0, Int.add_nonneg⟩, fun h => absurd (h.inv_mem (a := 1) (by decide)) (by decide)⟩

/-- Closed under the operation and inverses, but empty. -/
example : ¬ IsSubgroup integers (fun _ => False) := fun h => h.one_mem

/-- A subgroup that is not normal: left and right cosets differ. -/
example : ¬ IsNormal (symmetricGroup 3) pair := fun h =>
  absurd (h.conj_mem (a := swap 0 1) (Or.inr rfl) (swap 1 2)) (by decide +kernel)
example : LeftCosetRel (symmetricGroup 3) pair (swap 1 2) (swap 1 2 * swap 0 1) ∧
    ¬ RightCosetRel (symmetricGroup 3) pair (swap 1 2) (swap 1 2 * swap 0 1) := by
  constructor
  · change pair ((swap 1 2)⁻¹ * (swap 1 2 * swap 0 1))
    decide
  · change ¬ pair (swap 1 2 * swap 0 1 * (swap 1 2)⁻¹)
    decide

/-- The even substitutions of three letters have index two. -/
example : HasIndex (symmetricGroup 3) (Alternating 3) 2 :=
  ⟨[1, swap 0 1],
    ⟨fun s => (show ∀ s : Substitution 3, ∃ t, t ∈ [1, swap 0 1] ∧ IsEven (t⁻¹ * s) by decide) s,
      List.Pairwise.cons (fun t ht => by
        rw [List.mem_singleton] at ht
        subst ht
        exact show ¬ IsEven ((1 : Substitution 3)⁻¹ * swap 0 1) by decide)
        (List.pairwise_singleton _ _)⟩, rfl⟩
example : HasCard pair 2 := ⟨[1, swap 0 1], by decide, by simp [pair], rfl⟩
example : HasOrder (symmetricGroup 3) 6 := hasOrder_symmetricGroup 3
example : ElementHasOrder (symmetricGroup 3) (cycle [0, 1, 2]) 3 := elementHasOrder_iff.mpr (by decide)
example : ¬ IsTorsion integers 1 := by
  rintro ⟨k, hpos, hk⟩
  have h : ∀ k : Nat, integers.pow 1 k = (k : Int) := by
    intro k
    induction k with
    | zero => rfl
    | succ k ih => rw [Group.pow_succ, ih]; rfl
  rw [h] at hk
  change (k : Int) = 0 at hk
  omega
example : IsCyclic integers := by
  have h : ∀ k : Nat, integers.pow 1 k = (k : Int) := by
    intro k
    induction k with
    | zero => rfl
    | succ k ih => rw [Group.pow_succ, ih]; rfl
  refine ⟨1, fun b => ⟨b, ?_⟩⟩
  cases b with
  | ofNat k => exact (h k).symm
  | negSucc k =>
    change _ = - integers.pow 1 (k + 1)
    rw [h]
    rfl

/-! ## Homomorphisms and actions -/

example : IsHom integers integers (fun a => 2 * a) ∧ ¬ IsHom integers integers (fun a => a + 1) :=
  ⟨fun a b => Int.mul_add 2 a b, fun h => absurd (h 0 0) (by decide)⟩
example : IsMono integers integers (fun a => 2 * a) ∧ ¬ IsEpi integers integers (fun a => 2 * a) := by
  refine ⟨⟨fun a b => Int.mul_add 2 a b, fun a b (h : 2 * a = 2 * b) => by omega⟩, fun h => ?_⟩
  obtain ⟨a, ha⟩ : ∃ a : Int, 2 * a = 1 := h.surjective 1
  omega
example : Isomorphic (symmetricGroup 3) (symmetricGroup 3) := Isomorphic.refl _
example : ¬ (symmetricGroup 3).IsAbelian := fun h =>
  absurd (h (swap 0 1) (swap 1 2)) (show ¬ swap 0 1 * swap 1 2 = swap 1 2 * swap 0 1 by decide)
example : IsTransitive (fun (s : Substitution 3) (i : Fin 3) => s i) := fun i j =>
  ⟨swap i j, swap_apply_left i j⟩
example : ¬ IsFree (symmetricGroup 3) (fun (s : Substitution 3) (i : Fin 3) => s i) := fun h =>
  absurd (h (swap 0 1) 2 (by decide)) (show ¬ swap 0 1 = (1 : Substitution 3) by decide)
example : IsTransitiveGroup (Alternating 3) ∧ ¬ IsTransitiveGroup pair :=
  ⟨show ∀ i j : Fin 3, ∃ s, IsEven s ∧ s i = j by decide,
    show ¬ ∀ i j : Fin 3, ∃ s, pair s ∧ s i = j by decide⟩

/-! ## Conjugacy, commutators, solvability -/

example : IsConjugate (symmetricGroup 3) (swap 0 1) (swap 1 2) ∧
    ¬ IsConjugate (symmetricGroup 3) (swap 0 1) (cycle [0, 1, 2]) :=
  ⟨show ∃ g : Substitution 3, swap 1 2 = g * swap 0 1 * g⁻¹ by decide,
    show ¬ ∃ g : Substitution 3, cycle [0, 1, 2] = g * swap 0 1 * g⁻¹ by decide⟩
example : ∀ s, Center (symmetricGroup 3) s → s = 1 :=
  show ∀ s : Substitution 3, (∀ t, s * t = t * s) → s = 1 by decide
example : Centralizer (symmetricGroup 3) (swap 0 1) (swap 0 1) ∧
    ¬ Center (symmetricGroup 3) (swap 0 1) :=
  ⟨rfl, show ¬ ∀ t : Substitution 3, swap 0 1 * t = t * swap 0 1 by decide⟩

/-- Three letters: the chain everything, even substitutions, identical substitution. -/
def chain : Nat → Substitution 3 → Prop
  | 0 => Whole (symmetricGroup 3)
  | 1 => Alternating 3
  | _ => Trivial (symmetricGroup 3)

example : IsSolvable (symmetricGroup 3) := by
  refine isSolvable_iff_chain.mpr ⟨chain, 2, ?_⟩
  have hcomm : ∀ s t : Substitution 3, IsEven (s * t * s⁻¹ * t⁻¹) := by decide
  have heven : ∀ s t : Substitution 3, IsEven s → IsEven t → s * t * s⁻¹ * t⁻¹ = 1 := by decide
  constructor
  · exact fun _ => trivial
  · exact fun _ h => h
  · intro i
    match i with
    | 0 => exact isSubgroup_whole
    | 1 => exact (isNormal_alternating 3).toIsSubgroup
    | i + 2 => exact isSubgroup_trivial
  · intro i
    match i with
    | 0 => exact fun _ _ => trivial
    | 1 => exact fun _ h => h ▸ isEven_one
    | i + 2 => exact fun _ h => h
  · intro i s g hs _
    match i with
    | 0 => exact (isNormal_alternating 3).conj_mem hs g
    | 1 | i + 2 => exact (isNormal_trivial (symmetricGroup 3)).conj_mem hs g
  · intro i s t hs ht
    match i with
    | 0 => exact hcomm s t
    | 1 => exact heven s t hs ht
    | i + 2 =>
      rw [show s = 1 from hs, show t = 1 from ht]
      rfl
example : ¬ IsPerfect (symmetricGroup 3) := fun h => by
  have hle : Contained (Derived (symmetricGroup 3)) (Alternating 3) :=
    Generated.least (isNormal_alternating 3).toIsSubgroup fun _ ⟨s, t, _, _, he⟩ => he ▸
      (show ∀ s t : Substitution 3, IsEven (s * t * s⁻¹ * t⁻¹) by decide) s t
  exact absurd (hle _ (h (swap 0 1))) (show ¬ IsEven (swap 0 1 : Substitution 3) by decide)

/-! ## Rings -/

example : IsDomain integerRing :=
  ⟨Int.mul_comm, by decide, fun _ _ h => Int.mul_eq_zero.mp h⟩
example : ¬ IsField integerRing := fun h => by
  obtain ⟨b, hb⟩ := h.exists_inv 2 (by decide)
  change 2 * b = 1 at hb
  omega
example : IsIdeal integerRing (fun a => 2 ∣ a) where
  one_mem := ⟨0, rfl⟩
  mul_mem := fun ha hb => Int.dvd_add ha hb
  inv_mem := fun ha => Int.dvd_neg.mpr ha
  mul_mem_left := fun a {_} hb => Int.dvd_trans hb (Int.dvd_mul_left a _)
  mul_mem_right := fun {_} b ha => Int.dvd_trans ha (Int.dvd_mul_right _ b)

end Reconstruct.Reference
