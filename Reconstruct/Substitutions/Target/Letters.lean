import Reconstruct.Substitutions.Foundation.Substitution.Transposition

/-!
# Single substitutions

Facts about one or two substitutions of `n` letters, their products and their transpositions, in
the notation of Cauchy's memoirs.
-/

namespace Reconstruct

/-- A product of two substitutions is undone by undoing the factors in the contrary order. -/
def ProductUndone.Statement : Prop :=
  ∀ (n : Nat) (s t : Substitution n), (s * t)⁻¹ = t⁻¹ * s⁻¹

/-- Exchanging two letters twice changes nothing. -/
def ExchangedTwice.Statement : Prop :=
  ∀ (n : Nat) (i j : Fin n), Substitution.swap i j * Substitution.swap i j = 1

/-- If no letter is moved by both of two substitutions, they may change places. -/
def SeparateSubstitutionsInterchange.Statement : Prop :=
  ∀ (n : Nat) (s t : Substitution n), (∀ i, s i = i ∨ t i = i) → s * t = t * s

/-- To rename by `s` the letters of a transposition is to write `s` before it and the inverse of
`s` after it. -/
def RenamedTransposition.Statement : Prop :=
  ∀ (n : Nat) (s : Substitution n) (i j : Fin n),
    s * Substitution.swap i j * s⁻¹ = Substitution.swap (s i) (s j)

/-- Renaming by `s` carries the letters left in place by `t` to the letters left in place by the
renamed substitution. -/
def RenamedLeavesRenamedLetter.Statement : Prop :=
  ∀ (n : Nat) (s t : Substitution n) (i : Fin n), (s * t * s⁻¹) (s i) = s i ↔ t i = i

/-- Two transpositions which share one letter and no more may not change places. -/
def MeetingTranspositionsDiffer.Statement : Prop :=
  ∀ (n : Nat) (i j k : Fin n), i ≠ j → j ≠ k → i ≠ k →
    Substitution.swap i j * Substitution.swap j k ≠ Substitution.swap j k * Substitution.swap i j

/-- The product of two transpositions which share one letter and no more gives the identity when
repeated three times, and not before. -/
def MeetingTranspositionsThrice.Statement : Prop :=
  ∀ (n : Nat) (i j k : Fin n), i ≠ j → j ≠ k → i ≠ k →
    (Substitution.swap i j * Substitution.swap j k) ^ 3 = 1 ∧
      (Substitution.swap i j * Substitution.swap j k) ^ 2 ≠ 1 ∧
      Substitution.swap i j * Substitution.swap j k ≠ 1

/-- A substitution which leaves all letters but one in their places leaves that one too. -/
def OneLetterAloneIsNotMoved.Statement : Prop :=
  ∀ (n : Nat) (s : Substitution n) (j : Fin n), (∀ i, i ≠ j → s i = i) → s = 1

/-- If different letters are always replaced by different letters, every letter takes the place of
some letter. -/
def DifferentByDifferentReachesAll.Statement : Prop :=
  ∀ (n : Nat) (f : Fin n → Fin n), (∀ i j, f i = f j → i = j) → ∀ k, ∃ i, f i = k

/-- Every substitution, repeated often enough, restores the first arrangement. -/
def RepetitionRestores.Statement : Prop :=
  ∀ (n : Nat) (s : Substitution n), ∃ k, 0 < k ∧ s ^ k = 1

/-- Of three letters or more, no substitution but the identity may change places with all
others. -/
def OnlyIdentityInterchangesWithAll.Statement : Prop :=
  ∀ (n : Nat) (s : Substitution n), 3 ≤ n → (∀ t : Substitution n, s * t = t * s) → s = 1

/-- Every substitution is a product of exchanges of the first letter with others. -/
def ExchangesWithFirstSuffice.Statement : Prop :=
  ∀ (n : Nat) (s : Substitution (n + 1)),
    ∃ l : List (Fin (n + 1)), s = l.foldr (fun i t => Substitution.swap 0 i * t) 1

end Reconstruct
