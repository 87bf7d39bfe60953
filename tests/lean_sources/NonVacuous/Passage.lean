import NonVacuous.Models
import Reconstruct.Substitutions.Target.Passage

/-! Not vacuous: the statements about passing from one system to another. -/

namespace Reconstruct.NonVacuous

theorem PartCarriedToIdentity : closure% Reconstruct.PartCarriedToIdentity.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.IsEven]

theorem SameCarriedToIdentity : closure% Reconstruct.SameCarriedToIdentity.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Bool, xor, false, Bool, xor, false,
    fun s => !decide s.IsEven, fun s => !decide s.IsEven]

theorem PassageThrough : closure% Reconstruct.PassageThrough.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Bool, xor, false, Bool, xor, false,
    fun s => !decide s.IsEven, fun s => !decide s.IsEven]

theorem CarriedTimesReached : closure% Reconstruct.CarriedTimesReached.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Bool, xor, false, fun s => !decide s.IsEven,
    Substitution.all 3, Substitution.allEven 3, [true, false]]

theorem PowersAboveInterchangeable : closure% Reconstruct.PowersAboveInterchangeable.Statement := by
  have powers : ∀ a : Fin 6, ∃ k,
      (⟨a % 3, by omega⟩ : Fin 3) = power (fun x y : Fin 3 => x + y) 0 ⟨(1 : Fin 6) % 3,
          by decide⟩ k :=
    fun a => ⟨a, by revert a; decide +kernel⟩
  witness [Fin 6, (· + ·), 0, (- ·), Fin 3, (· + ·), 0, power (· + ·) 0, fun x => ⟨x % 3,
    by omega⟩, 1, 2, 3]

theorem ProductsWithTransformedClosed :
    closure% Reconstruct.ProductsWithTransformedClosed.Statement := by
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Substitution.IsEven, fun s => s = 1 ∨ s = .swap 0 1]

end Reconstruct.NonVacuous
