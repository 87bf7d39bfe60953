import Reconstruct.Substitutions.Foundation.Substitution.Basic

/-! Raw laws as hypotheses, substitutions, and words whose older sense is visible. -/

variable {α : Type} (m : α → α → α) (e : α) (i : α → α)

/-- From the laws of an operation: the degree, order and root of the matter are cancellation. -/
theorem left_cancel (assoc : ∀ a b c, m (m a b) c = m a (m b c)) (unit : ∀ a, m e a = a)
    (inv : ∀ a, m (i a) a = e) (a b c : α) (h : m a b = m a c) : b = c := by
  have := congrArg (m (i a)) h
  simpa [← assoc, inv, unit] using this

theorem twice (s : Reconstruct.Substitution 3) : s * 1 * 1 = s * 1 := by simp
