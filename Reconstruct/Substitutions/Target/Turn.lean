import Reconstruct.Substitutions.Foundation.Substitution.Turn

/-!
# Turns of a regular polygon

Facts about the turns that carry the corners of a regular polygon into one another.
-/

namespace Reconstruct

/-- If two turns, each followed by a third, come to the same, they are the same. -/
def TurnStruckOut.Statement : Prop :=
  ∀ (m : Modulus) (s t u : Turn m), s.after t = s.after u → t = u

/-- Two turns are turned back in the contrary order. -/
def TurnedBack.Statement : Prop :=
  ∀ (m : Modulus) (s t : Turn m), (s.after t).back = t.back.after s.back

/-- A turn made `j` times after the same made `k` times is made `j + k` times. -/
def TurnsRepeated.Statement : Prop :=
  ∀ (m : Modulus) (s : Turn m) (j k : Nat), s.times (j + k) = (s.times j).after (s.times k)

/-- To turn `j` times, and to do this `k` times, is to turn `j · k` times. -/
def RepeatedTurnsRepeated.Statement : Prop :=
  ∀ (m : Modulus) (s : Turn m) (j k : Nat), s.times (j * k) = (s.times j).times k

/-- It does not matter which of two turns is made first. -/
def TurnsInterchange.Statement : Prop :=
  ∀ (m : Modulus) (s t : Turn m), s.after t = t.after s

/-- A turn that leaves one corner in its place leaves all. -/
def OneCornerAtRest.Statement : Prop :=
  ∀ (m : Modulus) (s : Turn m) (i : Fin m.number), s.corners i = i → s = Turn.rest m

/-- Every turn, made often enough, brings the polygon to rest. -/
def SomeRepetitionRests.Statement : Prop :=
  ∀ (m : Modulus) (s : Turn m), ∃ k, 0 < k ∧ s.times k = Turn.rest m

/-- The least number of times that a turn has to be made until the polygon stands as before divides
the number of corners. -/
def TurnPeriodDividesCorners.Statement : Prop :=
  ∀ (m : Modulus) (s : Turn m) (d : Nat), 0 < d → s.times d = Turn.rest m →
    (∀ k, 0 < k → s.times k = Turn.rest m → d ≤ k) → d ∣ m.number

/-- A collection of turns that holds with any two the one after the other holds rest, and with each
turn the turn back. -/
def TurnsInsideHoldBack.Statement : Prop :=
  ∀ (m : Modulus) (H : List (Turn m)), H ≠ [] → (∀ s t, s ∈ H → t ∈ H → s.after t ∈ H) →
    Turn.rest m ∈ H ∧ ∀ s, s ∈ H → s.back ∈ H

/-- If a collection of turns holds with any two the one after the other, their number divides the
number of corners. -/
def TurnsInsideCountDividesCorners.Statement : Prop :=
  ∀ (m : Modulus) (H : List (Turn m)), H ≠ [] → H.Nodup →
    (∀ s t, s ∈ H → t ∈ H → s.after t ∈ H) → H.length ∣ m.number

end Reconstruct
