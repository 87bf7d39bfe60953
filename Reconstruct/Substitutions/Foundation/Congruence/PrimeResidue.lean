import Reconstruct.Substitutions.Foundation.Congruence.Euler
import Reconstruct.Substitutions.Foundation.Congruence.Residue

/-!
# Products of residues prime to the modulus

Euler ("Theoremata arithmetica nova methodo demonstrata", 1763) multiplies the residues that have no
divisor in common with the modulus: the residue of a product is one of them again, and some power of
each is unity, so that a power serves to divide by it. Gauss (1801, articles 31 and 45) calls the
result of such a division the value of a fraction by the modulus.
-/

namespace Reconstruct

/-- A least residue that has no divisor in common with the modulus. -/
structure PrimeResidue (m : Modulus) where
  /-- The residue as a number. -/
  least : Nat
  /-- It is less than the modulus. -/
  below : least < m.number
  /-- It has no divisor in common with the modulus. -/
  prime : Nat.gcd m.number least = 1

namespace PrimeResidue

variable {m : Modulus}

/-- Residues that are the same number are the same. -/
@[ext] theorem ext {a b : PrimeResidue m} (h : a.least = b.least) : a = b := by
  obtain ⟨a, _, _⟩ := a
  obtain ⟨b, _, _⟩ := b
  cases (h : a = b)
  rfl

/-- Residues are compared as numbers. -/
instance : DecidableEq (PrimeResidue m) := fun a b =>
  decidable_of_iff (a.least = b.least) ⟨ext, fun h => by rw [h]⟩

/-- The least residue of a number that has no divisor in common with the modulus. -/
def of (m : Modulus) (k : Nat) (h : Nat.gcd m.number k = 1) : PrimeResidue m where
  least := k % m.number
  below := Nat.mod_lt k m.positive
  prime := by rw [Nat.gcd_comm, ← Nat.gcd_rec]; exact h

/-- The residue of the product. -/
def product (a b : PrimeResidue m) : PrimeResidue m :=
  of m (a.least * b.least) (Nat.Coprime.mul_right a.prime b.prime)

/-- The residue of unity. -/
def unity (m : Modulus) : PrimeResidue m := of m 1 (Nat.gcd_one_right _)

/-- The residue that multiplied by `a` gives unity: by Euler's theorem a power of `a`. -/
def reciprocal (a : PrimeResidue m) : PrimeResidue m :=
  of m (a.least ^ (totient m.number - 1)) (Nat.Coprime.pow_right _ a.prime)

/-- The product of `k` factors `a`. -/
def power (a : PrimeResidue m) : Nat → PrimeResidue m
  | 0 => unity m
  | k + 1 => (power a k).product a

/-- A product as a number. -/
theorem least_product (a b : PrimeResidue m) :
    (a.product b).least = a.least * b.least % m.number := rfl

/-- Unity as a number. -/
theorem least_unity : (unity m).least = 1 % m.number := rfl

/-- Three residues may be multiplied in either way. -/
theorem product_assoc (a b c : PrimeResidue m) :
    (a.product b).product c = a.product (b.product c) :=
  ext (by simp only [least_product, Nat.mod_mul_mod, Nat.mul_mod_mod, Nat.mul_assoc])

/-- The order of the factors does not matter. -/
theorem product_comm (a b : PrimeResidue m) : a.product b = b.product a :=
  ext (by rw [least_product, least_product, Nat.mul_comm])

/-- Unity changes nothing as a first factor. -/
theorem unity_product (a : PrimeResidue m) : (unity m).product a = a :=
  ext (by rw [least_product, least_unity, Nat.mod_mul_mod, Nat.one_mul, Nat.mod_eq_of_lt a.below])

/-- Unity changes nothing as a second factor. -/
theorem product_unity (a : PrimeResidue m) : a.product (unity m) = a := by
  rw [product_comm, unity_product]

/-- There is at least one residue prime to the modulus. -/
theorem totient_pos (m : Modulus) : 0 < totient m.number :=
  List.length_pos_of_mem (mem_primeResidues.mpr ⟨(unity m).below, (unity m).prime⟩)

/-- The reciprocal before a residue gives unity (Euler 1763). -/
theorem reciprocal_product (a : PrimeResidue m) : a.reciprocal.product a = unity m := by
  refine ext ?_
  have h : Congruent m.number ((a.least : Int) ^ totient m.number) 1 :=
    pow_totient_congruent m.positive a.prime
  rw [congruent_iff_emod_eq] at h
  have h' : a.least ^ totient m.number % m.number = 1 % m.number := by exact_mod_cast h
  rw [least_product, reciprocal, of, Nat.mod_mul_mod, ← Nat.pow_add_one,
    Nat.sub_add_cancel (totient_pos m), least_unity, h']

/-- The reciprocal after a residue gives unity. -/
theorem product_reciprocal (a : PrimeResidue m) : a.product a.reciprocal = unity m := by
  rw [product_comm, reciprocal_product]

/-- No factor gives unity. -/
theorem power_zero (a : PrimeResidue m) : a.power 0 = unity m := rfl

/-- One factor more. -/
theorem power_succ (a : PrimeResidue m) (k : Nat) : a.power (k + 1) = (a.power k).product a := rfl

/-- A power as a number. -/
theorem least_power (a : PrimeResidue m) (k : Nat) :
    (a.power k).least = a.least ^ k % m.number := by
  induction k with
  | zero => rfl
  | succ k ih => rw [power_succ, least_product, ih, Nat.mod_mul_mod, Nat.pow_succ]

/-- All residues prime to the modulus in their order. -/
def all (m : Modulus) : List (PrimeResidue m) :=
  (primeResidues m.number).pmap (fun a h => ⟨a, h.1, h.2⟩) fun _ h => mem_primeResidues.mp h

/-- The list of all residues prime to the modulus leaves none out. -/
theorem mem_all (a : PrimeResidue m) : a ∈ all m :=
  List.mem_pmap.mpr ⟨a.least, mem_primeResidues.mpr ⟨a.below, a.prime⟩, rfl⟩

/-- The list of all residues prime to the modulus names none twice. -/
theorem nodup_all (m : Modulus) : (all m).Nodup := by
  have h : ((all m).map PrimeResidue.least).Nodup := by
    rw [all, List.map_pmap, List.pmap_eq_map, List.map_id']
    exact nodup_primeResidues m.number
  exact (List.pairwise_map.mp h).imp fun hne e => hne (congrArg _ e)

/-- There are as many as Euler's number says. -/
theorem length_all (m : Modulus) : (all m).length = totient m.number := List.length_pmap ..

end PrimeResidue

end Reconstruct
