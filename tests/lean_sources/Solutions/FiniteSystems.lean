import Reconstruct.Substitutions.Foundation.Collection.Count
import Reconstruct.Substitutions.Target.Keeping
import Reconstruct.Substitutions.Target.PrimeResidue
import Reconstruct.Substitutions.Target.ResidueSum
import Reconstruct.Substitutions.Target.Turn

/-! Proofs of the statements about finite systems: the reason once, then each system. Never shown
to a policy. -/

namespace Reconstruct.Solutions

section Reason

variable {G : Type} {m : G → G → G} {e : G} {inv : G → G} {pw : G → Nat → G} {L H : List G}
  (A : ∀ a b c, m (m a b) c = m a (m b c)) (LU : ∀ a, m e a = a) (RU : ∀ a, m a e = a)
  (LI : ∀ a, m (inv a) a = e) (RI : ∀ a, m a (inv a) = e)
  (p0 : ∀ a, pw a 0 = e) (ps : ∀ a k, pw a (k + 1) = m (pw a k) a)

include A LU LI in
private theorem strike {a b c : G} (h : m a b = m a c) : b = c := by
  rw [← LU b, ← LI a, A, h, ← A, LI, LU]

include A LU RU LI in
private theorem closed_finite (h0 : H ≠ []) (hm : ∀ a b, a ∈ H → b ∈ H → m a b ∈ H) :
    e ∈ H ∧ ∀ a, a ∈ H → inv a ∈ H := by
  obtain ⟨U, hU, hUH⟩ := exists_nodup_of_list H
  have reach : ∀ a, a ∈ H → ∀ b, b ∈ H → ∃ x, x ∈ H ∧ m a x = b := by
    intro a ha b hb
    have h := mem_of_subset_of_length_le (l₁ := U.map (m a)) (l₂ := U)
      (nodup_map_of_injOn hU fun x _ y _ h => strike A LU LI h)
      (fun x hx => by
        obtain ⟨y, hy, rfl⟩ := List.mem_map.1 hx
        exact (hUH _).2 (hm a y ha ((hUH _).1 hy)))
      (by rw [List.length_map]; exact Nat.le_refl _) ((hUH b).2 hb)
    obtain ⟨x, hx, h⟩ := List.mem_map.1 h
    exact ⟨x, (hUH x).1 hx, h⟩
  obtain ⟨a, ha⟩ := List.exists_mem_of_ne_nil H h0
  obtain ⟨x, hx, h⟩ := reach a ha a ha
  have he : e ∈ H := by
    have : x = e := strike A LU LI (a := a) (by rw [h, RU])
    rwa [← this]
  refine ⟨he, fun b hb => ?_⟩
  obtain ⟨y, hy, h⟩ := reach b hb e he
  have : inv b = y := by rw [← RU (inv b), ← h, ← A, LI, LU]
  rwa [this]

include A LU RU LI RI in
private theorem rows_agree (hm : ∀ a b, a ∈ H → b ∈ H → m a b ∈ H) (a b x : G)
    (ha : x ∈ H.map (m a)) (hb : x ∈ H.map (m b)) (y : G) :
    y ∈ H.map (m a) ↔ y ∈ H.map (m b) := by
  have key : ∀ a b, x ∈ H.map (m a) → x ∈ H.map (m b) → y ∈ H.map (m a) → y ∈ H.map (m b) := by
    intro a b ha hb hy
    obtain ⟨h, hh, hax⟩ := List.mem_map.1 ha
    obtain ⟨k, hk, hbx⟩ := List.mem_map.1 hb
    obtain ⟨j, hj, rfl⟩ := List.mem_map.1 hy
    have hi := (closed_finite A LU RU LI (List.ne_nil_of_mem hh) hm).2 h hh
    refine List.mem_map.2 ⟨m k (m (inv h) j), hm _ _ hk (hm _ _ hi hj), ?_⟩
    rw [← A, hbx, ← hax, A, ← A h, RI, LU]
  exact ⟨key a b ha hb, key b a hb ha⟩

include A LU RU LI RI in
private theorem count_divides (ln : L.Nodup) (la : ∀ a, a ∈ L) (h0 : H ≠ []) (hn : H.Nodup)
    (hm : ∀ a b, a ∈ H → b ∈ H → m a b ∈ H) : H.length ∣ L.length := by
  obtain ⟨he, hi⟩ := closed_finite A LU RU LI h0 hm
  haveI : ∀ a, DecidablePred fun b => m (inv a) b ∈ H := fun a b => Classical.propDecidable _
  refine dvd_length_of_equal_classes (fun a b => m (inv a) b ∈ H) (fun a _ => ?_)
    (fun a _ b _ h => ?_) (fun a _ b _ c _ h h' => ?_) (fun a _ => ?_)
  · show m (inv a) a ∈ H
    rwa [LI]
  · have h1 : inv (m (inv a) b) = m (inv b) a :=
      strike A LU LI (a := m (inv a) b) (by rw [RI, A, ← A b, RI, LU, LI])
    show m (inv b) a ∈ H
    rw [← h1]
    exact hi _ h
  · have h1 := hm _ _ h h'
    rwa [A, ← A b, RI, LU] at h1
  · rw [← List.length_map (as := H) (m a)]
    refine countP_eq_length ln (nodup_map_of_injOn hn fun x _ y _ h => strike A LU LI h) fun b => ?_
    rw [List.mem_map, decide_eq_true_iff]
    exact ⟨fun ⟨x, hx, h⟩ => ⟨la b, by
        show m (inv a) b ∈ H
        rw [← h, ← A, LI, LU]
        exact hx⟩,
      fun ⟨_, h⟩ => ⟨_, h, by rw [← A, RI, LU]⟩⟩

include A RU p0 ps in
private theorem power_add (a : G) (j k : Nat) : pw a (j + k) = m (pw a j) (pw a k) := by
  induction k with
  | zero => rw [Nat.add_zero, p0, RU]
  | succ k ih => rw [← Nat.add_assoc, ps, ps, ih, A]

include A LU RU LI p0 ps in
private theorem power_less (a : G) {j k : Nat} (hjk : j ≤ k) (h : pw a j = pw a k) :
    pw a (k - j) = e := by
  refine (strike A LU LI (a := pw a j) ?_).symm
  rw [RU, ← power_add A RU p0 ps, Nat.add_sub_cancel' hjk, h]

include A LU RU LI p0 ps in
private theorem some_power (la : ∀ a, a ∈ L) (a : G) : ∃ k, 0 < k ∧ pw a k = e := by
  obtain ⟨j, _, k, _, hjk, h⟩ := exists_ne_map_eq_of_length_lt (f := pw a)
    (l := List.range (L.length + 1)) (m := L) List.nodup_range (fun k _ => la _)
    (by rw [List.length_range]; exact Nat.lt_succ_self _)
  rcases Nat.lt_or_gt_of_ne hjk with hlt | hlt
  · exact ⟨k - j, by omega, power_less A LU RU LI p0 ps a (by omega) h⟩
  · exact ⟨j - k, by omega, power_less A LU RU LI p0 ps a (by omega) h.symm⟩

include A LU RU LI RI p0 ps in
private theorem period_divides (ln : L.Nodup) (la : ∀ a, a ∈ L) (a : G) (d : Nat) (hd : 0 < d)
    (h : pw a d = e) (hmin : ∀ k, 0 < k → pw a k = e → d ≤ k) : d ∣ L.length := by
  have below : ∀ k, pw a k = pw a (k % d) := by
    intro k
    have hq : ∀ q, pw a (d * q) = e := fun q => by
      induction q with
      | zero => rw [Nat.mul_zero, p0]
      | succ q ih => rw [Nat.mul_succ, power_add A RU p0 ps, ih, h, LU]
    conv => lhs; rw [← Nat.div_add_mod k d]
    rw [power_add A RU p0 ps, hq, LU]
  have mem : ∀ k, pw a k ∈ (List.range d).map (pw a) := fun k =>
    List.mem_map.2 ⟨k % d, List.mem_range.2 (Nat.mod_lt k hd), (below k).symm⟩
  have h1 := count_divides A LU RU LI RI (H := (List.range d).map (pw a)) ln la
    (List.ne_nil_of_mem (mem 0)) ?_ ?_
  · rwa [List.length_map, List.length_range] at h1
  · refine nodup_map_of_injOn List.nodup_range fun j hj k hk hjk => ?_
    rw [List.mem_range] at hj hk
    rcases Nat.lt_trichotomy j k with hlt | heq | hlt
    · have := hmin (k - j) (by omega) (power_less A LU RU LI p0 ps a (by omega) hjk)
      omega
    · exact heq
    · have := hmin (j - k) (by omega) (power_less A LU RU LI p0 ps a (by omega) hjk.symm)
      omega
  · intro x y hx hy
    obtain ⟨j, _, rfl⟩ := List.mem_map.1 hx
    obtain ⟨k, _, rfl⟩ := List.mem_map.1 hy
    rw [← power_add A RU p0 ps]
    exact mem _

end Reason

/-! Sums of residues -/

section

open Residue

theorem SomeMultipleIsNought : Reconstruct.SomeMultipleIsNought.Statement := fun _ a =>
  some_power sum_assoc nought_sum sum_nought opposite_sum multiple_zero multiple_succ mem_all a

theorem ResiduePeriodDividesModulus : Reconstruct.ResiduePeriodDividesModulus.Statement := by
  intro m a d hd h hmin
  rw [← length_all m]
  exact period_divides sum_assoc nought_sum sum_nought opposite_sum sum_opposite multiple_zero
    multiple_succ (nodup_all m) mem_all a d hd h hmin

theorem SumsInsideHoldOpposites : Reconstruct.SumsInsideHoldOpposites.Statement := fun _ _ =>
  closed_finite sum_assoc nought_sum sum_nought opposite_sum

theorem ShiftedRowsAgreeOrDiffer : Reconstruct.ShiftedRowsAgreeOrDiffer.Statement := fun _ _ =>
  rows_agree sum_assoc nought_sum sum_nought opposite_sum sum_opposite

theorem SumsInsideCountDividesModulus : Reconstruct.SumsInsideCountDividesModulus.Statement := by
  intro m H h0 hn hm
  rw [← length_all m]
  exact count_divides sum_assoc nought_sum sum_nought opposite_sum sum_opposite (nodup_all m)
    mem_all h0 hn hm

end

/-! Products of residues prime to the modulus -/

section

open PrimeResidue

theorem SomePowerIsUnity : Reconstruct.SomePowerIsUnity.Statement := fun _ a =>
  some_power product_assoc unity_product product_unity reciprocal_product power_zero power_succ
    mem_all a

theorem ResiduePeriodDividesTotient : Reconstruct.ResiduePeriodDividesTotient.Statement := by
  intro m a d hd h hmin
  rw [← length_all m]
  exact period_divides product_assoc unity_product product_unity reciprocal_product
    product_reciprocal power_zero power_succ (nodup_all m) mem_all a d hd h hmin

theorem ProductsInsideHoldReciprocals : Reconstruct.ProductsInsideHoldReciprocals.Statement :=
  fun _ _ => closed_finite product_assoc unity_product product_unity reciprocal_product

theorem MultipliedRowsAgreeOrDiffer : Reconstruct.MultipliedRowsAgreeOrDiffer.Statement :=
  fun _ _ => rows_agree product_assoc unity_product product_unity reciprocal_product
    product_reciprocal

theorem ProductsInsideCountDividesTotient :
    Reconstruct.ProductsInsideCountDividesTotient.Statement := by
  intro m H h0 hn hm
  rw [← length_all m]
  exact count_divides product_assoc unity_product product_unity reciprocal_product
    product_reciprocal (nodup_all m) mem_all h0 hn hm

end

/-! Turns -/

section

open Turn

theorem SomeRepetitionRests : Reconstruct.SomeRepetitionRests.Statement := fun _ s =>
  some_power after_assoc rest_after after_rest back_after times_zero times_succ mem_all s

theorem TurnPeriodDividesCorners : Reconstruct.TurnPeriodDividesCorners.Statement := by
  intro m s d hd h hmin
  rw [← length_all m]
  exact period_divides after_assoc rest_after after_rest back_after after_back times_zero
    times_succ (nodup_all m) mem_all s d hd h hmin

theorem TurnsInsideHoldBack : Reconstruct.TurnsInsideHoldBack.Statement := fun _ _ =>
  closed_finite after_assoc rest_after after_rest back_after

theorem TurnsInsideCountDividesCorners :
    Reconstruct.TurnsInsideCountDividesCorners.Statement := by
  intro m H h0 hn hm
  rw [← length_all m]
  exact count_divides after_assoc rest_after after_rest back_after after_back (nodup_all m)
    mem_all h0 hn hm

end

end Reconstruct.Solutions
