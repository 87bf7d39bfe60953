import Reconstruct.Substitutions.Foundation.Collection.Nodup

/-!
# Sums of residues

By a modulus every whole number leaves a residue less than the modulus, its *least residue* (Gauss,
*Disquisitiones arithmeticae*, 1801, articles 2–4). Residues are added by taking the least residue
of the sum, as Euler does (1761, "Theoremata circa residua ex divisione potestatum relicta").
-/

namespace Reconstruct

/-- A modulus: a whole number that is not nought. -/
structure Modulus where
  /-- The number itself. -/
  number : Nat
  /-- It is not nought. -/
  positive : 0 < number

/-- A least residue: a number less than the modulus. -/
structure Residue (m : Modulus) where
  /-- The residue as a number. -/
  least : Nat
  /-- It is less than the modulus. -/
  below : least < m.number

namespace Residue

variable {m : Modulus}

/-- Residues that are the same number are the same. -/
@[ext] theorem ext {a b : Residue m} (h : a.least = b.least) : a = b := by
  obtain ⟨a, _⟩ := a
  obtain ⟨b, _⟩ := b
  cases (h : a = b)
  rfl

/-- Residues are compared as numbers. -/
instance : DecidableEq (Residue m) := fun a b =>
  decidable_of_iff (a.least = b.least) ⟨ext, fun h => by rw [h]⟩

/-- The least residue of a number. -/
def of (m : Modulus) (k : Nat) : Residue m := ⟨k % m.number, Nat.mod_lt k m.positive⟩

/-- The least residue of a whole number, positive or negative. -/
def ofInteger (m : Modulus) (k : Int) : Residue m := of m (k % m.number).toNat

/-- The residue of the sum. -/
def sum (a b : Residue m) : Residue m := of m (a.least + b.least)

/-- The residue nought. -/
def nought (m : Modulus) : Residue m := of m 0

/-- What is wanting to the modulus. -/
def opposite (a : Residue m) : Residue m := of m (m.number - a.least)

/-- The residue added up `k` times. -/
def multiple (a : Residue m) : Nat → Residue m
  | 0 => nought m
  | k + 1 => (multiple a k).sum a

/-- All residues in their order. -/
def all (m : Modulus) : List (Residue m) := (List.range m.number).map (of m)

/-- The residue of a number, as a number. -/
theorem least_of (k : Nat) : (of m k).least = k % m.number := rfl

/-- The residue of a residue is the residue itself. -/
theorem of_least (a : Residue m) : of m a.least = a := ext (Nat.mod_eq_of_lt a.below)

/-- A sum as a number. -/
theorem least_sum (a b : Residue m) : (a.sum b).least = (a.least + b.least) % m.number := rfl

/-- Three residues may be added in either way. -/
theorem sum_assoc (a b c : Residue m) : (a.sum b).sum c = a.sum (b.sum c) :=
  ext (by simp only [least_sum, Nat.mod_add_mod, Nat.add_mod_mod, Nat.add_assoc])

/-- The order of the summands does not matter. -/
theorem sum_comm (a b : Residue m) : a.sum b = b.sum a :=
  ext (by rw [least_sum, least_sum, Nat.add_comm])

/-- To add to nought changes nothing. -/
theorem nought_sum (a : Residue m) : (nought m).sum a = a :=
  ext (by rw [least_sum, nought, least_of, Nat.zero_mod, Nat.zero_add, Nat.mod_eq_of_lt a.below])

/-- To add nought changes nothing. -/
theorem sum_nought (a : Residue m) : a.sum (nought m) = a := by rw [sum_comm, nought_sum]

/-- A residue added to what it wants to the modulus gives nought. -/
theorem opposite_sum (a : Residue m) : a.opposite.sum a = nought m := by
  have h := a.below
  refine ext ?_
  rw [least_sum, opposite, nought, least_of, least_of, Nat.mod_add_mod,
    Nat.sub_add_cancel (Nat.le_of_lt h), Nat.mod_self, Nat.zero_mod]

/-- What a residue wants to the modulus, added to it, gives nought. -/
theorem sum_opposite (a : Residue m) : a.sum a.opposite = nought m := by
  rw [sum_comm, opposite_sum]

/-- A residue taken no times is nought. -/
theorem multiple_zero (a : Residue m) : a.multiple 0 = nought m := rfl

/-- A residue taken once more. -/
theorem multiple_succ (a : Residue m) (k : Nat) : a.multiple (k + 1) = (a.multiple k).sum a := rfl

/-- A multiple as a number. -/
theorem least_multiple (a : Residue m) (k : Nat) :
    (a.multiple k).least = k * a.least % m.number := by
  induction k with
  | zero => rw [Nat.zero_mul]; rfl
  | succ k ih => rw [multiple_succ, least_sum, ih, Nat.mod_add_mod, Nat.succ_mul]

/-- The list of all residues leaves none out. -/
theorem mem_all (a : Residue m) : a ∈ all m :=
  List.mem_map.mpr ⟨a.least, List.mem_range.mpr a.below, of_least a⟩

/-- The list of all residues names none twice. -/
theorem nodup_all (m : Modulus) : (all m).Nodup := by
  refine nodup_map_of_injOn List.nodup_range fun i hi j hj h => ?_
  have h' := congrArg Residue.least h
  rwa [least_of, least_of, Nat.mod_eq_of_lt (List.mem_range.mp hi),
    Nat.mod_eq_of_lt (List.mem_range.mp hj)] at h'

/-- There are as many residues as the modulus has units. -/
theorem length_all (m : Modulus) : (all m).length = m.number := by
  rw [all, List.length_map, List.length_range]

end Residue

end Reconstruct
