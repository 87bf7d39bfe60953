import Reconstruct.Substitutions.Foundation.Arithmetic.Least
import Reconstruct.Substitutions.Foundation.Substitution.Order
import Reconstruct.Substitutions.Target.Integer
import Reconstruct.Substitutions.Target.Keeping
import Reconstruct.Substitutions.Target.LinearSubstitution
import Reconstruct.Substitutions.Target.PrimeResidue
import Reconstruct.Substitutions.Target.Ratio
import Reconstruct.Substitutions.Target.ResidueSum
import Reconstruct.Substitutions.Target.Turn

/-! Proofs of the statements that are special to one system. Never shown to a policy. -/

namespace Reconstruct.Solutions

theorem MultiplesOfPrimeGiveAll : Reconstruct.MultiplesOfPrimeGiveAll.Statement := by
  intro m a h b
  let r := (PrimeResidue.mk a.least a.below h).reciprocal
  have hr : r.least * a.least % m.number = 1 % m.number :=
    congrArg PrimeResidue.least (PrimeResidue.reciprocal_product ⟨a.least, a.below, h⟩)
  refine ⟨b.least * r.least, Residue.ext ?_⟩
  rw [Residue.least_multiple, Nat.mul_assoc, Nat.mul_mod, hr, ← Nat.mul_mod, Nat.mul_one,
    Nat.mod_eq_of_lt b.below]

theorem SquaresByEight : Reconstruct.SquaresByEight.Statement := by
  have h : ∀ l, l < 8 → Nat.gcd 8 l = 1 → l * l % 8 = 1 % 8 := by decide
  exact fun ⟨l, hl, hp⟩ => PrimeResidue.ext (h l hl hp)

private theorem measure_lt_one {a : Ratio} (h : a.measure < 1) (k : Nat) :
    (a.repeated (k + 1)).measure < 1 := by
  induction k with
  | zero => rw [Ratio.repeated_succ, Ratio.repeated_zero, Ratio.equality_compound]; exact h
  | succ k ih =>
    rw [Ratio.repeated_succ]
    have h1 := Rat.mul_lt_mul_of_pos_left h (a.repeated (k + 1)).positive
    rw [Rat.mul_one] at h1
    exact Std.lt_trans h1 ih

private theorem one_lt_measure {a : Ratio} (h : 1 < a.measure) (k : Nat) :
    1 < (a.repeated (k + 1)).measure := by
  induction k with
  | zero => rw [Ratio.repeated_succ, Ratio.repeated_zero, Ratio.equality_compound]; exact h
  | succ k ih =>
    rw [Ratio.repeated_succ]
    have h1 := Rat.mul_lt_mul_of_pos_left h (a.repeated (k + 1)).positive
    rw [Rat.mul_one] at h1
    exact Std.lt_trans ih h1

theorem RepeatedNeverEquality : Reconstruct.RepeatedNeverEquality.Statement := by
  intro a k hk h
  obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_lt hk
  rw [Nat.zero_add] at h
  have h1 : (a.repeated (k + 1)).measure = 1 := congrArg Ratio.measure h
  refine Ratio.ext (Classical.byContradiction fun hne => ?_)
  rcases Rat.le_total (a := a.measure) (b := 1) with hle | hle
  · have h2 := measure_lt_one (Rat.lt_of_le_of_ne hle hne) k
    rw [h1] at h2
    exact Rat.lt_irrefl h2
  · have h2 := one_lt_measure (Rat.lt_of_le_of_ne hle (Ne.symm hne)) k
    rw [h1] at h2
    exact Rat.lt_irrefl h2

theorem OnlyEqualityIsOwnInverse : Reconstruct.OnlyEqualityIsOwnInverse.Statement := by
  intro a h
  refine RepeatedNeverEquality a 2 (by decide) ?_
  rw [Ratio.repeated_succ, Ratio.repeated_succ, Ratio.repeated_zero, Ratio.equality_compound, h]

theorem DifferencesInsideAreMultiples : Reconstruct.DifferencesInsideAreMultiples.Statement := by
  intro P ⟨a, ha⟩ hs
  have h0 : P 0 := by
    have h := hs a a ha ha
    rwa [Int.sub_self] at h
  have hneg : ∀ x, P x → P (-x) := fun x hx => by
    have h := hs 0 x h0 hx
    rwa [Int.zero_sub] at h
  have hadd : ∀ x y, P x → P y → P (x + y) := fun x y hx hy => by
    have h := hs x (-y) hx (hneg y hy)
    rwa [Int.sub_neg] at h
  have hmul : ∀ x, P x → ∀ k : Int, P (x * k) := by
    have nat : ∀ x, P x → ∀ k : Nat, P (x * k) := by
      intro x hx k
      induction k with
      | zero => rw [Int.natCast_zero, Int.mul_zero]; exact h0
      | succ k ih => rw [Int.natCast_succ, Int.mul_add, Int.mul_one]; exact hadd _ _ ih hx
    intro x hx k
    rcases Int.natAbs_eq k with h | h
    · rw [h]; exact nat x hx _
    · rw [h, Int.mul_neg]; exact hneg _ (nat x hx _)
  by_cases hall : ∀ x, P x → x = 0
  · exact ⟨0, fun x => ⟨fun hx => by rw [hall x hx]; exact Int.dvd_refl 0,
      fun hx => by rw [Int.zero_dvd.1 hx]; exact h0⟩⟩
  · obtain ⟨b, hb⟩ := Classical.not_forall.1 hall
    obtain ⟨hb, hb0⟩ := Classical.not_imp.1 hb
    have hnat : ∃ n : Nat, 0 < n ∧ P n := by
      rcases Int.natAbs_eq b with h | h
      · exact ⟨b.natAbs, by omega, h ▸ hb⟩
      · exact ⟨b.natAbs, by omega, by have := hneg b hb; rwa [h, Int.neg_neg] at this⟩
    obtain ⟨n, ⟨hn, hPn⟩, hmin⟩ := exists_least hnat
    refine ⟨n, fun x => ⟨fun hx => ?_, fun ⟨k, hk⟩ => hk ▸ hmul n hPn k⟩⟩
    have hr : P (x % n) := by
      rw [Int.emod_def]
      exact hs _ _ hx (hmul n hPn _)
    have h1 := Int.emod_nonneg x (b := (n : Int)) (by omega)
    have h2 := Int.emod_lt_of_pos x (b := (n : Int)) (by omega)
    refine Int.dvd_of_emod_eq_zero (Classical.byContradiction fun hne => ?_)
    have h3 := hmin (x % n).toNat ⟨by omega, by rwa [Int.toNat_of_nonneg h1]⟩
    omega

theorem SumsKeptIsMultiplication : Reconstruct.SumsKeptIsMultiplication.Statement := by
  intro f hf
  have h0 : f 0 = 0 := by
    have h := hf 0 0
    rw [Int.add_zero] at h
    omega
  have hnat : ∀ k : Nat, f k = f 1 * k := by
    intro k
    induction k with
    | zero => rw [Int.natCast_zero, h0, Int.mul_zero]
    | succ k ih => rw [Int.natCast_succ, hf, ih, Int.mul_add, Int.mul_one]
  refine ⟨f 1, fun a => ?_⟩
  rcases Int.natAbs_eq a with h | h
  · rw [h, hnat]
  · have h1 := hf a (-a)
    have h2 : -a = a.natAbs := by omega
    rw [Int.add_right_neg, h0, h2, hnat, ← h2, Int.mul_neg] at h1
    omega

theorem MultipleNeverNought : Reconstruct.MultipleNeverNought.Statement := by
  intro a k hk h
  rcases Int.mul_eq_zero.1 h with h | h
  · omega
  · exact h

theorem ShiftedNumbersAgreeOrDiffer : Reconstruct.ShiftedNumbersAgreeOrDiffer.Statement := by
  intro P hs
  have key : ∀ a b x, P (x - a) → P (x - b) → ∀ y, P (y - a) → P (y - b) := by
    intro a b x ha hb y hy
    have h := hs _ _ hy (hs _ _ ha hb)
    rwa [show y - a - (x - a - (x - b)) = y - b by omega] at h
  exact fun a b x ha hb y => ⟨key a b x ha hb y, key b a x hb ha y⟩

open LinearSubstitution in
theorem LinearOrderMatters : Reconstruct.LinearOrderMatters.Statement :=
  ⟨⟨1, 1, 0, 1, by decide⟩, ⟨1, 0, 1, 1, by decide⟩, by decide⟩

open LinearSubstitution in
theorem OppositeCoefficientsFourTimes : Reconstruct.OppositeCoefficientsFourTimes.Statement := by
  intro s h
  have hd : s.d = -s.a := by omega
  have hp := s.proper
  rw [hd, Int.mul_neg] at hp
  have hc := Int.mul_comm s.c s.b
  have h2 : s.composed s = ⟨-1, 0, 0, -1, by decide⟩ := by
    apply ext <;> simp only [composed, hd, Int.mul_neg, Int.neg_mul]
    · omega
    · rw [Int.mul_comm s.b]; omega
    · rw [Int.mul_comm s.c]; omega
    · omega
  have h4 : s.iterated 4 = (s.composed s).composed (s.composed s) := by
    show (((unchanged.composed s).composed s).composed s).composed s = _
    rw [unchanged_composed, composed_assoc (s.composed s)]
  rw [h4, h2]
  decide

open LinearSubstitution in
theorem ShiftIterated : Reconstruct.ShiftIterated.Statement := by
  intro s ha hc hd k
  have h : (s.iterated k).a = 1 ∧ (s.iterated k).b = k * s.b := by
    induction k with
    | zero => exact ⟨rfl, (Int.zero_mul _).symm⟩
    | succ k ih =>
      rw [iterated_succ]
      simp only [composed, ih.1, ih.2, ha, hc, hd, Int.natCast_succ, Int.add_mul, Int.mul_zero,
        Int.mul_one, Int.one_mul]
      omega
  exact h.2

private theorem times_add {m : Modulus} (s : Turn m) (j k : Nat) :
    s.times (j + k) = (s.times j).after (s.times k) := by
  induction k with
  | zero => rfl
  | succ k ih => rw [← Nat.add_assoc, Turn.times_succ, Turn.times_succ, ih, Turn.after_assoc]

theorem TurnsInterchange : Reconstruct.TurnsInterchange.Statement := by
  intro m s t
  obtain ⟨j, _, rfl⟩ := List.mem_map.1 (Turn.mem_all s)
  obtain ⟨k, _, rfl⟩ := List.mem_map.1 (Turn.mem_all t)
  rw [← times_add, ← times_add, Nat.add_comm]

theorem OneCornerAtRest : Reconstruct.OneCornerAtRest.Statement := by
  intro m s i hi
  let t := (Turn.one m).times i.val
  have ht : t.corners (Turn.first m) = i :=
    Fin.ext ((Turn.times_one_first _).trans (Nat.mod_eq_of_lt i.isLt))
  have hst : s.after t = t := Turn.eq_of_first (show s.corners (t.corners _) = _ by rw [ht, hi])
  rw [← Turn.after_rest s, ← Turn.after_back t, ← Turn.after_assoc, hst]

private theorem places_repeatedly {n : Nat} {K : Fin n → Bool} (s : Keeping K) (k : Nat) :
    (s.repeatedly k).places = s.places ^ k := by
  induction k with
  | zero => rfl
  | succ k ih => rw [Substitution.pow_succ, ← ih]; rfl

theorem SomeRepetitionStill : Reconstruct.SomeRepetitionStill.Statement := by
  intro n K s
  obtain ⟨k, hk, _, h⟩ := Substitution.exists_pow_eq_one s.places
  refine ⟨k, hk, Keeping.ext fun i => ?_⟩
  rw [places_repeatedly, h]
  rfl

theorem OthersKeptToo : Reconstruct.OthersKeptToo.Statement := by
  intro n K s hs i
  by_cases h : K i = true
  · rw [h, hs i h]
  · have key : ∀ k, K (s i) = true → K ((s ^ (k + 1)) i) = true := by
      intro k hi
      induction k with
      | zero => exact hi
      | succ k ih => rw [Substitution.pow_succ_apply]; exact hs _ ih
    obtain ⟨k, hk, _, h1⟩ := Substitution.exists_pow_eq_one s
    obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_lt hk
    rw [Bool.eq_false_iff.2 h]
    refine Bool.eq_false_iff.2 fun hi => h ?_
    have h2 := key k hi
    rw [Nat.zero_add] at h1
    rwa [h1, Substitution.one_apply] at h2

end Reconstruct.Solutions
