/-!
# Linear substitutions of two variables

To transform a form of the second degree, Gauss (*Disquisitiones arithmeticae*, 1801, articles
157–159) puts `x = a x' + b y'` and `y = c x' + d y'` with whole numbers for which `a d - b c = 1`;
such a substitution is proper, it can be undone, and two of them made one after the other are a
third (article 159). Lagrange ("Recherches d'arithmétique", 1773) used them before.
-/

namespace Reconstruct

/-- The substitution `x = a x' + b y'`, `y = c x' + d y'` with `a d - b c = 1`. -/
structure LinearSubstitution where
  /-- What `x` has of `x'`. -/
  a : Int
  /-- What `x` has of `y'`. -/
  b : Int
  /-- What `y` has of `x'`. -/
  c : Int
  /-- What `y` has of `y'`. -/
  d : Int
  /-- The substitution is proper. -/
  proper : a * d - b * c = 1

namespace LinearSubstitution

/-- Substitutions with the same coefficients are the same. -/
@[ext] theorem ext {s t : LinearSubstitution} (ha : s.a = t.a) (hb : s.b = t.b) (hc : s.c = t.c)
    (hd : s.d = t.d) : s = t := by
  obtain ⟨a, b, c, d, _⟩ := s
  obtain ⟨a', b', c', d', _⟩ := t
  cases (ha : a = a')
  cases (hb : b = b')
  cases (hc : c = c')
  cases (hd : d = d')
  rfl

/-- Substitutions are compared coefficient by coefficient. -/
instance : DecidableEq LinearSubstitution := fun s t =>
  decidable_of_iff (s.a = t.a ∧ s.b = t.b ∧ s.c = t.c ∧ s.d = t.d)
    ⟨fun ⟨ha, hb, hc, hd⟩ => ext ha hb hc hd, fun h => by rw [h]; exact ⟨rfl, rfl, rfl, rfl⟩⟩

/-- The two substitutions made one after the other (article 159). -/
def composed (s t : LinearSubstitution) : LinearSubstitution where
  a := s.a * t.a + s.b * t.c
  b := s.a * t.b + s.b * t.d
  c := s.c * t.a + s.d * t.c
  d := s.c * t.b + s.d * t.d
  proper := by
    have h : (s.a * t.a + s.b * t.c) * (s.c * t.b + s.d * t.d) -
        (s.a * t.b + s.b * t.d) * (s.c * t.a + s.d * t.c) =
        (s.a * s.d - s.b * s.c) * (t.a * t.d - t.b * t.c) := by
      simp only [Int.mul_add, Int.mul_sub, Int.mul_left_comm, Int.mul_comm]
      omega
    rw [h, s.proper, t.proper]
    rfl

/-- The substitution `x = x'`, `y = y'`. -/
def unchanged : LinearSubstitution := ⟨1, 0, 0, 1, by decide⟩

/-- The substitution that expresses `x'`, `y'` by `x`, `y`. -/
def solved (s : LinearSubstitution) : LinearSubstitution where
  a := s.d
  b := -s.b
  c := -s.c
  d := s.a
  proper := by rw [Int.neg_mul_neg, Int.mul_comm]; exact s.proper

/-- The substitution made `k` times. -/
def iterated (s : LinearSubstitution) : Nat → LinearSubstitution
  | 0 => unchanged
  | k + 1 => (iterated s k).composed s

/-- Three substitutions may be taken together in either way. -/
theorem composed_assoc (s t u : LinearSubstitution) :
    (s.composed t).composed u = s.composed (t.composed u) := by
  apply ext <;> simp only [composed, Int.add_mul, Int.mul_add, Int.mul_assoc] <;> omega

/-- To change nothing and then substitute. -/
theorem unchanged_composed (s : LinearSubstitution) : unchanged.composed s = s := by
  apply ext <;> simp [composed, unchanged]

/-- To substitute and then change nothing. -/
theorem composed_unchanged (s : LinearSubstitution) : s.composed unchanged = s := by
  apply ext <;> simp [composed, unchanged]

/-- The solved substitution before the substitution changes nothing. -/
theorem solved_composed (s : LinearSubstitution) : s.solved.composed s = unchanged := by
  have h := s.proper
  have hb := Int.mul_comm s.b s.d
  have hc := Int.mul_comm s.c s.a
  have hd := Int.mul_comm s.d s.a
  have he := Int.mul_comm s.c s.b
  apply ext <;> simp only [composed, solved, unchanged, Int.neg_mul] <;> omega

/-- The solved substitution after the substitution changes nothing. -/
theorem composed_solved (s : LinearSubstitution) : s.composed s.solved = unchanged := by
  have h := s.proper
  have hb := Int.mul_comm s.b s.a
  have hc := Int.mul_comm s.d s.c
  have hd := Int.mul_comm s.d s.a
  have he := Int.mul_comm s.c s.b
  apply ext <;> simp only [composed, solved, unchanged, Int.mul_neg] <;> omega

/-- Made no times. -/
theorem iterated_zero (s : LinearSubstitution) : s.iterated 0 = unchanged := rfl

/-- Made once more. -/
theorem iterated_succ (s : LinearSubstitution) (k : Nat) :
    s.iterated (k + 1) = (s.iterated k).composed s := rfl

end LinearSubstitution

end Reconstruct
