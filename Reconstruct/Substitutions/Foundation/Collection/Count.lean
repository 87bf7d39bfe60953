import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole
import Reconstruct.Substitutions.Foundation.Collection.Sum

/-!
# Counting by classes

A collection cut into classes of equal size has as many members as there are classes, times the size
of one class. This is how Euler (1758, on the remainders of powers), Lagrange (1770, article 97) and
Gauss (1801, article 49) count.
-/

namespace Reconstruct

/-- Counting a collection value by value: if every member of `l` takes one of the values `m` under
`f`, each value listed once, the length of `l` is the sum of the numbers of members with each
value. -/
theorem length_eq_sum_count_values {α β : Type _} [DecidableEq β] {l : List α} {m : List β}
    {f : α → β} (hm : m.Nodup) (hf : ∀ a, a ∈ l → f a ∈ m) :
    l.length = (m.map fun b => l.countP fun a => f a == b).sum := by
  induction m generalizing l with
  | nil =>
    cases l with
    | nil => rfl
    | cons a t => exact absurd (hf a (.head _)) List.not_mem_nil
  | cons b m ih =>
    rw [List.nodup_cons] at hm
    rw [List.map_cons, List.sum_cons]
    have hsplit := List.length_eq_countP_add_countP (l := l) (p := fun a => f a == b)
    have hrest := ih (l := l.filter fun a => !(f a == b)) hm.2 (by
      intro a ha
      obtain ⟨ha, hb⟩ := List.mem_filter.mp ha
      refine (List.mem_cons.mp (hf a ha)).resolve_left fun h => ?_
      simp [h] at hb)
    have hcongr : (m.map fun c => (l.filter fun a => !(f a == b)).countP fun a => f a == c).sum =
        (m.map fun c => l.countP fun a => f a == c).sum := by
      refine sum_map_congr_nat fun c hc => ?_
      rw [List.countP_filter]
      refine List.countP_congr fun a _ => ?_
      have hcb : c ≠ b := fun e => hm.1 (e ▸ hc)
      simp only [Bool.and_eq_true, beq_iff_eq, Bool.not_eq_true', beq_eq_false_iff_ne]
      exact ⟨fun h => h.1, fun h => ⟨h, fun e => hcb (h.symm.trans e)⟩⟩
    rw [hcongr, ← List.countP_eq_length_filter] at hrest
    rw [hsplit, ← hrest]
    congr 1
    refine List.countP_congr fun a _ => ?_
    simp

/-- If every value is taken equally often, the length is the number of values times that number. -/
theorem length_eq_mul_of_equal_counts {α β : Type _} [DecidableEq β] {l : List α} {m : List β}
    {f : α → β} {k : Nat} (hm : m.Nodup) (hf : ∀ a, a ∈ l → f a ∈ m)
    (hk : ∀ b, b ∈ m → l.countP (fun a => f a == b) = k) : l.length = m.length * k := by
  rw [length_eq_sum_count_values hm hf, sum_map_eq_length_mul hk]

/-- Counting by classes, given by their representatives: if each member of `l` belongs to the class
of exactly one of the representatives `m`, the length of `l` is the sum of the sizes of the
classes. -/
theorem length_eq_sum_classes {α β : Type _} {l : List α} {m : List β} (P : β → α → Prop)
    [∀ b, DecidablePred (P b)] (hm : m.Nodup) (hex : ∀ a, a ∈ l → ∃ b, b ∈ m ∧ P b a)
    (huniq : ∀ a, a ∈ l → ∀ b, b ∈ m → ∀ c, c ∈ m → P b a → P c a → b = c) :
    l.length = (m.map fun b => l.countP fun a => decide (P b a)).sum := by
  induction l with
  | nil => simp [sum_map_const_nat]
  | cons a t ih =>
    have hone : (m.map fun b => if decide (P b a) = true then 1 else 0).sum = 1 := by
      obtain ⟨b, hb, hPb⟩ := hex a (.head _)
      obtain ⟨u, v, huv⟩ := List.append_of_mem hb
      have hz : ∀ c, c ∈ u ++ v → (if decide (P c a) = true then 1 else 0) = 0 := by
        intro c hc
        have hcm : c ∈ m := by
          rw [huv]
          simp only [List.mem_append, List.mem_cons] at hc ⊢
          exact hc.elim Or.inl (Or.inr ∘ Or.inr)
        have hcb : c ≠ b := by
          rintro rfl
          rw [huv] at hm
          exact (List.nodup_cons.mp (hm.perm List.perm_middle)).1 hc
        rw [if_neg]
        intro hP
        exact hcb (huniq a (.head _) c hcm b hb (of_decide_eq_true hP) hPb)
      have hp : m.Perm (b :: (u ++ v)) := huv ▸ List.perm_middle
      rw [sum_perm_nat (hp.map _), List.map_cons, List.sum_cons, sum_map_eq_length_mul hz]
      simp [hPb]
    rw [List.length_cons, ih (fun x hx => hex x (.tail _ hx)) fun x hx => huniq x (.tail _ hx)]
    simp only [List.countP_cons, sum_map_add_nat, hone]

/-- Classes of equal size, given by their representatives: if each class has `k` members, then
`l.length = m.length * k`. -/
theorem length_eq_mul_of_classes {α β : Type _} {l : List α} {m : List β} {k : Nat}
    (P : β → α → Prop) [∀ b, DecidablePred (P b)] (hm : m.Nodup)
    (hex : ∀ a, a ∈ l → ∃ b, b ∈ m ∧ P b a)
    (huniq : ∀ a, a ∈ l → ∀ b, b ∈ m → ∀ c, c ∈ m → P b a → P c a → b = c)
    (hk : ∀ b, b ∈ m → l.countP (fun a => decide (P b a)) = k) : l.length = m.length * k := by
  rw [length_eq_sum_classes P hm hex huniq, sum_map_eq_length_mul hk]

/-- Cutting a collection into classes. For a relation that is reflexive, symmetric and goes from
link to link on the members of `l`, there are representatives `m`, taken from `l`, such that every
member of `l` is related to exactly one of them. -/
theorem exists_representatives {α : Type _} (l : List α) (R : α → α → Prop)
    (hrefl : ∀ a, a ∈ l → R a a) (hsymm : ∀ a, a ∈ l → ∀ b, b ∈ l → R a b → R b a)
    (htrans : ∀ a, a ∈ l → ∀ b, b ∈ l → ∀ c, c ∈ l → R a b → R b c → R a c) :
    ∃ m : List α, m.Nodup ∧ (∀ b, b ∈ m → b ∈ l) ∧ (∀ a, a ∈ l → ∃ b, b ∈ m ∧ R b a) ∧
      ∀ a, a ∈ l → ∀ b, b ∈ m → ∀ c, c ∈ m → R b a → R c a → b = c := by
  have key : ∀ t : List α, (∀ a, a ∈ t → a ∈ l) → ∃ m : List α, m.Nodup ∧ (∀ b, b ∈ m → b ∈ l) ∧
      (∀ a, a ∈ t → ∃ b, b ∈ m ∧ R b a) ∧ ∀ b, b ∈ m → ∀ c, c ∈ m → R b c → b = c := by
    intro t ht
    induction t with
    | nil =>
      exact ⟨[], List.nodup_nil, fun b hb => absurd hb List.not_mem_nil,
        fun a ha => absurd ha List.not_mem_nil, fun b hb => absurd hb List.not_mem_nil⟩
    | cons x t ih =>
      obtain ⟨m, hnd, hml, hcov, hsep⟩ := ih fun a ha => ht a (.tail _ ha)
      have hx := ht x (.head _)
      by_cases hex : ∃ b, b ∈ m ∧ R b x
      · refine ⟨m, hnd, hml, fun a ha => ?_, hsep⟩
        rcases List.mem_cons.mp ha with rfl | ha
        · exact hex
        · exact hcov a ha
      · refine ⟨x :: m, List.nodup_cons.mpr ⟨fun h => hex ⟨x, h, hrefl x hx⟩, hnd⟩, ?_, ?_, ?_⟩
        · intro b hb
          rcases List.mem_cons.mp hb with rfl | hb
          · exact hx
          · exact hml b hb
        · intro a ha
          rcases List.mem_cons.mp ha with rfl | ha
          · exact ⟨a, .head _, hrefl a hx⟩
          · obtain ⟨b, hb, hR⟩ := hcov a ha
            exact ⟨b, .tail _ hb, hR⟩
        · intro b hb c hc hR
          rcases List.mem_cons.mp hb with hbx | hb <;> rcases List.mem_cons.mp hc with hcx | hc
          · rw [hbx, hcx]
          · exact absurd ⟨c, hc, hsymm _ hx _ (hml c hc) (hbx ▸ hR)⟩ hex
          · exact absurd ⟨b, hb, hcx ▸ hR⟩ hex
          · exact hsep b hb c hc hR
  obtain ⟨m, hnd, hml, hcov, hsep⟩ := key l fun _ h => h
  refine ⟨m, hnd, hml, hcov, fun a ha b hb c hc hba hca => hsep b hb c hc ?_⟩
  exact htrans b (hml b hb) a ha c (hml c hc) hba (hsymm c (hml c hc) a ha hca)

/-- If all classes of such a relation have the same number `k` of members, then `k` divides the
number of members of the whole collection. -/
theorem dvd_length_of_equal_classes {α : Type _} {l : List α} {k : Nat} (R : α → α → Prop)
    [∀ a, DecidablePred (R a)] (hrefl : ∀ a, a ∈ l → R a a)
    (hsymm : ∀ a, a ∈ l → ∀ b, b ∈ l → R a b → R b a)
    (htrans : ∀ a, a ∈ l → ∀ b, b ∈ l → ∀ c, c ∈ l → R a b → R b c → R a c)
    (hk : ∀ a, a ∈ l → l.countP (fun b => decide (R a b)) = k) : k ∣ l.length := by
  obtain ⟨m, hnd, hml, hcov, huniq⟩ := exists_representatives l R hrefl hsymm htrans
  rw [length_eq_mul_of_classes R hnd hcov huniq fun b hb => hk b (hml b hb)]
  exact Nat.dvd_mul_left k m.length

/-- Counting is summing `1` over the members that have the property. -/
theorem countP_eq_sum {α : Type _} (l : List α) (p : α → Bool) :
    l.countP p = (l.map fun a => if p a then 1 else 0).sum := by
  induction l with
  | nil => rfl
  | cons a t ih => rw [List.countP_cons, ih, List.map_cons, List.sum_cons, Nat.add_comm]

/-- Counting pairs in two ways: the pairs `(a, b)` with `R a b` counted by rows and by columns. -/
theorem sum_countP_comm {α β : Type _} (l : List α) (m : List β) (R : α → β → Bool) :
    (l.map fun a => m.countP fun b => R a b).sum =
      (m.map fun b => l.countP fun a => R a b).sum := by
  have h1 : (l.map fun a => m.countP fun b => R a b).sum =
      (l.map fun a => (m.map fun b => if R a b then 1 else 0).sum).sum :=
    sum_map_congr_nat fun a _ => countP_eq_sum m _
  have h2 : (m.map fun b => l.countP fun a => R a b).sum =
      (m.map fun b => (l.map fun a => if R a b then 1 else 0).sum).sum :=
    sum_map_congr_nat fun b _ => countP_eq_sum l _
  rw [h1, h2, sum_map_sum_comm]

/-- The members with one property or another, and those with both (de Moivre 1718). -/
theorem countP_or_add_countP_and {α : Type _} (l : List α) (p q : α → Bool) :
    l.countP (fun a => p a || q a) + l.countP (fun a => p a && q a) = l.countP p + l.countP q := by
  induction l with
  | nil => rfl
  | cons a t ih =>
    simp only [List.countP_cons]
    cases p a <;> cases q a <;> simp <;> omega

/-- On a list without repetition the members with a property are counted by any list without
repetition that names them. -/
theorem countP_eq_length {α : Type _} {l m : List α} {p : α → Bool} (hl : l.Nodup) (hm : m.Nodup)
    (h : ∀ a, a ∈ m ↔ a ∈ l ∧ p a = true) : l.countP p = m.length := by
  rw [List.countP_eq_length_filter]
  refine length_eq_of_nodup_of_mem_iff (nodup_filter p hl) hm fun a => ?_
  rw [List.mem_filter, h]

end Reconstruct
