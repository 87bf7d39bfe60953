import Reconstruct.Substitutions.Foundation.Arithmetic.Least
import Reconstruct.Substitutions.Foundation.Arithmetic.Prime
import Reconstruct.Substitutions.Foundation.Collection.Count

/-!
# Repeating a rule

Apply a rule again and again to one of finitely many things. Cauchy (1815, *Sur le nombre des
valeurs qu'une fonction peut acquérir*) follows letters in this way: the rule returns to its
starting point, and the things fall into rounds. When the rule repeated a prime number `p` of times
changes nothing, each round has one member or `p` of them, so that the number of things left
unchanged and the number of all things leave the same remainder for `p`.
-/

namespace Reconstruct

/-- The rule `f` applied `k` times. -/
def repeated {α : Type _} (f : α → α) : Nat → α → α
  | 0, a => a
  | k + 1, a => f (repeated f k a)

/-- A rule applied no times changes nothing. -/
theorem repeated_zero {α : Type _} (f : α → α) (a : α) : repeated f 0 a = a := rfl

/-- A rule applied once more. -/
theorem repeated_succ {α : Type _} (f : α → α) (k : Nat) (a : α) :
    repeated f (k + 1) a = f (repeated f k a) := rfl

/-- A rule applied `j + k` times. -/
theorem repeated_add {α : Type _} (f : α → α) (j k : Nat) (a : α) :
    repeated f (j + k) a = repeated f j (repeated f k a) := by
  induction j with
  | zero => rw [Nat.zero_add, repeated_zero]
  | succ j ih => rw [Nat.add_right_comm, repeated_succ, repeated_succ, ih]

/-- If `k` repetitions bring `a` back, so do `q · k`. -/
theorem repeated_mul_eq {α : Type _} {f : α → α} {k : Nat} {a : α} (h : repeated f k a = a) (q :
    Nat) :
    repeated f (q * k) a = a := by
  induction q with
  | zero => rw [Nat.zero_mul, repeated_zero]
  | succ q ih => rw [Nat.succ_mul, repeated_add, h, ih]

/-- A rule that does not leave a collection does not leave it when repeated. -/
theorem repeated_mem {α : Type _} {f : α → α} {l : List α} (hf : ∀ a, a ∈ l → f a ∈ l) (k : Nat)
    {a : α} (ha : a ∈ l) : repeated f k a ∈ l := by
  induction k with
  | zero => exact ha
  | succ k ih => exact hf _ ih

/-- On a finite collection, a rule that takes no value twice comes back to each starting point. -/
theorem exists_repeated_eq {α : Type _} {f : α → α} {l : List α} (hf : ∀ a, a ∈ l → f a ∈ l)
    (hinj : ∀ a, a ∈ l → ∀ b, b ∈ l → f a = f b → a = b) {a : α} (ha : a ∈ l) :
    ∃ k, 0 < k ∧ k ≤ l.length ∧ repeated f k a = a := by
  obtain ⟨i, hi, j, hj, hne, h⟩ := exists_ne_map_eq_of_length_lt (f := fun k => repeated f k a)
    (l := List.range (l.length + 1)) (m := l) List.nodup_range
    (fun k _ => repeated_mem hf k ha) (by rw [List.length_range]; exact Nat.lt_succ_self _)
  rw [List.mem_range] at hi hj
  -- cancel the first `i` applications
  have hcancel : ∀ i k, repeated f i a = repeated f (i + k) a → repeated f k a = a := by
    intro i k
    induction i with
    | zero => intro h; rw [Nat.zero_add] at h; exact h.symm
    | succ i ih =>
      intro h
      rw [Nat.add_right_comm, repeated_succ, repeated_succ] at h
      exact ih (hinj _ (repeated_mem hf i ha) _ (repeated_mem hf (i + k) ha) h)
  rcases Nat.lt_or_gt_of_ne hne with hlt | hlt
  · exact ⟨j - i, by omega, by omega,
      hcancel i (j - i) (by rw [show i + (j - i) = j by omega]; exact h)⟩
  · exact ⟨i - j, by omega, by omega,
      hcancel j (i - j) (by rw [show j + (i - j) = i by omega]; exact h.symm)⟩

/-- The exponents that bring `a` back are the multiples of the least one. -/
theorem exists_period {α : Type _} {f : α → α} {a : α} (h : ∃ k, 0 < k ∧ repeated f k a = a) :
    ∃ d, 0 < d ∧ ∀ k, repeated f k a = a ↔ d ∣ k := by
  obtain ⟨d, ⟨hd, hda⟩, hmin⟩ := exists_least h
  refine ⟨d, hd, fun k => ⟨fun hk => ?_,
    by rintro ⟨q, rfl⟩; rw [Nat.mul_comm]; exact repeated_mul_eq hda q⟩⟩
  have hr : repeated f (k % d) a = a := by
    have hsplit : k = k % d + k / d * d := by rw [Nat.mul_comm]; exact (Nat.mod_add_div k d).symm
    rw [hsplit, repeated_add, repeated_mul_eq hda] at hk
    exact hk
  refine Nat.dvd_of_mod_eq_zero (Classical.byContradiction fun hne => ?_)
  have h1 := hmin (k % d) ⟨Nat.pos_of_ne_zero hne, hr⟩
  have h2 := Nat.mod_lt k hd
  omega

/-- If `p` repetitions of a rule change nothing, `p` prime, then the number of all things and the
number of things unchanged by the rule leave the same remainder for `p` (Cauchy 1815). -/
theorem Prime.length_mod_eq_count_unchanged {α : Type _} [DecidableEq α] {p : Nat} (hp : Prime p)
    {f : α → α} {l : List α} (hl : l.Nodup) (hf : ∀ a, a ∈ l → f a ∈ l)
    (hpow : ∀ a, a ∈ l → repeated f p a = a) :
    l.length % p = l.countP (fun a => f a == a) % p := by
  have hpos := hp.pos
  -- two things are in one round when some repetition carries the first to the second
  let R : α → α → Prop := fun a b => ∃ k, k < p ∧ repeated f k a = b
  have hred : ∀ a, a ∈ l → ∀ k, repeated f k a = repeated f (k % p) a := by
    intro a ha k
    conv => lhs; rw [← Nat.mod_add_div k p, Nat.mul_comm, repeated_add, repeated_mul_eq (hpow a ha)]
  have hR : ∀ a, a ∈ l → ∀ k, R a (repeated f k a) := fun a ha k =>
    ⟨k % p, Nat.mod_lt k hpos, (hred a ha k).symm⟩
  have hsymm : ∀ a, a ∈ l → ∀ b, b ∈ l → R a b → R b a := by
    rintro a ha b hb ⟨k, hk, rfl⟩
    have := hR _ hb (p - k)
    rwa [← repeated_add, show p - k + k = p by omega, hpow a ha] at this
  have htrans : ∀ a, a ∈ l → ∀ b, b ∈ l → ∀ c, c ∈ l → R a b → R b c → R a c := by
    rintro a ha b _ c _ ⟨j, _, rfl⟩ ⟨k, _, rfl⟩
    have := hR a ha (k + j)
    rwa [repeated_add] at this
  obtain ⟨m, hm, hml, hcov, huniq⟩ :=
    exists_representatives l R (fun a ha => hR a ha 0) hsymm htrans
  haveI : ∀ a, DecidablePred (R a) := fun a b =>
    inferInstanceAs (Decidable (∃ k, k < p ∧ repeated f k a = b))
  -- the round of `a` has one member if `a` is unchanged, and `p` members otherwise
  have hperiod : ∀ a, a ∈ l → f a ≠ a → ∀ k, repeated f k a = a ↔ p ∣ k := by
    intro a ha hne
    obtain ⟨d, hd, hiff⟩ := exists_period (f := f) (a := a) ⟨p, hpos, hpow a ha⟩
    rcases hp.2 d ((hiff p).mp (hpow a ha)) with h1 | h1
    · exact absurd ((hiff 1).mpr (h1 ▸ Nat.dvd_refl 1)) hne
    · rwa [h1] at hiff
  have hsize : ∀ a, a ∈ m → l.countP (fun b => decide (R a b)) = if f a == a then 1 else p := by
    intro a ham
    have ha := hml a ham
    by_cases hfa : f a = a
    · have hall : ∀ k, repeated f k a = a := fun k => by
        induction k with
        | zero => rfl
        | succ k ih => rw [repeated_succ, ih, hfa]
      rw [if_pos (by rw [beq_iff_eq]; exact hfa)]
      refine countP_eq_length hl (m := [a]) (nodup_singleton a) fun b => ?_
      rw [List.mem_singleton, decide_eq_true_iff]
      exact ⟨fun h => ⟨h ▸ ha, h ▸ hR a ha 0⟩, fun ⟨_, k, _, hk⟩ => by rw [← hk, hall]⟩
    · rw [if_neg (by rw [beq_iff_eq]; exact hfa)]
      have hiff := hperiod a ha hfa
      have hnd : ((List.range p).map fun k => repeated f k a).Nodup := by
        refine nodup_map_of_injOn List.nodup_range fun i hi j hj hij => ?_
        rw [List.mem_range] at hi hj
        have key : ∀ i j, i ≤ j → j < p → repeated f i a = repeated f j a → i = j := by
          intro i j hle hjp hij
          have h1 : repeated f (p - j + i) a = repeated f (p - j + j) a := by
            rw [repeated_add, hij, ← repeated_add]
          rw [show p - j + j = p by omega, hpow a ha, hiff] at h1
          have := Nat.le_of_dvd (by omega) h1
          omega
        rcases Nat.le_total i j with h | h
        · exact key i j h hj hij
        · exact (key j i h hi hij.symm).symm
      rw [countP_eq_length hl hnd, List.length_map, List.length_range]
      intro b
      rw [List.mem_map, decide_eq_true_iff]
      constructor
      · rintro ⟨k, hk, rfl⟩
        exact ⟨repeated_mem hf k ha, k, List.mem_range.mp hk, rfl⟩
      · rintro ⟨_, k, hk, h⟩
        exact ⟨k, List.mem_range.mpr hk, h⟩
  -- an unchanged thing is its own representative
  have hfixed : l.countP (fun a => f a == a) = m.countP (fun a => f a == a) := by
    rw [List.countP_eq_length_filter (l := m)]
    refine countP_eq_length hl (nodup_filter _ hm) fun a => ?_
    rw [List.mem_filter]
    refine ⟨fun h => ⟨hml a h.1, h.2⟩, fun ⟨ha, hfa⟩ => ⟨?_, hfa⟩⟩
    obtain ⟨b, hb, hRba⟩ := hcov a ha
    obtain ⟨k, _, hk⟩ := hsymm b (hml b hb) a ha hRba
    have hall : ∀ k, repeated f k a = a := fun k => by
      induction k with
      | zero => rfl
      | succ k ih => rw [repeated_succ, ih]; exact beq_iff_eq.mp hfa
    rw [hall k] at hk
    exact hk ▸ hb
  have hones : (m.map fun a => if f a == a then 1 else p).sum % p =
      (m.map fun a => if f a == a then 1 else 0).sum % p := by
    clear hcov huniq hsize hfixed hm hml
    induction m with
    | nil => rfl
    | cons a t ih =>
      simp only [List.map_cons, List.sum_cons]
      rw [Nat.add_mod, ih, ← Nat.add_mod]
      cases f a == a
      · simp
      · rfl
  rw [length_eq_sum_classes R hm hcov huniq, sum_map_congr_nat hsize, hones, hfixed, countP_eq_sum]

/-- In particular, if `p` divides the number of all things and one thing is unchanged, another is
unchanged too (Cauchy 1815). -/
theorem Prime.exists_other_unchanged {α : Type _} [DecidableEq α] {p : Nat} (hp : Prime p)
    {f : α → α} {l : List α} (hl : l.Nodup) (hf : ∀ a, a ∈ l → f a ∈ l)
    (hpow : ∀ a, a ∈ l → repeated f p a = a) (hd : p ∣ l.length) {a : α} (ha : a ∈ l)
    (hfa : f a = a) :
    ∃ b, b ∈ l ∧ b ≠ a ∧ f b = b := by
  have h := hp.length_mod_eq_count_unchanged hl hf hpow
  rw [Nat.mod_eq_zero_of_dvd hd] at h
  refine Classical.byContradiction fun hno => ?_
  have hone : l.countP (fun b => f b == b) = 1 := by
    refine countP_eq_length hl (m := [a]) (nodup_singleton a) fun b => ?_
    rw [List.mem_singleton, beq_iff_eq]
    exact ⟨fun e => by rw [e]; exact ⟨ha, hfa⟩, fun ⟨hb, hfb⟩ =>
      Classical.byContradiction fun hne => hno ⟨b, hb, hne, hfb⟩⟩
  rw [hone, Nat.mod_eq_of_lt hp.one_lt] at h
  omega

end Reconstruct
