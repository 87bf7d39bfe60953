import Reconstruct.Substitutions.Foundation

/-! Laws of one operation. -/

namespace Reconstruct.Calibration

universe u v
variable {α : Type u} {β : Type v}

def FiveLaws (m : α → α → α) (e : α) (i : α → α) : Prop :=
  (∀ a, m a e = a) ∧ (∀ a, m e a = a) ∧ (∀ a, m (i a) a = e) ∧ (∀ a, m a (i a) = e) ∧
    ∀ a b c, m (m a b) c = m a (m b c)

def LeftLaws (i : α → α) (e : α) (m : α → α → α) : Prop :=
  (∀ a b c, m a (m b c) = m (m a b) c) ∧ (∀ a, m e a = a) ∧ ∀ a, m (i a) a = e

structure Bundle (α : Type u) where
  op : α → α → α
  unit : α
  back : α → α
  brackets : ∀ a b c, op (op a b) c = op a (op b c)
  unit_op : ∀ a, op unit a = a
  op_unit : ∀ a, op a unit = a
  back_op : ∀ a, op (back a) a = unit
  op_back : ∀ a, op a (back a) = unit

def SomeUnit (m : α → α → α) : Prop :=
  (∀ a b c, m (m a b) c = m a (m b c)) ∧
    ∃ e, (∀ a, m e a = a) ∧ (∀ a, m a e = a) ∧ ∀ a, ∃ b, m a b = e ∧ m b a = e

def Splits (m : α → α → α) : Prop := ∀ a b c, b ≠ c → m a b ≠ m a c

def Orderless (α : Type u) (m : α × α → α) : Prop := ∀ a b, m (a, b) = m (b, a)

def Carried (f : α → β) (m : α → α → α) (n : β → β → β) : Prop := ∀ a b, n (f a) (f b) = f (m a b)

def CarriedApart (f : α → β) (m : α → α → α) (n : β → β → β) : Prop :=
  (∀ a b, f (m a b) = n (f a) (f b)) ∧ ∀ a b, a ≠ b → f a ≠ f b

def Correspondence (f : α → β) (m : α → α → α) (n : β → β → β) : Prop :=
  (∀ a b, f (m a b) = n (f a) (f b)) ∧ ∀ b, ∃ a, f a = b ∧ ∀ c, f c = b → c = a

def SentToUnit (f : α → β) (u : β) (a : α) : Prop := u = f a

def OwnSquare (m : α → α → α) (a : α) : Prop := a = m a a

def Unique (m : α → α → α) : Prop :=
  (∀ a b, ∃ x, ∀ y, m a y = b ↔ y = x) ∧ ∀ a b, ∃ x, ∀ y, m y a = b ↔ y = x

-- near misses

def FourLaws (m : α → α → α) (e : α) (i : α → α) : Prop :=
  (∀ a, m a e = a) ∧ (∀ a, m e a = a) ∧ (∀ a, m (i a) a = e) ∧ ∀ a, m a (i a) = e

def NoBack (m : α → α → α) (e : α) : Prop :=
  (∀ a, m a e = a) ∧ (∀ a, m e a = a) ∧ ∀ a b c, m (m a b) c = m a (m b c)

def Mixed (m : α → α → α) (e : α) (i : α → α) : Prop :=
  (∀ a b c, m (m a b) c = m a (m b c)) ∧ (∀ a, m e a = a) ∧ ∀ a, m a (i a) = e

def Reversed (f : α → β) (m : α → α → α) (n : β → β → β) : Prop := ∀ a b, f (m a b) = n (f b) (f a)

def SplitsRight (m : α → α → α) : Prop := ∀ a b c, b ≠ c → m b a ≠ m c a

def CarriedOnto (f : α → β) (m : α → α → α) (n : β → β → β) : Prop :=
  (∀ a b, f (m a b) = n (f a) (f b)) ∧ ∀ b, ∃ a, f a = b

end Reconstruct.Calibration
