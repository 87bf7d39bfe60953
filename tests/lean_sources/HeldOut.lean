import Reconstruct.Substitutions.Foundation

/-!
# Held-out statements

Statements in the spirit of the target library that are not in it. They were written down before
the symbolic policy was last worked on and nothing is tuned for them one by one: the share of them
that a search proves tells whether its means are general. Sections follow the levels of the
library.
-/

open Reconstruct

namespace HeldOut

/-! ## Warm-ups -/

theorem identity_transformed (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (_ : ∀ a, m a e = a) (_ : ∀ a, m a (inv a) = e) : ∀ g, m (m g e) (inv g) = e := by
  sorry

theorem solution_of_equation (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (_ : ∀ a b c, m (m a b) c = m a (m b c)) (_ : ∀ a, m e a = a) (_ : ∀ a, m (inv a) a = e) :
    ∀ a b x, m a x = b → x = m (inv a) b := by
  sorry

theorem strike_out_middle (G : Type) (m : G → G → G)
    (_ : ∀ a b c, m a b = m a c → b = c) (_ : ∀ a b c, m b a = m c a → b = c) :
    ∀ a b c x, m (m a x) c = m (m a b) c → x = b := by
  sorry

theorem undone_twice_strike_out (G : Type) (m : G → G → G) (_ : ∀ a b, m a (m a b) = b) :
    ∀ a b c, m a b = m a c → b = c := by
  sorry

theorem five_factors (G : Type) (m : G → G → G) (_ : ∀ a b c, m (m a b) c = m a (m b c)) :
    ∀ a b c d x, m (m (m a b) (m c d)) x = m a (m b (m c (m d x))) := by
  sorry

theorem carried_to_equal (G H : Type) (m : G → G → G) (n : H → H → H) (f : G → H)
    (_ : ∀ a b, f (m a b) = n (f a) (f b)) : ∀ a b c, f a = f b → f (m a c) = f (m b c) := by
  sorry

theorem absorbing_unique (G : Type) (m : G → G → G) (z w : G)
    (_ : ∀ a, m z a = z) (_ : ∀ a, m a w = w) : z = w := by
  sorry

theorem common_multiple (G : Type) (m : G → G → G) (_ : ∀ a b c, m (m a b) c = m a (m b c))
    (_ : ∀ a b, m a b = m b a) : ∀ a b, ∃ c, (∃ x, m a x = c) ∧ ∃ y, m b y = c := by
  sorry

theorem undo_substitution (n : Nat) (s t : Substitution n) : s * t = 1 → t * s = 1 := by
  sorry

theorem product_of_three_undone (n : Nat) (s t u : Substitution n) :
    (s * t * u)⁻¹ = u⁻¹ * (t⁻¹ * s⁻¹) := by
  sorry

/-! ## First consequences -/

theorem own_inverse_iff (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (_ : ∀ a b c, m (m a b) c = m a (m b c)) (_ : ∀ a, m e a = a) (_ : ∀ a, m a e = a)
    (_ : ∀ a, m (inv a) a = e) (_ : ∀ a, m a (inv a) = e) : ∀ a, inv a = a ↔ m a a = e := by
  sorry

theorem inverse_of_three (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (_ : ∀ a b c, m (m a b) c = m a (m b c)) (_ : ∀ a, m e a = a) (_ : ∀ a, m a e = a)
    (_ : ∀ a, m (inv a) a = e) (_ : ∀ a, m a (inv a) = e) :
    ∀ a b c, inv (m (m a b) c) = m (inv c) (m (inv b) (inv a)) := by
  sorry

theorem surrounded_interchange (G : Type) (m : G → G → G)
    (_ : ∀ a b c, m (m a b) c = m a (m b c)) (_ : ∀ a b, m a (m b a) = b) :
    ∀ a b, m a b = m b a := by
  sorry

theorem interchange_iff_transformed_same (G : Type) (m : G → G → G) (e : G) (inv : G → G)
    (_ : ∀ a b c, m (m a b) c = m a (m b c)) (_ : ∀ a, m e a = a) (_ : ∀ a, m a e = a)
    (_ : ∀ a, m (inv a) a = e) (_ : ∀ a, m a (inv a) = e) :
    (∀ a b, m a b = m b a) ↔ ∀ a b, m (m a b) (inv a) = b := by
  sorry

theorem outside_times_inside (G : Type) (m : G → G → G) (e : G) (inv : G → G) (P : G → Prop)
    (_ : ∀ a b c, m (m a b) c = m a (m b c)) (_ : ∀ a, m a e = a) (_ : ∀ a, m a (inv a) = e)
    (_ : ∀ a b, P a → P b → P (m a b)) (_ : ∀ a, P a → P (inv a)) :
    ∀ a b, ¬ P a → P b → ¬ P (m a b) := by
  sorry

theorem carried_product_inside (G H : Type) (m : G → G → G) (n : H → H → H) (f : G → H)
    (P : H → Prop) (_ : ∀ a b, f (m a b) = n (f a) (f b)) (_ : ∀ x y, P x → P y → P (n x y)) :
    ∀ a b c, P (f a) → P (f b) → P (f c) → P (f (m (m a b) c)) := by
  sorry

theorem moved_alike (G : Type) (m : G → G → G) (e : G) (inv : G → G) (X : Type) (t : G → X → X)
    (_ : ∀ a, m (inv a) a = e) (_ : ∀ x, t e x = x) (_ : ∀ a b x, t (m a b) x = t a (t b x)) :
    ∀ a x y, t a x = t a y → x = y := by
  sorry

theorem reached_back (G : Type) (m : G → G → G) (e : G) (inv : G → G) (X : Type) (t : G → X → X)
    (_ : ∀ a, m (inv a) a = e) (_ : ∀ x, t e x = x) (_ : ∀ a b x, t (m a b) x = t a (t b x)) :
    ∀ x y, (∃ a, t a x = y) → ∃ b, t b y = x := by
  sorry

theorem power_of_identity (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G)
    (_ : ∀ a, m a e = a) (_ : ∀ a, pw a 0 = e) (_ : ∀ a k, pw a (k + 1) = m (pw a k) a) :
    ∀ k, pw e k = e := by
  sorry

theorem power_interchanges (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G)
    (_ : ∀ a b c, m (m a b) c = m a (m b c)) (_ : ∀ a, m e a = a) (_ : ∀ a, m a e = a)
    (_ : ∀ a, pw a 0 = e) (_ : ∀ a k, pw a (k + 1) = m (pw a k) a) :
    ∀ a b k, m a b = m b a → m (pw a k) b = m b (pw a k) := by
  sorry

theorem power_belongs (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G) (P : G → Prop)
    (_ : ∀ a, pw a 0 = e) (_ : ∀ a k, pw a (k + 1) = m (pw a k) a)
    (_ : P e) (_ : ∀ a b, P a → P b → P (m a b)) : ∀ a k, P a → P (pw a k) := by
  sorry

theorem power_after_period (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G)
    (_ : ∀ a b c, m (m a b) c = m a (m b c)) (_ : ∀ a, m e a = a) (_ : ∀ a, m a e = a)
    (_ : ∀ a, pw a 0 = e) (_ : ∀ a k, pw a (k + 1) = m (pw a k) a) :
    ∀ a d k, pw a d = e → pw a (d + k) = pw a k := by
  sorry

theorem multiple_of_period (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G)
    (_ : ∀ a b c, m (m a b) c = m a (m b c)) (_ : ∀ a, m e a = a) (_ : ∀ a, m a e = a)
    (_ : ∀ a, pw a 0 = e) (_ : ∀ a k, pw a (k + 1) = m (pw a k) a) :
    ∀ a d q, pw a d = e → pw a (d * q) = e := by
  sorry

theorem cube_by_three (a : Int) : Congruent 3 (a * a * a) a := by
  sorry

theorem no_square_two_by_three (a : Int) : ¬ Congruent 3 (a * a) 2 := by
  sorry

theorem powers_of_six_by_five (k : Nat) : Congruent 5 ((6 : Int) ^ k) 1 := by
  sorry

theorem congruent_squares (m a b : Int) : Congruent m (a + b) 0 → Congruent m (a * a) (b * b) := by
  sorry

theorem congruent_polynomial (m a b c : Int) :
    Congruent m a b → Congruent m (a * a + c * a) (b * b + c * b) := by
  sorry

theorem left_in_place_by_inverse (n : Nat) (s : Substitution n) (i : Fin n) :
    s i = i → s⁻¹ i = i := by
  sorry

theorem interchange_with_inverse (n : Nat) (s t : Substitution n) :
    s * t = t * s → s⁻¹ * t = t * s⁻¹ := by
  sorry

theorem transposition_interchange (n : Nat) (s : Substitution n) (i j : Fin n) :
    s i = i → s j = j → s * Substitution.swap i j = Substitution.swap i j * s := by
  sorry

theorem length_copies (f : List Nat → List Nat) (_ : f [] = [])
    (_ : ∀ x xs, f (x :: xs) = x :: x :: x :: f xs) : ∀ xs, (f xs).length = 3 * xs.length := by
  sorry

theorem sum_of_odd (f : Nat → Nat) (_ : f 0 = 0) (_ : ∀ k, f (k + 1) = f k + (2 * k + 1)) :
    ∀ k, f k = k * k := by
  sorry

/-! ## Counting, and what arises -/

theorem same_members_same_count (G : Type) (H K : List G) (_ : H.Nodup) (_ : K.Nodup)
    (_ : ∀ a, a ∈ H ↔ a ∈ K) : H.length = K.length := by
  sorry

theorem different_reaches_all (G : Type) (L : List G) (f : G → G) (_ : L.Nodup) (_ : ∀ a, a ∈ L)
    (_ : ∀ a b, f a = f b → a = b) : ∀ y, ∃ x, f x = y := by
  sorry

theorem inverses_listed_once (G : Type) (inv : G → G) (H : List G) (_ : ∀ a, inv (inv a) = a)
    (_ : H.Nodup) : (H.map inv).Nodup ∧ (H.map inv).length = H.length := by
  sorry

theorem members_with_property (G : Type) (H : List G) (P : G → Prop) :
    ∃ C : List G, C.Nodup ∧ ∀ x, x ∈ C ↔ x ∈ H ∧ P x := by
  sorry

theorem some_powers_agree (G : Type) (m : G → G → G) (e : G) (pw : G → Nat → G) (L : List G)
    (_ : ∀ a, pw a 0 = e) (_ : ∀ a k, pw a (k + 1) = m (pw a k) a) (_ : ∀ a, a ∈ L) :
    ∀ a, ∃ j k, j < k ∧ pw a j = pw a k := by
  sorry

theorem arising_within (G : Type) (m : G → G → G) (S A P : G → Prop)
    (_ : ∀ x, A x ↔ ∀ Q : G → Prop, (∀ a b, Q a → Q b → Q (m a b)) → (∀ a, S a → Q a) → Q x)
    (_ : ∀ a b, P a → P b → P (m a b)) (_ : ∀ a, S a → P a) : ∀ a, A a → P a := by
  sorry

theorem arising_interchange_with_one (G : Type) (m : G → G → G) (S A : G → Prop) (g : G)
    (_ : ∀ a b c, m (m a b) c = m a (m b c))
    (_ : ∀ x, A x ↔ ∀ Q : G → Prop, (∀ a b, Q a → Q b → Q (m a b)) → (∀ a, S a → Q a) → Q x)
    (_ : ∀ a, S a → m a g = m g a) : ∀ a, A a → m a g = m g a := by
  sorry

theorem unchanged_by_other_factor (n : Nat) (X Y : Type) (f : (Fin n → X) → Y)
    (s t : Substitution n) (_ : ∀ x, f (fun i => x (s i)) = f x)
    (_ : ∀ x, f (fun i => x ((s * t) i)) = f x) : ∀ x, f (fun i => x (t i)) = f x := by
  sorry

end HeldOut
