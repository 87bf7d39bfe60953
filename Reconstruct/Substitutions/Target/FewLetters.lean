import Reconstruct.Substitutions.Foundation.Arithmetic.Factorial
import Reconstruct.Substitutions.Foundation.Arithmetic.Prime
import Reconstruct.Substitutions.Foundation.Substitution.Parity

/-!
# Substitutions of three, four, five and more letters

The equations of the third and fourth degree are solved by descending from all substitutions of
their roots, by steps, to the identity alone. What becomes of the descent for five letters?
-/

namespace Reconstruct

/-- Half of all substitutions of two or more letters are even. -/
def HalfAreEven.Statement : Prop :=
  ∀ (n : Nat) (E : List (Substitution n)),
    2 ≤ n →
    E.Nodup →
    (∀ s, s ∈ E ↔ s.IsEven) →
    2 * E.length = factorial n

/-- Every even substitution is a product of cycles of three letters. -/
def EvenByThreeTermCycles.Statement : Prop :=
  ∀ (n : Nat) (s : Substitution n),
    s.IsEven →
    ∃ l : List (Fin n × Fin n × Fin n),
      (∀ c, c ∈ l → c.1 ≠ c.2.1 ∧ c.2.1 ≠ c.2.2 ∧ c.1 ≠ c.2.2) ∧
        s = l.foldr (fun c t => Substitution.swap c.1 c.2.1 * Substitution.swap c.2.1 c.2.2 * t) 1

/-- Of three letters: there is a closed collection of substitutions which holds every `a b a⁻¹ b⁻¹`,
and whose members may change places with each other. -/
def DescentForThreeLetters.Statement : Prop :=
  ∃ P : Substitution 3 → Prop,
    (P 1 ∧ (∀ s t, P s → P t → P (s * t)) ∧ ∀ s, P s → P s⁻¹) ∧
      (∀ a b : Substitution 3, P (a * b * a⁻¹ * b⁻¹)) ∧
      ∀ a b, P a → P b → a * b = b * a

/-- Of four letters: there are a closed collection `P` which holds every `a b a⁻¹ b⁻¹`, and a closed
collection `Q` which holds every `a b a⁻¹ b⁻¹` with `a` and `b` in `P`, and the members of `Q` may
change places with each other. -/
def DescentForFourLetters.Statement : Prop :=
  ∃ P Q : Substitution 4 → Prop,
    (P 1 ∧ (∀ s t, P s → P t → P (s * t)) ∧ ∀ s, P s → P s⁻¹) ∧
      (Q 1 ∧ (∀ s t, Q s → Q t → Q (s * t)) ∧ ∀ s, Q s → Q s⁻¹) ∧
      (∀ a b : Substitution 4, P (a * b * a⁻¹ * b⁻¹)) ∧
      (∀ a b, P a → P b → Q (a * b * a⁻¹ * b⁻¹)) ∧
      ∀ a b, Q a → Q b → a * b = b * a

/-- Of five letters: every even substitution is itself of the form `a b a⁻¹ b⁻¹`, with `a` and `b`
even. -/
def NoDescentFromEvenOfFive.Statement : Prop :=
  ∀ s : Substitution 5,
    s.IsEven →
    ∃ a b : Substitution 5, a.IsEven ∧ b.IsEven ∧ s = a * b * a⁻¹ * b⁻¹

/-- The twelve even substitutions of four letters contain no closed collection of six: not every
divisor of the number of things is the number of members of a closed collection. -/
def NoSixAmongEvenOfFour.Statement : Prop :=
  ∀ H : List (Substitution 4),
    H.Nodup →
    (∀ s, s ∈ H → s.IsEven) →
    (∀ s t, s ∈ H → t ∈ H → s * t ∈ H) →
    H.length ≠ 6

/-- The even substitutions of five letters: a closed collection of some of them, which holds with a
member everything transformed from it by even substitutions, is the identity alone or all of
them. -/
def EvenOfFiveIndivisible.Statement : Prop :=
  ∀ P : Substitution 5 → Prop,
    P 1 →
    (∀ s t, P s → P t → P (s * t)) →
    (∀ s, P s → P s⁻¹) →
    (∀ s, P s → s.IsEven) →
    (∀ g s, g.IsEven → P s → P (g * s * g⁻¹)) →
    (∃ s, P s ∧ s ≠ 1) →
    ∀ s, s.IsEven → P s

/-- The same of any number of letters from five on. -/
def EvenOfManyIndivisible.Statement : Prop :=
  ∀ (n : Nat) (P : Substitution n → Prop),
    5 ≤ n →
    P 1 →
    (∀ s t, P s → P t → P (s * t)) →
    (∀ s, P s → P s⁻¹) →
    (∀ s, P s → s.IsEven) →
    (∀ g s, g.IsEven → P s → P (g * s * g⁻¹)) →
    (∃ s, P s ∧ s ≠ 1) →
    ∀ s, s.IsEven → P s

/-- Five letters, and closed collections `P 0`, `P 1`, … of their substitutions: the first holds
all, and each holds every `a b a⁻¹ b⁻¹` with `a` and `b` in the one before. Then all of them hold
the even substitutions, and the descent never comes to the identity alone. -/
def NoDescentForFiveLetters.Statement : Prop :=
  ∀ P : Nat → Substitution 5 → Prop,
    (∀ s, P 0 s) →
    (∀ i, P i 1) →
    (∀ i s t, P i s → P i t → P i (s * t)) →
    (∀ i s, P i s → P i s⁻¹) →
    (∀ i a b, P i a → P i b → P (i + 1) (a * b * a⁻¹ * b⁻¹)) →
    ∀ i s, s.IsEven → P i s

/-- Five letters, and closed collections `C 0`, `C 1`, … up to `C k` of their substitutions: the
first holds all, each is held by the one before and holds with a member everything transformed from
it by members of the one before, and the number of members is divided by a prime number at every
step. Then the last still holds all even substitutions. -/
def NoDescentByPrimesForFiveLetters.Statement : Prop :=
  ∀ (k : Nat) (C : Nat → List (Substitution 5)),
    (∀ i, (C i).Nodup) →
    (∀ s, s ∈ C 0) →
    (∀ i, 1 ∈ C i) →
    (∀ i s t, s ∈ C i → t ∈ C i → s * t ∈ C i) →
    (∀ i s, s ∈ C i → s⁻¹ ∈ C i) →
    (∀ i s, i < k → s ∈ C (i + 1) → s ∈ C i) →
    (∀ i g s, i < k → g ∈ C i → s ∈ C (i + 1) → g * s * g⁻¹ ∈ C (i + 1)) →
    (∀ i, i < k → ∃ p, Prime p ∧ (C i).length = p * (C (i + 1)).length) →
    ∀ s, s.IsEven → s ∈ C k

end Reconstruct
