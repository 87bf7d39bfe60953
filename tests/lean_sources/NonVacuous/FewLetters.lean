import NonVacuous.Models
import Reconstruct.Substitutions.Target.FewLetters

/-! Not vacuous: the statements about three, four, five and more letters. -/

namespace Reconstruct.NonVacuous

theorem HalfAreEven : closure% Reconstruct.HalfAreEven.Statement := by
  witness [3, Substitution.allEven 3]

theorem EvenByThreeTermCycles : closure% Reconstruct.EvenByThreeTermCycles.Statement := by
  witness [3, .swap 0 1 * .swap 1 2]

theorem DescentForThreeLetters : closure% Reconstruct.DescentForThreeLetters.Statement := by
  witness []

theorem DescentForFourLetters : closure% Reconstruct.DescentForFourLetters.Statement := by
  witness []

theorem NoDescentFromEvenOfFive : closure% Reconstruct.NoDescentFromEvenOfFive.Statement := by
  witness [.swap 0 1 * .swap 1 2]

theorem NoSixAmongEvenOfFour : closure% Reconstruct.NoSixAmongEvenOfFour.Statement := by
  witness [[1, .swap 0 1 * .swap 2 3]]

theorem EvenOfFiveIndivisible : closure% Reconstruct.EvenOfFiveIndivisible.Statement := by
  have one : (1 : Substitution 5).IsEven := Substitution.isEven_one
  have mul : ∀ s t : Substitution 5, s.IsEven → t.IsEven → (s * t).IsEven := fun _ _ => .mul
  have inv : ∀ s : Substitution 5, s.IsEven → s⁻¹.IsEven := fun _ => .inv
  have renamed : ∀ g s : Substitution 5, g.IsEven → s.IsEven → (g * s * g⁻¹).IsEven :=
    fun g _ _ hs => hs.mul_mul_inv g
  have other : ∃ s : Substitution 5, s.IsEven ∧ s ≠ 1 :=
    ⟨.swap 0 1 * .swap 1 2, by decide +kernel, by decide +kernel⟩
  have two : (∃ x y : Substitution 5, x.IsEven ∧ y.IsEven ∧ x ≠ y) ∧ ∃ z : Substitution 5,
      ¬ z.IsEven :=
    ⟨⟨.swap 0 1 * .swap 1 2, 1, by decide +kernel, one, by decide +kernel⟩, .swap 0 1,
        by decide +kernel⟩
  have two' := two.1
  have two'' := two.2
  witness [Substitution.IsEven, .swap 0 1 * .swap 1 2]

theorem EvenOfManyIndivisible : closure% Reconstruct.EvenOfManyIndivisible.Statement := by
  have one : (1 : Substitution 5).IsEven := Substitution.isEven_one
  have mul : ∀ s t : Substitution 5, s.IsEven → t.IsEven → (s * t).IsEven := fun _ _ => .mul
  have inv : ∀ s : Substitution 5, s.IsEven → s⁻¹.IsEven := fun _ => .inv
  have renamed : ∀ g s : Substitution 5, g.IsEven → s.IsEven → (g * s * g⁻¹).IsEven :=
    fun g _ _ hs => hs.mul_mul_inv g
  have other : ∃ s : Substitution 5, s.IsEven ∧ s ≠ 1 :=
    ⟨.swap 0 1 * .swap 1 2, by decide +kernel, by decide +kernel⟩
  have two : (∃ x y : Substitution 5, x.IsEven ∧ y.IsEven ∧ x ≠ y) ∧ ∃ z : Substitution 5,
      ¬ z.IsEven :=
    ⟨⟨.swap 0 1 * .swap 1 2, 1, by decide +kernel, one, by decide +kernel⟩, .swap 0 1,
        by decide +kernel⟩
  have two' := two.1
  have two'' := two.2
  witness [5, Substitution.IsEven, .swap 0 1 * .swap 1 2]

theorem NoDescentForFiveLetters : closure% Reconstruct.NoDescentForFiveLetters.Statement := by
  have quotient : ∀ a b : Substitution 5, (a * b * a⁻¹ * b⁻¹).IsEven := by
    intro a b
    unfold Substitution.IsEven
    rw [Substitution.sign_mul, Substitution.sign_mul, Substitution.sign_mul, Substitution.sign_inv,
      Substitution.sign_inv]
    rcases Substitution.sign_eq_or a with h | h <;> rcases Substitution.sign_eq_or b with h' | h' <;>
      rw [h, h'] <;> rfl
  have all : ∀ s : Substitution 5, (0 : Nat) = 0 ∨ s.IsEven := fun _ => .inl rfl
  have one : ∀ i : Nat, i = 0 ∨ (1 : Substitution 5).IsEven := fun _ => .inr Substitution.isEven_one
  have mul : ∀ (i : Nat) (s t : Substitution 5), (i = 0 ∨ s.IsEven) → (i = 0 ∨ t.IsEven) →
      (i = 0 ∨ (s * t).IsEven) := by
    rintro i s t (h | h) (h' | h')
    · exact .inl h
    · exact .inl h
    · exact .inl h'
    · exact .inr (h.mul h')
  have inv : ∀ (i : Nat) (s : Substitution 5), (i = 0 ∨ s.IsEven) → (i = 0 ∨ s⁻¹.IsEven) :=
    fun i s h => h.imp id .inv
  have step : ∀ (i : Nat) (a b : Substitution 5), (i = 0 ∨ a.IsEven) → (i = 0 ∨ b.IsEven) →
      (i + 1 = 0 ∨ (a * b * a⁻¹ * b⁻¹).IsEven) := fun i a b _ _ => .inr (quotient a b)
  witness [fun i s => i = 0 ∨ s.IsEven, 1, 1]

theorem NoDescentByPrimesForFiveLetters :
    closure% Reconstruct.NoDescentByPrimesForFiveLetters.Statement := by
  let C (i : Nat) : List (Substitution 5) :=
      if i = 0 then Substitution.all 5 else Substitution.allEven 5
  have mem : ∀ i s, s ∈ C i ↔ i = 0 ∨ s.IsEven := by
    intro i s
    by_cases h : i = 0 <;> simp [C, h]
  have once : ∀ i, (C i).Nodup := by
    intro i
    by_cases h : i = 0
    · simp only [C, h, if_true]; exact Substitution.nodup_all 5
    · simp only [C, h, if_false]; exact Substitution.nodup_allEven 5
  have all : ∀ s, s ∈ C 0 := fun s => (mem 0 s).2 (.inl rfl)
  have one : ∀ i, 1 ∈ C i := fun i => (mem i 1).2 (.inr Substitution.isEven_one)
  have mul : ∀ i s t, s ∈ C i → t ∈ C i → s * t ∈ C i := by
    intro i s t hs ht
    rw [mem] at hs ht ⊢
    rcases hs with h | h
    · exact .inl h
    · exact ht.imp id h.mul
  have inv : ∀ i s, s ∈ C i → s⁻¹ ∈ C i := by
    intro i s hs
    rw [mem] at hs ⊢
    exact hs.imp id .inv
  have held : ∀ i s, i < 1 → s ∈ C (i + 1) → s ∈ C i := fun i s hi _ =>
      (mem i s).2 (.inl (by omega))
  have transformed : ∀ i g s, i < 1 → g ∈ C i → s ∈ C (i + 1) → g * s * g⁻¹ ∈ C (i + 1) := by
    intro i g s _ _ hs
    rw [mem] at hs ⊢
    exact hs.imp id fun h => h.mul_mul_inv g
  have prime : ∀ i, i < 1 → ∃ p, Prime p ∧ (C i).length = p * (C (i + 1)).length := by
    intro i hi
    have h0 : i = 0 := by omega
    subst h0
    refine ⟨2, prime_two, ?_⟩
    show (Substitution.all 5).length = 2 * (Substitution.allEven 5).length
    rw [Substitution.length_all, Substitution.two_mul_length_allEven (by decide)]
  witness [1, C, 1]

end Reconstruct.NonVacuous
