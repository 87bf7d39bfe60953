import Reconstruct.Substitutions.Foundation.Arithmetic.Factorial
import Reconstruct.Substitutions.Foundation.Arithmetic.Prime
import Reconstruct.Substitutions.Foundation.Substitution.Basic

/-!
# The values of a function of several letters

A function `f` of `n` letters takes, when the letters are put one in the place of another in all
ways, a certain number of different forms, its *values*. Lagrange's *Réflexions* of 1770–71 and
Ruffini's and Cauchy's works after him ask what this number can be.
-/

namespace Reconstruct

/-- The number of values of a function of `n` letters divides the product `1 · 2 · 3 ⋯ n`. -/
def NumberOfValuesDivides.Statement : Prop :=
  ∀ (n : Nat) (X Y : Type) (f : (Fin n → X) → Y) (values : List ((Fin n → X) → Y)),
    values.Nodup →
    (∀ g, g ∈ values ↔ ∃ s : Substitution n, g = fun x => f fun i => x (s i)) →
    values.length ∣ factorial n

/-- The substitutions which leave a function unchanged: the identity is one, with any two their
product, with any one its inverse. -/
def UnchangedClosed.Statement : Prop :=
  ∀ (n : Nat) (X Y : Type) (f : (Fin n → X) → Y),
    (∀ x, f (fun i => x ((1 : Substitution n) i)) = f x) ∧
      (∀ s t : Substitution n, (∀ x, f (fun i => x (s i)) = f x) →
        (∀ x, f (fun i => x (t i)) = f x) → ∀ x, f (fun i => x ((s * t) i)) = f x) ∧
      ∀ s : Substitution n, (∀ x, f (fun i => x (s i)) = f x) →
        ∀ x, f (fun i => x (s⁻¹ i)) = f x

/-- The number of values of a function, times the number of substitutions which leave it
unchanged, is the number of all substitutions. -/
def ValuesTimesUnchanged.Statement : Prop :=
  ∀ (n : Nat) (X Y : Type) (f : (Fin n → X) → Y) (values : List ((Fin n → X) → Y))
    (U : List (Substitution n)),
    values.Nodup →
    (∀ g, g ∈ values ↔ ∃ s : Substitution n, g = fun x => f fun i => x (s i)) →
    U.Nodup →
    (∀ s, s ∈ U ↔ ∀ x, f (fun i => x (s i)) = f x) →
    values.length * U.length = factorial n

/-- For every closed collection of substitutions there is a function of the letters which is left
unchanged by its members and by no others. -/
def FunctionForEveryPart.Statement : Prop :=
  ∀ (n : Nat) (P : Substitution n → Prop),
    P 1 →
    (∀ s t, P s → P t → P (s * t)) →
    (∀ s, P s → P s⁻¹) →
    ∃ (Y : Type) (f : (Fin n → Nat) → Y), ∀ s, P s ↔ ∀ x, f (fun i => x (s i)) = f x

/-- If every substitution which leaves `f` unchanged leaves `g` unchanged, then any two
substitutions which bring `f` into the same form bring `g` into the same form, so that the values
of `g` are determined by those of `f`. (Lagrange on similar functions.) -/
def SimilarFunctions.Statement : Prop :=
  ∀ (n : Nat) (X Y Z : Type) (f : (Fin n → X) → Y) (g : (Fin n → X) → Z),
    (∀ s : Substitution n, (∀ x, f (fun i => x (s i)) = f x) →
      ∀ x, g (fun i => x (s i)) = g x) →
    ∀ s t : Substitution n,
      (∀ x : Fin n → X, f (fun i => x (s i)) = f (fun i => x (t i))) →
      ∀ x : Fin n → X, g (fun i => x (s i)) = g (fun i => x (t i))

/-- If a function of `n` letters has fewer values than a prime number not above `n`, it has one
value or two. -/
def FewValuesAreAtMostTwo.Statement : Prop :=
  ∀ (n p : Nat) (X Y : Type) (f : (Fin n → X) → Y) (values : List ((Fin n → X) → Y)),
    Prime p →
    p ≤ n →
    values.Nodup →
    (∀ g, g ∈ values ↔ ∃ s : Substitution n, g = fun x => f fun i => x (s i)) →
    values.length < p →
    values.length ≤ 2

end Reconstruct
