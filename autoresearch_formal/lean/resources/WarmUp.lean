import Lean

/-! # What the installer runs once

V8 keeps the machine code of what ran often. The more of the usual work is here, the fewer functions
a new process has to compile again; the more of other work, the longer it takes to start. -/

open Lean Meta

theorem mixed (p q : Prop) (a b : Nat) (xs ys : List Nat) :
    (p → q → p ∧ q) ∧ (a + b = b + a) ∧ (xs ++ ys).length = ys.length + xs.length := by
  refine ⟨fun hp hq => ⟨hp, hq⟩, ?_⟩
  constructor
  · omega
  · simp [Nat.add_comm]

theorem arithmetic (a b c : Nat) (h : a < b) (k : b < c) : a + 2 ≤ c := by omega

theorem induction_ (n : Nat) : 0 + n = n := by
  induction n with
  | zero => rfl
  | succ n ih => rw [← Nat.add_assoc, ih]

theorem congruence (f : Nat → Nat) (a b c : Nat) (h : a = b) (k : f b = c) : f a = c := by grind

theorem cases_ (p q : Prop) (h : p ∧ q ∨ q ∧ p) : q ∧ p := by
  rcases h with ⟨hp, hq⟩ | ⟨hq, hp⟩
  · exact ⟨hq, hp⟩
  · have := hq
    simp_all

def power : Nat → Nat
  | 0 => 1
  | n + 1 => 2 * power n

example : power 10 = 1024 := by decide

#eval show MetaM Unit from do
  for _ in [0:40] do
    for name in [``mixed, ``arithmetic, ``induction_, ``congruence, ``cases_] do
      discard <| ppExpr (← getConstInfo name).type

#eval power 300 % 7
