/-! Shapes of holes, each of which a run can fill. The word sorry in a comment is none. -/
set_option autoImplicit true
universe u v
variable {α : Type u} (xs : List α)

set_option maxHeartbeats 400000 in
open Nat in
theorem opened (n : Nat) : succ n = n + 1 := by
  sorry

local notation "⟪" a "," b "⟫" => (a, b)

theorem noted (a b : Nat) : (⟪a, b⟫).1 = a := by
  sorry

inductive Colour where
  | red | green
  deriving DecidableEq, Repr

#check Colour.red
#print Colour

theorem alln (p : Prop) (hp : p) : p ∧ p := by
  constructor <;> sorry

theorem cs (p q : Prop) (h : p ∨ q) : q ∨ p := by
  cases h with
  | inl hp => sorry
  | inr hq => exact Or.inl (by sorry)

theorem cs' (p q : Prop) (h : p ∨ q) : q ∨ p := by
  cases h
  · sorry
  case inr => sorry

theorem calcd (a b c : Nat) (h : a = b) (h' : b = c) : a = c := by
  calc a = b := sorry
    _ = c := by sorry

private theorem priv (a b : Nat) : a * b = b * a := by
  sorry

private theorem usesPriv (a b : Nat) : a * b = b * a := priv a b

theorem poly (f : α → β) (x y : α) (h : x = y) : f x = f y := by
  sorry

section
variable (n : Nat) (hn : 0 < n)
include hn
theorem incl : n ≠ 0 := by
  sorry
omit hn in
theorem omitted : n + 0 = n := by
  sorry
end

def fn (n : Nat) : { m : Nat // n < m } := ⟨n + 1, sorry⟩

theorem matchd (n : Nat) : (match n with | 0 => 1 | k + 1 => k + 1) > 0 := by
  have h : (match n with | 0 => 1 | k + 1 => k + 1) ≥ 1 := by
    sorry
  exact h

theorem «odd name.here/x» (a : Nat) : a = a := by
  sorry

example (a : Nat) : a ≤ a := sorry

theorem shadow (n : Nat) (h : n = 1) (n : Nat) (h : n = 2) : n = 2 := by
  sorry

theorem anon {p q : Prop} : p → q → p := fun _ _ => sorry

theorem letv : True := by
  let x := 5
  have : x = 5 := sorry
  trivial

theorem inst [Inhabited α] : Nonempty α := by
  sorry

def rec' : Nat → Nat
  | 0 => 0
  | n + 1 => rec' n
termination_by n => n
decreasing_by sorry

theorem matchTerm (n : Nat) : n = n := match n with
  | 0 => sorry
  | k + 1 => sorry

structure Ord' where
  le : Nat → Nat → Prop
  refl : ∀ a, le a a

def natOrd : Ord' where
  le a b := a ≤ b
  refl := by sorry

def natOrd2 : Ord' := { le := fun a b => a ≤ b, refl := fun a => sorry }

theorem text : "sorry" = "sorry" := by
  -- sorry
  show "sorry" = "sorry"
  sorry

def prog : IO Unit := do
  let x ← pure 1
  IO.println s!"{x} sorry"


theorem adm (n : Nat) : n = n := by admit
theorem obt (h : ∃ n : Nat, n = 3) : True := by
  obtain ⟨m, hm⟩ := h
  have : m + 0 = 3 := by sorry
  have := this
  exact (by sorry)

theorem whereProof (a b : Nat) : a + b = b + a := helper a b
where
  helper (a b : Nat) : a + b = b + a := sorry

theorem letRecProof (n : Nat) : n + 0 = n := by
  let rec go (m : Nat) : m + 0 = m := by
    sorry
  exact go n

mutual
theorem Mine.evn (n : Nat) : n + 0 = n := by
  sorry
theorem Mine.odd (n : Nat) : n * 1 = n := by
  sorry
end

namespace Outer
mutual
theorem a₁ (n : Nat) : n + 0 = n := by
  sorry
end
theorem stillOuter (n : Nat) : 0 + n = n := by
  sorry
end Outer

theorem unnamed (p q : Prop) : p → q → q := by
  intro _ _
  sorry

theorem universes {α : Type u} {β : Type v} (a : α) (b : β) : (a, b).2 = b := by
  sorry

theorem nested (p q : Prop) (h : p) (h' : q) : (p ∧ q) ∧ p :=
  ⟨⟨h, by sorry⟩, (sorry : p)⟩
