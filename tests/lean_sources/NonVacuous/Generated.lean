import NonVacuous.Models
import Reconstruct.Substitutions.Target.Generated

/-! Not vacuous: the statements about what arises from given things. -/

namespace Reconstruct.NonVacuous

theorem ArisingClosed : closure% Reconstruct.ArisingClosed.Statement := by
  have arises : ∀ x : Substitution 3, x.IsEven ↔ ∀ P : Substitution 3 → Prop, P 1 →
      (∀ a b, P a → P b → P (a * b)) → (∀ a, P a → P a⁻¹) →
      (∀ a, a = .swap 0 1 * .swap 1 2 ∨ a = .swap 1 2 * .swap 0 1 → P a) → P x := by
    intro x
    constructor
    · intro hx P h1 _ _ hS
      have all : ∀ x : Substitution 3, x.IsEven →
          x = 1 ∨ x = .swap 0 1 * .swap 1 2 ∨ x = .swap 1 2 * .swap 0 1 := by decide +kernel
      rcases all x hx with rfl | h
      · exact h1
      · exact hS x h
    · intro h
      exact h Substitution.IsEven (by decide +kernel) (by decide +kernel) (by decide +kernel)
        (by decide +kernel)
  witness [Substitution 3, (· * ·), 1, (·⁻¹),
    fun a => a = .swap 0 1 * .swap 1 2 ∨ a = .swap 1 2 * .swap 0 1, Substitution.IsEven]

theorem ArisingInterchange : closure% Reconstruct.ArisingInterchange.Statement := by
  have arises : ∀ x : Substitution 3, x.IsEven ↔ ∀ P : Substitution 3 → Prop, P 1 →
      (∀ a b, P a → P b → P (a * b)) → (∀ a, P a → P a⁻¹) →
      (∀ a, a = .swap 0 1 * .swap 1 2 ∨ a = .swap 1 2 * .swap 0 1 → P a) → P x := by
    intro x
    constructor
    · intro hx P h1 _ _ hS
      have all : ∀ x : Substitution 3, x.IsEven →
          x = 1 ∨ x = .swap 0 1 * .swap 1 2 ∨ x = .swap 1 2 * .swap 0 1 := by decide +kernel
      rcases all x hx with rfl | h
      · exact h1
      · exact hS x h
    · intro h
      exact h Substitution.IsEven (by decide +kernel) (by decide +kernel) (by decide +kernel)
        (by decide +kernel)
  witness [Substitution 3, (· * ·), 1, (·⁻¹),
    fun a => a = .swap 0 1 * .swap 1 2 ∨ a = .swap 1 2 * .swap 0 1, Substitution.IsEven, 1, 1]

theorem ArisingHoldsTransformed : closure% Reconstruct.ArisingHoldsTransformed.Statement := by
  have arises : ∀ x : Substitution 3, x.IsEven ↔ ∀ P : Substitution 3 → Prop, P 1 →
      (∀ a b, P a → P b → P (a * b)) → (∀ a, P a → P a⁻¹) →
      (∀ a, a = .swap 0 1 * .swap 1 2 ∨ a = .swap 1 2 * .swap 0 1 → P a) → P x := by
    intro x
    constructor
    · intro hx P h1 _ _ hS
      have all : ∀ x : Substitution 3, x.IsEven →
          x = 1 ∨ x = .swap 0 1 * .swap 1 2 ∨ x = .swap 1 2 * .swap 0 1 := by decide +kernel
      rcases all x hx with rfl | h
      · exact h1
      · exact hS x h
    · intro h
      exact h Substitution.IsEven (by decide +kernel) (by decide +kernel) (by decide +kernel)
        (by decide +kernel)
  witness [Substitution 3, (· * ·), 1, (·⁻¹),
    fun a => a = .swap 0 1 * .swap 1 2 ∨ a = .swap 1 2 * .swap 0 1, Substitution.IsEven,
    .swap 0 1, 1]

theorem AgreementOnArising : closure% Reconstruct.AgreementOnArising.Statement := by
  have arises : ∀ x : Substitution 3, x.IsEven ↔ ∀ P : Substitution 3 → Prop, P 1 →
      (∀ a b, P a → P b → P (a * b)) → (∀ a, P a → P a⁻¹) →
      (∀ a, a = .swap 0 1 * .swap 1 2 ∨ a = .swap 1 2 * .swap 0 1 → P a) → P x := by
    intro x
    constructor
    · intro hx P h1 _ _ hS
      have all : ∀ x : Substitution 3, x.IsEven →
          x = 1 ∨ x = .swap 0 1 * .swap 1 2 ∨ x = .swap 1 2 * .swap 0 1 := by decide +kernel
      rcases all x hx with rfl | h
      · exact h1
      · exact hS x h
    · intro h
      exact h Substitution.IsEven (by decide +kernel) (by decide +kernel) (by decide +kernel)
        (by decide +kernel)
  witness [Substitution 3, (· * ·), 1, (·⁻¹), Bool, xor, false, id, fun s => !decide s.IsEven,
    fun _ => false, fun a => a = .swap 0 1 * .swap 1 2 ∨ a = .swap 1 2 * .swap 0 1,
    Substitution.IsEven, 1]

theorem ArisingFromOne : closure% Reconstruct.ArisingFromOne.Statement := by
  have arises : ∀ x : Substitution 3, x.IsEven ↔ ∀ P : Substitution 3 → Prop, P 1 →
      (∀ a b, P a → P b → P (a * b)) → (∀ a, P a → P a⁻¹) →
      P (.swap 0 1 * .swap 1 2) → P x := by
    intro x
    constructor
    · intro hx P h1 _ hi hg
      have all : ∀ x : Substitution 3, x.IsEven →
          x = 1 ∨ x = .swap 0 1 * .swap 1 2 ∨ x = (.swap 0 1 * .swap 1 2)⁻¹ := by decide +kernel
      rcases all x hx with rfl | rfl | rfl
      · exact h1
      · exact hg
      · exact hi _ hg
    · intro h
      exact h Substitution.IsEven (by decide +kernel) (by decide +kernel) (by decide +kernel)
        (by decide +kernel)
  witness [Substitution 3, (· * ·), 1, (·⁻¹), power (· * ·) 1, Substitution.all 3,
    Substitution.IsEven, .swap 0 1 * .swap 1 2, 1]

end Reconstruct.NonVacuous
