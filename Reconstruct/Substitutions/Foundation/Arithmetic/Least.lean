/-!
# Least and largest numbers

A property of numbers that holds somewhere holds at a least number: Euclid's manner of concluding
(VII.31) and Fermat's descent (1659). A property that holds somewhere and is bounded holds at a
largest number.
-/

namespace Reconstruct

/-- If some number has a property, there is a least one (Euclid VII.31, Fermat 1659). -/
theorem exists_least {P : Nat → Prop} (h : ∃ n, P n) : ∃ n, P n ∧ ∀ m, P m → n ≤ m := by
  have key : ∀ n, P n → ∃ n, P n ∧ ∀ m, P m → n ≤ m := by
    intro n
    induction n using Nat.strongRecOn with
    | _ n ih =>
      intro hn
      by_cases hlt : ∃ m, m < n ∧ P m
      · obtain ⟨m, hm, hP⟩ := hlt
        exact ih m hm hP
      · exact ⟨n, hn, fun m hP => Nat.le_of_not_lt fun hm => hlt ⟨m, hm, hP⟩⟩
  obtain ⟨n, hn⟩ := h
  exact key n hn

/-- If some number has a property and none beyond `b` has it, there is a largest one. -/
theorem exists_largest {P : Nat → Prop} {b : Nat} (h : ∃ n, P n) (hb : ∀ n, P n → n ≤ b) :
    ∃ n, P n ∧ ∀ m, P m → m ≤ n := by
  obtain ⟨n, hn⟩ := h
  obtain ⟨d, ⟨hd, hle⟩, hmin⟩ := exists_least (P := fun d => P (b - d) ∧ d ≤ b)
    ⟨b - n, by have := hb n hn; rw [show b - (b - n) = n by omega]; exact hn, by omega⟩
  refine ⟨b - d, hd, fun m hm => ?_⟩
  have h1 := hb m hm
  have h2 := hmin (b - m) ⟨by rw [show b - (b - m) = m by omega]; exact hm, by omega⟩
  omega

/-- Among the things with a property there is one of least measure. -/
theorem exists_minimal {α : Type _} {P : α → Prop} (f : α → Nat) (h : ∃ a, P a) :
    ∃ a, P a ∧ ∀ b, P b → f a ≤ f b := by
  obtain ⟨a, ha⟩ := h
  obtain ⟨n, ⟨b, hb, hf⟩, hmin⟩ := exists_least (P := fun n => ∃ b, P b ∧ f b = n) ⟨f a, a, ha, rfl⟩
  exact ⟨b, hb, fun c hc => hf ▸ hmin (f c) ⟨c, hc, rfl⟩⟩

/-- Among the things with a property there is one of largest measure, if the measure is bounded. -/
theorem exists_maximal {α : Type _} {P : α → Prop} (f : α → Nat) {m : Nat} (h : ∃ a, P a)
    (hm : ∀ a, P a → f a ≤ m) : ∃ a, P a ∧ ∀ b, P b → f b ≤ f a := by
  obtain ⟨a, ha⟩ := h
  obtain ⟨n, ⟨b, hb, hf⟩, hmax⟩ := exists_largest (P := fun n => ∃ b, P b ∧ f b = n) (b := m)
    ⟨f a, a, ha, rfl⟩ fun n ⟨c, hc, hn⟩ => hn ▸ hm c hc
  exact ⟨b, hb, fun c hc => hf ▸ hmax (f c) ⟨c, hc, rfl⟩⟩

/-- There is no endless descent of numbers (Fermat 1659). -/
theorem no_infinite_descent (f : Nat → Nat) : ∃ n, f n ≤ f (n + 1) := by
  obtain ⟨n, _, h⟩ := exists_minimal (P := fun _ => True) f ⟨0, trivial⟩
  exact ⟨n, h (n + 1) trivial⟩

end Reconstruct
