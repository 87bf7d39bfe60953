import Reconstruct.Substitutions.Foundation.Collection.Enumeration
import Reconstruct.Substitutions.Target.Counting

/-! Proofs of statements about counting in finite systems. Never shown to a policy. -/

namespace Reconstruct.Solutions

theorem DifferenceByPart : Reconstruct.DifferenceByPart.Statement := by
  intro G m e inv P A LU RU LI RI pe pm pi
  refine ⟨fun a => by rw [LI]; exact pe, fun a b h => ?_, fun a b c h h' => ?_⟩
  · have h1 := pi _ h
    have hp : m (m (inv a) b) (m (inv b) a) = e := by rw [A, ← A b, RI, LU, LI]
    rwa [show inv (m (inv a) b) = m (inv b) a by
      rw [← RU (inv (m (inv a) b)), ← hp, ← A, LI, LU]] at h1
  · have h1 := pm _ _ h h'
    rwa [A, ← A b, RI, LU] at h1

theorem ClassesApartOrSame : Reconstruct.ClassesApartOrSame.Statement := by
  intro G m e inv P A LU RU LI RI pe pm pi a b x ha hb y
  obtain ⟨_, S, T⟩ := DifferenceByPart G m e inv P A LU RU LI RI pe pm pi
  exact ⟨fun h => T b a y (T b x a hb (S a x ha)) h, fun h => T a b y (T a x b ha (S b x hb)) h⟩

theorem ClassesOfEqualCount : Reconstruct.ClassesOfEqualCount.Statement := by
  intro G m e inv H A LU RU LI RI hn a
  have K : ∀ x, m (inv a) (m a x) = x := fun x => by rw [← A, LI, LU]
  refine ⟨H.map (m a), nodup_map (fun x y h => ?_) hn, List.length_map _, fun x => ?_⟩
  · have h1 : m (inv a) (m a x) = m (inv a) (m a y) := by rw [h]
    rwa [K, K] at h1
  · rw [List.mem_map]
    refine ⟨fun ⟨y, hy, hx⟩ => by rwa [← hx, K], fun h => ⟨_, h, by rw [← A, RI, LU]⟩⟩

theorem CountOfPartDividesCount : Reconstruct.CountOfPartDividesCount.Statement := by
  intro G m e inv L H A LU RU LI RI ln la hn he hm hi
  obtain ⟨R, S, T⟩ := DifferenceByPart G m e inv (· ∈ H) A LU RU LI RI he hm hi
  haveI : ∀ a, DecidablePred fun b => m (inv a) b ∈ H := fun a b => Classical.propDecidable _
  refine dvd_length_of_equal_classes (fun a b => m (inv a) b ∈ H) (fun a _ => R a)
    (fun a _ b _ => S a b) (fun a _ b _ c _ => T a b c) (fun a _ => ?_)
  obtain ⟨C, cn, cl, cm⟩ := ClassesOfEqualCount G m e inv H A LU RU LI RI hn a
  rw [← cl, List.countP_eq_length_filter]
  refine length_eq_of_nodup_of_mem_iff (nodup_filter _ ln) cn fun x => ?_
  rw [List.mem_filter, cm]
  exact ⟨fun h => of_decide_eq_true h.2, fun h => ⟨la x, decide_eq_true h⟩⟩

theorem power_add {G : Type} {m : G → G → G} {e : G} {pw : G → Nat → G}
    (A : ∀ a b c, m (m a b) c = m a (m b c)) (RU : ∀ a, m a e = a) (p0 : ∀ a, pw a 0 = e)
    (ps : ∀ a k, pw a (k + 1) = m (pw a k) a) (a : G) (j k : Nat) :
    pw a (j + k) = m (pw a j) (pw a k) := by
  induction k with
  | zero => rw [Nat.add_zero, p0, RU]
  | succ k ih => rw [← Nat.add_assoc, ps, ps, ih, A]

theorem power_mul_period {G : Type} {m : G → G → G} {e : G} {pw : G → Nat → G}
    (A : ∀ a b c, m (m a b) c = m a (m b c)) (RU : ∀ a, m a e = a) (p0 : ∀ a, pw a 0 = e)
    (ps : ∀ a k, pw a (k + 1) = m (pw a k) a) {a : G} {d : Nat} (h : pw a d = e) (k : Nat) :
    pw a (d * k) = e := by
  induction k with
  | zero => rw [Nat.mul_zero, p0]
  | succ k ih => rw [Nat.mul_succ, power_add A RU p0 ps, ih, h, RU]

theorem power_mod {G : Type} {m : G → G → G} {e : G} {pw : G → Nat → G}
    (A : ∀ a b c, m (m a b) c = m a (m b c)) (LU : ∀ a, m e a = a) (RU : ∀ a, m a e = a)
    (p0 : ∀ a, pw a 0 = e) (ps : ∀ a k, pw a (k + 1) = m (pw a k) a) {a : G} {d : Nat}
    (h : pw a d = e) (k : Nat) : pw a k = pw a (k % d) := by
  conv => lhs; rw [← Nat.div_add_mod k d]
  rw [power_add A RU p0 ps, power_mul_period A RU p0 ps h, LU]

theorem PeriodDividesCount : Reconstruct.PeriodDividesCount.Statement := by
  intro G m e inv pw L A LU RU LI RI p0 ps ln la a d hd hp hmin
  have differ : ∀ j k, j ≤ k → k < d → pw a j = pw a k → j = k := by
    intro j k hle hk h
    obtain ⟨t, rfl⟩ := Nat.exists_eq_add_of_le hle
    have h1 : m (inv (pw a j)) (pw a j) = m (inv (pw a j)) (m (pw a j) (pw a t)) := by
      rw [← power_add A RU p0 ps, ← h]
    rw [← A, LI, LU] at h1
    rcases Nat.eq_zero_or_pos t with h0 | h0
    · rw [h0]; rfl
    · exact absurd (hmin t h0 h1.symm) (by omega)
  have mem : ∀ k, pw a k ∈ (List.range d).map (pw a) := fun k =>
    List.mem_map.2 ⟨k % d, List.mem_range.2 (Nat.mod_lt _ hd), (power_mod A LU RU p0 ps hp k).symm⟩
  have h := CountOfPartDividesCount G m e inv L ((List.range d).map (pw a)) A LU RU LI RI ln la
    (nodup_map_of_injOn List.nodup_range fun j hj k hk h => ?_) (p0 a ▸ mem 0)
    (fun x y hx hy => ?_) (fun x hx => ?_)
  · rwa [List.length_map, List.length_range] at h
  · rw [List.mem_range] at hj hk
    rcases Nat.le_total j k with hle | hle
    · exact differ j k hle hk h
    · exact (differ k j hle hj h.symm).symm
  · obtain ⟨j, _, rfl⟩ := List.mem_map.1 hx
    obtain ⟨k, _, rfl⟩ := List.mem_map.1 hy
    exact power_add A RU p0 ps a j k ▸ mem (j + k)
  · obtain ⟨j, hj, rfl⟩ := List.mem_map.1 hx
    rw [List.mem_range] at hj
    have h1 : m (pw a j) (pw a (d - j)) = e := by
      rw [← power_add A RU p0 ps, show j + (d - j) = d by omega, hp]
    have h2 : inv (pw a j) = pw a (d - j) := by
      rw [← RU (inv (pw a j)), ← h1, ← A, LI, LU]
    rw [h2]
    exact mem _

theorem exists_power_identity {G : Type} {m : G → G → G} {e : G} {inv : G → G} {pw : G → Nat → G}
    {L : List G} (A : ∀ a b c, m (m a b) c = m a (m b c)) (LU : ∀ a, m e a = a)
    (RU : ∀ a, m a e = a) (LI : ∀ a, m (inv a) a = e)
    (p0 : ∀ a, pw a 0 = e) (ps : ∀ a k, pw a (k + 1) = m (pw a k) a) (a : G)
    (la : ∀ k, pw a k ∈ L) : ∃ d, 0 < d ∧ pw a d = e := by
  obtain ⟨j, _, k, _, hjk, h⟩ := exists_ne_map_eq_of_length_lt (f := pw a)
    (l := List.range (L.length + 1)) (m := L) List.nodup_range (fun k _ => la k)
    (by rw [List.length_range]; exact Nat.lt_succ_self _)
  have key : ∀ j k, j < k → pw a j = pw a k → ∃ d, 0 < d ∧ pw a d = e := by
    intro j k hlt h
    obtain ⟨t, rfl⟩ := Nat.exists_eq_add_of_le (Nat.le_of_lt hlt)
    refine ⟨t, by omega, ?_⟩
    have h1 : m (inv (pw a j)) (pw a j) = m (inv (pw a j)) (m (pw a j) (pw a t)) := by
      rw [← power_add A RU p0 ps, ← h]
    rw [← A, LI, LU] at h1
    exact h1.symm
  rcases Nat.lt_or_gt_of_ne hjk with hlt | hlt
  · exact key j k hlt h
  · exact key k j hlt h.symm

theorem exists_powers {G : Type} (m : G → G → G) (e : G) :
    ∃ pw : G → Nat → G, (∀ a, pw a 0 = e) ∧ ∀ a k, pw a (k + 1) = m (pw a k) a :=
  ⟨fun a k => Nat.rec e (fun _ x => m x a) k, fun _ => rfl, fun _ _ => rfl⟩

theorem least_of_exists {P : Nat → Prop} (h : ∃ d, 0 < d ∧ P d) :
    ∃ d, 0 < d ∧ P d ∧ ∀ k, 0 < k → P k → d ≤ k := by
  obtain ⟨d, hd⟩ := h
  induction d using Nat.strongRecOn with
  | _ d ih =>
    by_cases hmin : ∃ k, k < d ∧ 0 < k ∧ P k
    · obtain ⟨k, hk, hk'⟩ := hmin
      exact ih k hk hk'
    · refine ⟨d, hd.1, hd.2, fun k hk hP => ?_⟩
      rcases Nat.lt_or_ge k d with hlt | hge
      · exact absurd ⟨k, hlt, hk, hP⟩ hmin
      · exact hge

theorem PowerByCountIsIdentity : Reconstruct.PowerByCountIsIdentity.Statement := by
  intro G m e inv pw L A LU RU LI RI p0 ps ln la a
  obtain ⟨d, hd, hp, hmin⟩ := least_of_exists
    (exists_power_identity A LU RU LI p0 ps a fun k => la (pw a k))
  obtain ⟨k, hk⟩ := PeriodDividesCount G m e inv pw L A LU RU LI RI p0 ps ln la a d hd hp hmin
  rw [hk]
  exact power_mul_period A RU p0 ps hp k

theorem FiniteProductsSuffice : Reconstruct.FiniteProductsSuffice.Statement := by
  intro G m e inv H A LU RU LI RI ⟨b, hb⟩ hm
  obtain ⟨pw, p0, ps⟩ := exists_powers m e
  have mem : ∀ a, a ∈ H → ∀ k, pw a (k + 1) ∈ H := by
    intro a ha k
    induction k with
    | zero => rw [ps, p0, LU]; exact ha
    | succ k ih => rw [ps]; exact hm _ _ ih ha
  have key : ∀ a, a ∈ H → e ∈ H ∧ inv a ∈ H := by
    intro a ha
    obtain ⟨d, hd, hp⟩ := exists_power_identity (L := e :: H) A LU RU LI p0 ps a fun k => by
      cases k with
      | zero => rw [p0]; exact .head _
      | succ k => exact .tail _ (mem a ha k)
    have hp2 : pw a (d + d) = e := by rw [power_add A RU p0 ps, hp, LU]
    have he : e ∈ H := by
      have h := mem a ha (d + d - 1)
      rwa [show d + d - 1 + 1 = d + d by omega, hp2] at h
    refine ⟨he, ?_⟩
    have h := mem a ha (d + d - 2)
    have h1 : m (pw a (d + d - 2 + 1)) a = e := by
      rw [← ps, show d + d - 2 + 1 + 1 = d + d by omega, hp2]
    have h2 : pw a (d + d - 2 + 1) = inv a := by
      rw [← RU (pw a (d + d - 2 + 1)), ← RI a, ← A, h1, LU]
    rwa [h2] at h
  exact ⟨(key b hb).1, fun a ha => (key a ha).2⟩

theorem FiniteStrikingOutSuffices : Reconstruct.FiniteStrikingOutSuffices.Statement := by
  intro G m L A C D la ⟨g, _⟩
  obtain ⟨l, ln, lm⟩ := exists_nodup_of_list L
  have all : ∀ x, x ∈ l := fun x => (lm x).2 (la x)
  have right : ∀ a b, ∃ x, m a x = b := fun a b => by
    have h := mem_of_subset_of_length_le (nodup_map (fun x y h => C a x y h) ln)
      (fun x _ => all x) (by rw [List.length_map]; exact Nat.le_refl _) (all b)
    obtain ⟨x, _, hx⟩ := List.mem_map.1 h
    exact ⟨x, hx⟩
  have left : ∀ a b, ∃ x, m x a = b := fun a b => by
    have h := mem_of_subset_of_length_le (nodup_map (f := fun x => m x a) (fun x y h =>
        D a x y h) ln)
      (fun x _ => all x) (by rw [List.length_map]; exact Nat.le_refl _) (all b)
    obtain ⟨x, _, hx⟩ := List.mem_map.1 h
    exact ⟨x, hx⟩
  obtain ⟨e, he⟩ := left g g
  have LU : ∀ a, m e a = a := fun a => by
    obtain ⟨x, hx⟩ := right g a
    rw [← hx, ← A, he]
  have RU : ∀ a, m a e = a := fun a => D e _ _ (by rw [A, LU])
  refine ⟨e, fun a => ⟨LU a, RU a⟩, fun a => ?_⟩
  obtain ⟨b, hb⟩ := right a e
  refine ⟨b, hb, C a _ _ ?_⟩
  rw [← A, hb, LU, RU]

theorem PrimeCountsShareIdentity : Reconstruct.PrimeCountsShareIdentity.Statement := by
  intro G m e inv H K A LU RU LI RI hn he hm hi kn ke km ki hg a ha hk
  obtain ⟨pw, p0, ps⟩ := exists_powers m e
  have part : ∀ (H : List G), H.Nodup → e ∈ H → (∀ a b, a ∈ H → b ∈ H → m a b ∈ H) →
      (∀ a, a ∈ H → inv a ∈ H) → a ∈ H → pw a H.length = e := by
    intro H hn he hm hi ha
    let M : { x // x ∈ H } → { x // x ∈ H } → { x // x ∈ H } :=
      fun x y => ⟨m x.1 y.1, hm _ _ x.2 y.2⟩
    let W : { x // x ∈ H } → Nat → { x // x ∈ H } :=
      fun x k => Nat.rec ⟨e, he⟩ (fun _ y => M y x) k
    have hW : ∀ x k, (W x k).1 = pw x.1 k := by
      intro x k
      induction k with
      | zero => exact (p0 x.1).symm
      | succ k ih => rw [ps, ← ih]
    have h := PowerByCountIsIdentity { x // x ∈ H } M ⟨e, he⟩ (fun x => ⟨inv x.1, hi _ x.2⟩) W
      H.attach (fun x y z => Subtype.ext (A _ _ _)) (fun x => Subtype.ext (LU _))
      (fun x => Subtype.ext (RU _)) (fun x => Subtype.ext (LI _)) (fun x => Subtype.ext (RI _))
      (fun _ => rfl) (fun _ _ => rfl)
      (nodup_of_nodup_map (f := Subtype.val) (by rw [List.attach_map_subtype_val]; exact hn))
      (fun x => List.mem_attach H x) ⟨a, ha⟩
    rw [List.length_attach] at h
    have h1 := congrArg Subtype.val h
    rwa [hW] at h1
  obtain ⟨d, hd, hp, hmin⟩ := least_of_exists
    (exists_power_identity (L := H) A LU RU LI p0 ps a fun k => by
      induction k with
      | zero => rw [p0]; exact he
      | succ k ih => rw [ps]; exact hm _ _ ih ha)
  have divides : ∀ k, pw a k = e → d ∣ k := by
    intro k hk
    rw [power_mod A LU RU p0 ps hp] at hk
    rcases Nat.eq_zero_or_pos (k % d) with h | h
    · exact Nat.dvd_of_mod_eq_zero h
    · exact absurd (hmin _ h hk) (Nat.not_le.2 (Nat.mod_lt _ hd))
  have h1 : d ∣ Nat.gcd H.length K.length :=
    Nat.dvd_gcd (divides _ (part H hn he hm hi ha)) (divides _ (part K kn ke km ki hk))
  rw [hg] at h1
  rw [Nat.dvd_one.1 h1, ps, p0, LU] at hp
  exact hp

theorem EvenCountOwnInverse : Reconstruct.EvenCountOwnInverse.Statement := by
  intro G m e inv L A LU RU LI RI ln la h2
  have I : ∀ a, inv (inv a) = a := fun a => by
    rw [← RU (inv (inv a)), ← LI a, ← A, LI, LU]
  apply Classical.byContradiction
  intro hn
  have own : ∀ a, inv a = a → a = e := fun a ha => Classical.byContradiction fun hne =>
    hn ⟨a, hne, by conv => lhs; arg 1; rw [← ha]
                   exact LI a⟩
  -- strike out pairs of a thing and its inverse: what remains is even as well
  have key : ∀ (k : Nat) (l : List G), l.length = k → l.Nodup → (∀ a, a ∈ l → inv a ∈ l) →
      (∀ a, a ∈ l → inv a ≠ a) → l.length % 2 = 0 := by
    intro k
    induction k using Nat.strongRecOn with
    | _ k ih =>
      intro l hl hnd hc hne
      match l, hl with
      | [], _ => rfl
      | a :: t, hl =>
        haveI : DecidableEq G := fun a b => Classical.propDecidable (a = b)
        have hnd' := List.nodup_cons.1 hnd
        have hi : inv a ∈ t := by
          rcases List.mem_cons.1 (hc a (.head _)) with h | h
          · exact absurd h (hne a (.head _))
          · exact h
        have hlen := List.length_erase_of_mem hi
        have hpos : 0 < t.length := List.length_pos_of_mem hi
        rw [List.length_cons] at hl
        have hr := ih (t.erase (inv a)).length (by omega) (t.erase (inv a)) rfl
          (hnd'.2.sublist List.erase_sublist) (fun b hb => ?_)
          (fun b hb => hne b (.tail _ (List.mem_of_mem_erase hb)))
        · rw [List.length_cons]; omega
        · have hb' := (hnd'.2.mem_erase_iff).1 hb
          rcases List.mem_cons.1 (hc b (.tail _ hb'.2)) with h | h
          · exact absurd (by rw [← h, I]) hb'.1
          · refine (hnd'.2.mem_erase_iff).2 ⟨fun h' => ?_, h⟩
            have h1 : b = a := by rw [← I b, h', I]
            exact hnd'.1 (h1 ▸ hb'.2)
  haveI : DecidableEq G := fun a b => Classical.propDecidable (a = b)
  have he := la e
  have hie : inv e = e := by rw [← LU (inv e), RI]
  have h := key _ (L.erase e) rfl (ln.sublist List.erase_sublist)
    (fun a ha => (ln.mem_erase_iff).2 ⟨fun h => ((ln.mem_erase_iff).1 ha).1 (by rw [← I a, h, hie]),
      la _⟩)
    (fun a ha h => ((ln.mem_erase_iff).1 ha).1 (own a h))
  have hlen := List.length_erase_of_mem he
  have hpos : 0 < L.length := List.length_pos_of_mem he
  omega

theorem OddCountSquares : Reconstruct.OddCountSquares.Statement := by
  intro G m e inv L A LU RU LI RI ln la h2 a
  obtain ⟨pw, p0, ps⟩ := exists_powers m e
  obtain ⟨k, hk⟩ : ∃ k, L.length = 2 * k + 1 := ⟨L.length / 2, by omega⟩
  have all : ∀ a, pw a (2 * k + 1) = e := fun a =>
    hk ▸ PowerByCountIsIdentity G m e inv pw L A LU RU LI RI p0 ps ln la a
  have square : ∀ c j, pw (m c c) j = pw c (2 * j) := by
    intro c j
    induction j with
    | zero => rw [p0, Nat.mul_zero, p0]
    | succ j ih => rw [ps, ih, Nat.mul_succ, ps, ps, A]
  refine ⟨pw a (k + 1), ?_, fun c hc => ?_⟩
  · rw [← power_add A RU p0 ps, show k + 1 + (k + 1) = 2 * k + 1 + 1 by omega, ps, all, LU]
  · rw [← hc, square, show 2 * (k + 1) = 2 * k + 1 + 1 by omega, ps, all, LU]

theorem ProductsOfPartsTest : Reconstruct.ProductsOfPartsTest.Statement := by
  intro G m e inv P Q A LU RU LI RI pe pm pi qe qm qi
  have K1 : ∀ a b, m (inv a) (m a b) = b := fun a b => by rw [← A, LI, LU]
  have K2 : ∀ a b, m a (m (inv a) b) = b := fun a b => by rw [← A, RI, LU]
  have I : ∀ a, inv (inv a) = a := fun a => by rw [← RU (inv (inv a)), ← LI a, K1]
  have M : ∀ a b, inv (m a b) = m (inv b) (inv a) := fun a b => by
    have h : m (m a b) (m (inv b) (inv a)) = e := by rw [A, K2, RI]
    rw [← RU (inv (m a b)), ← h, K1]
  constructor
  · intro closed
    have turned : ∀ p q, P p → Q q → ∃ p' q', P p' ∧ Q q' ∧ m q p = m p' q' := fun p q hp hq =>
      closed q p ⟨e, q, pe, hq, (LU q).symm⟩ ⟨p, e, hp, qe, (RU p).symm⟩
    refine fun x => ⟨?_, ?_⟩
    · rintro ⟨p, q, hp, hq, rfl⟩
      obtain ⟨p', q', hp', hq', h⟩ := turned (inv p) (inv q) (pi p hp) (qi q hq)
      exact ⟨inv p', inv q', pi p' hp', qi q' hq', by rw [← M, ← h, M, I, I]⟩
    · rintro ⟨p, q, hp, hq, rfl⟩
      exact turned p q hp hq
  · rintro same x y ⟨p, q, hp, hq, rfl⟩ ⟨p', q', hp', hq', rfl⟩
    obtain ⟨r, s, hr, hs, h⟩ := (same (m q p')).2 ⟨p', q, hp', hq, rfl⟩
    exact ⟨m p r, m s q', pm p r hp hr, qm s q' hs hq', by rw [A, ← A q, h, A, A]⟩

theorem CountOfProducts : Reconstruct.CountOfProducts.Statement := by
  intro G m e inv H K I T A LU RU LI RI hn he hm hi kn ke km ki common im tn tm
  have K1 : ∀ a b, m (inv a) (m a b) = b := fun a b => by rw [← A, LI, LU]
  have K2 : ∀ a b, m a (m (inv a) b) = b := fun a b => by rw [← A, RI, LU]
  have C : ∀ a b c, m a b = m a c → b = c := fun a b c h => by rw [← K1 a b, h, K1]
  have D : ∀ a b c, m b a = m c a → b = c := fun a b c h => by
    rw [← RU b, ← RI a, ← A, h, A, RI, RU]
  haveI : DecidableEq G := fun a b => Classical.propDecidable (a = b)
  rw [← length_allPairs H K]
  refine (length_eq_mul_of_equal_counts (f := fun x => m x.1 x.2) tn
    (fun x hx => (tm _).2 ⟨x.1, x.2, (mem_allPairs.1 hx).1, (mem_allPairs.1 hx).2, rfl⟩)
    fun y hy => ?_).symm
  obtain ⟨a, b, ha, hb, rfl⟩ := (tm y).1 hy
  -- the pairs with the same product arise from one by a common factor
  rw [List.countP_eq_length_filter]
  refine (length_eq_of_correspondence common (nodup_filter _ (nodup_allPairs hn kn))
    (fun i => (m a i, m (inv i) b)) (fun i hc => ?_) (fun i _ j _ h => C a i j (Prod.mk.inj h).1)
    fun x hx => ?_).symm
  · obtain ⟨h1, h2⟩ := (im i).1 hc
    refine List.mem_filter.2 ⟨mem_allPairs.2 ⟨hm a i ha h1, km _ b (ki i h2) hb⟩, beq_iff_eq.2 ?_⟩
    show m (m a i) (m (inv i) b) = m a b
    rw [A, K2]
  · obtain ⟨hmem, heq⟩ := List.mem_filter.1 hx
    obtain ⟨h1, h2⟩ := mem_allPairs.1 hmem
    have hxy : m x.1 x.2 = m a b := eq_of_beq heq
    have same : m (inv a) x.1 = m b (inv x.2) := D x.2 _ _ (by rw [A, hxy, K1, A, LI, RU])
    refine ⟨m (inv a) x.1, (im _).2 ⟨hm _ _ (hi a ha) h1, ?_⟩, Prod.ext (K2 a x.1) ?_⟩
    · rw [same]
      exact km b _ hb (ki _ h2)
    · refine C (m (inv a) x.1) _ _ ?_
      show m (m (inv a) x.1) (m (inv (m (inv a) x.1)) b) = m (m (inv a) x.1) x.2
      rw [K2, A, hxy, K1]

theorem ProductOfAll : Reconstruct.ProductOfAll.Statement := by
  intro G m e inv L T A LU RU LI RI comm ln la tn tm
  have I : ∀ a, inv (inv a) = a := fun a => by
    rw [← RU (inv (inv a)), ← LI a, ← A, LI, LU]
  haveI : DecidableEq G := fun a b => Classical.propDecidable (a = b)
  have perm : ∀ {l l' : List G}, l.Perm l' → l.foldr m e = l'.foldr m e := by
    intro l l' h
    induction h with
    | nil => rfl
    | cons a _ ih => rw [List.foldr_cons, List.foldr_cons, ih]
    | swap a b l => simp only [List.foldr_cons]; rw [← A, comm b a, A]
    | trans _ _ ih₁ ih₂ => exact ih₁.trans ih₂
  -- strike out pairs of a thing and its inverse
  have pairs : ∀ (k : Nat) (l : List G), l.length = k → l.Nodup → (∀ a, a ∈ l → inv a ∈ l) →
      (∀ a, a ∈ l → inv a ≠ a) → l.foldr m e = e := by
    intro k
    induction k using Nat.strongRecOn with
    | _ k ih =>
      intro l hl hnd hc hne
      match l, hl with
      | [], _ => rfl
      | a :: t, hl =>
        have hnd' := List.nodup_cons.1 hnd
        have hi : inv a ∈ t := (List.mem_cons.1 (hc a (.head _))).resolve_left (hne a (.head _))
        have hlen := List.length_erase_of_mem hi
        rw [List.length_cons] at hl
        have hr := ih (t.erase (inv a)).length (by omega) (t.erase (inv a)) rfl
          (hnd'.2.sublist List.erase_sublist) (fun b hb => ?_)
          (fun b hb => hne b (.tail _ (List.mem_of_mem_erase hb)))
        · rw [List.foldr_cons, perm (List.perm_cons_erase hi), List.foldr_cons, hr, RU, RI]
        · have hb' := (hnd'.2.mem_erase_iff).1 hb
          refine (hnd'.2.mem_erase_iff).2 ⟨fun h => ?_, ?_⟩
          · exact hnd'.1 ((show b = a by rw [← I b, h, I]) ▸ hb'.2)
          · refine (List.mem_cons.1 (hc b (.tail _ hb'.2))).resolve_left fun h => hb'.1 ?_
            rw [← h, I]
  have own : ∀ a, m a a = e ↔ inv a = a := fun a =>
    ⟨fun h => by rw [← RU (inv a), ← h, ← A, LI, LU], fun h => by
      conv => lhs; arg 1; rw [← h]
      exact LI a⟩
  -- what is left are the things which are their own inverses
  have append : ∀ l l' : List G, (l ++ l').foldr m e = m (l.foldr m e) (l'.foldr m e) := by
    intro l l'
    induction l with
    | nil => exact (LU _).symm
    | cons a l ih => rw [List.cons_append, List.foldr_cons, ih, List.foldr_cons, A]
  rw [← perm (List.filter_append_perm (fun a => decide (inv a = a)) L), append,
    pairs _ (L.filter fun a => !decide (inv a = a)) rfl (nodup_filter _ ln), RU]
  · refine perm (perm_of_nodup_of_mem_iff (nodup_filter _ ln) tn fun a => ?_)
    rw [List.mem_filter, tm, own, decide_eq_true_iff]
    exact ⟨And.right, fun h => ⟨la a, h⟩⟩
  · intro a ha
    have h := (List.mem_filter.1 ha).2
    refine List.mem_filter.2 ⟨la _, ?_⟩
    rw [Bool.not_eq_true', decide_eq_false_iff_not] at h ⊢
    exact fun h' => h (by rw [I] at h'; exact h'.symm)
  · intro a ha
    have h := (List.mem_filter.1 ha).2
    rwa [Bool.not_eq_true', decide_eq_false_iff_not] at h

end Reconstruct.Solutions
