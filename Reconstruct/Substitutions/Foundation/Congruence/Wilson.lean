import Reconstruct.Substitutions.Foundation.Collection.Nodup
import Reconstruct.Substitutions.Foundation.Congruence.Fermat

/-!
# Wilson's theorem

Found by Wilson, published by Waring (1770), proved by Lagrange (1771): for a prime `p` the number
`(p - 1)! + 1` is divisible by `p`. The proof by pairs of numbers inverse to each other is in Gauss
(1801, article 77).
-/

namespace Reconstruct

/-- A product whose factors can be paired off, each pair giving `1`, is congruent to `1`
(Gauss 1801, article 77). -/
theorem product_congruent_one_of_pairs {m : Int} (f : Int → Int) {l : List Int} (hl : l.Nodup)
    (hf : ∀ a, a ∈ l → f a ∈ l ∧ f a ≠ a ∧ f (f a) = a ∧ Congruent m (a * f a) 1) :
    Congruent m (product l) 1 := by
  generalize hn : l.length = n
  induction n using Nat.strongRecOn generalizing l with
  | _ n ih =>
    cases l with
    | nil => exact Congruent.refl m 1
    | cons a t =>
      rw [List.nodup_cons] at hl
      obtain ⟨hmem, hne, hinv, hprod⟩ := hf a (.head _)
      obtain ⟨u, v, rfl⟩ := List.append_of_mem ((List.mem_cons.mp hmem).resolve_left hne)
      have hperm : (u ++ f a :: v).Perm (f a :: (u ++ v)) := List.perm_middle
      have hnd := List.nodup_cons.mp (hl.2.perm hperm)
      have hrest := ih (u ++ v).length (by simp at hn ⊢; omega) (l := u ++ v) hnd.2 (by
        intro b hb
        obtain ⟨hbm, hbne, hbinv, hbprod⟩ := hf b (.tail _ (hperm.mem_iff.mpr (.tail _ hb)))
        refine ⟨?_, hbne, hbinv, hbprod⟩
        rcases List.mem_cons.mp hbm with h | h
        · exact absurd (by rw [← h, hbinv]; exact hb) hnd.1
        · rcases List.mem_cons.mp (hperm.mem_iff.mp h) with h | h
          · have : b = a := by rw [← hbinv, h, hinv]
            exact absurd (hperm.mem_iff.mpr (.tail _ (this ▸ hb))) hl.1
          · exact h) rfl
      rw [product_cons, product_perm_int hperm, product_cons, ← Int.mul_assoc]
      exact (hprod.mul hrest).trans (Congruent.of_eq (Int.one_mul 1))

/-- A number whose square is congruent to `1` for a prime modulus is congruent to `1` or to `-1`. -/
theorem Prime.congruent_one_or_neg_one_of_sq {p : Nat} (hp : Prime p) {a : Int}
    (h : Congruent p (a * a) 1) : Congruent p a 1 ∨ Congruent p a (-1) := by
  refine (hp.int_dvd_or_dvd_of_dvd_mul (a := a - 1) (b := a + 1) ?_).imp id fun h => ?_
  · rw [show (a - 1) * (a + 1) = a * a - 1 by rw [Int.sub_mul, Int.mul_add]; omega]
    exact h
  · rwa [Congruent, Int.sub_neg]

/-- The product `1 · 2 ⋯ n` as a product over a list of whole numbers. -/
theorem product_range_eq_factorial (n : Nat) :
    product ((List.range n).map fun k : Nat => (k : Int) + 1) = factorial n := by
  induction n with
  | zero => rfl
  | succ n ih =>
    rw [List.range_succ, List.map_append, product_append_int, ih, factorial_succ, Int.natCast_mul,
      Int.mul_comm]
    simp

/-- Wilson's theorem (Waring 1770, Lagrange 1771): `(p - 1)! ≡ -1` for a prime modulus `p`. -/
theorem Prime.factorial_sub_one_congruent {p : Nat} (hp : Prime p) :
    Congruent p (factorial (p - 1) : Int) (-1) := by
  by_cases h2 : p = 2
  · subst h2; decide
  obtain ⟨q, rfl⟩ : ∃ q, p = q + 3 := ⟨p - 3, by have := hp.two_le; omega⟩
  -- the numbers `2, …, p - 2` fall into pairs of inverses
  have hpairs : Congruent ((q + 3 : Nat) : Int)
      (product ((List.range q).map fun k : Nat => (k : Int) + 2)) 1 := by
    refine product_congruent_one_of_pairs (fun a => a ^ (q + 1) % ((q + 3 : Nat) : Int))
      (nodup_map (fun a b h => by have : (a : Int) + 2 = b + 2 := h; omega) List.nodup_range) ?_
    have hmem : ∀ a : Int,
        a ∈ ((List.range q).map fun k : Nat => (k : Int) + 2) ↔ 2 ≤ a ∧ a ≤ q + 1 := by
      intro a
      simp only [List.mem_map, List.mem_range]
      exact ⟨by rintro ⟨k, hk, rfl⟩; omega, fun h => ⟨(a - 2).toNat, by omega, by omega⟩⟩
    intro a ha
    have hbounds := (hmem a).mp ha
    have hnd : ¬ ((q + 3 : Nat) : Int) ∣ a := fun hd => by
      have := Int.le_of_dvd (by omega) hd; omega
    have hr : Congruent ((q + 3 : Nat) : Int) (a ^ (q + 1) % ((q + 3 : Nat) : Int)) (a ^ (q + 1)) :=
      Congruent.emod _ _
    have hprod : Congruent ((q + 3 : Nat) : Int) (a * (a ^ (q + 1) % ((q + 3 : Nat) : Int))) 1 :=
      (hr.mul_left a).trans (hp.mul_pow_sub_two_congruent hnd)
    dsimp only
    generalize hb : a ^ (q + 1) % ((q + 3 : Nat) : Int) = b at *
    have hb0 : 0 ≤ b := by rw [← hb]; exact Int.emod_nonneg _ (by omega)
    have hbp : b < q + 3 := by rw [← hb]; exact Int.emod_lt_of_pos _ (by omega)
    -- an inverse that is `±1` belongs to a number that is `±1`
    have hne0 : b ≠ 0 := fun h => by
      rw [h, Int.mul_zero] at hprod
      have := Congruent.eq_of_lt hprod (by omega) (by omega) (by omega) (by omega)
      omega
    have hne1 : b ≠ 1 := fun h => by
      rw [h, Int.mul_one] at hprod
      have := Congruent.eq_of_lt hprod (by omega) (by omega) (by omega) (by omega)
      omega
    have hnem : b ≠ q + 2 := fun h => by
      have h1 : Congruent ((q + 3 : Nat) : Int) b (-1) := ⟨1, by omega⟩
      have h2 := (h1.mul_left a).symm.trans hprod
      rw [Int.mul_neg, Int.mul_one] at h2
      have h3 : Congruent ((q + 3 : Nat) : Int) a (q + 2) :=
        (Congruent.of_eq (Int.neg_neg a).symm).trans (h2.neg.trans ⟨-1, by omega⟩)
      have := Congruent.eq_of_lt h3 (by omega) (by omega) (by omega) (by omega)
      omega
    have hba : b ≠ a := fun h => by
      rw [h] at hprod
      rcases hp.congruent_one_or_neg_one_of_sq hprod with h1 | h1
      · have := Congruent.eq_of_lt h1 (by omega) (by omega) (by omega) (by omega)
        omega
      · have h3 : Congruent ((q + 3 : Nat) : Int) a (q + 2) := h1.trans ⟨-1, by omega⟩
        have := Congruent.eq_of_lt h3 (by omega) (by omega) (by omega) (by omega)
        omega
    refine ⟨(hmem b).mpr (by omega), hba, ?_, hprod⟩
    have hndb : ¬ ((q + 3 : Nat) : Int) ∣ b := fun hd => by
      have := Int.le_of_dvd (by omega) hd; omega
    have hbb : Congruent ((q + 3 : Nat) : Int) (b * (b ^ (q + 1) % ((q + 3 : Nat) : Int))) 1 :=
      ((Congruent.emod _ _).mul_left b).trans (hp.mul_pow_sub_two_congruent hndb)
    refine Congruent.eq_of_lt (Congruent.inverse_unique hbb (Int.mul_comm a b ▸ hprod)) ?_ ?_ ?_ ?_
    · exact Int.emod_nonneg _ (by omega)
    · exact Int.emod_lt_of_pos _ (by omega)
    · omega
    · omega
  have hfac : (factorial (q + 3 - 1) : Int) =
      product ((List.range q).map fun k : Nat => (k : Int) + 2) * (q + 2 : Int) := by
    rw [show q + 3 - 1 = q + 1 + 1 by omega, ← product_range_eq_factorial, List.range_succ,
      List.map_append, product_append_int, List.range_succ_eq_map, List.map_cons, product_cons,
      List.map_map]
    have : ((fun k : Nat => (k : Int) + 1) ∘ Nat.succ) = fun k : Nat => (k : Int) + 2 := by
      funext k; simp only [Function.comp_apply]; omega
    rw [this]
    have h0 : ((0 : Nat) : Int) + 1 = 1 := rfl
    rw [h0, Int.one_mul]
    simp only [List.map_cons, List.map_nil, product_cons, product_nil, Int.mul_one]
    congr 1 <;> omega
  rw [hfac]
  have hlast : Congruent ((q + 3 : Nat) : Int) (q + 2 : Int) (-1) := ⟨1, by omega⟩
  refine (hpairs.mul hlast).trans ?_
  exact Congruent.of_eq (Int.one_mul _)

/-- The other direction (Lagrange 1771): if `(n - 1)! ≡ -1` for a modulus `n ≥ 2`, then `n` is
prime. -/
theorem prime_of_factorial_sub_one_congruent {n : Nat} (hn : 2 ≤ n)
    (h : Congruent n (factorial (n - 1) : Int) (-1)) : Prime n := by
  refine ⟨hn, fun d hd => ?_⟩
  by_cases hdn : d = n
  · exact Or.inr hdn
  refine Or.inl (Nat.dvd_one.mp ?_)
  have hle := Nat.le_of_dvd (by omega) hd
  have hpos : 0 < d := Nat.pos_of_dvd_of_pos hd (by omega)
  have h1 : (d : Int) ∣ (factorial (n - 1) : Int) - -1 := h.of_dvd (Int.ofNat_dvd.mpr hd)
  have h2 : (d : Int) ∣ (factorial (n - 1) : Int) :=
    Int.ofNat_dvd.mpr (dvd_factorial hpos (by omega))
  have h3 := Int.dvd_sub h1 h2
  rw [show (factorial (n - 1) : Int) - -1 - factorial (n - 1) = 1 by omega] at h3
  exact Int.ofNat_dvd.mp h3

end Reconstruct
