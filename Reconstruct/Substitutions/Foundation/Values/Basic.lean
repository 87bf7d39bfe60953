import Reconstruct.Substitutions.Foundation.Substitution.Enumeration

/-!
# The number of values of a function of `n` letters

Lagrange ("Réflexions", 1770–71, articles 86–100) considers a function of the roots `x₀, …, xₙ₋₁` as
a form, and asks how many different forms arise when the roots are exchanged in all possible ways.
For three roots `x₀ x₁ + x₂` takes three values, `x₀ + x₁ + x₂` only one, and the product of the
differences `x₀ - x₁`, `x₀ - x₂`, `x₁ - x₂` two. Ruffini (1799) and Cauchy (1815) ask which numbers
of values are possible at all.

Two forms are the same when they agree for all values of the letters, which are arbitrary things of
a kind `α`.
-/

namespace Reconstruct

universe u v

/-- A function of `n` letters: it gives a `β` when each letter is given a value in `α`. -/
abbrev LetterFunction (n : Nat) (α : Type u) (β : Type v) := (Fin n → α) → β

namespace LetterFunction

variable {n : Nat} {α : Type u} {β : Type v}

/-- The form that arises when each letter `xᵢ` is replaced by `x_{σ i}`. -/
def permuted (f : LetterFunction n α β) (σ : Substitution n) : LetterFunction n α β :=
  fun x => f fun i => x (σ i)

/-- The form that arises, given values of the letters. -/
theorem permuted_apply (f : LetterFunction n α β) (σ : Substitution n) (x : Fin n → α) :
    f.permuted σ x = f fun i => x (σ i) := rfl

/-- The identical substitution keeps the form. -/
@[simp] theorem permuted_one (f : LetterFunction n α β) : f.permuted 1 = f := rfl

/-- Two substitutions after each other: the one made first is the right factor. -/
theorem permuted_permuted (f : LetterFunction n α β) (σ τ : Substitution n) :
    (f.permuted σ).permuted τ = f.permuted (τ * σ) := rfl

/-- The inverse substitution restores the form. -/
@[simp] theorem permuted_permuted_inv (f : LetterFunction n α β) (σ : Substitution n) :
    (f.permuted σ).permuted σ⁻¹ = f := by
  rw [permuted_permuted, Substitution.inv_mul_cancel, permuted_one]

/-- The inverse substitution is undone as well. -/
@[simp] theorem permuted_inv_permuted (f : LetterFunction n α β) (σ : Substitution n) :
    (f.permuted σ⁻¹).permuted σ = f := by
  rw [permuted_permuted, Substitution.mul_inv_cancel, permuted_one]

/-- Different forms stay different under the same substitution. -/
theorem permuted_injective {f g : LetterFunction n α β} {σ : Substitution n}
    (h : f.permuted σ = g.permuted σ) : f = g := by
  rw [← f.permuted_permuted_inv σ, h, permuted_permuted_inv]

/-! ### Substitutions that leave a function unchanged -/

/-- A substitution leaves a function unchanged when it gives the same form (Lagrange 1770). -/
def Unchanged (f : LetterFunction n α β) (σ : Substitution n) : Prop := f.permuted σ = f

/-- The identical substitution leaves every function unchanged. -/
theorem unchanged_one (f : LetterFunction n α β) : f.Unchanged 1 := rfl

/-- With two substitutions their product leaves a function unchanged (Ruffini 1799). -/
theorem Unchanged.mul {f : LetterFunction n α β} {σ τ : Substitution n} (hσ : f.Unchanged σ)
    (hτ : f.Unchanged τ) : f.Unchanged (σ * τ) := by
  unfold Unchanged at *
  rw [← permuted_permuted, hτ, hσ]

/-- With a substitution its inverse leaves a function unchanged. -/
theorem Unchanged.inv {f : LetterFunction n α β} {σ : Substitution n} (hσ : f.Unchanged σ) :
    f.Unchanged σ⁻¹ := by
  unfold Unchanged at *
  conv => lhs; rw [← hσ]
  exact f.permuted_permuted_inv σ

/-- With a substitution its powers leave a function unchanged. -/
theorem Unchanged.pow {f : LetterFunction n α β} {σ : Substitution n} (hσ : f.Unchanged σ)
    (k : Nat) : f.Unchanged (σ ^ k) := by
  induction k with
  | zero => exact f.unchanged_one
  | succ k ih => exact ih.mul hσ

/-- Two substitutions give the same form exactly when the one undone after the other leaves the
function unchanged (Lagrange 1770, article 97). -/
theorem permuted_eq_permuted_iff {f : LetterFunction n α β} {σ τ : Substitution n} :
    f.permuted σ = f.permuted τ ↔ f.Unchanged (τ⁻¹ * σ) := by
  unfold Unchanged
  rw [← permuted_permuted]
  constructor
  · intro h
    rw [h, permuted_permuted_inv]
  · intro h
    apply permuted_injective (σ := τ⁻¹)
    rw [h, permuted_permuted_inv]

/-- The new form is left unchanged by the old substitutions with the letters renamed. -/
theorem unchanged_permuted_iff {f : LetterFunction n α β} {σ τ : Substitution n} :
    (f.permuted σ).Unchanged τ ↔ f.Unchanged (σ⁻¹ * τ * σ) := by
  unfold Unchanged
  rw [permuted_permuted, permuted_eq_permuted_iff, ← Substitution.mul_assoc]
  rfl

/-! ### The values -/

/-- A form is a value of `f` when some substitution of the letters makes it from `f`. -/
def IsValue (f g : LetterFunction n α β) : Prop := ∃ σ, f.permuted σ = g

/-- A function is one of its own values. -/
theorem isValue_self (f : LetterFunction n α β) : f.IsValue f := ⟨1, rfl⟩

/-- What `f` is made into by a substitution is a value of `f`. -/
theorem isValue_permuted (f : LetterFunction n α β) (σ : Substitution n) :
    f.IsValue (f.permuted σ) := ⟨σ, rfl⟩

/-- If `g` is a value of `f`, then `f` is one of `g`. -/
theorem IsValue.symm {f g : LetterFunction n α β} (h : f.IsValue g) : g.IsValue f := by
  obtain ⟨σ, rfl⟩ := h
  exact ⟨σ⁻¹, f.permuted_permuted_inv σ⟩

/-- A value of a value is a value. -/
theorem IsValue.trans {f g h : LetterFunction n α β} (hfg : f.IsValue g) (hgh : g.IsValue h) :
    f.IsValue h := by
  obtain ⟨σ, rfl⟩ := hfg
  obtain ⟨τ, rfl⟩ := hgh
  exact ⟨τ * σ, rfl⟩

/-- `f` has `k` values under the substitutions of its letters: some list without repetition of
length `k` consists of exactly the forms that arise. -/
def HasValues (f : LetterFunction n α β) (k : Nat) : Prop :=
  ∃ l : List (LetterFunction n α β), l.Nodup ∧ (∀ g, g ∈ l ↔ f.IsValue g) ∧ l.length = k

/-- A function has only one number of values. -/
theorem HasValues.unique {f : LetterFunction n α β} {j k : Nat} (hj : f.HasValues j)
    (hk : f.HasValues k) : j = k := by
  obtain ⟨l, hl, hmem, rfl⟩ := hj
  obtain ⟨l', hl', hmem', rfl⟩ := hk
  exact length_eq_of_nodup_of_mem_iff hl hl' fun g => (hmem g).trans (hmem' g).symm

/-- Every function has a number of values. -/
theorem exists_hasValues (f : LetterFunction n α β) : ∃ k, f.HasValues k := by
  obtain ⟨l, hl, hmem⟩ := exists_nodup_of_list ((Substitution.all n).map f.permuted)
  refine ⟨l.length, l, hl, fun g => ?_, rfl⟩
  rw [hmem, List.mem_map]
  exact ⟨fun ⟨σ, _, h⟩ => ⟨σ, h⟩, fun ⟨σ, h⟩ => ⟨σ, Substitution.mem_all σ, h⟩⟩

/-- There is at least one value. -/
theorem HasValues.pos {f : LetterFunction n α β} {k : Nat} (h : f.HasValues k) : 0 < k := by
  obtain ⟨l, _, hmem, rfl⟩ := h
  exact List.length_pos_of_mem ((hmem f).mpr f.isValue_self)

/-- There are at most `n!` values (Lagrange 1770). -/
theorem HasValues.le_factorial {f : LetterFunction n α β} {k : Nat} (h : f.HasValues k) :
    k ≤ factorial n := by
  obtain ⟨l, hl, hmem, rfl⟩ := h
  have := length_le_of_subset hl (l₂ := (Substitution.all n).map f.permuted) fun g hg => by
    obtain ⟨σ, hσ⟩ := (hmem g).mp hg
    exact List.mem_map.mpr ⟨σ, Substitution.mem_all σ, hσ⟩
  rwa [List.length_map, Substitution.length_all] at this

/-- The values of a function have as many values as the function itself. -/
theorem HasValues.of_isValue {f g : LetterFunction n α β} {k : Nat} (h : f.HasValues k)
    (hg : f.IsValue g) : g.HasValues k := by
  obtain ⟨l, hl, hmem, hlen⟩ := h
  exact ⟨l, hl, fun g' => (hmem g').trans ⟨hg.symm.trans, hg.trans⟩, hlen⟩

/-! ### Symmetric functions -/

/-- A function is symmetric when every substitution leaves it unchanged. -/
def IsSymmetric (f : LetterFunction n α β) : Prop := ∀ σ, f.Unchanged σ

/-- The symmetric functions are those with one value. -/
theorem hasValues_one_iff {f : LetterFunction n α β} : f.HasValues 1 ↔ f.IsSymmetric := by
  constructor
  · rintro ⟨l, _, hmem, hlen⟩ σ
    obtain ⟨g, rfl⟩ := List.length_eq_one_iff.mp hlen
    have h₁ := List.mem_singleton.mp ((hmem f).mpr f.isValue_self)
    have h₂ := List.mem_singleton.mp ((hmem _).mpr (f.isValue_permuted σ))
    exact h₂.trans h₁.symm
  · intro h
    refine ⟨[f], by simp, fun g => ?_, rfl⟩
    rw [List.mem_singleton]
    exact ⟨fun hg => hg ▸ f.isValue_self, fun ⟨σ, hσ⟩ => hσ ▸ h σ⟩

/-- It is enough to test a function on transpositions. -/
theorem isSymmetric_iff_swap {f : LetterFunction n α β} :
    f.IsSymmetric ↔ ∀ i j, f.Unchanged (Substitution.swap i j) :=
  ⟨fun h _ _ => h _, fun h σ => Substitution.induction_swap f.unchanged_one
    (fun _ _ _ _ hs => (h _ _).mul hs) σ⟩

end LetterFunction

end Reconstruct
