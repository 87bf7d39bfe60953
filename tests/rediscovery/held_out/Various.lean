import Reconstruct.Substitutions.Foundation

/-! Written after the comparison was finished, to see how it does on what it was not built with. -/

namespace Reconstruct.HeldOut

universe u v
variable {α : Type u} {β : Type v}

structure Stable (P : α → Prop) (m : α → α → α) (e : α) (i : α → α) : Prop where
  start : P e
  quotient : ∀ a b, P a → P b → P (m (i a) b)

def TwoSided (m : α → α → α) (e : α) : Prop :=
  (∀ a b c, m a (m b c) = m (m a b) c) ∧ ∀ a, m a e = a ∧ m e a = a

def Undoes (e : α) (i : α → α) (m : α → α → α) : Prop := ∀ a, m a (i a) = e ∧ m (i a) a = e

def SwapsAll (m : α → α → α) (P : α → Prop) (b : α) : Prop := ∀ a, P a → m b a = m a b

def Inside (P Q : α → Prop) : Prop := ¬ ∃ a, P a ∧ ¬ Q a

def Shadow (f : α → β) (P : α → Prop) (b : β) : Prop := ¬ ∀ a, P a → f a ≠ b

def RightShift (P : α → Prop) (m : α → α → α) (a b : α) : Prop := ∃ p, P p ∧ m p a = b

def TwoShift (m : α → α → α) (P Q : α → Prop) (a b : α) : Prop :=
  ∃ p q, (P p ∧ Q q) ∧ b = m p (m a q)

def Kin (m : α → α → α) (i : α → α) (b a : α) : Prop := ∃ g, m (m (i g) a) g = b

def NeverMoved (t : α → β → β) (x : β) : Prop := ¬ ∃ a, t a x ≠ x

def Kernelled (f : α → β) (e : α) (u : β) (m : α → α → α) (n : β → β → β) : Prop :=
  (∀ a b, f (m a b) = n (f a) (f b)) ∧ f e = u ∧ ∀ a, f a = u → a = e

def Period (m : α → α → α) (e : α) (a : α) : Prop :=
  ∃ d, 0 < d ∧ Nat.rec e (fun _ x => m x a) d = e

def Even {n : Nat} (s : Substitution n) : Prop := s.IsEven

def Simple (m : α → α → α) (e : α) (i : α → α) : Prop :=
  (∃ a, a ≠ e) ∧ ∀ P : α → Prop, P e → (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (i a)) →
    (∀ a g, P a → P (m (m g a) (i g))) → (∀ a, P a → a = e) ∨ ∀ a, P a

-- near misses

def StableTwice (P : α → Prop) (m : α → α → α) (e : α) : Prop := P e ∧ ∀ a, P a → P (m a a)

def UndoesOnce (m : α → α → α) (e : α) (i : α → α) : Prop := ∀ a, m a (i a) = e

def SwapsSome (m : α → α → α) (P : α → Prop) (b : α) : Prop := ∃ a, P a ∧ m b a = m a b

def SomeMoved (t : α → β → β) (x : β) : Prop := ∃ a, t a x = x

def SquareZero (e : α) (m : α → α → α) (a : α) : Prop := m a a = e

def Narrow (m : α → α → α) (e : α) (i : α → α) : Prop :=
  ∀ P : α → Prop, P e → (∀ a b, P a → P b → P (m a b)) → (∀ a, P a → P (i a)) →
    (∀ a, P a → a = e) ∨ ∀ a, P a

end Reconstruct.HeldOut
