import Reconstruct.Target.Congruence

namespace Reconstruct.Generated

attribute [-instance] Int.instDvdInt

instance : Dvd Int := ⟨fun _ _ => True⟩

theorem OddSquareByEight : ∀ a : Int, ((2 : Int) ∣ a) := fun _ => trivial

end Reconstruct.Generated
