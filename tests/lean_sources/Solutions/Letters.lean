import Reconstruct.Substitutions.Foundation.Substitution.Order
import Reconstruct.Substitutions.Target.Letters

/-! Proofs of the statements about single substitutions. Never shown to a policy. -/

namespace Reconstruct.Solutions

open Substitution

theorem ProductUndone : Reconstruct.ProductUndone.Statement := fun _ _ _ => rfl

theorem ExchangedTwice : Reconstruct.ExchangedTwice.Statement := fun _ i j => swap_mul_self i j

theorem SeparateSubstitutionsInterchange :
    Reconstruct.SeparateSubstitutionsInterchange.Statement := by
  intro n s t h
  refine Substitution.ext fun i => ?_
  simp only [mul_apply]
  rcases h i with hs | ht
  · rcases h (t i) with hs' | ht'
    · rw [hs', hs]
    · rw [t.injective ht', hs]; exact (t.injective ht').symm
  · rcases h (s i) with hs' | ht'
    · rw [ht, s.injective hs', ht]
    · rw [ht, ht']

theorem RenamedTransposition : Reconstruct.RenamedTransposition.Statement :=
  fun _ s i j => mul_swap_mul_inv s i j

theorem RenamedLeavesRenamedLetter : Reconstruct.RenamedLeavesRenamedLetter.Statement := by
  intro n s t i
  simp

theorem MeetingTranspositionsDiffer : Reconstruct.MeetingTranspositionsDiffer.Statement := by
  intro n i j k hij hjk hik h
  have h1 := congrArg (fun s : Substitution n => s i) h
  simp only [mul_apply] at h1
  rw [swap_apply_of_ne hij hik, swap_apply_left, swap_apply_left] at h1
  exact hjk h1

theorem MeetingTranspositionsThrice : Reconstruct.MeetingTranspositionsThrice.Statement := by
  intro n i j k hij hjk hik
  have hi : (swap i j * swap j k) i = j := by
    rw [mul_apply, swap_apply_of_ne hij hik, swap_apply_left]
  have hj : (swap i j * swap j k) j = k := by
    rw [mul_apply, swap_apply_left, swap_apply_of_ne hik.symm hjk.symm]
  have hk : (swap i j * swap j k) k = i := by
    rw [mul_apply, swap_apply_right, swap_apply_right]
  have ho : ∀ x, x ≠ i → x ≠ j → x ≠ k → (swap i j * swap j k) x = x := by
    intro x xi xj xk
    rw [mul_apply, swap_apply_of_ne xj xk, swap_apply_of_ne xi xj]
  refine ⟨?_, ?_, ?_⟩
  · refine Substitution.ext fun x => ?_
    show (swap i j * swap j k) ((swap i j * swap j k) ((swap i j * swap j k) x)) = x
    by_cases xi : x = i
    · subst xi; rw [hi, hj, hk]
    by_cases xj : x = j
    · subst xj; rw [hj, hk, hi]
    by_cases xk : x = k
    · subst xk; rw [hk, hi, hj]
    · rw [ho x xi xj xk, ho x xi xj xk, ho x xi xj xk]
  · intro h
    have h1 : (swap i j * swap j k) ((swap i j * swap j k) i) = i :=
      congrArg (fun s : Substitution n => s i) h
    rw [hi, hj] at h1
    exact hik h1.symm
  · intro h
    have h1 : (swap i j * swap j k) i = i := congrArg (fun s : Substitution n => s i) h
    rw [hi] at h1
    exact hij h1.symm

theorem OneLetterAloneIsNotMoved : Reconstruct.OneLetterAloneIsNotMoved.Statement := by
  intro n s j h
  refine Substitution.ext fun i => ?_
  by_cases hij : i = j
  · subst hij
    by_cases hs : s i = i
    · exact hs
    · exact absurd (s.injective (h _ hs)) hs
  · exact h i hij

theorem DifferentByDifferentReachesAll :
    Reconstruct.DifferentByDifferentReachesAll.Statement := by
  intro n f hf k
  exact surjective_of_injective_fin hf k

theorem RepetitionRestores : Reconstruct.RepetitionRestores.Statement := by
  intro n s
  exact ⟨order s, order_pos s, pow_order s⟩

theorem OnlyIdentityInterchangesWithAll :
    Reconstruct.OnlyIdentityInterchangesWithAll.Statement := by
  intro n s hn h
  refine Substitution.ext fun i => ?_
  show s i = i
  apply Classical.byContradiction
  intro hi
  obtain ⟨k, hki, hks⟩ : ∃ k : Fin n, k ≠ i ∧ k ≠ s i := by
    let a : Fin n := ⟨0, by omega⟩
    let b : Fin n := ⟨1, by omega⟩
    let c : Fin n := ⟨2, by omega⟩
    have hab : a ≠ b := fun h => by cases congrArg Fin.val h
    have hac : a ≠ c := fun h => by cases congrArg Fin.val h
    have hbc : b ≠ c := fun h => by cases congrArg Fin.val h
    by_cases ha : a ≠ i ∧ a ≠ s i
    · exact ⟨a, ha⟩
    by_cases hb : b ≠ i ∧ b ≠ s i
    · exact ⟨b, hb⟩
    refine ⟨c, fun hc => ?_, fun hc => ?_⟩
    · by_cases h1 : a = i
      · exact hac (h1.trans hc.symm)
      · by_cases h2 : b = i
        · exact hbc (h2.trans hc.symm)
        · have h3 : a = s i := Classical.byContradiction fun h => ha ⟨h1, h⟩
          have h4 : b = s i := Classical.byContradiction fun h => hb ⟨h2, h⟩
          exact hab (h3.trans h4.symm)
    · by_cases h1 : a = s i
      · exact hac (h1.trans hc.symm)
      · by_cases h2 : b = s i
        · exact hbc (h2.trans hc.symm)
        · have h3 : a = i := Classical.byContradiction fun h => ha ⟨h, h1⟩
          have h4 : b = i := Classical.byContradiction fun h => hb ⟨h, h2⟩
          exact hab (h3.trans h4.symm)
  have h1 := congrArg (fun t : Substitution n => t i) (h (swap (s i) k))
  simp only [mul_apply, swap_apply_left] at h1
  rw [swap_apply_of_ne (Ne.symm hi) (Ne.symm hki)] at h1
  exact hks h1.symm

theorem ExchangesWithFirstSuffice : Reconstruct.ExchangesWithFirstSuffice.Statement := by
  intro n s
  induction s using induction_swap with
  | one => exact ⟨[], rfl⟩
  | swap_mul i j s hij ih =>
    obtain ⟨l, hl⟩ := ih
    by_cases hi : i = 0
    · subst hi
      exact ⟨j :: l, by rw [List.foldr_cons, ← hl]⟩
    · by_cases hj : j = 0
      · subst hj
        exact ⟨i :: l, by rw [List.foldr_cons, ← hl, swap_comm]⟩
      · refine ⟨i :: j :: i :: l, ?_⟩
        rw [List.foldr_cons, List.foldr_cons, List.foldr_cons, ← hl, ← mul_assoc, ← mul_assoc,
          swap_mul_swap_mul_swap hj (Ne.symm hij)]

end Reconstruct.Solutions
