import NonVacuous.Models
import Reconstruct.Substitutions.Target.Values

/-! Not vacuous: the statements about the values of functions. -/

namespace Reconstruct.NonVacuous

theorem NumberOfValuesDivides : closure% Reconstruct.NumberOfValuesDivides.Statement := by
  have two : ∃ x y : (Fin 3 → Bool) → Bool, x ∈ [fun x => x 0, fun x => x 1, fun x => x 2] ∧
      y ∈ [fun x => x 0, fun x => x 1, fun x => x 2] ∧ x ≠ y :=
    ⟨fun x => x 0, fun x => x 1, by simp, by simp, fun h =>
      absurd (congrFun h fun i => i = 0) (by decide)⟩
  have differ : ([fun x => x 0, fun x => x 1, fun x => x 2] : List ((Fin 3 → Bool) →
      Bool)).Nodup := by
    simp only [List.nodup_cons, List.mem_cons, List.not_mem_nil, or_false, not_or,
        not_false_eq_true,
      List.nodup_nil, and_true]
    refine ⟨⟨fun h => ?_, fun h => ?_⟩, fun h => ?_⟩
    · exact absurd (congrFun h fun i => i = 0) (by decide)
    · exact absurd (congrFun h fun i => i = 0) (by decide)
    · exact absurd (congrFun h fun i => i = 1) (by decide)
  have values : ∀ g, g ∈ ([fun x => x 0, fun x => x 1, fun x => x 2] : List ((Fin 3 → Bool) →
      Bool)) ↔
      ∃ s : Substitution 3, g = fun x => x (s 0) := by
    intro g
    simp only [List.mem_cons, List.not_mem_nil, or_false]
    constructor
    · rintro (rfl | rfl | rfl)
      · exact ⟨1, rfl⟩
      · exact ⟨.swap 0 1, rfl⟩
      · exact ⟨.swap 0 2, rfl⟩
    · rintro ⟨s, rfl⟩
      have all : ∀ j : Fin 3, j = 0 ∨ j = 1 ∨ j = 2 := by decide
      rcases all (s 0) with h | h | h <;> simp [h]
  witness [3, Bool, Bool, fun x => x 0, [fun x => x 0, fun x => x 1, fun x => x 2]]

theorem UnchangedClosed : closure% Reconstruct.UnchangedClosed.Statement := by
  witness [3, Bool, Bool, fun x => x 0]

theorem ValuesTimesUnchanged : closure% Reconstruct.ValuesTimesUnchanged.Statement := by
  have two : ∃ x y : (Fin 3 → Bool) → Bool, x ∈ [fun x => x 0, fun x => x 1, fun x => x 2] ∧
      y ∈ [fun x => x 0, fun x => x 1, fun x => x 2] ∧ x ≠ y :=
    ⟨fun x => x 0, fun x => x 1, by simp, by simp, fun h =>
      absurd (congrFun h fun i => i = 0) (by decide)⟩
  have differ : ([fun x => x 0, fun x => x 1, fun x => x 2] : List ((Fin 3 → Bool) →
      Bool)).Nodup := by
    simp only [List.nodup_cons, List.mem_cons, List.not_mem_nil, or_false, not_or,
        not_false_eq_true,
      List.nodup_nil, and_true]
    refine ⟨⟨fun h => ?_, fun h => ?_⟩, fun h => ?_⟩
    · exact absurd (congrFun h fun i => i = 0) (by decide)
    · exact absurd (congrFun h fun i => i = 0) (by decide)
    · exact absurd (congrFun h fun i => i = 1) (by decide)
  have values : ∀ g, g ∈ ([fun x => x 0, fun x => x 1, fun x => x 2] : List ((Fin 3 → Bool) →
      Bool)) ↔
      ∃ s : Substitution 3, g = fun x => x (s 0) := by
    intro g
    simp only [List.mem_cons, List.not_mem_nil, or_false]
    constructor
    · rintro (rfl | rfl | rfl)
      · exact ⟨1, rfl⟩
      · exact ⟨.swap 0 1, rfl⟩
      · exact ⟨.swap 0 2, rfl⟩
    · rintro ⟨s, rfl⟩
      have all : ∀ j : Fin 3, j = 0 ∨ j = 1 ∨ j = 2 := by decide
      rcases all (s 0) with h | h | h <;> simp [h]
  have unchanged : ∀ s : Substitution 3, s ∈ [1, .swap 1 2] ↔ ∀ x : Fin 3 → Bool,
      x (s 0) = x 0 := by
    have leaves : ∀ s : Substitution 3, s ∈ [1, .swap 1 2] ↔ s 0 = 0 := by decide +kernel
    intro s
    rw [leaves]
    refine ⟨fun h x => by rw [h], fun h => ?_⟩
    have := h fun i => i = 0
    simpa using this
  witness [3, Bool, Bool, fun x => x 0, [fun x => x 0, fun x => x 1, fun x => x 2], [1,
    .swap 1 2]]

theorem FunctionForEveryPart : closure% Reconstruct.FunctionForEveryPart.Statement := by
  witness [3, Substitution.IsEven]

theorem SimilarFunctions : closure% Reconstruct.SimilarFunctions.Statement := by
  have same : ∀ s : Substitution 3, (∀ x : Fin 3 → Bool, x (s 0) = x 0) →
      ∀ x : Fin 3 → Bool, x (s 0) = x 0 := fun _ h => h
  witness [3, Bool, Bool, Bool, fun x => x 0, fun x => x 0, 1, 1, fun _ => true]

theorem FewValuesAreAtMostTwo : closure% Reconstruct.FewValuesAreAtMostTwo.Statement := by
  let f (x : Fin 3 → Fin 3) : Bool := (x 0, x 1, x 2) ∈ [((0 : Fin 3), (1 : Fin 3), (2 : Fin 3)),
      (1, 2, 0), (2, 0, 1)]
  let g (x : Fin 3 → Fin 3) : Bool := (x 0, x 1, x 2) ∈ [((1 : Fin 3), (0 : Fin 3), (2 : Fin 3)),
      (0, 2, 1), (2, 1, 0)]
  have differ : f ≠ g := fun h => absurd (congrFun h id) (by decide)
  have two : ∃ x y, x ∈ [f, g] ∧ y ∈ [f, g] ∧ x ≠ y := ⟨f, g, by simp, by simp, differ⟩
  have once : [f, g].Nodup := by simp [differ]
  have values : ∀ k, k ∈ [f, g] ↔ ∃ s : Substitution 3, k = fun x => f fun i => x (s i) := by
    intro k
    have forms : ∀ s : Substitution 3, (s 0 = 0 ∧ s 1 = 1 ∧ s 2 = 2) ∨ (s 0 = 1 ∧ s 1 = 2 ∧
        s 2 = 0) ∨
        (s 0 = 2 ∧ s 1 = 0 ∧ s 2 = 1) ∨ (s 0 = 1 ∧ s 1 = 0 ∧ s 2 = 2) ∨
        (s 0 = 0 ∧ s 1 = 2 ∧ s 2 = 1) ∨ (s 0 = 2 ∧ s 1 = 1 ∧ s 2 = 0) := by decide +kernel
    have same : ∀ a b c : Fin 3,
        (decide ((b, c, a) ∈ [((0 : Fin 3), (1 : Fin 3), (2 : Fin 3)), (1, 2, 0), (2, 0, 1)]) =
          decide ((a, b, c) ∈ [((0 : Fin 3), (1 : Fin 3), (2 : Fin 3)), (1, 2, 0), (2, 0, 1)])) ∧
        (decide ((b, a, c) ∈ [((0 : Fin 3), (1 : Fin 3), (2 : Fin 3)), (1, 2, 0), (2, 0, 1)]) =
          decide ((a, b, c) ∈ [((1 : Fin 3), (0 : Fin 3), (2 : Fin 3)), (0, 2, 1), (2, 1,
              0)])) := by
      decide +kernel
    constructor
    · intro h
      rcases List.mem_cons.1 h with rfl | h
      · exact ⟨1, rfl⟩
      · rw [List.mem_singleton.1 h]
        exact ⟨.swap 0 1, funext fun x => ((same (x 0) (x 1) (x 2)).2).symm⟩
    · rintro ⟨s, rfl⟩
      have even : ∀ h : (fun x => f fun i => x (s i)) = f, (fun x => f fun i => x (s i)) ∈ [f, g] :=
        fun h => by rw [h]; exact .head _
      have odd : ∀ h : (fun x => f fun i => x (s i)) = g, (fun x => f fun i => x (s i)) ∈ [f, g] :=
        fun h => by rw [h]; exact .tail _ (.head _)
      rcases forms s with ⟨h0, h1, h2⟩ | ⟨h0, h1, h2⟩ | ⟨h0, h1, h2⟩ | ⟨h0, h1, h2⟩ | ⟨h0, h1, h2⟩ |
        ⟨h0, h1, h2⟩
      · refine even (funext fun x => ?_)
        simp only [f, h0, h1, h2]
      · refine even (funext fun x => ?_)
        simp only [f, h0, h1, h2]
        exact (same (x 0) (x 1) (x 2)).1
      · refine even (funext fun x => ?_)
        simp only [f, h0, h1, h2]
        exact ((same (x 2) (x 0) (x 1)).1).symm
      · refine odd (funext fun x => ?_)
        simp only [f, g, h0, h1, h2]
        exact (same (x 0) (x 1) (x 2)).2
      · refine odd (funext fun x => ?_)
        simp only [f, g, h0, h1, h2]
        rw [← (same (x 0) (x 2) (x 1)).1, ← (same (x 2) (x 1) (x 0)).1]
        exact (same (x 0) (x 1) (x 2)).2
      · refine odd (funext fun x => ?_)
        simp only [f, g, h0, h1, h2]
        rw [← (same (x 2) (x 1) (x 0)).1]
        exact (same (x 0) (x 1) (x 2)).2
  witness [3, 3, Fin 3, Bool, f, [f, g]]

end Reconstruct.NonVacuous
