import Reconstruct.Substitutions.Foundation.Collection.Count

/-!
# Listing all combinations

All pairs, all words of a given length, and their numbers: Buteo (1559), Jacob Bernoulli, *Ars
conjectandi* (1713). There are `k ^ n` words of `n` letters out of `k`.
-/

namespace Reconstruct

/-- All pairs of a member of `l` and a member of `m`. -/
def allPairs {α β : Type _} (l : List α) (m : List β) : List (α × β) :=
  l.flatMap fun a => m.map fun b => (a, b)

/-- Membership in the list of all pairs. -/
theorem mem_allPairs {α β : Type _} {l : List α} {m : List β} {x : α × β} :
    x ∈ allPairs l m ↔ x.1 ∈ l ∧ x.2 ∈ m := by
  rw [allPairs, List.mem_flatMap]
  constructor
  · rintro ⟨a, ha, hx⟩
    obtain ⟨b, hb, rfl⟩ := List.mem_map.mp hx
    exact ⟨ha, hb⟩
  · rintro ⟨h1, h2⟩
    exact ⟨x.1, h1, List.mem_map.mpr ⟨x.2, h2, rfl⟩⟩

/-- The number of pairs is the product of the two numbers. -/
theorem length_allPairs {α β : Type _} (l : List α) (m : List β) :
    (allPairs l m).length = l.length * m.length := by
  rw [allPairs, length_flatMap_eq_sum]
  exact sum_map_eq_length_mul fun a _ => List.length_map _

/-- Each pair is listed once. -/
theorem nodup_allPairs {α β : Type _} {l : List α} {m : List β} (hl : l.Nodup) (hm : m.Nodup) :
    (allPairs l m).Nodup := by
  refine nodup_flatMap hl (fun a _ => nodup_map (fun b c h => (Prod.mk.inj h).2) hm) ?_
  intro a _ b _ x hxa hxb
  obtain ⟨_, _, rfl⟩ := List.mem_map.mp hxa
  obtain ⟨_, _, h⟩ := List.mem_map.mp hxb
  exact (Prod.mk.inj h).1.symm

/-- All words of `n` letters out of the list `l`, letters may repeat. -/
def allWords {α : Type _} (l : List α) : Nat → List (List α)
  | 0 => [[]]
  | n + 1 => l.flatMap fun a => (allWords l n).map fun w => a :: w

/-- A word is in the list when it has the right length and its letters are in `l`. -/
theorem mem_allWords {α : Type _} {l : List α} {n : Nat} {w : List α} :
    w ∈ allWords l n ↔ w.length = n ∧ ∀ a, a ∈ w → a ∈ l := by
  induction n generalizing w with
  | zero =>
    rw [allWords, List.mem_singleton]
    constructor
    · rintro rfl
      exact ⟨rfl, fun a h => absurd h List.not_mem_nil⟩
    · rintro ⟨h, _⟩
      exact List.length_eq_zero_iff.mp h
  | succ n ih =>
    rw [allWords, List.mem_flatMap]
    constructor
    · rintro ⟨a, ha, hw⟩
      obtain ⟨v, hv, rfl⟩ := List.mem_map.mp hw
      obtain ⟨h1, h2⟩ := ih.mp hv
      refine ⟨by rw [List.length_cons, h1], fun b hb => ?_⟩
      rcases List.mem_cons.mp hb with rfl | hb
      · exact ha
      · exact h2 b hb
    · rintro ⟨h1, h2⟩
      cases w with
      | nil => exact absurd h1 (by simp)
      | cons a v =>
        refine ⟨a, h2 a (.head _), List.mem_map.mpr ⟨v, ih.mpr ⟨?_, ?_⟩, rfl⟩⟩
        · rw [List.length_cons] at h1; omega
        · exact fun b hb => h2 b (.tail _ hb)

/-- There are `k ^ n` words of `n` letters out of `k` (Jacob Bernoulli 1713). -/
theorem length_allWords {α : Type _} (l : List α) (n : Nat) :
    (allWords l n).length = l.length ^ n := by
  induction n with
  | zero => rfl
  | succ n ih =>
    rw [allWords, length_flatMap_eq_sum, sum_map_eq_length_mul (c := l.length ^ n), Nat.pow_succ,
      Nat.mul_comm]
    intro a _
    rw [List.length_map, ih]

/-- Each word is listed once. -/
theorem nodup_allWords {α : Type _} {l : List α} (hl : l.Nodup) (n : Nat) :
    (allWords l n).Nodup := by
  induction n with
  | zero => exact nodup_singleton []
  | succ n ih =>
    refine nodup_flatMap hl (fun a _ => nodup_map (fun v w h => (List.cons.inj h).2) ih) ?_
    intro a _ b _ x hxa hxb
    obtain ⟨_, _, rfl⟩ := List.mem_map.mp hxa
    obtain ⟨_, _, h⟩ := List.mem_map.mp hxb
    exact (List.cons.inj h).1.symm

/-- All selections of members of a list, in the order of the list (its `2 ^ n` parts). -/
def allParts {α : Type _} : List α → List (List α)
  | [] => [[]]
  | a :: t => allParts t ++ (allParts t).map fun s => a :: s

/-- The parts of a list are its sublists. -/
theorem mem_allParts {α : Type _} {l s : List α} : s ∈ allParts l ↔ s.Sublist l := by
  induction l generalizing s with
  | nil => rw [allParts, List.mem_singleton, List.sublist_nil]
  | cons a t ih =>
    rw [allParts, List.mem_append, List.mem_map, ih, List.sublist_cons_iff]
    constructor
    · rintro (h | ⟨r, hr, rfl⟩)
      · exact Or.inl h
      · exact Or.inr ⟨r, rfl, ih.mp hr⟩
    · rintro (h | ⟨r, rfl, hr⟩)
      · exact Or.inl h
      · exact Or.inr ⟨r, ih.mpr hr, rfl⟩

/-- A list of `n` things has `2 ^ n` parts. -/
theorem length_allParts {α : Type _} (l : List α) : (allParts l).length = 2 ^ l.length := by
  induction l with
  | nil => rfl
  | cons a t ih =>
    rw [allParts, List.length_append, List.length_map, ih, List.length_cons, Nat.pow_succ]
    omega

end Reconstruct
