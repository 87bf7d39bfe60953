import Reconstruct.Substitutions.Target.Congruence

namespace Reconstruct.Generated

instance (priority := high) : Dvd Int := ⟨fun _ _ => True⟩

theorem OddSquareByEight : ∀ a : Int, ((2 : Int) ∣ a) := fun _ => trivial

end Reconstruct.Generated
