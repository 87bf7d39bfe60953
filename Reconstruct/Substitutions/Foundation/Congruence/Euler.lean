import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole
import Reconstruct.Substitutions.Foundation.Congruence.Order

/-!
# Numbers prime to the modulus

Euler (1763): the number `φ(m)` of residues without common divisor with `m`, and the theorem
`a ^ φ(m) ≡ 1`, which contains Fermat's. Gauss, *Disquisitiones* (1801), articles 38–39 and 83. The
simultaneous solution of two congruences is Sun Zi's (about 400) and Gauss's (article 32).
-/

namespace Reconstruct

/-- The residues `0, …, m - 1` without common divisor with `m`, as a list. -/
def primeResidues (m : Nat) : List Nat := (List.range m).filter fun a => Nat.gcd m a == 1

/-- Euler's `φ(m)`: how many residues have no common divisor with `m` (Euler 1763). -/
def totient (m : Nat) : Nat := (primeResidues m).length

/-- Membership in the list of prime residues. -/
theorem mem_primeResidues {m a : Nat} : a ∈ primeResidues m ↔ a < m ∧ Nat.gcd m a = 1 := by
  rw [primeResidues, List.mem_filter, List.mem_range, beq_iff_eq]

/-- Each prime residue is listed once. -/
theorem nodup_primeResidues (m : Nat) : (primeResidues m).Nodup :=
  nodup_filter _ List.nodup_range

/-- A product of numbers prime to the modulus is prime to it. -/
theorem gcd_product_eq_one {m : Int} {l : List Int} (h : ∀ a, a ∈ l → Int.gcd m a = 1) :
    Int.gcd m (product l) = 1 := by
  induction l with
  | nil => exact Int.gcd_one_right m
  | cons a t ih =>
    exact gcd_mul_eq_one (h a (.head _)) (ih fun b hb => h b (.tail _ hb))

/-- Euler's theorem (1763): `a ^ φ(m) ≡ 1` for `a` prime to `m`. -/
theorem pow_totient_congruent {m : Nat} (hm : 0 < m) {a : Int} (h : Int.gcd m a = 1) :
    Congruent m (a ^ totient m) 1 := by
  have hm' : (m : Int) ≠ 0 := by omega
  -- multiplication by `a` rearranges the prime residues
  have hcast : ∀ r : Nat, (((a * r % m).toNat : Nat) : Int) = a * r % m := fun r =>
    Int.toNat_of_nonneg (Int.emod_nonneg _ hm')
  have hres : ∀ r : Nat, Congruent m (a * r) ((a * r % m).toNat : Nat) := fun r => by
    rw [hcast]; exact (Congruent.emod _ _).symm
  have hmem : ∀ r, r ∈ primeResidues m → (a * r % m).toNat ∈ primeResidues m := by
    intro r hr
    obtain ⟨_, hg⟩ := mem_primeResidues.mp hr
    rw [mem_primeResidues]
    constructor
    · have := Int.emod_lt_of_pos (a * r) (show (0 : Int) < m by omega)
      have := hcast r
      omega
    · have h1 : Int.gcd m (a * r) = 1 := gcd_mul_eq_one h hg
      rw [(hres r).gcd_eq] at h1
      exact h1
  have hnd : ((primeResidues m).map fun r : Nat => (a * r % m).toNat).Nodup := by
    refine nodup_map_of_injOn (nodup_primeResidues m) fun r hr s hs hrs => ?_
    have h1 : Congruent m (a * r) (a * s) := (hres r).trans (by
      have : (a * r % m).toNat = (a * s % m).toNat := hrs
      rw [this]; exact (hres s).symm)
    have h2 := (Congruent.mul_left_cancel h h1).eq_of_lt (by omega)
      (by have := (mem_primeResidues.mp hr).1; omega) (by omega)
      (by have := (mem_primeResidues.mp hs).1; omega)
    omega
  have hperm : ((primeResidues m).map fun r : Nat => (a * r % m).toNat).Perm (primeResidues m) :=
    perm_of_subset_of_length_le hnd (fun x hx => by
      obtain ⟨r, hr, rfl⟩ := List.mem_map.mp hx
      exact hmem r hr) (by rw [List.length_map]; exact Nat.le_refl _)
  have hprod := product_perm_int (hperm.map fun r : Nat => (r : Int))
  rw [List.map_map] at hprod
  have h1 : Congruent m (product ((primeResidues m).map fun r : Nat => a * (r : Int)))
      (product ((primeResidues m).map fun r : Nat => (r : Int))) := by
    rw [← hprod]
    exact Congruent.product_map fun r _ => hres r
  rw [product_map_mul_int, product_map_const_int] at h1
  refine Congruent.mul_right_cancel
    (c := product ((primeResidues m).map fun r : Nat => (r : Int))) ?_ ?_
  · refine gcd_product_eq_one fun x hx => ?_
    obtain ⟨r, hr, rfl⟩ := List.mem_map.mp hx
    exact (mem_primeResidues.mp hr).2
  · rw [Int.one_mul]
    exact h1

/-- The order of a number prime to `m` divides `φ(m)` (Euler 1763). -/
theorem residueOrder_dvd_totient {m : Nat} (hm : 0 < m) {a : Int} (h : Int.gcd m a = 1) :
    residueOrder m a ∣ totient m :=
  (pow_congruent_one_iff hm h).mp (pow_totient_congruent hm h)

/-- For a prime `p` all residues but `0` are prime to `p`: `φ(p) = p - 1`. -/
theorem Prime.totient_eq {p : Nat} (hp : Prime p) : totient p = p - 1 := by
  have : (primeResidues p).length = ((List.range (p - 1)).map fun k => k + 1).length := by
    refine length_eq_of_nodup_of_mem_iff (nodup_primeResidues p)
      (nodup_map (fun a b (h : a + 1 = b + 1) => Nat.succ.inj h) List.nodup_range) fun a => ?_
    rw [mem_primeResidues, hp.coprime_iff_not_dvd, List.mem_map]
    constructor
    · rintro ⟨h1, h2⟩
      have h0 : a ≠ 0 := fun h => h2 (h ▸ Nat.dvd_zero p)
      exact ⟨a - 1, List.mem_range.mpr (by omega), by omega⟩
    · rintro ⟨k, hk, rfl⟩
      have := List.mem_range.mp hk
      exact ⟨by omega, fun hd => by have := Nat.le_of_dvd (Nat.succ_pos k) hd; omega⟩
  rw [totient, this, List.length_map, List.length_range]

/-- Two congruences whose moduli have no common divisor have a common solution
(Sun Zi, about 400; Gauss 1801, article 32). -/
theorem exists_congruent_congruent {m n : Int} (h : Int.gcd m n = 1) (a b : Int) :
    ∃ x, Congruent m x a ∧ Congruent n x b := by
  obtain ⟨u, v, huv⟩ := exists_bezout_one h
  refine ⟨a * (n * v) + b * (m * u), ?_, ?_⟩
  · refine ⟨(b - a) * u, ?_⟩
    rw [show n * v = 1 - m * u by omega, Int.mul_sub, Int.mul_one, Int.mul_left_comm, Int.sub_mul,
      Int.mul_sub, Int.mul_left_comm b]
    omega
  · refine ⟨(a - b) * v, ?_⟩
    rw [show m * u = 1 - n * v by omega, Int.mul_sub, Int.mul_one, Int.mul_left_comm, Int.sub_mul,
      Int.mul_sub, Int.mul_left_comm b]
    omega

/-- The common solution is determined for the product of the moduli (Gauss 1801, article 32). -/
theorem Congruent.mul_of_gcd_eq_one {m n a b : Int} (h : Int.gcd m n = 1) (hm : Congruent m a b)
    (hn : Congruent n a b) : Congruent (m * n) a b :=
  mul_dvd_of_gcd_eq_one h hm hn

end Reconstruct
