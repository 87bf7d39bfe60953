import Reconstruct.Substitutions.Foundation.Congruence.Fermat
import Reconstruct.Substitutions.Foundation.Polynomial.Basic

/-!
# Polynomials with whole coefficients

Values of sums and products, Ruffini's rule (1804), the theorem that a root splits off a factor
(Descartes 1637), and Lagrange's theorem that a congruence of degree `n` for a prime modulus has at
most `n` roots (1768; Gauss 1801, article 43).
-/

namespace Reconstruct

namespace Polynomial

/-- The value of a sum is the sum of the values. -/
theorem eval_add_int (p q : Polynomial Int) (x : Int) :
    eval (add p q) x = eval p x + eval q x := by
  induction p generalizing q with
  | nil => exact (Int.zero_add _).symm
  | cons a p ih => cases q with
    | nil => exact (Int.add_zero _).symm
    | cons b q => simp only [add, eval_cons, ih, Int.mul_add]; omega

/-- The value of a multiple. -/
theorem eval_scale_int (c : Int) (p : Polynomial Int) (x : Int) :
    eval (scale c p) x = c * eval p x := by
  induction p with
  | nil => exact (Int.mul_zero c).symm
  | cons a p ih =>
    have : scale c (a :: p) = (c * a) :: scale c p := rfl
    rw [this, eval_cons, eval_cons, ih, Int.mul_add, Int.mul_left_comm]

/-- The value of a product is the product of the values. -/
theorem eval_mul_int (p q : Polynomial Int) (x : Int) :
    eval (mul p q) x = eval p x * eval q x := by
  induction p with
  | nil => exact (Int.zero_mul _).symm
  | cons a p ih =>
    have : eval (0 :: mul p q) x = x * eval (mul p q) x := Int.zero_add _
    rw [mul, eval_add_int, eval_scale_int, this, ih, eval_cons, Int.add_mul, Int.mul_assoc]

/-- The value of a difference is the difference of the values. -/
theorem eval_sub_int (p q : Polynomial Int) (x : Int) :
    eval (sub p q) x = eval p x - eval q x := by
  rw [sub, eval_add_int, eval_scale_int]
  omega

/-- The value of `x - a`. -/
theorem eval_linear_int (a x : Int) : eval (linear a) x = x - a := by
  have : eval (linear a) x = -a + x * (1 + x * 0) := rfl
  rw [this, Int.mul_zero, Int.add_zero, Int.mul_one]
  omega

/-- The value of `(x - a₁) (x - a₂) ⋯`. -/
theorem eval_ofRoots_int (l : List Int) (x : Int) :
    eval (ofRoots l) x = product (l.map fun a => x - a) := by
  induction l with
  | nil =>
    have : eval (ofRoots ([] : List Int)) x = 1 + x * 0 := rfl
    rw [this, Int.mul_zero]
    rfl
  | cons a t ih =>
    have : ofRoots (a :: t) = mul (linear a) (ofRoots t) := rfl
    rw [this, eval_mul_int, eval_linear_int, ih, List.map_cons, product_cons]

/-- Ruffini's rule (1804): division by `x - a` leaves the value at `a` as remainder. -/
theorem eval_eq_eval_add_mul_divideLinear_int (p : Polynomial Int) (a x : Int) :
    eval p x = eval p a + (x - a) * eval (divideLinear a p) x := by
  induction p with
  | nil => rw [divideLinear, eval_nil, eval_nil, Int.mul_zero]; rfl
  | cons b p ih => cases p with
    | nil =>
      rw [divideLinear, eval_cons, eval_cons, eval_nil, eval_nil, Int.mul_zero, Int.mul_zero]
      omega
    | cons c p =>
      rw [divideLinear, eval_cons b, eval_cons b, eval_cons (eval (c :: p) a)]
      generalize eval (c :: p) a = s at *
      generalize eval (divideLinear a (c :: p)) x = t at *
      rw [ih, Int.mul_add x, Int.mul_add (x - a), Int.mul_left_comm (x - a) x, Int.sub_mul x a s]
      omega

/-- A difference `x - y` divides the difference of the values (Descartes 1637, Lagrange). -/
theorem sub_dvd_eval_sub_int (p : Polynomial Int) (x y : Int) : x - y ∣ eval p x - eval p y :=
  ⟨eval (divideLinear y p) x, by rw [eval_eq_eval_add_mul_divideLinear_int p y x]; omega⟩

/-- Congruent numbers give congruent values (Gauss 1801, article 9). -/
theorem eval_congruent {m : Int} (p : Polynomial Int) {x y : Int} (h : Congruent m x y) :
    Congruent m (eval p x) (eval p y) :=
  Int.dvd_trans h (sub_dvd_eval_sub_int p x y)

/-- The factor theorem (Descartes 1637): `a` is a root exactly when `x - a` splits off. -/
theorem isRoot_iff_exists_factor_int {p : Polynomial Int} {a : Int} :
    IsRoot p a ↔ ∃ q : Polynomial Int, ∀ x, eval p x = (x - a) * eval q x := by
  constructor
  · intro h
    refine ⟨divideLinear a p, fun x => ?_⟩
    rw [eval_eq_eval_add_mul_divideLinear_int p a x, show eval p a = 0 from h, Int.zero_add]
  · rintro ⟨q, hq⟩
    rw [IsRoot, hq, Int.sub_self, Int.zero_mul]

/-- If `m` divides the value at `a` and all coefficients after division by `x - a`, it divides all
coefficients. -/
theorem dvd_coefficients_of_divideLinear {m a : Int} {p : Polynomial Int} (h : m ∣ eval p a)
    (hq : ∀ c, c ∈ divideLinear a p → m ∣ c) : ∀ c, c ∈ p → m ∣ c := by
  induction p with
  | nil => exact fun c hc => absurd hc List.not_mem_nil
  | cons b p ih => cases p with
    | nil =>
      intro c hc
      rw [List.mem_singleton.mp hc]
      simpa [eval_cons, eval_nil] using h
    | cons d p =>
      have h1 : m ∣ eval (d :: p) a := hq _ (.head _)
      have h2 : ∀ c, c ∈ d :: p → m ∣ c := ih h1 fun c hc => hq c (.tail _ hc)
      intro c hc
      rcases List.mem_cons.mp hc with rfl | hc
      · have h3 := Int.dvd_sub h (Int.dvd_trans h1 (Int.dvd_mul_left a _))
        rw [eval_cons] at h3
        rwa [Int.add_sub_cancel] at h3
      · exact h2 c hc

/-- A polynomial with more roots, incongruent for a modulus with Euclid's property, than its list of
coefficients allows, has all its coefficients divisible by the modulus. The modulus `0` gives the
statement about equality, a prime modulus Lagrange's theorem. -/
theorem dvd_coefficients_of_many_roots {m : Int}
    (hm : ∀ x y : Int, m ∣ x * y → m ∣ x ∨ m ∣ y) {p : Polynomial Int} {l : List Int}
    (hl : l.Pairwise fun a b => ¬ Congruent m a b) (hroot : ∀ a, a ∈ l → m ∣ eval p a)
    (hlen : p.length ≤ l.length) : ∀ c, c ∈ p → m ∣ c := by
  induction l generalizing p with
  | nil =>
    have : p = [] := List.length_eq_zero_iff.mp (Nat.le_zero.mp hlen)
    intro c hc
    rw [this] at hc
    exact absurd hc List.not_mem_nil
  | cons a t ih =>
    rw [List.pairwise_cons] at hl
    refine dvd_coefficients_of_divideLinear (hroot a (.head _)) (ih hl.2 ?_ ?_)
    · intro b hb
      have h1 := Int.dvd_sub (hroot b (.tail _ hb)) (hroot a (.head _))
      rw [eval_eq_eval_add_mul_divideLinear_int p a b, Int.add_comm, Int.add_sub_cancel] at h1
      rcases hm _ _ h1 with h | h
      · exact absurd (Congruent.symm h) (hl.1 b hb)
      · exact h
    · rw [length_divideLinear]
      rw [List.length_cons] at hlen
      omega

/-- Lagrange's theorem (1768; Gauss 1801, article 43): a congruence for a prime modulus whose
coefficients are not all divisible by it has fewer incongruent roots than coefficients, that is at
most as many as its degree. -/
theorem length_roots_lt_of_prime {p : Nat} (hp : Prime p) {f : Polynomial Int} {l : List Int}
    (hf : ∃ c, c ∈ f ∧ ¬ (p : Int) ∣ c) (hl : l.Pairwise fun a b => ¬ Congruent p a b)
    (hroot : ∀ a, a ∈ l → Congruent p (eval f a) 0) : l.length < f.length := by
  obtain ⟨c, hc, hnd⟩ := hf
  refine Nat.lt_of_not_le fun hle => hnd ?_
  exact dvd_coefficients_of_many_roots (fun _ _ => hp.int_dvd_or_dvd_of_dvd_mul) hl
    (fun a ha => congruent_zero_iff.mp (hroot a ha)) hle c hc

/-- A polynomial whose coefficients are not all `0` has fewer roots than coefficients, that is at
most as many as its degree (Descartes 1637). -/
theorem length_roots_lt_int {f : Polynomial Int} {l : List Int} (hf : ∃ c, c ∈ f ∧ c ≠ 0)
    (hl : l.Nodup) (hroot : ∀ a, a ∈ l → IsRoot f a) : l.length < f.length := by
  obtain ⟨c, hc, hne⟩ := hf
  refine Nat.lt_of_not_le fun hle => hne (Int.zero_dvd.mp ?_)
  refine dvd_coefficients_of_many_roots (m := 0) ?_ ?_ (fun a ha => Int.zero_dvd.mpr (hroot a ha))
    hle c hc
  · intro x y h
    rw [Int.zero_dvd, Int.mul_eq_zero] at h
    exact h.imp Int.zero_dvd.mpr Int.zero_dvd.mpr
  · exact hl.imp fun {a b} hab h => hab (by have := Int.zero_dvd.mp h; omega)

/-- The number of roots is at most the degree. -/
theorem length_roots_le_degree_int {f : Polynomial Int} {n : Nat} (hf : HasDegree f n)
    {l : List Int} (hl : l.Nodup) (hroot : ∀ a, a ∈ l → IsRoot f a) : l.length ≤ n := by
  have hz : ∀ x, eval (f.take (n + 1)) x = eval f x := by
    have key : ∀ (n : Nat) (f : Polynomial Int), (∀ k, n ≤ k → coefficient f k = 0) →
        ∀ x, eval (f.take n) x = eval f x := by
      intro n
      induction n with
      | zero =>
        intro f h x
        induction f with
        | nil => rfl
        | cons a f ih =>
          have h1 := ih fun k _ => h (k + 1) (Nat.zero_le _)
          rw [List.take_zero] at h1 ⊢
          rw [eval_cons, ← h1, show a = 0 from h 0 (Nat.le_refl 0), eval_nil, Int.zero_add]
          exact (Int.mul_zero x).symm
      | succ n ih =>
        intro f h x
        cases f with
        | nil => rfl
        | cons a f =>
          rw [List.take_succ_cons, eval_cons, eval_cons,
            ih f fun k hk => h (k + 1) (Nat.succ_le_succ hk)]
    exact key (n + 1) f fun k hk => hf.2 k hk
  have hlt := hf.lt_length
  have hget : coefficient f n ∈ f.take (n + 1) := by
    rw [coefficient, List.getD_eq_getElem?_getD, List.getElem?_eq_getElem hlt, Option.getD_some]
    exact List.mem_take_iff_getElem.mpr ⟨n, by omega, rfl⟩
  have := length_roots_lt_int ⟨_, hget, hf.1⟩ hl fun a ha => (hz a).trans (hroot a ha)
  rw [List.length_take] at this
  omega

/-- Several different roots split off together (Descartes 1637). -/
theorem exists_factor_of_roots_int {p : Polynomial Int} {l : List Int} (hl : l.Nodup)
    (hroot : ∀ a, a ∈ l → IsRoot p a) :
    ∃ q : Polynomial Int, q.length = p.length - l.length ∧
      ∀ x, eval p x = product (l.map fun a => x - a) * eval q x := by
  induction l generalizing p with
  | nil => exact ⟨p, rfl, fun x => (Int.one_mul _).symm⟩
  | cons a t ih =>
    rw [List.nodup_cons] at hl
    have hfactor : ∀ x, eval p x = (x - a) * eval (divideLinear a p) x := fun x => by
      rw [eval_eq_eval_add_mul_divideLinear_int p a x, show eval p a = 0 from hroot a (.head _),
        Int.zero_add]
    obtain ⟨q, hlen, hq⟩ := ih (p := divideLinear a p) hl.2 fun b hb => by
      have h0 : eval p b = 0 := hroot b (.tail _ hb)
      rw [hfactor] at h0
      refine (Int.mul_eq_zero.mp h0).resolve_left fun h => hl.1 ?_
      rwa [show a = b by omega]
    refine ⟨q, by rw [hlen, length_divideLinear, List.length_cons]; omega, fun x => ?_⟩
    rw [hfactor, hq, List.map_cons, product_cons, Int.mul_assoc]

end Polynomial

end Reconstruct
