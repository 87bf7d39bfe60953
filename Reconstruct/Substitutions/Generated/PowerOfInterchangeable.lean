import Reconstruct.Substitutions.Foundation
import Reconstruct.Substitutions.Target.Power

/-!
# Power of interchangeable

Written by a search; every line was checked again by the judge, which trusts neither
the search nor this file.
-/

namespace Reconstruct.Generated

/-- Conjectured from the operations of the goal and proved by induction: m a (pw a k) = m (pw a k)
a. -/
theorem m_pw_comm : ∀ (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G) (h : ∀ (a b c : G),
    m (m a b) c = m a (m b c)) (h_1 : ∀ (a : G), m e a = a) (h_2 : ∀ (a : G), m a e = a)
    (h_3 : ∀ (a : G), pw a 0 = e) (h_4 : ∀ (a : G) (k : Nat), pw a (k + 1) = m (pw a k) a) (a : G)
    (k : Nat), m a (pw a k) = m (pw a k) a := by
  intro G m e pw h h₁ h₂ h₃ h₄ a k
  induction k with
  | zero =>
    calc m a (pw a 0)
      _ = m a e := by rw [h₃ a]
      _ = a := h₂ a
      _ = m e a := (h₁ a).symm
      _ = m (pw a 0) a := by rw [← h₃ a]
  | succ k ih =>
    calc m a (pw a (k + 1))
      _ = m a (m (pw a k) a) := by rw [h₄ a k]
      _ = m (m a (pw a k)) a := (h a (pw a k) a).symm
      _ = m (m (pw a k) a) a := by rw [ih]
      _ = m (pw a (k + 1)) a := by rw [← h₄ a k]

/-- Conjectured from the operations of the goal and proved by induction: m b (pw a k) = m (pw a k)
b. -/
theorem m_pw_comm_2 : ∀ (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G) (h : ∀ (a b c : G),
    m (m a b) c = m a (m b c)) (h_1 : ∀ (a : G), m e a = a) (h_2 : ∀ (a : G), m a e = a)
    (h_3 : ∀ (a : G), pw a 0 = e) (h_4 : ∀ (a : G) (k : Nat), pw a (k + 1) = m (pw a k) a) (a : G)
    (b : G) (h_5 : m a b = m b a) (k : Nat), m b (pw a k) = m (pw a k) b := by
  intro G m e pw h h₁ h₂ h₃ h₄ a b h₅ k
  induction k with
  | zero =>
    calc m b (pw a 0)
      _ = m b e := by rw [h₃ a]
      _ = b := h₂ b
      _ = m e b := (h₁ b).symm
      _ = m (pw a 0) b := by rw [← h₃ a]
  | succ k ih =>
    calc m b (pw a (k + 1))
      _ = m b (m (pw a k) a) := by rw [h₄ a k]
      _ = m (m b (pw a k)) a := (h b (pw a k) a).symm
      _ = m (m (pw a k) b) a := by rw [ih]
      _ = m (pw a k) (m b a) := h (pw a k) b a
      _ = m (pw a k) (m a b) := by rw [← h₅]
      _ = m (m (pw a k) a) b := (h (pw a k) a b).symm
      _ = m (pw a (k + 1)) b := by rw [← h₄ a k]

/-- Found by a search that tried 212 tactics and saw 26 goals. -/
theorem PowerOfInterchangeable : Reconstruct.PowerOfInterchangeable.Statement := by
  intro G m e pw h h₁ h₂ h₃ h₄ a b h₅ k
  induction k with
  | zero =>
    calc pw (m a b) 0
      _ = e := h₃ (m a b)
      _ = m e e := (h₁ e).symm
      _ = m e (pw b 0) := by rw [← h₃ b]
      _ = m (pw a 0) (pw b 0) := by rw [← h₃ a]
  | succ k ih =>
    have k1 : m b (pw a k) = m (pw a k) b := @m_pw_comm_2 G m e pw h h₁ h₂ h₃ h₄ a b h₅ k
    calc pw (m a b) (k + 1)
      _ = m (pw (m a b) k) (m a b) := h₄ (m a b) k
      _ = m (m a b) (pw (m a b) k) := (@m_pw_comm G m e pw h h₁ h₂ h₃ h₄ (m a b) k).symm
      _ = m a (m b (pw (m a b) k)) := h a b (pw (m a b) k)
      _ = m a (m b (m (pw a k) (pw b k))) := by rw [ih]
      _ = m a (m (m b (pw a k)) (pw b k)) := by rw [← h b (pw a k) (pw b k)]
      _ = m a (m (m (pw a k) b) (pw b k)) := by rw [k1]
      _ = m a (m (pw a k) (m b (pw b k))) := by rw [h (pw a k) b (pw b k)]
      _ = m (m a (pw a k)) (m b (pw b k)) := (h a (pw a k) (m b (pw b k))).symm
      _ = m (m a (pw a k)) (m (pw b k) b) := by rw [@m_pw_comm G m e pw h h₁ h₂ h₃ h₄ b k]
      _ = m (m a (pw a k)) (pw b (k + 1)) := by rw [← h₄ b k]
      _ = m (m (pw a k) a) (pw b (k + 1)) := by rw [@m_pw_comm G m e pw h h₁ h₂ h₃ h₄ a k]
      _ = m (pw a (k + 1)) (pw b (k + 1)) := by rw [← h₄ a k]

end Reconstruct.Generated
