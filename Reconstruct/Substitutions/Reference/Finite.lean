import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole
import Reconstruct.Substitutions.Reference.Subgroup

/-!
# Finite groups, orders and exponents

The order of a group is the number of its elements, the order of an element the least positive
exponent that gives the identity element (Cauchy 1844–46 uses "ordre" for both). Finiteness is
stated through a list without repetition.
-/

namespace Reconstruct.Reference

universe u

variable {α : Type u}

/-- Exactly `n` elements satisfy `P`. -/
def HasCard (P : α → Prop) (n : Nat) : Prop :=
  ∃ l : List α, l.Nodup ∧ (∀ a, a ∈ l ↔ P a) ∧ l.length = n

/-- The group has order `n`: its carrier has `n` elements (Cauchy 1844). -/
def HasOrder (G : Group α) (n : Nat) : Prop := HasCard (Whole G) n

/-- The group is finite; all groups were before Klein and Lie (1870). -/
def IsFinite (G : Group α) : Prop := ∃ n, HasOrder G n

/-- The element has order `n`: `n` is the least positive exponent that gives the identity element
(Gauss 1801 for residues, Cauchy 1815 for substitutions). -/
structure ElementHasOrder (G : Group α) (a : α) (n : Nat) : Prop where
  /-- The order is positive. -/
  pos : 0 < n
  /-- The power by the order is the identity element. -/
  pow_eq_one : G.pow a n = G.one
  /-- No smaller positive exponent does this. -/
  minimal : ∀ k, 0 < k → G.pow a k = G.one → n ≤ k

/-- An element of finite order: a torsion element. -/
def IsTorsion (G : Group α) (a : α) : Prop := ∃ n, 0 < n ∧ G.pow a n = G.one

/-- An involution: an element of order two (the geometers' word, Desargues 1639). -/
def IsInvolution (G : Group α) (a : α) : Prop := a ≠ G.one ∧ G.mul a a = G.one

/-- The group has exponent `n`: `n` is the least positive number for which all `n`-th powers are the
identity element (Burnside 1902 asks which such groups are finite). -/
structure HasExponent (G : Group α) (n : Nat) : Prop where
  /-- The exponent is positive. -/
  pos : 0 < n
  /-- All powers by the exponent are the identity element. -/
  pow_eq_one : ∀ a, G.pow a n = G.one
  /-- No smaller positive number does this. -/
  minimal : ∀ k, 0 < k → (∀ a, G.pow a k = G.one) → n ≤ k

/-- A `p`-group: the order of every element is a power of `p` (Sylow 1872). -/
def IsPGroup (p : Nat) (G : Group α) : Prop := ∀ a, ∃ k, G.pow a (p ^ k) = G.one

/-- A `p`-subgroup: the order of each of its elements is a power of `p` (Sylow 1872). -/
structure IsPSubgroup (p : Nat) (G : Group α) (P : α → Prop) : Prop extends IsSubgroup G P where
  /-- Each element has some power of `p` as exponent. -/
  pow_eq_one : ∀ a, P a → ∃ k, G.pow a (p ^ k) = G.one

/-- A Sylow `p`-subgroup: a maximal `p`-subgroup (Sylow 1872). -/
structure IsSylow (p : Nat) (G : Group α) (P : α → Prop) : Prop extends IsPSubgroup p G P where
  /-- No `p`-subgroup contains it properly. -/
  maximal : ∀ Q, IsPSubgroup p G Q → Contained P Q → Contained Q P

variable {G : Group α} {P Q : α → Prop}

/-- A subset has only one number of elements. -/
theorem HasCard.unique {m n : Nat} (hm : HasCard P m) (hn : HasCard P n) : m = n := by
  obtain ⟨l, hl, hmem, rfl⟩ := hm
  obtain ⟨l', hl', hmem', rfl⟩ := hn
  exact length_eq_of_nodup_of_mem_iff hl hl' fun a => (hmem a).trans (hmem' a).symm

/-- The trivial subgroup has one element. -/
theorem hasCard_trivial : HasCard (Trivial G) 1 := ⟨[G.one], by simp, by simp [Trivial], rfl⟩

/-- A subgroup that is finite has at least one element. -/
theorem IsSubgroup.card_pos (h : IsSubgroup G P) {n : Nat} (hn : HasCard P n) : 0 < n := by
  obtain ⟨l, _, hmem, rfl⟩ := hn
  exact List.length_pos_of_mem ((hmem G.one).mpr h.one_mem)

/-- An element has only one order. -/
theorem ElementHasOrder.unique {a : α} {m n : Nat} (hm : ElementHasOrder G a m)
    (hn : ElementHasOrder G a n) : m = n :=
  Nat.le_antisymm (hm.minimal n hn.pos hn.pow_eq_one) (hn.minimal m hm.pos hm.pow_eq_one)

/-- The identity element has order one. -/
theorem elementHasOrder_one : ElementHasOrder G G.one 1 :=
  ⟨Nat.one_pos, G.pow_one _, fun _ h _ => h⟩

/-- Only the identity element has order one. -/
theorem ElementHasOrder.eq_one {a : α} (h : ElementHasOrder G a 1) : a = G.one := by
  have := h.pow_eq_one
  rwa [G.pow_one] at this

/-- The order divides every exponent that gives the identity element, and only these. -/
theorem ElementHasOrder.dvd_iff {a : α} {n k : Nat} (h : ElementHasOrder G a n) :
    n ∣ k ↔ G.pow a k = G.one := by
  constructor
  · rintro ⟨q, rfl⟩
    rw [G.pow_mul, h.pow_eq_one, G.one_pow]
  · intro hk
    apply Decidable.byContradiction
    intro hnd
    have hmod : G.pow a (k % n) = G.one := by
      rw [← Nat.div_add_mod k n, G.pow_add, G.pow_mul, h.pow_eq_one, G.one_pow, G.one_mul] at hk
      exact hk
    have hlt := Nat.mod_lt k h.pos
    have := h.minimal (k % n) (Nat.pos_of_ne_zero fun h0 => hnd (Nat.dvd_of_mod_eq_zero h0)) hmod
    omega

/-- An element has an order exactly when it is a torsion element. -/
theorem isTorsion_iff {a : α} : IsTorsion G a ↔ ∃ n, ElementHasOrder G a n := by
  refine ⟨fun ⟨n, hpos, hn⟩ => ?_, fun ⟨n, h⟩ => ⟨n, h.pos, h.pow_eq_one⟩⟩
  -- the least such exponent, found by strong induction
  induction n using Nat.strongRecOn with
  | ind n ih =>
    by_cases hmin : ∃ k, k < n ∧ 0 < k ∧ G.pow a k = G.one
    · obtain ⟨k, hlt, hk, he⟩ := hmin
      exact ih k hlt hk he
    · exact ⟨n, hpos, hn, fun k hk he => Nat.not_lt.mp fun hlt => hmin ⟨k, hlt, hk, he⟩⟩

/-- An involution is an element of order two. -/
theorem isInvolution_iff {a : α} : IsInvolution G a ↔ ElementHasOrder G a 2 := by
  constructor
  · rintro ⟨hne, h⟩
    refine ⟨by omega, by simpa [G.pow_succ] using h, fun k hk he => ?_⟩
    apply Nat.not_lt.mp
    intro hlt
    have h1 : k = 1 := by omega
    rw [h1, G.pow_one] at he
    exact hne he
  · intro h
    refine ⟨fun he => ?_, by simpa [G.pow_succ] using h.pow_eq_one⟩
    have := h.minimal 1 Nat.one_pos (by rw [he]; exact G.pow_one _)
    omega

/-- The order of every element divides the exponent. -/
theorem HasExponent.order_dvd {n k : Nat} {a : α} (h : HasExponent G n)
    (ha : ElementHasOrder G a k) : k ∣ n := ha.dvd_iff.mpr (h.pow_eq_one a)

/-- A group in which every element is its own inverse is abelian. -/
theorem isAbelian_of_mul_self (h : ∀ a, G.mul a a = G.one) : G.IsAbelian := by
  have hinv : ∀ a, G.inv a = a := fun a => (Group.eq_inv_of_mul_eq_one (h a)).symm
  intro a b
  rw [← hinv (G.mul a b), G.mul_inv_rev, hinv, hinv]

/-- The trivial subgroup is a `p`-subgroup. -/
theorem isPSubgroup_trivial (p : Nat) (G : Group α) : IsPSubgroup p G (Trivial G) :=
  ⟨isSubgroup_trivial, fun _ ha => ⟨0, by rw [ha]; exact G.one_pow _⟩⟩

/-- In a `p`-group the whole group is the only Sylow `p`-subgroup. -/
theorem IsPGroup.isSylow_iff {p : Nat} (h : IsPGroup p G) : IsSylow p G P ↔ ∀ a, P a := by
  constructor
  · intro hP a
    exact hP.maximal (Whole G) ⟨isSubgroup_whole, fun a _ => h a⟩ (fun _ _ => trivial) a trivial
  · intro hP
    exact ⟨⟨⟨hP _, fun _ _ => hP _, fun _ => hP _⟩, fun a _ => h a⟩, fun _ _ _ a _ => hP a⟩

end Reconstruct.Reference
