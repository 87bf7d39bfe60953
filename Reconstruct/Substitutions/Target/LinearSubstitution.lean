import Reconstruct.Substitutions.Foundation.Arithmetic.LinearSubstitution

/-!
# Linear substitutions of two variables

Facts about Gauss's proper substitutions, made one after the other.
-/

namespace Reconstruct

/-- If two linear substitutions composed with a third make the same one, they are the same. -/
def LinearStruckOut.Statement : Prop :=
  ∀ s t u : LinearSubstitution, s.composed t = s.composed u → t = u

/-- Two linear substitutions made one after the other are solved by solving them in the contrary
order. -/
def ComposedSolved.Statement : Prop :=
  ∀ s t : LinearSubstitution, (s.composed t).solved = t.solved.composed s.solved

/-- A linear substitution that is the same when made twice changes nothing. -/
def LinearOwnRepetition.Statement : Prop :=
  ∀ s : LinearSubstitution, s.composed s = s → s = LinearSubstitution.unchanged

/-- There is one linear substitution, and no other, which after a given one makes a given one. -/
def WantingLinearFound.Statement : Prop :=
  ∀ s t : LinearSubstitution,
    ∃ x, s.composed x = t ∧ ∀ y : LinearSubstitution, s.composed y = t → y = x

/-- A linear substitution made `j` times and then `k` times is made `j + k` times. -/
def IterationsComposed.Statement : Prop :=
  ∀ (s : LinearSubstitution) (j k : Nat),
    s.iterated (j + k) = (s.iterated j).composed (s.iterated k)

/-- The solved substitution made `k` times solves the substitution made `k` times. -/
def SolvedIterated.Statement : Prop :=
  ∀ (s : LinearSubstitution) (k : Nat), s.solved.iterated k = (s.iterated k).solved

/-- Two linear substitutions that may change places may be iterated one by one. -/
def InterchangeableIterated.Statement : Prop :=
  ∀ s t : LinearSubstitution, s.composed t = t.composed s →
    ∀ k, (s.composed t).iterated k = (s.iterated k).composed (t.iterated k)

/-- To introduce other variables by `t` and iterate is to iterate and introduce them. -/
def OtherVariablesIterated.Statement : Prop :=
  ∀ (s t : LinearSubstitution) (k : Nat),
    ((t.composed s).composed t.solved).iterated k = (t.composed (s.iterated k)).composed t.solved

/-- The order of two linear substitutions matters. -/
def LinearOrderMatters.Statement : Prop :=
  ∃ s t : LinearSubstitution, s.composed t ≠ t.composed s

/-- A linear substitution whose outer coefficients are opposite changes nothing when made four
times. -/
def OppositeCoefficientsFourTimes.Statement : Prop :=
  ∀ s : LinearSubstitution, s.a + s.d = 0 → s.iterated 4 = LinearSubstitution.unchanged

/-- The substitution `x = x' + b y'`, `y = y'` made `k` times is `x = x' + k b y'`, `y = y'`. -/
def ShiftIterated.Statement : Prop :=
  ∀ (s : LinearSubstitution), s.a = 1 → s.c = 0 → s.d = 1 →
    ∀ k : Nat, (s.iterated k).b = k * s.b

end Reconstruct
