import Reconstruct.Substitutions.Foundation

/-! Families of maps, and substitutions. -/

namespace Reconstruct.Calibration

universe u v
variable {α : Type u} {X : Type v}

def Moves (t : α → X → X) (m : α → α → α) (e : α) : Prop :=
  (∀ a b x, t a (t b x) = t (m a b) x) ∧ ∀ x, t e x = x

def Reach (t : α → X → X) (y x : X) : Prop := ∃ a, y = t a x

def Stays (t : α → X → X) (a : α) (x : X) : Prop := t a x = x

def Everywhere (t : α → X → X) : Prop := ∀ x y, ∃ a, t a y = x

def OnlyUnitStays (e : α) (t : α → X → X) : Prop := ∀ a, a ≠ e → ∀ x, t a x ≠ x

def PlacesClosed (n : Nat) (P : Substitution n → Prop) : Prop :=
  P 1 ∧ ∀ s t, P s → P t → P (s * t)

def PlacesList (n : Nat) (l : List (Substitution n)) : Prop :=
  1 ∈ l ∧ (∀ s, s ∈ l → s⁻¹ ∈ l) ∧ ∀ s t, s ∈ l → t ∈ l → s * t ∈ l

def Unmoved {n : Nat} {A B : Type} (f : (Fin n → A) → B) (s : Substitution n) : Prop :=
  ∀ x : Fin n → A, f (fun k => x (s k)) = f x

def Fetches {n : Nat} (P : Substitution n → Prop) : Prop := ∀ j i, ∃ s, P s ∧ s i = j

-- near misses

def NoUnit (t : α → X → X) (m : α → α → α) : Prop := ∀ a b x, t (m a b) x = t a (t b x)

def MovesBackwards (t : α → X → X) (m : α → α → α) (e : α) : Prop :=
  (∀ x, t e x = x) ∧ ∀ a b x, t (m a b) x = t b (t a x)

def FromOne (t : α → X → X) : Prop := ∃ x, ∀ y, ∃ a, t a x = y

def OnlyUnitKeepsAll (e : α) (t : α → X → X) : Prop := ∀ a, (∀ x, t a x = x) → a = e

def MaybeNoPlaces (n : Nat) (P : Substitution n → Prop) : Prop := ∀ s t, P s → P t → P (s * t)

end Reconstruct.Calibration
