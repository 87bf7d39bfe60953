import Reconstruct.Substitutions.Foundation

/-! Elements, their powers, their classes. -/

namespace Reconstruct.Calibration

universe u
variable {α : Type u}

def leftPower (m : α → α → α) (e : α) (a : α) : Nat → α
  | 0 => e
  | k + 1 => m a (leftPower m e a k)

def HasPeriod (m : α → α → α) (e : α) (d : Nat) (a : α) : Prop :=
  leftPower m e a d = e ∧ 0 < d ∧ ∀ k, 0 < k → leftPower m e a k = e → d ≤ k

def PeriodContra (m : α → α → α) (e : α) (a : α) (d : Nat) : Prop :=
  0 < d ∧ leftPower m e a d = e ∧ ∀ k, 0 < k → k < d → leftPower m e a k ≠ e

def PeriodGiven (e : α) (pw : α → Nat → α) (a : α) (d : Nat) : Prop :=
  0 < d ∧ pw a d = e ∧ ∀ k, 0 < k → pw a k = e → d ≤ k

def Interchanges (m : α → α → α) (a : α) : Prop := ∀ b, m b a = m a b

def KeepsWith (m : α → α → α) (b a : α) : Prop := m b a = m a b

def SameKind (m : α → α → α) (a b : α) : Prop := ∃ g, m g a = m b g

def difference (m : α → α → α) (i : α → α) (a b : α) : α := m (m a b) (i (m b a))

def around (m : α → α → α) (i : α → α) (g a : α) : α := m g (m a (i g))

def LeftClass (m : α → α → α) (i : α → α) (P : α → Prop) (a b : α) : Prop := P (m (i b) a)

def LeftShift (m : α → α → α) (P : α → Prop) (b a : α) : Prop := ∃ c, P c ∧ m a c = b

def OwnInverse (e : α) (i : α → α) (a : α) : Prop := i a = a ∧ a ≠ e

-- near misses

def RightClass (m : α → α → α) (i : α → α) (P : α → Prop) (a b : α) : Prop := P (m b (i a))

def BothSides (m : α → α → α) (P : α → Prop) (a b : α) : Prop :=
  ∃ c d, P c ∧ P d ∧ b = m (m c a) d

def SomeInterchange (m : α → α → α) (a : α) : Prop := ∃ b, m b a = m a b

def Squeezed (m : α → α → α) (a b : α) : Prop := ∃ g, b = m (m g a) g

def otherDifference (m : α → α → α) (i : α → α) (a b : α) : α := m (m (i a) (i b)) (m a b)

def AnyPeriod (m : α → α → α) (e : α) (a : α) (d : Nat) : Prop := 0 < d ∧ leftPower m e a d = e

def LeastWithZero (m : α → α → α) (e : α) (a : α) (d : Nat) : Prop :=
  leftPower m e a d = e ∧ ∀ k, leftPower m e a k = e → d ≤ k

def OnePowers (m : α → α → α) (e : α) : Prop := ∃ a, ∀ b, ∃ k, b = leftPower m e a k

end Reconstruct.Calibration
