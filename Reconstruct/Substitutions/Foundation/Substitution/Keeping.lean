import Reconstruct.Substitutions.Foundation.Substitution.Basic

/-!
# Substitutions that keep a system of letters

Ruffini ("Teoria generale delle equazioni", 1799) sorts substitutions by the letters that they do
not mix with the others: a system of letters may be chosen, and a substitution keeps it when a
letter of the system is always replaced by a letter of the system. Cauchy (1815) speaks likewise of
a function of some of the letters.
-/

namespace Reconstruct

/-- A substitution that replaces letters of the system `K` by letters of `K`, and others by
others. -/
structure Keeping {n : Nat} (K : Fin n → Bool) where
  /-- The substitution. -/
  places : Substitution n
  /-- It keeps the system. -/
  keeps : ∀ i, K (places i) = K i

namespace Keeping

variable {n : Nat} {K : Fin n → Bool}

/-- They are the same if they replace every letter alike. -/
@[ext] theorem ext {s t : Keeping K} (h : ∀ i, s.places i = t.places i) : s = t := by
  obtain ⟨s, _⟩ := s
  obtain ⟨t, _⟩ := t
  cases (Substitution.ext h : s = t)
  rfl

/-- They are compared letter by letter. -/
instance : DecidableEq (Keeping K) := fun s t =>
  decidable_of_iff (∀ i, s.places i = t.places i) ⟨ext, fun h => by rw [h]; exact fun _ => rfl⟩

/-- First `t`, then `s`. -/
def following (s t : Keeping K) : Keeping K :=
  ⟨s.places * t.places, fun i => by rw [Substitution.mul_apply, s.keeps, t.keeps]⟩

/-- Every letter stays in its place. -/
def still (K : Fin n → Bool) : Keeping K := ⟨1, fun _ => rfl⟩

/-- Every letter goes back to its place. -/
def restoring (s : Keeping K) : Keeping K :=
  ⟨s.places⁻¹, fun i => by rw [← s.keeps, Substitution.apply_inv_self]⟩

/-- The same `k` times. -/
def repeatedly (s : Keeping K) : Nat → Keeping K
  | 0 => still K
  | k + 1 => (repeatedly s k).following s

/-- Three may be taken together in either way. -/
theorem following_assoc (s t u : Keeping K) :
    (s.following t).following u = s.following (t.following u) := rfl

/-- Nothing is changed after `s`. -/
theorem still_following (s : Keeping K) : (still K).following s = s := rfl

/-- Nothing is changed before `s`. -/
theorem following_still (s : Keeping K) : s.following (still K) = s := rfl

/-- To substitute and then restore changes nothing. -/
theorem restoring_following (s : Keeping K) : s.restoring.following s = still K :=
  ext fun i => s.places.inv_apply_self i

/-- To restore and then substitute changes nothing. -/
theorem following_restoring (s : Keeping K) : s.following s.restoring = still K :=
  ext fun i => s.places.apply_inv_self i

/-- No times. -/
theorem repeatedly_zero (s : Keeping K) : s.repeatedly 0 = still K := rfl

/-- Once more. -/
theorem repeatedly_succ (s : Keeping K) (k : Nat) :
    s.repeatedly (k + 1) = (s.repeatedly k).following s := rfl

end Keeping

end Reconstruct
