import Reconstruct.Substitutions.Foundation
import Reconstruct.Substitutions.Target.Identity

/-!
# Inverse of product

Written by a search; every line was checked again by the judge, which trusts neither
the search nor this file.
-/

namespace Reconstruct.Generated

/-- Found by a search that tried 12 tactics and saw 1 goal. -/
theorem InverseOfProduct : Reconstruct.InverseOfProduct.Statement := by
  intro G m e inv h h₁ h₂ h₃ h₄ a b
  calc inv (m a b)
    _ = m e (inv (m a b)) := (h₁ (inv (m a b))).symm
    _ = m (m (inv b) b) (inv (m a b)) := by rw [← h₃ b]
    _ = m (inv b) (m b (inv (m a b))) := h (inv b) b (inv (m a b))
    _ = m (inv b) (m e (m b (inv (m a b)))) :=
      congrArg (fun x => m (inv b) x) (h₁ (m b (inv (m a b)))).symm
    _ = m (inv b) (m (m (inv a) a) (m b (inv (m a b)))) := by rw [← h₃ a]
    _ = m (inv b) (m (inv a) (m a (m b (inv (m a b))))) := by rw [h (inv a) a (m b (inv (m a b)))]
    _ = m (inv b) (m (inv a) (m (m a b) (inv (m a b)))) := by rw [← h a b (inv (m a b))]
    _ = m (inv b) (m (inv a) e) := by rw [h₄ (m a b)]
    _ = m (inv b) (inv a) := by rw [h₂ (inv a)]

end Reconstruct.Generated
