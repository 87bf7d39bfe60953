import Reconstruct.Substitutions.Foundation

/-! Sets closed under operations, as someone without the words would define them. -/

namespace Reconstruct.Calibration

universe u
variable {α : Type u}

def OneStep (P : α → Prop) (i : α → α) (m : α → α → α) : Prop :=
  (∃ a, P a) ∧ ∀ a b, P a → P b → P (m a (i b))

structure Holds (m : α → α → α) (e : α) (i : α → α) (P : α → Prop) : Prop where
  unit : P e
  back : ∀ {x}, P x → P (i x)
  both : ∀ {x y}, P x → P y → P (m x y)

def ListHolds (m : α → α → α) (i : α → α) (e : α) (l : List α) : Prop :=
  (∀ a b, a ∈ l → b ∈ l → m a b ∈ l) ∧ e ∈ l ∧ ∀ a, a ∈ l → i a ∈ l

def TestHolds (p : α → Bool) (m : α → α → α) (e : α) (i : α → α) : Prop :=
  p e = true ∧ (∀ a b, p a = true → p b = true → p (m a b) = true) ∧
    ∀ a, p a = true → p (i a) = true

def PairClosed (m : α × α → α) (P : α → Prop) : Prop := ∀ a b, P a ∧ P b → P (m (a, b))

def ClosedContra (P : α → Prop) (m : α → α → α) : Prop := ∀ a b, ¬ P (m a b) → ¬ P a ∨ ¬ P b

def Steady (m : α → α → α) (i : α → α) (e : α) (P : α → Prop) : Prop :=
  P e ∧ (∀ a b, P a → P b → P (m a b)) ∧ (∀ a, P a → P (i a)) ∧
    ∀ g a, P a → P (m (m g a) (i g))

def Swapping (m : α → α → α) (i : α → α) (e : α) (P : α → Prop) : Prop :=
  P e ∧ (∀ a b, P a → P b → P (m a b)) ∧ (∀ a, P a → P (i a)) ∧
    ∀ a b, P (m a b) → P (m b a)

def SidesAgree (m : α → α → α) (i : α → α) (e : α) (P : α → Prop) : Prop :=
  Holds m e i P ∧ ∀ a b, P (m (i a) b) ↔ P (m b (i a))

inductive Made (m : α → α → α) (e : α) (i : α → α) (S : α → Prop) : α → Prop
  | unit : Made m e i S e
  | given (x : α) : S x → Made m e i S x
  | back (x : α) : Made m e i S x → Made m e i S (i x)
  | both (x y : α) : Made m e i S x → Made m e i S y → Made m e i S (m x y)

def InAll (m : α → α → α) (e : α) (i : α → α) (S : α → Prop) (x : α) : Prop :=
  ∀ P : α → Prop, Holds m e i P → (∀ a, S a → P a) → P x

def Products (m : α → α → α) (P Q : α → Prop) (x : α) : Prop := ∃ p q, P p ∧ Q q ∧ m p q = x

-- near misses

def NoInverse (m : α → α → α) (e : α) (P : α → Prop) : Prop :=
  P e ∧ ∀ a b, P a → P b → P (m a b)

def NotEmptyClosed (m : α → α → α) (P : α → Prop) : Prop :=
  (∃ a, P a) ∧ ∀ a b, P a → P b → P (m a b)

def NoProduct (e : α) (i : α → α) (P : α → Prop) : Prop := P e ∧ ∀ a, P a → P (i a)

def MaybeEmpty (m : α → α → α) (i : α → α) (P : α → Prop) : Prop :=
  ∀ a b, P a → P b → P (m a (i b))

def OnlyInvariant (m : α → α → α) (i : α → α) (P : α → Prop) : Prop :=
  ∀ g a, P a → P (m (m g a) (i g))

def InvariantWithin (m : α → α → α) (i : α → α) (e : α) (P : α → Prop) : Prop :=
  Holds m e i P ∧ ∀ g a, P g → P a → P (m (m g a) (i g))

inductive MadeForward (m : α → α → α) (e : α) (S : α → Prop) : α → Prop
  | unit : MadeForward m e S e
  | given (x : α) : S x → MadeForward m e S x
  | both (x y : α) : MadeForward m e S x → MadeForward m e S y → MadeForward m e S (m x y)

end Reconstruct.Calibration
