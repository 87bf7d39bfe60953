import Reconstruct.Substitutions.Foundation.Collection.Count
import Reconstruct.Substitutions.Foundation.Substitution.Round
import Reconstruct.Substitutions.Target.FewLetters
import Reconstruct.Substitutions.Target.Values

/-!
Proofs of statements that rest on cycles of three letters. Never shown to a policy.

Every even substitution is a product of such cycles. A collection which holds one of them, and what
is transformed from it, therefore holds all even substitutions; and the form `a b a⁻¹ b⁻¹` makes
such cycles from others.
-/

namespace Reconstruct.Solutions

open Substitution

variable {n : Nat}

/-! ### Lists of letters -/

/-- Outside a list of fewer than `n` letters there is another letter. -/
private theorem exists_not_mem {l : List (Fin n)} (h : l.length < n) : ∃ a, a ∉ l := by
  refine Classical.byContradiction fun hno => ?_
  have := length_le_of_subset (nodup_finRange n) fun a _ =>
    Classical.byContradiction fun ha => hno ⟨a, ha⟩
  rw [List.length_finRange] at this
  omega

/-- A list of different letters can be continued. -/
private theorem exists_append {l : List (Fin n)} (hl : l.Nodup) {k : Nat} (hk : l.length ≤ k)
    (hn : k ≤ n) : ∃ r, (l ++ r).Nodup ∧ (l ++ r).length = k := by
  obtain ⟨r, hr⟩ := exists_perm_append_of_subset hl fun a _ => List.mem_finRange a
  have hlen := hr.length_eq
  rw [List.length_finRange, List.length_append] at hlen
  refine ⟨r.take (k - l.length), ((nodup_finRange n).perm hr).sublist
    ((List.take_sublist _ _).append_left l), ?_⟩
  rw [List.length_append, List.length_take]
  omega

/-- Different letters take the places of as many different letters. -/
private theorem exists_onList_eq {l l' : List (Fin n)} (hl : l.Nodup) (hl' : l'.Nodup)
    (h : l.length = l'.length) : ∃ g : Substitution n, g.onList l = l' := by
  have place : ∀ l : List (Fin n), l.Nodup → ∃ g : Substitution n,
      ∀ i (hi : i < l.length) (hn : i < n), g ⟨i, hn⟩ = l[i] := by
    intro l hl
    obtain ⟨r, hr, hlen⟩ := exists_append hl (length_le_of_nodup_fin hl) (Nat.le_refl n)
    refine ⟨ofInjective (fun i => (l ++ r)[i.val]'(by rw [hlen]; exact i.isLt)) fun i j h =>
      Fin.ext (getElem_inj_of_nodup hr _ _ h), fun i hi hn => ?_⟩
    rw [ofInjective_apply]
    exact List.getElem_append_left hi
  obtain ⟨s, hs⟩ := place l hl
  obtain ⟨t, ht⟩ := place l' hl'
  refine ⟨t * s⁻¹, List.ext_getElem (by rw [length_onList, h]) fun i h1 h2 => ?_⟩
  rw [length_onList] at h1
  have hn := Nat.lt_of_lt_of_le h1 (length_le_of_nodup_fin hl)
  rw [← ht i h2 hn]
  show ((l.map _)[i]'_ : Fin n) = _
  rw [List.getElem_map]
  show t (s⁻¹ l[i]) = _
  rw [← hs i h1 hn, inv_apply_self]

private theorem nodup_three {a b c : Fin n} : [a, b, c].Nodup ↔ a ≠ b ∧ a ≠ c ∧ b ≠ c := by
  simp only [List.nodup_cons, List.mem_cons, List.not_mem_nil, or_false, not_or,
    not_false_eq_true, List.nodup_nil, and_true, and_assoc, ne_eq]

private theorem nodup_four {a b c d : Fin n} :
    [a, b, c, d].Nodup ↔ a ≠ b ∧ a ≠ c ∧ a ≠ d ∧ b ≠ c ∧ b ≠ d ∧ c ≠ d := by
  simp only [List.nodup_cons, List.mem_cons, List.not_mem_nil, or_false, not_or,
    not_false_eq_true, List.nodup_nil, and_true, and_assoc, ne_eq]

/-! ### Cycles of three letters -/

/-- What passes to products and holds for cycles of three letters holds for even substitutions. -/
private theorem even_induction {P : Substitution n → Prop} (one : P 1)
    (mul : ∀ s t, P s → P t → P (s * t)) (three : ∀ a b c, [a, b, c].Nodup → P (cycle [a, b, c]))
    {s : Substitution n} (hs : s.IsEven) : P s := by
  have joined : ∀ a b c : Fin n, a ≠ b → b ≠ c → P (swap a b * swap b c) := by
    intro a b c hab hbc
    by_cases hac : a = c
    · rw [hac, swap_comm b c, swap_mul_self]
      exact one
    · exact three a b c (by simp [hab, hbc, hac])
  have pair : ∀ a b c d : Fin n, a ≠ b → c ≠ d → P (swap a b * swap c d) := by
    intro a b c d hab hcd
    by_cases hbc : b = c
    · exact hbc ▸ joined a b d hab (hbc ▸ hcd)
    · have h := mul _ _ (joined a b c hab hbc) (joined b c d hbc hcd)
      rwa [mul_assoc, ← mul_assoc (swap b c), swap_mul_self, one_mul] at h
  obtain ⟨l, hl, heven, rfl⟩ := isEven_iff_exists_prod.1 hs
  clear hs
  suffices h : ∀ (k : Nat) (l : List (Substitution n)), l.length = k → k % 2 = 0 →
      (∀ t, t ∈ l → IsTransposition t) → P (prod l) from h _ l rfl heven hl
  intro k
  induction k using Nat.strongRecOn with
  | _ k ih =>
    intro l hk heven hl
    match l, hk with
    | [], _ => exact one
    | [_], hk => rw [List.length_singleton] at hk; omega
    | t :: u :: l, hk =>
      obtain ⟨a, b, hab, rfl⟩ := hl t (.head _)
      obtain ⟨c, d, hcd, rfl⟩ := hl u (.tail _ (.head _))
      rw [List.length_cons, List.length_cons] at hk
      rw [prod_cons, prod_cons, ← mul_assoc]
      exact mul _ _ (pair a b c d hab hcd) (ih l.length (by omega) l rfl (by omega)
        fun v hv => hl v (.tail _ (.tail _ hv)))

theorem EvenByThreeTermCycles : Reconstruct.EvenByThreeTermCycles.Statement := by
  intro n s hs
  refine even_induction (P := fun s => ∃ l : List (Fin n × Fin n × Fin n),
    (∀ c, c ∈ l → c.1 ≠ c.2.1 ∧ c.2.1 ≠ c.2.2 ∧ c.1 ≠ c.2.2) ∧
      s = l.foldr (fun c t => swap c.1 c.2.1 * swap c.2.1 c.2.2 * t) 1)
    ⟨[], fun c h => absurd h List.not_mem_nil, rfl⟩ ?_ (fun a b c h => ⟨[(a, b, c)], ?_, rfl⟩) hs
  · rintro s t ⟨l, hl, rfl⟩ ⟨l', hl', rfl⟩
    refine ⟨l ++ l', fun c hc => (List.mem_append.1 hc).elim (hl c) (hl' c), ?_⟩
    clear hl hl'
    induction l with
    | nil => rfl
    | cons c l ih => rw [List.cons_append, List.foldr_cons, List.foldr_cons, mul_assoc, ih]
  · intro x hx
    rw [List.mem_singleton] at hx
    subst hx
    simp only [List.nodup_cons, List.mem_cons, List.not_mem_nil, or_false, not_or] at h
    exact ⟨h.1.1, h.2.1, h.1.2⟩

/-- The inverse of a cycle of three letters names them in the opposite order. -/
private theorem inv_cycle_three (a b c : Fin n) : (cycle [a, b, c])⁻¹ = cycle [c, b, a] := by
  show swap b c * swap a b = swap c b * swap b a
  rw [swap_comm b c, swap_comm a b]

/-- A cycle of four or more letters and one of its first three make a cycle of three letters. -/
private theorem fourfoldProduct_cycle {a b c d : Fin n} {l : List (Fin n)}
    (h : (a :: b :: c :: d :: l).Nodup) :
    cycle (a :: b :: c :: d :: l) * cycle [a, b, c] * (cycle (a :: b :: c :: d :: l))⁻¹ *
      (cycle [a, b, c])⁻¹ = cycle [d, b, a] := by
  have next : (cycle (a :: b :: c :: d :: l)).onList [a, b, c] = [b, c, d] := by
    have h0 := cycle_apply_getElem h (k := 0) (by simp)
    have h1 := cycle_apply_getElem h (k := 1) (by simp)
    have h2 := cycle_apply_getElem h (k := 2) (by simp)
    simp only [List.length_cons, Nat.mod_eq_of_lt (show 0 + 1 < l.length + 1 + 1 + 1 + 1 by omega),
      Nat.mod_eq_of_lt (show 1 + 1 < l.length + 1 + 1 + 1 + 1 by omega),
      Nat.mod_eq_of_lt (show 2 + 1 < l.length + 1 + 1 + 1 + 1 by omega)] at h0 h1 h2
    simp only [onList, List.map_cons, List.map_nil]
    exact List.cons_eq_cons.2 ⟨h0, List.cons_eq_cons.2 ⟨h1, List.cons_eq_cons.2 ⟨h2, rfl⟩⟩⟩
  simp only [List.nodup_cons, List.mem_cons, not_or] at h
  have hbd : d ≠ b := fun e => h.2.1.2.1 e.symm
  have hcd : d ≠ c := fun e => h.2.2.1.1 e.symm
  have hs := mul_swap_mul_inv (swap b c) c d
  rw [swap_inv, swap_apply_right, swap_apply_of_ne hbd hcd] at hs
  rw [mul_cycle_mul_inv, next, inv_cycle_three]
  show swap b c * swap c d * (swap c b * swap b a) = swap d b * swap b a
  rw [← mul_assoc, swap_comm c b, hs, swap_comm b d]

/-- The same for two cycles of three letters with two letters in common. -/
private theorem fourfoldProduct_three {a b c d : Fin n} (h : [a, b, c, d].Nodup) :
    cycle [a, b, c] * cycle [a, b, d] * (cycle [a, b, c])⁻¹ * (cycle [a, b, d])⁻¹ =
      swap c d * swap b a := by
  have h3 : [a, b, c].Nodup := h.sublist (by simp)
  have ha : cycle [a, b, c] a = b := cycle_apply_getElem h3 (k := 0) (by simp)
  have hb : cycle [a, b, c] b = c := cycle_apply_getElem h3 (k := 1) (by simp)
  simp only [List.nodup_cons, List.mem_cons, List.not_mem_nil, or_false, not_or] at h
  have hd : cycle [a, b, c] d = d := cycle_apply_of_not_mem (by
    simp only [List.mem_cons, List.not_mem_nil, or_false, not_or]
    exact ⟨fun e => h.1.2.2 e.symm, fun e => h.2.1.2 e.symm, fun e => h.2.2.1 e.symm⟩)
  have hs := mul_swap_mul_inv (swap c d) b d
  rw [swap_inv, swap_apply_right, swap_apply_of_ne h.2.1.1 h.2.1.2] at hs
  rw [mul_cycle_mul_inv, inv_cycle_three]
  simp only [onList, List.map_cons, List.map_nil, ha, hb, hd]
  show swap b c * swap c d * (swap d b * swap b a) = _
  rw [← hs, mul_assoc _ (swap c d) (swap c d), swap_mul_self, mul_one, ← mul_assoc,
    mul_assoc (swap c d), swap_comm b d, swap_mul_self, mul_one]

private theorem eq_cons {l : List (Fin n)} {k : Nat} (h : l.length = k + 1) :
    ∃ a t, t.length = k ∧ l = a :: t := by
  cases l with
  | nil => exact absurd h (by simp)
  | cons a t => exact ⟨a, t, Nat.succ.inj h, rfl⟩

private theorem eq_pair {l : List (Fin n)} (h : l.length = 2) : ∃ a b, l = [a, b] := by
  obtain ⟨a, t, ht, rfl⟩ := eq_cons h
  obtain ⟨b, u, hu, rfl⟩ := eq_cons ht
  exact ⟨a, b, by rw [List.eq_nil_of_length_eq_zero hu]⟩

private theorem not_isEven_cycle {l : List (Fin n)} (hl : l.Nodup) {k : Nat}
    (hk : l.length = k + 1) (h : ¬ (-1 : Int) ^ k = 1) : ¬ IsEven (cycle l) := by
  obtain ⟨a, t, ht, rfl⟩ := eq_cons hk
  rwa [IsEven, sign_cycle hl, ht]

/-- An even substitution which moves at most five letters is a cycle of three or of five letters, or
two exchanges. -/
private theorem even_of_few {s : Substitution n} (hs : s.IsEven) (h1 : s ≠ 1)
    (hm : (moved s).length ≤ 5) :
    (∃ a b c, [a, b, c].Nodup ∧ s = cycle [a, b, c]) ∨
      (∃ a b c d, [a, b, c, d].Nodup ∧ s = swap a b * swap c d) ∨
        ∃ a b c d e, [a, b, c, d, e].Nodup ∧ s = cycle [a, b, c, d, e] := by
  have hnd := nodup_flatten_cycles s
  have hlen : (cycles s).flatten.length ≤ 5 := by
    have inside : ∀ i, i ∈ (cycles s).flatten → i ∈ moved s := fun i hi =>
      mem_moved.2 (exists_mem_cycles_iff.1 (List.mem_flatten.1 hi))
    have := length_le_of_subset hnd inside
    omega
  have h2 : ∀ c, c ∈ cycles s → 2 ≤ c.length := fun c => two_le_length_of_mem_cycles
  have hprod := prod_cycles s
  generalize cycles s = L at *
  subst hprod
  rcases L with _ | ⟨c, _ | ⟨d, _ | ⟨f, L⟩⟩⟩
  · exact absurd rfl h1
  · rw [List.flatten_cons, List.flatten_nil, List.append_nil] at hnd hlen
    rw [List.map_cons, List.map_nil, prod_cons, prod_nil, mul_one] at hs ⊢
    have hc := h2 c (.head _)
    rcases (by omega : c.length = 2 ∨ c.length = 3 ∨ c.length = 4 ∨ c.length = 5) with
      h | h | h | h
    · exact absurd hs (not_isEven_cycle hnd h (by decide))
    · obtain ⟨a, t, ht, rfl⟩ := eq_cons h
      obtain ⟨b, d, rfl⟩ := eq_pair ht
      exact Or.inl ⟨a, b, d, hnd, rfl⟩
    · exact absurd hs (not_isEven_cycle hnd h (by decide))
    · obtain ⟨a, t, ht, rfl⟩ := eq_cons h
      obtain ⟨b, u, hu, rfl⟩ := eq_cons ht
      obtain ⟨d, v, hv, rfl⟩ := eq_cons hu
      obtain ⟨f, g, rfl⟩ := eq_pair hv
      exact Or.inr (Or.inr ⟨a, b, d, f, g, hnd, rfl⟩)
  · have hc := h2 c (.head _)
    have hd := h2 d (.tail _ (.head _))
    rw [List.flatten_cons, List.flatten_cons, List.flatten_nil, List.append_nil] at hnd hlen
    rw [List.length_append] at hlen
    rw [List.map_cons, List.map_cons, List.map_nil, prod_cons, prod_cons, prod_nil, mul_one] at hs ⊢
    have hcn : c.Nodup := hnd.sublist (List.sublist_append_left c d)
    have hdn : d.Nodup := hnd.sublist (List.sublist_append_right c d)
    by_cases h : c.length = 2
    · obtain ⟨a, b, rfl⟩ := eq_pair h
      by_cases h' : d.length = 2
      · obtain ⟨d, f, rfl⟩ := eq_pair h'
        exact Or.inr (Or.inl ⟨a, b, d, f, hnd, rfl⟩)
      · refine absurd hs fun hs => not_isEven_cycle hcn h (by decide) ?_
        obtain ⟨x, t, ht, rfl⟩ := eq_cons (show d.length = 2 + 1 by omega)
        obtain ⟨y, z, rfl⟩ := eq_pair ht
        have := hs.mul (isEven_cycle_three hdn).inv
        rwa [mul_inv_cancel_right] at this
    · refine absurd hs fun hs => not_isEven_cycle hdn (show d.length = 2 by omega) (by decide) ?_
      obtain ⟨x, t, ht, rfl⟩ := eq_cons (show c.length = 2 + 1 by omega)
      obtain ⟨y, z, rfl⟩ := eq_pair ht
      have := (isEven_cycle_three hcn).inv.mul hs
      rwa [inv_mul_cancel_left] at this
  · have hc := h2 c (.head _)
    have hd := h2 d (.tail _ (.head _))
    have hf := h2 f (.tail _ (.tail _ (.head _)))
    rw [List.flatten_cons, List.flatten_cons, List.flatten_cons, List.length_append,
      List.length_append, List.length_append] at hlen
    omega

/-! ### Indivisible collections -/

/-- With one cycle of three of five or more letters, and what even substitutions make of it, a
collection holds all of them. -/
private theorem all_three {P : Substitution n → Prop} (hn : 5 ≤ n)
    (transform : ∀ g s : Substitution n, g.IsEven → P s → P (g * s * g⁻¹)) {a b c : Fin n}
    (h : [a, b, c].Nodup) (hP : P (cycle [a, b, c])) {x y z : Fin n} (h' : [x, y, z].Nodup) :
    P (cycle [x, y, z]) := by
  obtain ⟨r, hr, hrl⟩ := exists_append h (k := 5) (by simp) hn
  obtain ⟨r', hr', hrl'⟩ := exists_append h' (k := 5) (by simp) hn
  obtain ⟨g, hg⟩ := exists_onList_eq hr hr' (hrl.trans hrl'.symm)
  have hg3 : g.onList [a, b, c] = [x, y, z] := by
    rw [onList, List.map_append] at hg
    exact List.append_inj_left hg (by simp)
  by_cases even : g.IsEven
  · have := transform g _ even hP
    rwa [mul_cycle_mul_inv, hg3] at this
  · -- exchange the two other letters before
    obtain ⟨d, f, rfl⟩ := eq_pair (Nat.add_left_cancel
      ((List.length_append (as := [a, b, c])).symm.trans hrl : 3 + r.length = 3 + 2))
    have hne : ∀ i, i ∈ [a, b, c] → i ≠ d ∧ i ≠ f := fun i hi =>
      ⟨(List.nodup_append.1 hr).2.2 i hi d (.head _),
        (List.nodup_append.1 hr).2.2 i hi f (.tail _ (.head _))⟩
    have hdf : d ≠ f := by
      have := (List.nodup_append.1 hr).2.1
      simpa using this
    have hsw : (swap d f).onList [a, b, c] = [a, b, c] := by
      rw [onList]
      conv => rhs; rw [← List.map_id [a, b, c]]
      exact List.map_congr_left fun i hi => swap_apply_of_ne (hne i hi).1 (hne i hi).2
    have := transform (g * swap d f) _ (by
      rw [IsEven, sign_mul, sign_swap hdf, not_isEven_iff.1 even]
      decide) hP
    rwa [mul_cycle_mul_inv, onList_mul, hsw, hg3] at this

theorem EvenOfManyIndivisible : Reconstruct.EvenOfManyIndivisible.Statement := by
  intro n P hn p1 pm pi peven transform ⟨s, hs, hs1⟩ x hx
  -- a member makes of an even substitution another member
  have fourfoldProduct : ∀ u t : Substitution n, P u → t.IsEven → P (u * t * u⁻¹ * t⁻¹) := by
    intro u t hu ht
    rw [mul_assoc, mul_assoc, ← mul_assoc t]
    exact pm _ _ hu (transform t _ ht (pi u hu))
  suffices h : ∃ a b c, [a, b, c].Nodup ∧ P (cycle [a, b, c]) by
    obtain ⟨a, b, c, h, hP⟩ := h
    exact even_induction p1 pm (fun _ _ _ => all_three hn transform h hP) hx
  -- one of them moves few letters
  obtain ⟨u, hu, hu1, hum⟩ : ∃ u, P u ∧ u ≠ 1 ∧ (moved u).length ≤ 5 := by
    obtain ⟨i, hi⟩ : ∃ i, s i ≠ i := Classical.byContradiction fun hno =>
      hs1 (eq_one_iff.2 fun i => Classical.byContradiction fun hi => hno ⟨i, hi⟩)
    obtain ⟨k, hk⟩ := exists_not_mem (l := [i, s i, s (s i)]) (show 3 < n by omega)
    simp only [List.mem_cons, List.not_mem_nil, or_false, not_or] at hk
    have h3 : [i, s i, k].Nodup := nodup_three.2 ⟨Ne.symm hi, Ne.symm hk.1, Ne.symm hk.2.1⟩
    refine ⟨_, fourfoldProduct s (cycle [i, s i, k]) hs (isEven_cycle_three h3), fun h => ?_, ?_⟩
    · have h1 : cycle [i, s i, k] i = s i := cycle_apply_getElem h3 (k := 0) (by simp)
      have h2 : cycle [i, s i, k] (s i) = k := cycle_apply_getElem h3 (k := 1) (by simp)
      have h := congrArg (fun v : Substitution n => v (s i)) (mul_eq_iff_eq_mul_inv.1 h)
      simp only [mul_apply, inv_apply_self, inv_inv, one_mul, h1, h2] at h
      exact hk.2.2 h.symm
    · rw [mul_cycle_mul_inv]
      have inside : ∀ j, j ∈ moved (cycle (s.onList [i, s i, k]) * (cycle [i, s i, k])⁻¹) →
          j ∈ [i, s i, s (s i), k, s k] := by
        intro j hj
        refine Classical.byContradiction fun hno => ?_
        simp only [List.mem_cons, List.not_mem_nil, or_false, not_or] at hno
        refine (mem_moved_of_mem_moved_mul hj).elim (fun h => mem_moved.1 h ?_) fun h => ?_
        · refine cycle_apply_of_not_mem ?_
          simp only [onList, List.map_cons, List.map_nil, List.mem_cons, List.not_mem_nil,
            or_false, not_or]
          exact ⟨hno.2.1, hno.2.2.1, hno.2.2.2.2⟩
        · rw [moved_inv] at h
          refine mem_moved.1 h (cycle_apply_of_not_mem ?_)
          simp only [List.mem_cons, List.not_mem_nil, or_false, not_or]
          exact ⟨hno.1, hno.2.1, hno.2.2.2.1⟩
      have h := length_le_of_subset (nodup_moved _) inside
      rw [List.length_cons, List.length_cons, List.length_cons, List.length_cons,
        List.length_singleton] at h
      omega
  rcases even_of_few (peven u hu) hu1 hum with ⟨a, b, c, h, rfl⟩ | ⟨a, b, c, d, h, rfl⟩ |
    ⟨a, b, c, d, f, h, rfl⟩
  · exact ⟨a, b, c, h, hu⟩
  · obtain ⟨f, hf⟩ := exists_not_mem (l := [a, b, c, d]) (show 4 < n by omega)
    simp only [List.mem_cons, List.not_mem_nil, or_false, not_or] at hf
    obtain ⟨hab, hac, had, hbc, hbd, _⟩ := nodup_four.1 h
    have h3 : [a, b, f].Nodup := nodup_three.2 ⟨hab, Ne.symm hf.1, Ne.symm hf.2.1⟩
    have hw := fourfoldProduct _ _ hu (isEven_cycle_three h3)
    have next : (swap a b * swap c d).onList [a, b, f] = [b, a, f] := by
      simp only [onList, List.map_cons, List.map_nil, mul_apply]
      rw [swap_apply_of_ne hac had, swap_apply_left, swap_apply_of_ne hbc hbd,
        swap_apply_right, swap_apply_of_ne hf.2.2.1 hf.2.2.2, swap_apply_of_ne hf.1 hf.2.1]
    have turned := mul_cycle_mul_inv (swap b a) [a, f, b]
    simp only [onList, List.map_cons, List.map_nil, swap_apply_right, swap_apply_left,
      swap_apply_of_ne hf.2.1 hf.1] at turned
    refine ⟨b, f, a, nodup_three.2 ⟨Ne.symm hf.2.1, Ne.symm hab, hf.1⟩, ?_⟩
    rw [mul_cycle_mul_inv, next, inv_cycle_three] at hw
    rw [← turned]
    exact hw
  · obtain ⟨hab, _, had, _, hbd, _⟩ := nodup_four.1 (h.sublist (by simp) : [a, b, c, d].Nodup)
    exact ⟨d, b, a, nodup_three.2 ⟨Ne.symm hbd, Ne.symm had, Ne.symm hab⟩,
      fourfoldProduct_cycle h ▸ fourfoldProduct _ _ hu (isEven_cycle_three (h.sublist (by simp)))⟩

theorem EvenOfFiveIndivisible : Reconstruct.EvenOfFiveIndivisible.Statement :=
  fun P => EvenOfManyIndivisible 5 P (Nat.le_refl 5)

/-! ### Five letters -/

theorem NoDescentFromEvenOfFive : Reconstruct.NoDescentFromEvenOfFive.Statement := by
  intro s hs
  by_cases h1 : s = 1
  · exact ⟨1, 1, isEven_one, isEven_one, h1⟩
  rcases even_of_few hs h1 (length_le_of_nodup_fin (nodup_moved s)) with ⟨d, b, a, h, rfl⟩ |
    ⟨c, d, b, a, h, rfl⟩ | ⟨a, b, c, d, f, h, rfl⟩
  · obtain ⟨r, hr, hrl⟩ := exists_append h (k := 5) (by simp) (Nat.le_refl 5)
    obtain ⟨c, f, rfl⟩ := eq_pair (Nat.add_left_cancel
      ((List.length_append (as := [d, b, a])).symm.trans hrl : 3 + r.length = 3 + 2))
    -- `d b a c f`, `a b d c f`, `a b c d f`
    have h5 : [a, b, c, d, f].Nodup := hr.perm <|
      (List.perm_append_comm (l₁ := [d, b]) (l₂ := [a, c, f])).trans <|
        .cons a <| (List.perm_append_comm (l₁ := [c, f]) (l₂ := [d, b])).trans <|
          (List.perm_append_comm (l₁ := [d]) (l₂ := [b, c, f])).trans <| .cons b <|
            .cons c <| .swap d f []
    refine ⟨cycle [a, b, c, d, f], cycle [a, b, c], ?_,
      isEven_cycle_three (h5.sublist (by simp)), (fourfoldProduct_cycle h5).symm⟩
    exact (sign_cycle h5).trans (show (-1 : Int) ^ 4 = 1 by decide)
  · obtain ⟨hcd, hcb, hca, hdb, hda, hba⟩ := nodup_four.1 h
    have h4 : [a, b, c, d].Nodup :=
      nodup_four.2 ⟨Ne.symm hba, Ne.symm hca, Ne.symm hda, Ne.symm hcb, Ne.symm hdb, hcd⟩
    refine ⟨cycle [a, b, c], cycle [a, b, d], isEven_cycle_three (h4.sublist (by simp)),
      isEven_cycle_three (h4.sublist (by simp)), (fourfoldProduct_three h4).symm⟩
  · obtain ⟨hab, hac, had, hbc, hbd, hcd⟩ :=
      nodup_four.1 (h.sublist (by simp) : [a, b, c, d].Nodup)
    obtain ⟨hbc, hbd, hbf, _, hcf, hdf⟩ := nodup_four.1 (List.nodup_cons.1 h).2
    have haf : a ≠ f := fun e => (List.nodup_cons.1 h).1 (e ▸ by simp)
    refine ⟨swap a f * swap b d, cycle [f, d, c], ?_, isEven_cycle_three
      (nodup_three.2 ⟨Ne.symm hdf, Ne.symm hcf, Ne.symm hcd⟩), ?_⟩
    · rw [IsEven, sign_mul, sign_swap haf, sign_swap hbd]
      decide
    · have next : (swap a f * swap b d).onList [f, d, c] = [a, b, c] := by
        simp only [onList, List.map_cons, List.map_nil, mul_apply]
        rw [swap_apply_of_ne (Ne.symm hbf) (Ne.symm hdf), swap_apply_right, swap_apply_right,
          swap_apply_of_ne (Ne.symm hab) hbf, swap_apply_of_ne (Ne.symm hbc) hcd,
          swap_apply_of_ne (Ne.symm hac) hcf]
      rw [mul_cycle_mul_inv, next, inv_cycle_three]
      simp only [cycle_cons_cons, cycle_singleton, mul_one, mul_assoc]

theorem NoDescentForFiveLetters : Reconstruct.NoDescentForFiveLetters.Statement := by
  intro P p0 p1 pm pi pc i
  induction i with
  | zero => exact fun s _ => p0 s
  | succ i ih =>
    intro s hs
    obtain ⟨a, b, ha, hb, rfl⟩ := NoDescentFromEvenOfFive s hs
    exact pc i a b (ih a ha) (ih b hb)

/-- The number of members of a part divides the number of members of the whole. -/
private theorem dvd_length {H K : List (Substitution n)} (hn : H.Nodup)
    (hm : ∀ s t, s ∈ H → t ∈ H → s * t ∈ H) (kn : K.Nodup) (k1 : 1 ∈ K)
    (km : ∀ s t, s ∈ K → t ∈ K → s * t ∈ K) (ki : ∀ s, s ∈ K → s⁻¹ ∈ K) (hs : ∀ s, s ∈ K → s ∈ H) :
    K.length ∣ H.length := by
  refine dvd_length_of_equal_classes (fun a b => a⁻¹ * b ∈ K)
    (fun a _ => (?_ : a⁻¹ * a ∈ K)) (fun a _ b _ h => ki _ h)
    (fun a _ b _ c _ h h' => ?_) fun a ha => ?_
  · rwa [inv_mul_cancel]
  · have h := km _ _ h h'
    rwa [mul_assoc, mul_inv_cancel_left] at h
  · rw [← List.length_map (f := (a * ·))]
    refine countP_eq_length hn (nodup_map (fun b c h => mul_left_cancel h) kn) fun b => ?_
    rw [List.mem_map, decide_eq_true_iff]
    constructor
    · rintro ⟨c, hc, rfl⟩
      refine ⟨hm a c ha (hs c hc), ?_⟩
      show a⁻¹ * (a * c) ∈ K
      rwa [inv_mul_cancel_left]
    · exact fun h => ⟨_, h.2, mul_inv_cancel_left a b⟩

/-- A collection with products is closed. -/
private theorem inv_mem {H : List (Substitution n)} (hm : ∀ s t, s ∈ H → t ∈ H → s * t ∈ H)
    {s : Substitution n} (hs : s ∈ H) : s⁻¹ ∈ H := by
  have power : ∀ k : Nat, s ^ (k + 1) ∈ H := by
    intro k
    induction k with
    | zero => exact hs
    | succ k ih => exact hm _ _ ih hs
  have h := power (2 * order s - 2)
  have hpos := order_pos s
  rwa [show 2 * order s - 2 + 1 = order s + (order s - 1) by omega, pow_add, pow_order, one_mul,
    ← inv_eq_pow] at h

/-- If the number of members of `N` is that of `C` divided by a prime number, and `N` holds what is
transformed from its members, then it holds every `a b a⁻¹ b⁻¹`. -/
private theorem fourfoldProduct_mem {C N : List (Substitution n)} (cn : C.Nodup)
    (cm : ∀ s t, s ∈ C → t ∈ C → s * t ∈ C) (nn : N.Nodup) (n1 : 1 ∈ N)
    (nm : ∀ s t, s ∈ N → t ∈ N → s * t ∈ N) (sub : ∀ s, s ∈ N → s ∈ C)
    (transform : ∀ g s, g ∈ C → s ∈ N → g * s * g⁻¹ ∈ N) {p : Nat} (hp : Prime p)
    (hl : C.length = p * N.length) {a b : Substitution n} (ha : a ∈ C) (hb : b ∈ C) :
    a * b * a⁻¹ * b⁻¹ ∈ N := by
  have ni : ∀ s, s ∈ N → s⁻¹ ∈ N := fun s => inv_mem nm
  have c1 : 1 ∈ C := sub 1 n1
  have power : ∀ k : Nat, a ^ k ∈ C := by
    intro k
    induction k with
    | zero => exact c1
    | succ k ih => exact cm _ _ ih ha
  by_cases haN : a ∈ N
  · rw [mul_assoc, mul_assoc, ← mul_assoc b]
    exact nm _ _ haN (transform b _ hb (ni a haN))
  -- what differs from a power of `a` by a member of `N`
  obtain ⟨D, dn, dm⟩ := exists_nodup_of_list_of_prop C fun x =>
    ∃ (k : Nat) (t : Substitution n), t ∈ N ∧ x = a ^ k * t
  have dmul : ∀ s t, s ∈ D → t ∈ D → s * t ∈ D := by
    intro s t hs ht
    obtain ⟨hs, j, u, hu, rfl⟩ := (dm s).1 hs
    obtain ⟨ht, k, v, hv, rfl⟩ := (dm t).1 ht
    refine (dm _).2 ⟨cm _ _ hs ht, j + k, (a ^ k)⁻¹ * u * a ^ k * v, nm _ _ ?_ hv, ?_⟩
    · exact transform (a ^ k)⁻¹ u (inv_mem cm (power k)) hu
    · simp only [pow_add, mul_assoc, mul_inv_cancel_left]
  have one : ∀ t, t ∈ N → t ∈ D := fun t ht => (dm t).2 ⟨sub t ht, 0, t, ht, rfl⟩
  have haD : a ∈ D := (dm a).2 ⟨ha, 1, 1, n1, rfl⟩
  obtain ⟨q, hq⟩ := dvd_length dn dmul nn n1 nm ni one
  have hdc := dvd_length cn cm dn (one 1 n1) dmul (fun s => inv_mem dmul)
    fun s hs => ((dm s).1 hs).1
  have hpos := List.length_pos_of_mem n1
  rw [hq, hl, Nat.mul_comm p] at hdc
  have hbD : b ∈ D := by
    rcases hp.2 q (Nat.dvd_of_mul_dvd_mul_left hpos hdc) with h | h
    · refine absurd (mem_of_subset_of_length_le nn one ?_ haD) haN
      rw [hq, h, Nat.mul_one]
      exact Nat.le_refl _
    · refine mem_of_subset_of_length_le dn (fun s hs => ((dm s).1 hs).1) ?_ hb
      rw [hq, h, hl, Nat.mul_comm]
      exact Nat.le_refl _
  obtain ⟨_, k, t, ht, rfl⟩ := (dm b).1 hbD
  have h := transform (a ^ k) _ (power k) (nm _ _ (transform a t ha ht) (ni t ht))
  have hcomm := mul_pow_comm a k
  simp only [mul_assoc, mul_inv_rev] at h ⊢
  rwa [← mul_assoc a, hcomm, mul_assoc]

theorem NoDescentByPrimesForFiveLetters :
    Reconstruct.NoDescentByPrimesForFiveLetters.Statement := by
  intro k C cn c0 c1 cm ci sub transform primes
  suffices h : ∀ i, i ≤ k → ∀ s : Substitution 5, s.IsEven → s ∈ C i from h k (Nat.le_refl k)
  intro i
  induction i with
  | zero => exact fun _ s _ => c0 s
  | succ i ih =>
    intro hi s hs
    obtain ⟨a, b, ha, hb, rfl⟩ := NoDescentFromEvenOfFive s hs
    obtain ⟨p, hp, hl⟩ := primes i hi
    have ih := ih (Nat.le_of_succ_le hi)
    exact fourfoldProduct_mem (cn i) (cm i) (cn _) (c1 _) (cm _) (fun s => sub i s hi)
      (fun g s => transform i g s hi) hp hl (ih a ha) (ih b hb)

/-! ### Few values -/

theorem FewValuesAreAtMostTwo : Reconstruct.FewValuesAreAtMostTwo.Statement := by
  intro n p X Y f values hp hpn vn vm hlt
  by_cases hp3 : p ≤ 3
  · omega
  -- the substitutions which leave `f` unchanged
  let U : Substitution n → Prop := fun s => ∀ x, f (fun i => x (s i)) = f x
  have u1 : U 1 := fun x => rfl
  have umul : ∀ s t, U s → U t → U (s * t) := fun s t hs ht x =>
    (ht fun i => x (s i)).trans (hs x)
  have uinv : ∀ s, U s → U s⁻¹ := by
    intro s hs x
    have h := hs fun i => x (s⁻¹ i)
    simp only [inv_apply_self] at h
    exact h.symm
  have same : ∀ s t : Substitution n,
      (fun x : Fin n → X => f fun i => x (s i)) = (fun x => f fun i => x (t i)) →
        U (s⁻¹ * t) := by
    intro s t h x
    have h := congrFun h fun i => x (s⁻¹ i)
    simp only [inv_apply_self] at h
    exact h.symm
  have upow : ∀ (s : Substitution n) (k : Nat), U s → U (s ^ k) := by
    intro s k hs
    induction k with
    | zero => exact u1
    | succ k ih => exact umul _ _ ih hs
  -- the exponents of the powers which leave `f` unchanged go over to the greatest common divisor
  have ugcd : ∀ (s : Substitution n) (j k : Nat), U (s ^ j) → U (s ^ k) → U (s ^ Nat.gcd j k) := by
    intro s j k
    induction j, k using Nat.gcd.induction with
    | H0 k => exact fun _ hk => (Nat.gcd_zero_left k).symm ▸ hk
    | H1 j k _ ih =>
      intro hj hk
      rw [Nat.gcd_rec]
      refine ih ?_ hj
      have h := umul _ _ (uinv _ (upow _ (k / j) hj)) hk
      rw [← pow_mul] at h
      conv at h => arg 1; arg 2; rw [← Nat.div_add_mod k j, pow_add]
      rwa [inv_mul_cancel_left] at h
  -- a cycle of `p` letters is one of them: two of its powers make the same of `f`
  have cycles : ∀ l : List (Fin n), l.Nodup → l.length = p → U (cycle l) := by
    intro l hl hlp
    have hc : cycle l ^ p = 1 := by
      have h := order_cycle hl (fun h => by rw [h, List.length_nil] at hlp; omega)
      rw [← hlp, ← h, pow_order]
    obtain ⟨i, hi, j, hj, hne, h⟩ := exists_ne_map_eq_of_length_lt (l := List.range p) (m := values)
      (f := fun k : Nat => fun x => f fun i => x ((cycle l ^ k) i)) List.nodup_range
      (fun k _ => (vm _).2 ⟨cycle l ^ k, rfl⟩) (by rwa [List.length_range])
    rw [List.mem_range] at hi hj
    have key : ∀ i j : Nat, i < j → j < p → U ((cycle l ^ i)⁻¹ * cycle l ^ j) → U (cycle l) := by
      intro i j hij hj h
      rw [show j = i + (j - i) by omega, pow_add, inv_mul_cancel_left] at h
      have hg := ugcd _ _ _ h (hc.symm ▸ u1)
      rw [Nat.gcd_comm, hp.coprime_of_not_dvd fun hd => ?_, pow_one] at hg
      · exact hg
      · have := Nat.le_of_dvd (by omega) hd
        omega
    rcases Nat.lt_or_gt_of_ne hne with hij | hij
    · exact key i j hij hj (same _ _ h)
    · exact key j i hij hi (same _ _ h.symm)
  -- hence the cycles of three letters, and all even substitutions
  have three : ∀ d b a : Fin n, [d, b, a].Nodup → U (cycle [d, b, a]) := by
    intro d b a h
    obtain ⟨c, hc⟩ := exists_not_mem (l := [d, b, a]) (show 3 < n by omega)
    simp only [List.mem_cons, List.not_mem_nil, or_false, not_or] at hc
    obtain ⟨hdb, hda, hba⟩ := nodup_three.1 h
    have h4 : [a, b, c, d].Nodup := nodup_four.2 ⟨Ne.symm hba, Ne.symm hc.2.2, Ne.symm hda,
      Ne.symm hc.2.1, Ne.symm hdb, hc.1⟩
    obtain ⟨r, hr, hrl⟩ := exists_append h4 (k := p) (show 4 ≤ p by omega) hpn
    have hu := cycles _ hr hrl
    have hv := uinv _ (cycles _ ((nodup_onList (cycle [a, b, c])).2 hr)
      ((length_onList _ _).trans hrl))
    have h := umul _ _ hu hv
    rw [← mul_cycle_mul_inv] at h
    rw [← fourfoldProduct_cycle hr]
    simpa only [mul_inv_rev, inv_inv, mul_assoc] using h
  have even : ∀ s : Substitution n, s.IsEven → U s := fun s => even_induction u1 umul three
  obtain ⟨o, ho⟩ : ∃ o : Substitution n, ∀ s : Substitution n, ¬ s.IsEven → ¬ o.IsEven := by
    by_cases h : ∃ s : Substitution n, ¬ s.IsEven
    · obtain ⟨o, ho⟩ := h
      exact ⟨o, fun _ _ => ho⟩
    · exact ⟨1, fun s hs => absurd ⟨s, hs⟩ h⟩
  refine length_le_of_subset vn (l₂ := [f, fun x => f fun i => x (o i)]) fun g hg => ?_
  obtain ⟨s, rfl⟩ := (vm g).1 hg
  by_cases hs : s.IsEven
  · rw [show (fun x : Fin n → X => f fun i => x (s i)) = f from funext (even s hs)]
    exact .head _
  · have hos : (o⁻¹ * s).IsEven := by
      rw [IsEven, sign_mul, sign_inv, not_isEven_iff.1 (ho s hs), not_isEven_iff.1 hs]
      decide
    have : (fun x : Fin n → X => f fun i => x (s i)) = fun x => f fun i => x (o i) := by
      funext x
      have h := even _ hos fun i => x (o i)
      simp only [mul_apply, apply_inv_self] at h
      exact h
    rw [this]
    exact .tail _ (.head _)

end Reconstruct.Solutions
