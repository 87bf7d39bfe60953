import Reconstruct.Substitutions.Foundation.Arithmetic.Binomial
import Reconstruct.Substitutions.Foundation.Arithmetic.Divisibility
import Reconstruct.Substitutions.Foundation.Arithmetic.Factorization
import Reconstruct.Substitutions.Foundation.Collection.Count
import Reconstruct.Substitutions.Foundation.Collection.FiniteFunction
import Reconstruct.Substitutions.Foundation.Collection.Iteration
import Reconstruct.Substitutions.Foundation.Collection.Parts
import Reconstruct.Substitutions.Target.Moving
import Reconstruct.Substitutions.Target.PrimeCount

/-!
Proofs of statements about systems whose number has given prime divisors. Never shown to a policy.

Everything is counted by letting a closed collection `H` move letters, that is, members of some
other collection: the letters fall into classes, the number of letters in a class divides the number
of members of `H`, and a class of one letter is a letter which is never moved. The letters are
things transformed by each other, or collections of things, moved by a common first factor.
-/

namespace Reconstruct.Solutions

/-! ### Counting for a prime -/

/-- The exponent of `p` in `i` is less than `k` when `0 < i < p ^ k`. -/
private theorem exponentIn_lt {p i k : Nat} (hp : 2 ≤ p) (h0 : 0 < i) (hi : i < p ^ k) :
    exponentIn p i < k := by
  refine Nat.lt_of_not_le fun hle => ?_
  have := Nat.le_of_dvd h0 ((pow_dvd_iff_le_exponentIn hp (by omega)).mpr hle)
  omega

/-- A number `i` below `p ^ k` and its difference from a multiple of `p ^ k` contain `p` equally
often. -/
private theorem exponentIn_sub {p i k n : Nat} (hp : 2 ≤ p) (h0 : 0 < i) (hi : i < p ^ k) (hn : p ^ k ∣ n)
    (hin : i < n) : exponentIn p (n - i) = exponentIn p i := by
  have hpow : ∀ j, j ≤ k → p ^ j ∣ n := fun j hj => Nat.dvd_trans (Nat.pow_dvd_pow p hj) hn
  have hback : ∀ j, j ≤ k → p ^ j ∣ n - i → p ^ j ∣ i := by
    intro j hj hd
    have := Nat.dvd_sub (hpow j hj) hd
    rwa [show n - (n - i) = i by omega] at this
  have hlt := exponentIn_lt hp h0 hi
  have hi0 : i ≠ 0 := by omega
  have hni0 : n - i ≠ 0 := by omega
  refine Nat.le_antisymm ?_ ?_
  · rcases Nat.lt_or_ge (exponentIn p (n - i)) k with h | h
    · exact (pow_dvd_iff_le_exponentIn hp hi0).mp (hback _ (Nat.le_of_lt h)
        ((pow_dvd_iff_le_exponentIn hp hni0).mpr (Nat.le_refl _)))
    · have := Nat.le_of_dvd h0 (hback k (Nat.le_refl k) ((pow_dvd_iff_le_exponentIn hp hni0).mpr h))
      omega
  · exact (pow_dvd_iff_le_exponentIn hp hni0).mp (Nat.dvd_sub (hpow _ (Nat.le_of_lt hlt))
      ((pow_dvd_iff_le_exponentIn hp hi0).mpr (Nat.le_refl _)))

/-- A prime `p` does not divide `C(p ^ k · m - 1, j)` for `j < p ^ k`. -/
private theorem not_dvd_binomial_pred {p k m j : Nat} (hp : Prime p) (hm : m ≠ 0) (hj : j < p ^ k) :
    ¬ p ∣ binomial (p ^ k * m - 1) j := by
  induction j with
  | zero => rw [binomial_zero_right]; exact hp.not_dvd_one
  | succ j ih =>
    have hle : p ^ k ≤ p ^ k * m := Nat.le_mul_of_pos_right _ (Nat.pos_of_ne_zero hm)
    generalize hn : p ^ k * m = n at *
    have hdvd : p ^ k ∣ n := ⟨m, hn.symm⟩
    have ih := ih (by omega)
    have hrule := succ_mul_binomial (n - 1) j
    have he := congrArg (exponentIn p) hrule
    have hb1 : binomial (n - 1) (j + 1) ≠ 0 := Nat.ne_of_gt (binomial_pos (by omega))
    have hb0 : binomial (n - 1) j ≠ 0 := Nat.ne_of_gt (binomial_pos (by omega))
    rw [hp.exponentIn_mul (Nat.succ_ne_zero j) hb1, hp.exponentIn_mul (by omega) hb0,
      show n - 1 - j = n - (j + 1) by omega,
      exponentIn_sub hp.two_le (Nat.succ_pos j) hj hdvd (by omega), exponentIn_of_not_dvd ih] at he
    intro hd
    have := (pow_dvd_iff_le_exponentIn (k := 1) hp.two_le hb1).mp (by rwa [Nat.pow_one])
    omega

/-- The binomial coefficient `C(p ^ k · m, p ^ k)` is `m` times a number not divisible by `p`. -/
private theorem binomial_pow_mul {p k m : Nat} (hp : Prime p) (hm : m ≠ 0) :
    ∃ c, ¬ p ∣ c ∧ binomial (p ^ k * m) (p ^ k) = m * c := by
  have hpos : 0 < p ^ k := Nat.pow_pos hp.pos
  refine ⟨binomial (p ^ k * m - 1) (p ^ k - 1), not_dvd_binomial_pred hp hm (by omega), ?_⟩
  have hle : p ^ k ≤ p ^ k * m := Nat.le_mul_of_pos_right _ (Nat.pos_of_ne_zero hm)
  have h := succ_mul_binomial_succ (p ^ k * m - 1) (p ^ k - 1)
  rw [show p ^ k - 1 + 1 = p ^ k by omega, show p ^ k * m - 1 + 1 = p ^ k * m by omega,
    Nat.mul_assoc] at h
  exact Nat.eq_of_mul_eq_mul_left hpos h

/-- Terms that are `1` or divisible by `d`: the sum and the number of terms `1` leave the same
remainder for `d`. -/
private theorem sum_mod_eq_count_one_mod {d : Nat} {l : List Nat} (h : ∀ a, a ∈ l → a = 1 ∨ d ∣ a) :
    l.sum % d = l.countP (fun a => a == 1) % d := by
  induction l with
  | nil => rfl
  | cons a t ih =>
    have ih := ih fun b hb => h b (.tail _ hb)
    rw [List.sum_cons, List.countP_cons]
    by_cases h1 : a = 1
    · rw [h1, if_pos (show ((1 : Nat) == 1) = true from rfl), Nat.add_comm, Nat.add_mod, ih,
        ← Nat.add_mod]
    · obtain ⟨c, hc⟩ := (h a (.head _)).resolve_left h1
      rw [if_neg (by simpa using h1), Nat.add_zero, hc, Nat.mul_add_mod, ih]

variable {G : Type} {m : G → G → G} {e : G} {inv : G → G} {pw : G → Nat → G}

/-! ### The laws -/

/-- The laws which all statements presuppose. -/
private structure Laws (m : G → G → G) (e : G) (inv : G → G) : Prop where
  assoc : ∀ a b c, m (m a b) c = m a (m b c)
  one_mul : ∀ a, m e a = a
  mul_one : ∀ a, m a e = a
  inv_mul : ∀ a, m (inv a) a = e
  mul_inv : ∀ a, m a (inv a) = e

namespace Laws

private theorem inv_mul_cancel (S : Laws m e inv) (a b : G) : m (inv a) (m a b) = b := by
  rw [← S.assoc, S.inv_mul, S.one_mul]

private theorem mul_inv_cancel (S : Laws m e inv) (a b : G) : m a (m (inv a) b) = b := by
  rw [← S.assoc, S.mul_inv, S.one_mul]

private theorem cancel (S : Laws m e inv) {a b c : G} (h : m a b = m a c) : b = c := by
  rw [← S.inv_mul_cancel a b, h, S.inv_mul_cancel]

private theorem inv_eq (S : Laws m e inv) {a b : G} (h : m a b = e) : inv a = b :=
  S.cancel (a := a) (by rw [S.mul_inv, h])

private theorem inv_inv (S : Laws m e inv) (a : G) : inv (inv a) = a := S.inv_eq (S.inv_mul a)

private theorem inv_one (S : Laws m e inv) : inv e = e := S.inv_eq (S.one_mul e)

private theorem inv_prod (S : Laws m e inv) (a b : G) : inv (m a b) = m (inv b) (inv a) :=
  S.inv_eq (by rw [S.assoc, S.mul_inv_cancel, S.mul_inv])

end Laws

/-- The list names the members of a closed collection once. -/
private structure Closed (m : G → G → G) (e : G) (inv : G → G) (H : List G) : Prop where
  nodup : H.Nodup
  one : e ∈ H
  mul : ∀ a b, a ∈ H → b ∈ H → m a b ∈ H
  inv : ∀ a, a ∈ H → inv a ∈ H

/-- In a finite collection the products suffice. -/
private theorem closed_of_mul (S : Laws m e inv) {H : List G} (hn : H.Nodup) (he : e ∈ H)
    (hm : ∀ a b, a ∈ H → b ∈ H → m a b ∈ H) : Closed m e inv H := by
  refine ⟨hn, he, hm, fun a ha => ?_⟩
  obtain ⟨b, hb, h⟩ := exists_eq_of_injOn hn (f := m a) (fun b hb => hm a b ha hb)
    (fun b _ c _ h => S.cancel h) he
  rwa [S.inv_eq h]

/-- A part of a closed collection which has a property that passes to products. -/
private theorem exists_closed (S : Laws m e inv) {H : List G} (hH : Closed m e inv H) (P : G → Prop)
    (pe : P e) (pm : ∀ a b, P a → P b → P (m a b)) :
    ∃ K, Closed m e inv K ∧ ∀ a, a ∈ K ↔ a ∈ H ∧ P a := by
  obtain ⟨K, kn, km⟩ := exists_nodup_of_list_of_prop H P
  refine ⟨K, closed_of_mul S kn ((km e).2 ⟨hH.one, pe⟩) fun a b ha hb => ?_, km⟩
  obtain ⟨ha, pa⟩ := (km a).1 ha
  obtain ⟨hb, pb⟩ := (km b).1 hb
  exact (km _).2 ⟨hH.mul a b ha hb, pm a b pa pb⟩

/-- The number of members of a part divides the number of members of the whole. -/
private theorem Closed.dvd (S : Laws m e inv) {H K : List G} (hH : Closed m e inv H)
    (hK : Closed m e inv K) (hs : ∀ a, a ∈ K → a ∈ H) : K.length ∣ H.length := by
  haveI : ∀ a, DecidablePred fun b => m (inv a) b ∈ K := fun a b => Classical.propDecidable _
  refine dvd_length_of_equal_classes (fun a b => m (inv a) b ∈ K)
    (fun a _ => (?_ : m (inv a) a ∈ K)) (fun a _ b _ h => ?_)
    (fun a _ b _ c _ h h' => ?_) fun a ha => ?_
  · rw [S.inv_mul]
    exact hK.one
  · have h := hK.inv _ h
    rwa [S.inv_prod, S.inv_inv] at h
  · have h := hK.mul _ _ h h'
    rwa [S.assoc, S.mul_inv_cancel] at h
  · rw [← List.length_map (f := m a)]
    refine countP_eq_length hH.nodup (nodup_map (fun b c h => S.cancel h) hK.nodup) fun b => ?_
    rw [List.mem_map, decide_eq_true_iff]
    constructor
    · rintro ⟨c, hc, rfl⟩
      refine ⟨hH.mul a c ha (hs c hc), ?_⟩
      show m (inv a) (m a c) ∈ K
      rwa [S.inv_mul_cancel]
    · exact fun h => ⟨_, h.2, S.mul_inv_cancel a b⟩

/-- A collection of more than one thing holds another one than the identity. -/
private theorem exists_ne {X : Type} {l : List X} (hn : l.Nodup) (h : 1 < l.length) (a : X) :
    ∃ b, b ∈ l ∧ b ≠ a := by
  refine Classical.byContradiction fun hno => ?_
  have h1 := length_le_of_subset hn (l₂ := [a]) fun b hb => List.mem_singleton.2 <|
    Classical.byContradiction fun hne => hno ⟨b, hb, hne⟩
  rw [List.length_singleton] at h1
  omega

/-! ### Powers -/

/-- What the statements say of powers. -/
private structure Powers (m : G → G → G) (e : G) (pw : G → Nat → G) : Prop where
  zero : ∀ a, pw a 0 = e
  succ : ∀ a k, pw a (k + 1) = m (pw a k) a

private theorem Powers.one (W : Powers m e pw) (S : Laws m e inv) (a : G) : pw a 1 = a := by
  rw [W.succ, W.zero, S.one_mul]

private theorem Powers.add (W : Powers m e pw) (S : Laws m e inv) (a : G) (j k : Nat) :
    pw a (j + k) = m (pw a j) (pw a k) := by
  induction k with
  | zero => rw [Nat.add_zero, W.zero, S.mul_one]
  | succ k ih => rw [← Nat.add_assoc, W.succ, W.succ, ih, S.assoc]

private theorem Powers.comm (W : Powers m e pw) (S : Laws m e inv) {a b : G} (h : m a b = m b a)
    (k : Nat) : m b (pw a k) = m (pw a k) b := by
  induction k with
  | zero => rw [W.zero, S.one_mul, S.mul_one]
  | succ k ih => rw [W.succ, ← S.assoc, ih, S.assoc, ← h, S.assoc]

private theorem Powers.prod (W : Powers m e pw) (S : Laws m e inv) {a b : G} (h : m a b = m b a)
    (k : Nat) : pw (m a b) k = m (pw a k) (pw b k) := by
  induction k with
  | zero => rw [W.zero, W.zero, W.zero, S.one_mul]
  | succ k ih =>
    rw [W.succ, ih, W.succ, W.succ, S.assoc, S.assoc, ← S.assoc _ a, ← W.comm S h.symm, S.assoc]

/-- The powers of a member form a closed collection of as many members as the period says, and the
period divides the number of all. -/
private theorem exists_powers (S : Laws m e inv) (W : Powers m e pw) {H : List G}
    (hH : Closed m e inv H) {a : G} (ha : a ∈ H) :
    ∃ d, d ∣ H.length ∧ (∀ k, pw a k = e ↔ d ∣ k) ∧
      ∃ C : List G, C.Nodup ∧ C.length = d ∧ ∀ b, b ∈ C → ∃ k, b = pw a k := by
  have hf : ∀ b, b ∈ H → m a b ∈ H := fun b hb => hH.mul a b ha hb
  have rep : ∀ k, repeated (m a) k e = pw a k := by
    intro k
    induction k with
    | zero => exact (W.zero a).symm
    | succ k ih => rw [repeated_succ, ih, W.succ, W.comm S rfl]
  have mem : ∀ k, pw a k ∈ H := fun k => rep k ▸ repeated_mem hf k hH.one
  obtain ⟨k, hk, _, h⟩ := exists_repeated_eq hf (fun b _ c _ h => S.cancel h) hH.one
  obtain ⟨d, hd, per⟩ := exists_period ⟨k, hk, h⟩
  simp only [rep] at per
  have below : ∀ k, pw a k = pw a (k % d) := fun k => by
    conv => lhs; rw [← Nat.div_add_mod k d, W.add S, (per _).2 (Nat.dvd_mul_right d _), S.one_mul]
  have key : ∀ i j, i ≤ j → j < d → pw a i = pw a j → i = j := by
    intro i j hij hj h
    obtain ⟨k, rfl⟩ := Nat.exists_eq_add_of_le hij
    rw [W.add S] at h
    have hk := (per k).1 (S.cancel (a := pw a i) (by rw [← h, S.mul_one]))
    rcases Nat.eq_zero_or_pos k with h0 | h0
    · rw [h0]; rfl
    · have := Nat.le_of_dvd h0 hk
      omega
  have cm : ∀ k, pw a k ∈ (List.range d).map (pw a) := fun k =>
    List.mem_map.2 ⟨k % d, List.mem_range.2 (Nat.mod_lt k hd), (below k).symm⟩
  have hC : Closed m e inv ((List.range d).map (pw a)) := by
    refine closed_of_mul S (nodup_map_of_injOn List.nodup_range fun i hi j hj h => ?_)
      (W.zero a ▸ cm 0) fun b c hb hc => ?_
    · rw [List.mem_range] at hi hj
      rcases Nat.le_total i j with hij | hij
      · exact key i j hij hj h
      · exact (key j i hij hi h.symm).symm
    · obtain ⟨i, _, rfl⟩ := List.mem_map.1 hb
      obtain ⟨j, _, rfl⟩ := List.mem_map.1 hc
      exact W.add S a i j ▸ cm (i + j)
  have hlen : ((List.range d).map (pw a)).length = d := by rw [List.length_map, List.length_range]
  refine ⟨d, ?_, per, _, hC.nodup, hlen, fun b hb => ?_⟩
  · have h := Closed.dvd S hH hC fun b hb => by
      obtain ⟨k, _, rfl⟩ := List.mem_map.1 hb
      exact mem k
    rwa [hlen] at h
  · obtain ⟨k, _, rfl⟩ := List.mem_map.1 hb
    exact ⟨k, rfl⟩

/-- If the period is the number of all, all are powers. -/
private theorem exists_power_of_length {H C : List G} {a : G} (hn : C.Nodup)
    (hl : C.length = H.length) (hC : ∀ b, b ∈ C → ∃ k, b = pw a k) (hs : ∀ b, b ∈ C → b ∈ H)
    {b : G} (hb : b ∈ H) : ∃ k, b = pw a k :=
  hC b (mem_of_subset_of_length_le hn hs (Nat.le_of_eq hl.symm) hb)

theorem PrimeCountPowersOfOne : Reconstruct.PrimeCountPowersOfOne.Statement := by
  intro G m e inv pw L A LU RU LI RI p0 ps ln la hp a ha b
  have S : Laws m e inv := ⟨A, LU, RU, LI, RI⟩
  have W : Powers m e pw := ⟨p0, ps⟩
  obtain ⟨d, hd, per, C, cn, cl, cm⟩ := exists_powers S W
    (closed_of_mul S ln (la e) fun _ _ _ _ => la _) (la a)
  rcases hp.2 d hd with h | h
  · exact absurd (W.one S a ▸ (per 1).2 (h ▸ Nat.dvd_refl 1)) ha
  · exact exists_power_of_length cn (cl.trans h) cm (fun b _ => la b) (la b)

/-! ### Letters that are moved -/

/-- What the statements say of moving letters. -/
private structure Moves {X : Type} (m : G → G → G) (e : G) (t : G → X → X) : Prop where
  one : ∀ x, t e x = x
  mul : ∀ a b x, t (m a b) x = t a (t b x)

variable {X : Type} {t : G → X → X}

private theorem Moves.back (T : Moves m e t) (S : Laws m e inv) {a : G} {x y : X} (h : t a x = y) :
    t (inv a) y = x := by
  rw [← h, ← T.mul, S.inv_mul, T.one]

/-- The places to which the members of `H` move a letter, and the members which leave it in its
place. -/
private theorem exists_places (S : Laws m e inv) (T : Moves m e t) {H : List G}
    (hH : Closed m e inv H) (x : X) :
    ∃ (O : List X) (F : List G), O.Nodup ∧ (∀ y, y ∈ O ↔ ∃ a, a ∈ H ∧ t a x = y) ∧ F.Nodup ∧
      (∀ a, a ∈ F ↔ a ∈ H ∧ t a x = x) ∧ O.length * F.length = H.length := by
  haveI : DecidableEq X := fun a b => Classical.propDecidable (a = b)
  obtain ⟨O, on, om⟩ := exists_nodup_of_list (H.map fun a => t a x)
  obtain ⟨F, hF, fm⟩ := exists_closed S hH (fun a => t a x = x) (T.one x)
    fun a b ha hb => (T.mul a b x).trans ((congrArg (t a) hb).trans ha)
  refine ⟨O, F, on, fun y => by rw [om, List.mem_map], hF.nodup, fm, ?_⟩
  refine (length_eq_mul_of_equal_counts (f := fun a => t a x) on
    (fun a ha => (om _).2 (List.mem_map_of_mem ha)) fun y hy => ?_).symm
  obtain ⟨b, hb, rfl⟩ := List.mem_map.1 ((om y).1 hy)
  rw [← List.length_map (f := m b)]
  refine countP_eq_length hH.nodup (nodup_map (fun a c h => S.cancel h) hF.nodup) fun a => ?_
  rw [List.mem_map, beq_iff_eq]
  constructor
  · rintro ⟨c, hc, rfl⟩
    obtain ⟨hc, h⟩ := (fm c).1 hc
    exact ⟨hH.mul b c hb hc, (T.mul b c x).trans (congrArg (t b) h)⟩
  · rintro ⟨ha, h⟩
    have h : t a x = t b x := h
    exact ⟨m (inv b) a, (fm _).2 ⟨hH.mul _ _ (hH.inv b hb) ha, by rw [T.mul, h, T.back S rfl]⟩,
      S.mul_inv_cancel b a⟩

/-- The number of letters is a sum: for a representative of every class, the number of places to
which it is moved. -/
private theorem exists_classes (S : Laws m e inv) (T : Moves m e t) {H : List G}
    (hH : Closed m e inv H) {A : List X} (an : A.Nodup) (am : ∀ a x, a ∈ H → x ∈ A → t a x ∈ A) :
    ∃ (R : List X) (size : X → Nat), R.Nodup ∧ (∀ x, x ∈ R → x ∈ A) ∧
      (∀ x, x ∈ A → ∃ r a, r ∈ R ∧ a ∈ H ∧ t a r = x) ∧ A.length = (R.map size).sum ∧
      ∀ x, x ∈ A → ∀ O : List X, O.Nodup → (∀ y, y ∈ O ↔ ∃ a, a ∈ H ∧ t a x = y) →
        size x = O.length := by
  haveI : ∀ x, DecidablePred fun y => ∃ a, a ∈ H ∧ t a x = y := fun x y => Classical.propDecidable _
  obtain ⟨R, rn, rA, rcov, rsep⟩ := exists_representatives A (fun x y => ∃ a, a ∈ H ∧ t a x = y)
    (fun x _ => ⟨e, hH.one, T.one x⟩)
    (fun x _ y _ ⟨a, ha, h⟩ => ⟨inv a, hH.inv a ha, T.back S h⟩)
    (fun x _ y _ z _ ⟨a, ha, h⟩ ⟨b, hb, h'⟩ => ⟨m b a, hH.mul b a hb ha, by rw [T.mul, h, h']⟩)
  refine ⟨R, _, rn, rA, fun x hx => ?_, length_eq_sum_classes _ rn rcov rsep,
    fun x hx O on om => countP_eq_length an on fun y => ?_⟩
  · obtain ⟨r, hr, a, ha, h⟩ := rcov x hx
    exact ⟨r, a, hr, ha, h⟩
  · rw [om, decide_eq_true_iff]
    exact ⟨fun ⟨a, ha, h⟩ => ⟨h ▸ am a x ha hx, a, ha, h⟩, And.right⟩

/-- Moved by a power of a prime number of things, all letters and the letters which are never moved
leave the same remainder. -/
private theorem length_mod_eq (S : Laws m e inv) (T : Moves m e t) {H : List G}
    (hH : Closed m e inv H) {p k : Nat} (hp : Prime p) (hl : H.length = p ^ k) {A F : List X}
    (an : A.Nodup) (am : ∀ a x, a ∈ H → x ∈ A → t a x ∈ A) (fn : F.Nodup)
    (fm : ∀ x, x ∈ F ↔ x ∈ A ∧ ∀ a, a ∈ H → t a x = x) : A.length % p = F.length % p := by
  obtain ⟨R, size, rn, rA, rcov, sum, hsize⟩ := exists_classes S T hH an am
  rw [sum, sum_mod_eq_count_one_mod, List.countP_map, countP_eq_length rn fn]
  · intro x
    rw [fm, Function.comp_apply, beq_iff_eq]
    constructor
    · rintro ⟨hx, fixed⟩
      obtain ⟨r, a, hr, ha, h⟩ := rcov x hx
      have hrx : r = x := by rw [← T.back S h, fixed _ (hH.inv a ha)]
      refine ⟨hrx ▸ hr, hsize x hx [x] (nodup_singleton x) fun y => ?_⟩
      rw [List.mem_singleton]
      exact ⟨fun h => ⟨e, hH.one, h ▸ T.one x⟩, fun ⟨a, ha, h⟩ => by rw [← h, fixed a ha]⟩
    · rintro ⟨hx, h1⟩
      obtain ⟨O, _, on, om, _⟩ := exists_places S T hH x
      rw [hsize x (rA x hx) O on om] at h1
      obtain ⟨y, hy⟩ := List.length_eq_one_iff.1 h1
      have only : ∀ a, a ∈ H → t a x = y := fun a ha =>
        List.mem_singleton.1 (hy ▸ (om _).2 ⟨a, ha, rfl⟩)
      exact ⟨rA x hx, fun a ha => by rw [only a ha, ← only e hH.one, T.one]⟩
  · intro s hs
    obtain ⟨x, hx, rfl⟩ := List.mem_map.1 hs
    obtain ⟨O, F, on, om, _, _, h⟩ := exists_places S T hH x
    rw [hsize x (rA x hx) O on om]
    obtain ⟨j, _, hj⟩ := hp.eq_pow_of_dvd_pow (hl ▸ h ▸ Nat.dvd_mul_right O.length F.length)
    rw [hj]
    cases j with
    | zero => exact Or.inl rfl
    | succ j => exact Or.inr ⟨p ^ j, by rw [Nat.pow_succ, Nat.mul_comm]⟩

theorem LettersNeverMoved : Reconstruct.LettersNeverMoved.Statement := by
  intro G m e inv X t L A F p k As LU RU LI RI t1 tm ln la an aa fn fm hp hl
  have S : Laws m e inv := ⟨As, LU, RU, LI, RI⟩
  exact length_mod_eq S ⟨t1, tm⟩ (closed_of_mul S ln (la e) fun _ _ _ _ => la _) hp hl an
    (fun _ _ _ _ => aa _) fn fun x => (fm x).trans ⟨fun h => ⟨aa x, fun a _ => h a⟩,
      fun h a => h.2 a (la a)⟩

/-! ### Things transformed by each other -/

private theorem moves_transformed (S : Laws m e inv) :
    Moves m e fun g a => m (m g a) (inv g) where
  one a := by rw [S.one_mul, S.inv_one, S.mul_one]
  mul g h a := by simp only [S.assoc, S.inv_prod]

private theorem transformed_eq_iff (S : Laws m e inv) {g a : G} :
    m (m g a) (inv g) = a ↔ m g a = m a g := by
  constructor
  · intro h
    rw [← congrArg (m · g) h, S.assoc, S.inv_mul, S.mul_one]
  · intro h
    rw [h, S.assoc, S.mul_inv, S.mul_one]

theorem PrimePowerInterchangeable : Reconstruct.PrimePowerInterchangeable.Statement := by
  intro G m e inv L p k A LU RU LI RI ln la hp hk hl
  have S : Laws m e inv := ⟨A, LU, RU, LI, RI⟩
  obtain ⟨Z, zn, zm⟩ := exists_nodup_of_list_of_prop L fun z => ∀ g, g ∈ L → m (m g z) (inv g) = z
  have h := length_mod_eq S (moves_transformed S) (closed_of_mul S ln (la e) fun _ _ _ _ => la _)
    hp hl ln (fun _ _ _ _ => la _) zn zm
  have hd : p ∣ p ^ k := Nat.dvd_trans ⟨p ^ (k - 1), by
    rw [Nat.mul_comm, ← Nat.pow_succ, Nat.succ_eq_add_one, Nat.sub_add_cancel hk]⟩ (Nat.dvd_refl _)
  rw [hl, Nat.mod_eq_zero_of_dvd hd] at h
  have he : e ∈ Z := (zm e).2 ⟨la e, fun g _ => (transformed_eq_iff S).2 (by rw [LU, RU])⟩
  have hle := Nat.le_of_dvd (List.length_pos_of_mem he) (Nat.dvd_of_mod_eq_zero h.symm)
  have := hp.one_lt
  obtain ⟨z, hz, hne⟩ := exists_ne zn (show 1 < Z.length by omega) e
  exact ⟨z, hne, fun g => ((transformed_eq_iff S).1 (((zm z).1 hz).2 g (la g))).symm⟩

theorem PrimeSquareInterchange : Reconstruct.PrimeSquareInterchange.Statement := by
  intro G m e inv L p A LU RU LI RI ln la hp hl a b
  have S : Laws m e inv := ⟨A, LU, RU, LI, RI⟩
  have hL : Closed m e inv L := closed_of_mul S ln (la e) fun _ _ _ _ => la _
  have hl2 : L.length = p ^ 2 := by rw [hl, Nat.pow_two]
  have passes : ∀ g a b, m a g = m g a → m b g = m g b → m (m a b) g = m g (m a b) :=
    fun g a b ha hb => by rw [A, hb, ← A, ha, A]
  obtain ⟨Z, hZ, zm⟩ := exists_closed S hL (fun z => ∀ g, m z g = m g z)
    (fun g => by rw [LU, RU]) fun x y hx hy g => passes g x y (hx g) (hy g)
  obtain ⟨C, hC, cm⟩ := exists_closed S hL (fun c => m c a = m a c)
    ((LU a).trans (RU a).symm) fun x y => passes a x y
  obtain ⟨z, hz, hzc⟩ := PrimePowerInterchangeable G m e inv L p 2 A LU RU LI RI ln la hp
    (by omega) hl2
  refine Classical.byContradiction fun hab => ?_
  -- more things may change places with `a` than with all
  have haZ : a ∉ Z := fun h => hab (((zm a).1 h).2 b)
  have h1 := length_le_of_subset (List.nodup_cons.2 ⟨haZ, hZ.nodup⟩) (l₂ := C) fun x hx => by
    rcases List.mem_cons.1 hx with rfl | hx
    · exact (cm x).2 ⟨la x, rfl⟩
    · exact (cm x).2 ⟨la x, ((zm x).1 hx).2 a⟩
  have h2 := length_le_of_subset (l₁ := [z, e]) (l₂ := Z) (List.nodup_cons.2
    ⟨fun h => hz (List.mem_singleton.1 h), nodup_singleton e⟩) fun x hx => by
    rcases List.mem_cons.1 hx with rfl | hx
    · exact (zm x).2 ⟨la x, hzc⟩
    · exact List.mem_singleton.1 hx ▸ hZ.one
  simp only [List.length_cons, List.length_nil] at h1 h2
  obtain ⟨i, hi, hzl⟩ := hp.eq_pow_of_dvd_pow (hl2 ▸ Closed.dvd S hL hZ fun x _ => la x)
  obtain ⟨j, hj, hcl⟩ := hp.eq_pow_of_dvd_pow (hl2 ▸ Closed.dvd S hL hC fun x _ => la x)
  have hij : i < j := Nat.lt_of_not_le fun h => by
    have := Nat.pow_le_pow_right hp.pos h
    omega
  have hi0 : i ≠ 0 := fun h => by rw [h, Nat.pow_zero] at hzl; omega
  have hj2 : j = 2 := by omega
  refine hab (((cm b).1 (mem_of_subset_of_length_le hC.nodup (fun x _ => la x) ?_ (la b))).2).symm
  rw [hl2, hcl, hj2]
  exact Nat.le_refl _

/-! ### Collections moved by a common first factor -/

/-- Move a collection, member by member, by a first factor. -/
private def shift (m : G → G → G) (inv : G → G) (a : G) (P : G → Prop) : G → Prop :=
  fun x => P (m (inv a) x)

private theorem moves_shift (S : Laws m e inv) : Moves m e (shift m inv) where
  one P := by funext x; rw [shift, S.inv_one, S.one_mul]
  mul a b P := by funext x; rw [shift, shift, shift, S.inv_prod, S.assoc]

/-- A closed collection is left in its place by its members alone. -/
private theorem shift_eq_iff (S : Laws m e inv) {H : List G} (hH : Closed m e inv H) {a : G} :
    shift m inv a (· ∈ H) = (· ∈ H) ↔ a ∈ H := by
  constructor
  · intro h
    have h1 : (shift m inv a (· ∈ H)) a = (a ∈ H) := congrFun h a
    rw [← h1, shift, S.inv_mul]
    exact hH.one
  · intro ha
    funext x
    refine propext ⟨fun h => ?_, fun h => hH.mul _ _ (hH.inv a ha) h⟩
    have := hH.mul _ _ ha h
    rwa [S.mul_inv_cancel] at this

/-- The same for the collection already moved. -/
private theorem shift_shift_eq_iff (S : Laws m e inv) {H : List G} (hH : Closed m e inv H)
    {a g : G} : shift m inv a (shift m inv g (· ∈ H)) = shift m inv g (· ∈ H) ↔
      m (m (inv g) a) g ∈ H := by
  have T := moves_shift S
  rw [← shift_eq_iff S hH, T.mul, T.mul]
  constructor
  · intro h
    rw [h, T.back S rfl]
  · intro h
    rw [← (T.back S h), S.inv_inv]

/-- A closed collection is moved to as many places as its number goes into the number of all. -/
private theorem exists_shifts (S : Laws m e inv) {L H : List G} (hL : Closed m e inv L)
    (hH : Closed m e inv H) (hs : ∀ a, a ∈ H → a ∈ L) :
    ∃ O : List (G → Prop), O.Nodup ∧ (∀ Q, Q ∈ O ↔ ∃ a, a ∈ L ∧ shift m inv a (· ∈ H) = Q) ∧
      O.length * H.length = L.length := by
  obtain ⟨O, F, on, om, fn, fm, h⟩ := exists_places S (moves_shift S) hL (· ∈ H)
  refine ⟨O, on, om, ?_⟩
  rw [← h, length_eq_of_nodup_of_mem_iff hH.nodup fn fun a => ?_]
  rw [fm, shift_eq_iff S hH]
  exact ⟨fun h => ⟨hs a h, h⟩, And.right⟩

theorem LeastPrimeHoldsTransformed : Reconstruct.LeastPrimeHoldsTransformed.Statement := by
  intro G m e inv L H p A LU RU LI RI ln la hn he hm hi hp hl least g a ha
  have S : Laws m e inv := ⟨A, LU, RU, LI, RI⟩
  have T := moves_shift S
  have hL : Closed m e inv L := closed_of_mul S ln (la e) fun _ _ _ _ => la _
  have hH : Closed m e inv H := ⟨hn, he, hm, hi⟩
  obtain ⟨O, on, om, hO⟩ := exists_shifts S hL hH fun a _ => la a
  have hOp : O.length = p :=
    Nat.eq_of_mul_eq_mul_right (List.length_pos_of_mem he) (hO.trans hl)
  -- `H` moves the collection `Q` within the `p` places, and not to `H`
  let Q := shift m inv (inv g) (· ∈ H)
  suffices h : shift m inv a Q = Q by
    have := (shift_shift_eq_iff S hH).1 h
    rwa [S.inv_inv] at this
  by_cases hQ : Q = (· ∈ H)
  · rw [hQ]
    exact (shift_eq_iff S hH).2 ha
  obtain ⟨P, F, pn, pm, _, _, hPF⟩ := exists_places S T hH Q
  have hlt : P.length < p := by
    have h := length_le_of_subset (List.nodup_cons.2 ⟨fun h => ?_, pn⟩ : ((· ∈ H) :: P).Nodup)
      (l₂ := O) fun x hx => (om x).2 ?_
    · rw [List.length_cons, hOp] at h
      omega
    · obtain ⟨b, hb, h⟩ := (pm _).1 h
      have h' := T.back S h
      rw [(shift_eq_iff S hH).2 (hi b hb)] at h'
      exact hQ h'.symm
    · rcases List.mem_cons.1 hx with rfl | hx
      · exact ⟨e, la e, T.one _⟩
      · obtain ⟨b, _, rfl⟩ := (pm x).1 hx
        exact ⟨m b (inv g), la _, T.mul _ _ _⟩
  have hP1 : P.length = 1 := Classical.byContradiction fun h1 => by
    obtain ⟨q, hq, hd⟩ := exists_prime_dvd h1
    have hpos : 0 < P.length := List.length_pos_of_mem ((pm Q).2 ⟨e, he, T.one Q⟩)
    have h1 := Nat.le_of_dvd hpos hd
    have h2 := least q hq (hl ▸ Nat.dvd_mul_left_of_dvd
      (Nat.dvd_trans hd (hPF ▸ Nat.dvd_mul_right P.length F.length)) p)
    omega
  obtain ⟨R, hR⟩ := List.length_eq_one_iff.1 hP1
  have only : ∀ b, b ∈ H → shift m inv b Q = R := fun b hb =>
    List.mem_singleton.1 (hR ▸ (pm _).2 ⟨b, hb, rfl⟩)
  rw [only a ha, ← only e he, T.one]

theorem HalfHoldsTransformed : Reconstruct.HalfHoldsTransformed.Statement := by
  intro G m e inv L H A LU RU LI RI ln la hn he hm hi hl
  exact LeastPrimeHoldsTransformed G m e inv L H 2 A LU RU LI RI ln la hn he hm hi prime_two hl
    fun q hq _ => hq.two_le

theorem PrimePowerPartsTransformed : Reconstruct.PrimePowerPartsTransformed.Statement := by
  intro G m e inv L H K p k r A LU RU LI RI ln la hn he hm hi kn ke km ki hp hl hr hlH hlK
  have S : Laws m e inv := ⟨A, LU, RU, LI, RI⟩
  have T := moves_shift S
  have hL : Closed m e inv L := closed_of_mul S ln (la e) fun _ _ _ _ => la _
  have hH : Closed m e inv H := ⟨hn, he, hm, hi⟩
  have hK : Closed m e inv K := ⟨kn, ke, km, ki⟩
  -- `H` moves the places of `K`, whose number is `r`, and leaves one of them
  obtain ⟨O, on, om, hO⟩ := exists_shifts S hL hK fun a _ => la a
  have hOr : O.length = r := Nat.eq_of_mul_eq_mul_right (Nat.pow_pos (n := k) hp.pos)
    (by rw [← hlK, hO, hl, hlK, Nat.mul_comm])
  obtain ⟨F, fn, fm⟩ := exists_nodup_of_list_of_prop O fun Q => ∀ a, a ∈ H → shift m inv a Q = Q
  have h := length_mod_eq S T hH hp hlH on (fun a Q _ hQ => by
    obtain ⟨b, _, rfl⟩ := (om Q).1 hQ
    exact (om _).2 ⟨m a b, la _, T.mul a b _⟩) fn fm
  obtain ⟨Q, hQ⟩ : ∃ Q, Q ∈ F := by
    refine List.exists_mem_of_length_pos (Nat.pos_of_ne_zero fun h0 => hr ?_)
    rw [h0, hOr, Nat.zero_mod] at h
    exact Nat.dvd_of_mod_eq_zero h
  obtain ⟨hQO, fixed⟩ := (fm Q).1 hQ
  obtain ⟨g, _, rfl⟩ := (om Q).1 hQO
  have into : ∀ a, a ∈ H → m (m (inv g) a) g ∈ K := fun a ha =>
    (shift_shift_eq_iff S hK).1 (fixed a ha)
  have once : ∀ a b, m (m (inv g) a) g = m (m (inv g) b) g → a = b := fun a b h => by
    have h := congrArg (fun x => m g (m x (inv g))) h
    simpa only [S.assoc, S.mul_inv, S.mul_one, S.mul_inv_cancel] using h
  refine ⟨inv g, fun a => ?_⟩
  rw [S.inv_inv]
  refine ⟨into a, fun ha => ?_⟩
  have h := mem_of_subset_of_length_le (nodup_map (fun a b => once a b) hn) (l₂ := K)
    (fun x hx => by
      obtain ⟨b, hb, rfl⟩ := List.mem_map.1 hx
      exact into b hb) (by rw [List.length_map, hlH, hlK]; exact Nat.le_refl _) ha
  obtain ⟨b, hb, h⟩ := List.mem_map.1 h
  exact once b a h ▸ hb

theorem PrimePowerPartExists : Reconstruct.PrimePowerPartExists.Statement := by
  intro G m e inv L p k A LU RU LI RI ln la hp hd
  have S : Laws m e inv := ⟨A, LU, RU, LI, RI⟩
  have T := moves_shift S
  have hL : Closed m e inv L := closed_of_mul S ln (la e) fun _ _ _ _ => la _
  obtain ⟨r, hr⟩ := hd
  have hr0 : r ≠ 0 := fun h => by
    have := List.length_pos_of_mem (la e)
    rw [hr, h] at this
    omega
  -- the letters are all selections of `p ^ k` things
  let P : List (G → Prop) := (parts (p ^ k) L).map fun l x => x ∈ l
  have pn : P.Nodup := nodup_map_of_injOn (nodup_parts ln _) fun s hs u hu h =>
    parts_ext ln hs hu fun x => by rw [show (x ∈ s) = (x ∈ u) from congrFun h x]
  have pm : ∀ a Q, a ∈ L → Q ∈ P → shift m inv a Q ∈ P := by
    intro a Q _ hQ
    obtain ⟨l, hl, rfl⟩ := List.mem_map.1 hQ
    haveI : DecidablePred fun x => m (inv a) x ∈ l := fun x => Classical.propDecidable _
    have mem : ∀ x, x ∈ L.filter (fun x => decide (m (inv a) x ∈ l)) ↔ m (inv a) x ∈ l := by
      intro x
      rw [List.mem_filter, decide_eq_true_iff]
      exact ⟨And.right, fun h => ⟨la x, h⟩⟩
    refine List.mem_map.2 ⟨L.filter fun x => decide (m (inv a) x ∈ l), mem_parts.2
      ⟨List.filter_sublist, ?_⟩, funext fun x => propext (mem x)⟩
    rw [← (mem_parts.1 hl).2, ← List.length_map (as := l) (f := m a)]
    refine length_eq_of_nodup_of_mem_iff (nodup_filter _ ln)
      (nodup_map (fun b c h => S.cancel h) (nodup_of_mem_parts ln hl)) fun x => ?_
    rw [mem, List.mem_map]
    exact ⟨fun h => ⟨_, h, S.mul_inv_cancel a x⟩, fun ⟨y, hy, h⟩ => by
      rwa [← h, S.inv_mul_cancel]⟩
  -- one of them is moved to a number of places which `p` divides no oftener than `r`
  obtain ⟨c, hc, hbin⟩ := binomial_pow_mul hp (k := k) hr0
  have hPl : P.length = r * c := by rw [List.length_map, length_parts, hr, hbin]
  have hc0 : c ≠ 0 := fun h => hc (h ▸ Nat.dvd_zero p)
  have hnd : ¬ p ^ (exponentIn p r + 1) ∣ P.length := by
    rw [hPl, pow_dvd_iff_le_exponentIn hp.two_le (Nat.mul_ne_zero hr0 hc0),
      hp.exponentIn_mul hr0 hc0, exponentIn_of_not_dvd hc]
    omega
  obtain ⟨R, size, rn, rP, rcov, sum, hsize⟩ := exists_classes S T hL pn pm
  obtain ⟨Q, hQ, hQd⟩ : ∃ Q, Q ∈ R ∧ ¬ p ^ (exponentIn p r + 1) ∣ size Q := by
    refine Classical.byContradiction fun hno => hnd (sum ▸ dvd_sum fun s hs => ?_)
    obtain ⟨Q, hQ, rfl⟩ := List.mem_map.1 hs
    exact Classical.byContradiction fun h => hno ⟨Q, hQ, h⟩
  obtain ⟨O, F, on, om, fn, fm, hOF⟩ := exists_places S T hL Q
  rw [hsize Q (rP Q hQ) O on om] at hQd
  obtain ⟨l, hl, rfl⟩ := List.mem_map.1 (rP Q hQ)
  have hLpos : O.length * F.length ≠ 0 := by
    rw [hOF]
    exact Nat.ne_of_gt (List.length_pos_of_mem (la e))
  have hO0 : O.length ≠ 0 := fun h => hLpos (by rw [h, Nat.zero_mul])
  have hF0 : F.length ≠ 0 := fun h => hLpos (by rw [h, Nat.mul_zero])
  have hF : Closed m e inv F := closed_of_mul S fn ((fm e).2 ⟨la e, T.one _⟩) fun a b ha hb =>
    (fm _).2 ⟨la _, by rw [T.mul, ((fm b).1 hb).2, ((fm a).1 ha).2]⟩
  -- so that `p ^ k` divides the number of things which leave it, and they are not more
  have hFd : p ^ k ∣ F.length := by
    rw [pow_dvd_iff_le_exponentIn hp.two_le hO0] at hQd
    rw [pow_dvd_iff_le_exponentIn hp.two_le hF0]
    have h := congrArg (exponentIn p) (hOF.trans hr)
    have hpk : p ^ k ≠ 0 := Nat.ne_of_gt (Nat.pow_pos hp.pos)
    have h' := (pow_dvd_iff_le_exponentIn hp.two_le hpk).1 (Nat.dvd_refl (p ^ k))
    rw [hp.exponentIn_mul hO0 hF0, hp.exponentIn_mul hpk hr0] at h
    omega
  have hFle : F.length ≤ p ^ k := by
    obtain ⟨x, hx⟩ := List.exists_mem_of_length_pos (l := l)
      (by rw [(mem_parts.1 hl).2]; exact Nat.pow_pos hp.pos)
    rw [← (mem_parts.1 hl).2, ← List.length_map (f := (m · x))]
    refine length_le_of_subset (nodup_map (fun a b h => ?_) fn) fun y hy => ?_
    · have h := congrArg (m · (inv x)) h
      simpa only [S.assoc, S.mul_inv, S.mul_one] using h
    · obtain ⟨a, ha, rfl⟩ := List.mem_map.1 hy
      have h : (shift m inv a (· ∈ l)) (m a x) = (m a x ∈ l) := congrFun ((fm a).1 ha).2 _
      rw [← h, shift, S.inv_mul_cancel]
      exact hx
  exact ⟨F, hF.nodup, Nat.le_antisymm hFle (Nat.le_of_dvd (Nat.pos_of_ne_zero hF0) hFd), hF.one,
    hF.mul, hF.inv⟩

/-- A prime number which divides the number of all is the number of members of a closed collection;
a member other than the identity has it for its period. -/
private theorem exists_prime_part (S : Laws m e inv) {L : List G} (ln : L.Nodup)
    (la : ∀ a, a ∈ L) {p : Nat} (hp : Prime p) (hd : p ∣ L.length) :
    ∃ H, Closed m e inv H ∧ H.length = p ∧ ∃ a, a ∈ H ∧ a ≠ e ∧
      ∀ pw, Powers m e pw → ∀ k, pw a k = e ↔ p ∣ k := by
  obtain ⟨H, hn, hl, he, hm, hi⟩ := PrimePowerPartExists G m e inv L p 1 S.assoc S.one_mul S.mul_one
    S.inv_mul S.mul_inv ln la hp (by rwa [Nat.pow_one])
  rw [Nat.pow_one] at hl
  have hH : Closed m e inv H := ⟨hn, he, hm, hi⟩
  obtain ⟨a, ha, hne⟩ := exists_ne hn (hl ▸ hp.one_lt) e
  refine ⟨H, hH, hl, a, ha, hne, fun pw W => ?_⟩
  obtain ⟨d, hd, per, _⟩ := exists_powers S W hH ha
  rcases hp.2 d (hl ▸ hd) with h | h
  · exact absurd (W.one S a ▸ (per 1).2 (h ▸ Nat.dvd_refl 1)) hne
  · exact h ▸ per

theorem PrimeDivisorIsPeriod : Reconstruct.PrimeDivisorIsPeriod.Statement := by
  intro G m e inv pw L p A LU RU LI RI p0 ps ln la hp hd
  obtain ⟨_, _, _, a, _, hne, per⟩ := exists_prime_part (m := m) (e := e) (inv := inv)
    ⟨A, LU, RU, LI, RI⟩ ln la hp hd
  exact ⟨a, hne, (per pw ⟨p0, ps⟩ p).2 (Nat.dvd_refl p)⟩

theorem TwoPrimesPowersOfOne : Reconstruct.TwoPrimesPowersOfOne.Statement := by
  intro G m e inv pw L p q A LU RU LI RI p0 ps ln la hp hq hlt hnd hl
  have S : Laws m e inv := ⟨A, LU, RU, LI, RI⟩
  have W : Powers m e pw := ⟨p0, ps⟩
  have hL : Closed m e inv L := closed_of_mul S ln (la e) fun _ _ _ _ => la _
  obtain ⟨K, hK, hKl, a, ha, _, pera⟩ :=
    exists_prime_part S ln la hp (hl ▸ Nat.dvd_mul_right p q)
  obtain ⟨N, hN, hNl, b, hb, _, perb⟩ :=
    exists_prime_part S ln la hq (hl ▸ Nat.dvd_mul_left q p)
  have hHeld := LeastPrimeHoldsTransformed G m e inv L N p A LU RU LI RI ln la hN.nodup hN.one
    hN.mul hN.inv hp (hl.trans (by rw [hNl])) fun r hr hd => by
    rcases hr.dvd_or_dvd_of_dvd_mul (hl ▸ hd) with h | h
    · exact Nat.le_of_eq (hr.eq_of_dvd hp h).symm
    · have := hr.eq_of_dvd hq h
      omega
  -- the members of `N` which may change places with all of `K` are all members of `N`
  obtain ⟨F, hF, fm⟩ := exists_closed S hN (fun x => ∀ g, g ∈ K → m g x = m x g)
    (fun g _ => (RU g).trans (LU g).symm) fun x y hx hy g hg => by
      rw [← A, hx g hg, A, hy g hg, A]
  have hmod := length_mod_eq S (moves_transformed S) hK hp (k := 1) (by rw [hKl, Nat.pow_one])
    hN.nodup (fun g x _ hx => hHeld g x hx) hF.nodup fun x => (fm x).trans <|
      and_congr_right fun _ => forall_congr' fun g => imp_congr_right fun _ =>
        (transformed_eq_iff S).symm
  have hFl : F.length = N.length := by
    rcases hq.2 F.length (hNl ▸ Closed.dvd S hN hF fun x hx => ((fm x).1 hx).1) with h | h
    · rw [h, hNl] at hmod
      exact absurd (Nat.dvd_of_mod_eq_zero (Nat.sub_mod_eq_zero_of_mod_eq hmod)) hnd
    · rw [h, hNl]
  have hab : m a b = m b a := ((fm b).1 (mem_of_subset_of_length_le hF.nodup
    (fun x hx => ((fm x).1 hx).1) (Nat.le_of_eq hFl.symm) hb)).2 a ha
  -- the period of the product is divisible by both primes
  obtain ⟨d, hd, per, C, cn, cl, cm⟩ := exists_powers S W hL (la (m a b))
  have hpq : Nat.gcd p q = 1 := hp.coprime_of_not_dvd fun h => by
    have := hp.eq_of_dvd hq h
    omega
  have hpd : p ∣ d := by
    have h := (per (d * q)).2 (Nat.dvd_mul_right d q)
    rw [W.prod S hab, (perb pw W _).2 (Nat.dvd_mul_left q d), RU] at h
    exact Nat.Coprime.dvd_of_dvd_mul_right hpq ((pera pw W _).1 h)
  have hqd : q ∣ d := by
    have h := (per (d * p)).2 (Nat.dvd_mul_right d p)
    rw [W.prod S hab, (pera pw W _).2 (Nat.dvd_mul_left p d), LU] at h
    exact Nat.Coprime.dvd_of_dvd_mul_right (by rw [Nat.Coprime, Nat.gcd_comm]; exact hpq)
      ((perb pw W _).1 h)
  have hdl : d = L.length := Nat.dvd_antisymm hd (hl ▸ mul_dvd_of_coprime hpq hpd hqd)
  exact ⟨m a b, fun x => exists_power_of_length cn (cl.trans hdl) cm (fun y _ => la y) (la x)⟩

end Reconstruct.Solutions
