import Reconstruct.Substitutions.Foundation.Congruence.Residue
import Reconstruct.Substitutions.Foundation.Substitution.Power

/-!
# Turns of a regular polygon

The corners of a regular polygon are numbered in their order round the circle, as Gauss numbers the
roots in the section on the division of the circle (*Disquisitiones arithmeticae*, 1801, articles
336–343). A turn carries every corner to a corner and the next corner to the next one.
-/

namespace Reconstruct

/-- From every corner of the polygon to the next. -/
def nextCorner (m : Modulus) : Substitution m.number where
  toFun i := ⟨(i.val + 1) % m.number, Nat.mod_lt _ m.positive⟩
  inv i := ⟨(i.val + (m.number - 1)) % m.number, Nat.mod_lt _ m.positive⟩
  left_inv i := by
    have h := m.positive
    refine Fin.ext ?_
    show ((i.val + 1) % m.number + (m.number - 1)) % m.number = i.val
    rw [Nat.mod_add_mod, show i.val + 1 + (m.number - 1) = i.val + m.number by omega,
      Nat.add_mod_right, Nat.mod_eq_of_lt i.isLt]
  right_inv i := by
    have h := m.positive
    refine Fin.ext ?_
    show ((i.val + (m.number - 1)) % m.number + 1) % m.number = i.val
    rw [Nat.mod_add_mod, show i.val + (m.number - 1) + 1 = i.val + m.number by omega,
      Nat.add_mod_right, Nat.mod_eq_of_lt i.isLt]

/-- A turn of the polygon with `m` corners. -/
structure Turn (m : Modulus) where
  /-- Where each corner goes. -/
  corners : Substitution m.number
  /-- The next corner goes to the next. -/
  keeps : ∀ i, corners (nextCorner m i) = nextCorner m (corners i)

namespace Turn

variable {m : Modulus}

/-- Turns that carry each corner to the same place are the same. -/
@[ext] theorem ext {s t : Turn m} (h : ∀ i, s.corners i = t.corners i) : s = t := by
  obtain ⟨s, _⟩ := s
  obtain ⟨t, _⟩ := t
  cases (Substitution.ext h : s = t)
  rfl

/-- Turns are compared corner by corner. -/
instance : DecidableEq (Turn m) := fun s t =>
  decidable_of_iff (∀ i, s.corners i = t.corners i) ⟨ext, fun h => by rw [h]; exact fun _ => rfl⟩

/-- The turn `t`, and the turn `s` after it. -/
def after (s t : Turn m) : Turn m :=
  ⟨s.corners * t.corners, fun i => by
    rw [Substitution.mul_apply, t.keeps, s.keeps, Substitution.mul_apply]⟩

/-- The polygon rests. -/
def rest (m : Modulus) : Turn m := ⟨1, fun _ => rfl⟩

/-- The turn back. -/
def back (s : Turn m) : Turn m :=
  ⟨s.corners⁻¹, fun i => by
    rw [Substitution.inv_apply_eq_iff, s.keeps, Substitution.apply_inv_self]⟩

/-- The turn made `k` times. -/
def times (s : Turn m) : Nat → Turn m
  | 0 => rest m
  | k + 1 => (times s k).after s

/-- The turn by one corner. -/
def one (m : Modulus) : Turn m := ⟨nextCorner m, fun _ => rfl⟩

/-- Three turns may be taken together in either way. -/
theorem after_assoc (s t u : Turn m) : (s.after t).after u = s.after (t.after u) := rfl

/-- To rest after a turn. -/
theorem rest_after (s : Turn m) : (rest m).after s = s := rfl

/-- To rest before a turn. -/
theorem after_rest (s : Turn m) : s.after (rest m) = s := rfl

/-- A turn and the turn back. -/
theorem back_after (s : Turn m) : s.back.after s = rest m :=
  ext fun i => s.corners.inv_apply_self i

/-- The turn back and the turn. -/
theorem after_back (s : Turn m) : s.after s.back = rest m :=
  ext fun i => s.corners.apply_inv_self i

/-- Made no times. -/
theorem times_zero (s : Turn m) : s.times 0 = rest m := rfl

/-- Made once more. -/
theorem times_succ (s : Turn m) (k : Nat) : s.times (k + 1) = (s.times k).after s := rfl

/-- The first corner of the polygon. -/
def first (m : Modulus) : Fin m.number := ⟨0, m.positive⟩

/-- Where the turn by one corner, made `k` times, carries the first corner. -/
theorem times_one_first (k : Nat) : (((one m).times k).corners (first m)).val = k % m.number := by
  have h : ∀ (k : Nat) (i : Fin m.number),
      (((one m).times k).corners i).val = (i.val + k) % m.number := by
    intro k
    induction k with
    | zero => exact fun i => (Nat.mod_eq_of_lt i.isLt).symm
    | succ k ih =>
      intro i
      rw [times_succ]
      show (((one m).times k).corners (nextCorner m i)).val = _
      rw [ih]
      show ((i.val + 1) % m.number + k) % m.number = _
      rw [Nat.mod_add_mod, Nat.add_right_comm, Nat.add_assoc]
  rw [h, first, Nat.zero_add]

/-- A turn is known when it is known where the first corner goes. -/
theorem eq_of_first {s t : Turn m} (h : s.corners (first m) = t.corners (first m)) : s = t := by
  refine ext fun i => ?_
  obtain ⟨i, hi⟩ := i
  induction i with
  | zero => exact h
  | succ i ih =>
    have hnext : nextCorner m ⟨i, by omega⟩ = ⟨i + 1, hi⟩ := Fin.ext (Nat.mod_eq_of_lt hi)
    rw [← hnext, s.keeps, t.keeps, ih]

/-- All turns, by one corner, by two and so on. -/
def all (m : Modulus) : List (Turn m) := (List.range m.number).map (one m).times

/-- The list of all turns leaves none out. -/
theorem mem_all (s : Turn m) : s ∈ all m :=
  List.mem_map.mpr ⟨_, List.mem_range.mpr (s.corners (first m)).isLt, eq_of_first
    (Fin.ext ((times_one_first _).trans (Nat.mod_eq_of_lt (s.corners (first m)).isLt)))⟩

/-- The list of all turns names none twice. -/
theorem nodup_all (m : Modulus) : (all m).Nodup := by
  refine nodup_map_of_injOn List.nodup_range fun i hi j hj h => ?_
  have h' := congrArg (fun s : Turn m => (s.corners (first m)).val) h
  simp only [times_one_first] at h'
  rwa [Nat.mod_eq_of_lt (List.mem_range.mp hi), Nat.mod_eq_of_lt (List.mem_range.mp hj)] at h'

/-- There are as many turns as corners. -/
theorem length_all (m : Modulus) : (all m).length = m.number := by
  rw [all, List.length_map, List.length_range]

end Turn

end Reconstruct
