import Reconstruct.Substitutions.Foundation.Substitution.Keeping

/-!
# Substitutions that keep a system of letters

Facts about the substitutions that do not mix the letters of a system with the others.
-/

namespace Reconstruct

/-- If two such substitutions, each followed by a third, come to the same, they are the same. -/
def KeepingStruckOut.Statement : Prop :=
  ∀ (n : Nat) (K : Fin n → Bool) (s t u : Keeping K), s.following t = s.following u → t = u

/-- Two substitutions made one after the other are restored in the contrary order. -/
def FollowingRestored.Statement : Prop :=
  ∀ (n : Nat) (K : Fin n → Bool) (s t : Keeping K),
    (s.following t).restoring = t.restoring.following s.restoring

/-- A substitution made `j` times after the same made `k` times is made `j + k` times. -/
def RepeatedlyFollowing.Statement : Prop :=
  ∀ (n : Nat) (K : Fin n → Bool) (s : Keeping K) (j k : Nat),
    s.repeatedly (j + k) = (s.repeatedly j).following (s.repeatedly k)

/-- A substitution that is the same when made twice leaves all letters in their places. -/
def KeepingOwnRepetition.Statement : Prop :=
  ∀ (n : Nat) (K : Fin n → Bool) (s : Keeping K), s.following s = s → s = Keeping.still K

/-- Every such substitution, made often enough, leaves all letters in their places. -/
def SomeRepetitionStill.Statement : Prop :=
  ∀ (n : Nat) (K : Fin n → Bool) (s : Keeping K), ∃ k, 0 < k ∧ s.repeatedly k = Keeping.still K

/-- A substitution that replaces letters of a system by letters of the system only replaces the
other letters by other letters only. -/
def OthersKeptToo.Statement : Prop :=
  ∀ (n : Nat) (K : Fin n → Bool) (s : Substitution n),
    (∀ i, K i = true → K (s i) = true) → ∀ i, K (s i) = K i

end Reconstruct
