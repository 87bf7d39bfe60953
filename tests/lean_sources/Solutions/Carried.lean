import Reconstruct.Substitutions.Foundation.Collection.Count
import Reconstruct.Substitutions.Target.Carried

/-! Proofs of the statements that relate two systems. Never shown to a policy. -/

namespace Reconstruct.Solutions

section Reason

variable {G K : Type} {m : G → G → G} {e : G} {inv : G → G} {m' : K → K → K} {e' : K}
  {inv' : K → K}
  (LU : ∀ a, m e a = a) (LI : ∀ a, m (inv a) a = e)
  (A' : ∀ a b c, m' (m' a b) c = m' a (m' b c)) (LU' : ∀ a, m' e' a = a)
  (RU' : ∀ a, m' a e' = a) (LI' : ∀ a, m' (inv' a) a = e') (RI' : ∀ a, m' a (inv' a) = e')
  {f : G → K} (hf : ∀ a b, f (m a b) = m' (f a) (f b))

include LU A' LU' LI' hf in
private theorem carried_identity : f e = e' := by
  have h := hf e e
  rw [LU] at h
  rw [← LU' (f e), ← LI' (f e), A', ← h]

include LU LI A' LU' RU' LI' RI' hf in
private theorem carried_inverse (a : G) : f (inv a) = inv' (f a) := by
  have h := hf (inv a) a
  rw [LI, carried_identity LU A' LU' LI' hf] at h
  rw [← LU' (inv' (f a)), h, A', RI', RU']

end Reason

private theorem least_ofInteger (m : Modulus) (a : Int) :
    ((Residue.ofInteger m a).least : Int) = a % m.number := by
  have h := m.positive
  show ((a % m.number).toNat % m.number : Nat) = a % (m.number : Int)
  rw [Int.natCast_emod, Int.toNat_of_nonneg (Int.emod_nonneg a (by omega)), Int.emod_emod]

theorem ResidueOfSum : Reconstruct.ResidueOfSum.Statement := by
  intro m a b
  refine Residue.ext (Int.ofNat_inj.1 ?_)
  rw [least_ofInteger, Residue.least_sum, Int.natCast_emod, Int.natCast_add, least_ofInteger,
    least_ofInteger, ← Int.add_emod]

open Ratio in
theorem NumbersToRatios : Reconstruct.NumbersToRatios.Statement := fun _ hf =>
  ⟨carried_identity Int.zero_add compound_assoc equality_compound inverse_compound hf,
    carried_inverse Int.zero_add Int.add_left_neg compound_assoc equality_compound
      compound_equality inverse_compound compound_inverse hf⟩

open Residue PrimeResidue in
theorem SumsToProducts : Reconstruct.SumsToProducts.Statement := fun _ _ _ hf =>
  ⟨carried_identity nought_sum product_assoc unity_product reciprocal_product hf,
    carried_inverse nought_sum opposite_sum product_assoc unity_product product_unity
      reciprocal_product product_reciprocal hf⟩

theorem MultiplesToPowers : Reconstruct.MultiplesToPowers.Statement := by
  intro m k f hf a j
  induction j with
  | zero => exact (SumsToProducts m k f hf).1
  | succ j ih => rw [Residue.multiple_succ, hf, ih, PrimeResidue.power_succ]

open Residue PrimeResidue in
theorem UnityAloneToNought : Reconstruct.UnityAloneToNought.Statement := by
  intro m k f hf hu a b h
  have h1 : f (a.product b.reciprocal) = nought k := by
    rw [hf, carried_inverse unity_product reciprocal_product sum_assoc nought_sum sum_nought
      opposite_sum sum_opposite hf, h, sum_opposite]
  have h2 := hu _ h1
  rw [← product_unity a, ← reciprocal_product b, ← product_assoc, h2, unity_product]

open Residue in
theorem CarriedToNoughtCount : Reconstruct.CarriedToNoughtCount.Statement := by
  intro m k f hf
  have h0 := carried_identity nought_sum sum_assoc nought_sum opposite_sum hf
  have hi := carried_inverse nought_sum opposite_sum sum_assoc nought_sum sum_nought opposite_sum
    sum_opposite hf
  rw [← length_all m]
  refine dvd_length_of_equal_classes (fun a b => f a = f b) (fun _ _ => rfl)
    (fun _ _ _ _ h => h.symm) (fun _ _ _ _ _ _ h h' => h.trans h') (fun a _ => ?_)
  rw [List.countP_eq_length_filter (p := fun a => f a == nought k), ← List.length_map (a.sum ·)]
  refine countP_eq_length (nodup_all m)
    (nodup_map_of_injOn (nodup_filter _ (nodup_all m)) fun x _ y _ h => ?_) fun b => ?_
  · rw [← nought_sum x, ← opposite_sum a, sum_assoc, h, ← sum_assoc, opposite_sum, nought_sum]
  · rw [List.mem_map, decide_eq_true_iff]
    constructor
    · rintro ⟨x, hx, rfl⟩
      refine ⟨mem_all _, ?_⟩
      show f a = f (a.sum x)
      rw [hf, beq_iff_eq.1 (List.mem_filter.1 hx).2, sum_nought]
    · rintro ⟨_, h⟩
      refine ⟨a.opposite.sum b, List.mem_filter.2 ⟨mem_all _, ?_⟩, ?_⟩
      · rw [hf, hi, h, opposite_sum, beq_self_eq_true]
      · rw [← sum_assoc, sum_opposite, nought_sum]

private theorem times_add {m : Modulus} (s : Turn m) (j k : Nat) :
    s.times (j + k) = (s.times j).after (s.times k) := by
  induction k with
  | zero => rfl
  | succ k ih => rw [← Nat.add_assoc, Turn.times_succ, Turn.times_succ, ih, Turn.after_assoc]

theorem TurnsAnswerToResidues : Reconstruct.TurnsAnswerToResidues.Statement := by
  intro m
  refine ⟨fun a => (Turn.one m).times a.least, fun a b => ?_, fun a b h => Residue.ext ?_,
    fun s => ?_⟩
  · rw [← times_add]
    refine Turn.eq_of_first (Fin.ext ?_)
    rw [Turn.times_one_first, Turn.times_one_first, Residue.least_sum, Nat.mod_mod]
  · have h1 := congrArg (fun s : Turn m => (s.corners (Turn.first m)).val) h
    simp only [Turn.times_one_first] at h1
    rwa [Nat.mod_eq_of_lt a.below, Nat.mod_eq_of_lt b.below] at h1
  · obtain ⟨k, hk, h⟩ := List.mem_map.1 (Turn.mem_all s)
    exact ⟨⟨k, List.mem_range.1 hk⟩, h⟩

open Turn Residue in
theorem PeriodOfCarriedTurn : Reconstruct.PeriodOfCarriedTurn.Statement := by
  intro m k f hf s j hj
  have h0 := carried_identity rest_after sum_assoc nought_sum opposite_sum hf
  have h : ∀ j, f (s.times j) = (f s).multiple j := by
    intro j
    induction j with
    | zero => exact h0
    | succ j ih => rw [times_succ, hf, ih, multiple_succ]
  rw [← h, hj, h0]

open LinearSubstitution PrimeResidue in
theorem LinearToResidues : Reconstruct.LinearToResidues.Statement := fun _ _ hf =>
  carried_inverse unchanged_composed solved_composed product_assoc unity_product product_unity
    reciprocal_product product_reciprocal hf

open LinearSubstitution in
theorem NumbersToLinear : Reconstruct.NumbersToLinear.Statement := by
  refine ⟨fun a => ⟨1, a, 0, 1, by omega⟩, fun a b => ?_, fun a b h => congrArg (·.b) h⟩
  apply ext <;> simp only [composed] <;> omega

open Residue in
theorem TranspositionCarried : Reconstruct.TranspositionCarried.Statement := by
  intro n m f hf i j
  rw [← hf, Substitution.swap_mul_self]
  exact carried_identity Substitution.one_mul sum_assoc nought_sum opposite_sum hf

end Reconstruct.Solutions
