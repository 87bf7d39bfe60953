/-!
# Operations and their laws

The laws of one operation, as predicates on the raw operation. They are what later mathematics made
of the composition of substitutions: Cayley (1854) wrote the laws down for symbols of any kind,
Weber and von Dyck (both 1882) took them as axioms. A predicate on raw operations can be compared
directly with a definition that was invented without these names.
-/

namespace Reconstruct.Reference

universe u

variable {α : Type u}

/-- A magma: a set with an operation, no law asked (the name is Bourbaki's, 1970; "groupoid" with
Hausmann and Ore, 1937). -/
structure Magma (α : Type u) where
  /-- The operation. -/
  mul : α → α → α

/-- The operation does not depend on brackets (the name "associative" is Hamilton's, 1843). -/
def IsAssociative (m : α → α → α) : Prop := ∀ a b c, m (m a b) c = m a (m b c)

/-- The operation does not depend on the order of its arguments ("commutative" is Servois's, 1814,
as a law of an abstract operation Cayley's, 1854). -/
def IsCommutative (m : α → α → α) : Prop := ∀ a b, m a b = m b a

/-- `e` changes nothing on either side: a neutral or identity element (Cayley 1854). -/
structure IsIdentity (m : α → α → α) (e : α) : Prop where
  /-- Neutral as a left factor. -/
  one_mul : ∀ a, m e a = a
  /-- Neutral as a right factor. -/
  mul_one : ∀ a, m a e = a

/-- `i` gives every element an inverse on both sides (Weber 1882). -/
structure IsInverse (m : α → α → α) (e : α) (i : α → α) : Prop where
  /-- The inverse as a left factor. -/
  inv_mul : ∀ a, m (i a) a = e
  /-- The inverse as a right factor. -/
  mul_inv : ∀ a, m a (i a) = e

/-- Equal products with the same left factor have equal right factors. -/
def IsLeftCancellative (m : α → α → α) : Prop := ∀ a b c, m a b = m a c → b = c

/-- Equal products with the same right factor have equal left factors. -/
def IsRightCancellative (m : α → α → α) : Prop := ∀ a b c, m b a = m c a → b = c

/-- A quasigroup: both equations `a x = b` and `y a = b` have exactly one solution (the name is
Moufang's, 1935; the property is Latin squares', Euler 1782). -/
structure IsQuasigroup (m : α → α → α) : Prop where
  /-- `a x = b` has exactly one solution. -/
  solve_right : ∀ a b, ∃ x, m a x = b ∧ ∀ y, m a y = b → y = x
  /-- `y a = b` has exactly one solution. -/
  solve_left : ∀ a b, ∃ x, m x a = b ∧ ∀ y, m y a = b → y = x

/-- A semigroup: an associative operation (de Séguier 1904). -/
def IsSemigroup (m : α → α → α) : Prop := IsAssociative m

/-- A monoid: an associative operation with an identity element (the name spread in the 1940s with
Bourbaki). -/
structure IsMonoid (m : α → α → α) (e : α) : Prop where
  /-- The operation is associative. -/
  assoc : IsAssociative m
  /-- There is an identity element. -/
  identity : IsIdentity m e

/-- A group: an associative operation with an identity element and inverses (Galois 1830 for
substitutions, Cayley 1854 for symbols, axioms by Weber and von Dyck 1882). -/
structure IsGroup (m : α → α → α) (e : α) (i : α → α) : Prop where
  /-- The operation is associative. -/
  assoc : IsAssociative m
  /-- There is an identity element. -/
  identity : IsIdentity m e
  /-- Every element has an inverse. -/
  inverse : IsInverse m e i

/-- An operation that makes its carrier a group, identity and inverses not named. -/
def IsGroupOperation (m : α → α → α) : Prop := ∃ e i, IsGroup m e i

/-- An abelian group: a group whose operation is commutative (Abel 1829 studied such substitutions,
Jordan 1870 gave them his name). -/
structure IsAbelianGroup (m : α → α → α) (e : α) (i : α → α) : Prop extends IsGroup m e i where
  /-- The operation is commutative. -/
  comm : IsCommutative m

variable {m : α → α → α} {e e' : α} {i j : α → α}

/-- There is at most one identity element. -/
theorem IsIdentity.unique (h : IsIdentity m e) (h' : IsIdentity m e') : e = e' := by
  rw [← h'.mul_one e, h.one_mul]

/-- In a monoid an element has at most one inverse. -/
theorem IsMonoid.inverse_unique (h : IsMonoid m e) {a b c : α} (hb : m b a = e) (hc : m a c = e) :
    b = c := by
  rw [← h.identity.mul_one b, ← hc, ← h.assoc, hb, h.identity.one_mul]

/-- A group is a monoid. -/
theorem IsGroup.isMonoid (h : IsGroup m e i) : IsMonoid m e := ⟨h.assoc, h.identity⟩

/-- In a group the inverses are determined by the operation. -/
theorem IsGroup.inverse_unique (h : IsGroup m e i) (h' : IsGroup m e j) : i = j :=
  funext fun a => h.isMonoid.inverse_unique (h.inverse.inv_mul a) (h'.inverse.mul_inv a)

/-- A group is left cancellative. -/
theorem IsGroup.isLeftCancellative (h : IsGroup m e i) : IsLeftCancellative m := by
  intro a b c hbc
  rw [← h.identity.one_mul b, ← h.inverse.inv_mul a, h.assoc, hbc, ← h.assoc, h.inverse.inv_mul,
    h.identity.one_mul]

/-- A group is right cancellative. -/
theorem IsGroup.isRightCancellative (h : IsGroup m e i) : IsRightCancellative m := by
  intro a b c hbc
  rw [← h.identity.mul_one b, ← h.inverse.mul_inv a, ← h.assoc, hbc, h.assoc, h.inverse.mul_inv,
    h.identity.mul_one]

/-- A group is a quasigroup. -/
theorem IsGroup.isQuasigroup (h : IsGroup m e i) : IsQuasigroup m where
  solve_right a b := ⟨m (i a) b,
    by rw [← h.assoc, h.inverse.mul_inv, h.identity.one_mul],
    fun y hy => by rw [← hy, ← h.assoc, h.inverse.inv_mul, h.identity.one_mul]⟩
  solve_left a b := ⟨m b (i a),
    by rw [h.assoc, h.inverse.inv_mul, h.identity.mul_one],
    fun y hy => by rw [← hy, h.assoc, h.inverse.mul_inv, h.identity.mul_one]⟩

/-- The one-sided axioms are enough: a left identity and left inverses make a group (Dickson
1905). -/
theorem isGroup_of_left (assoc : IsAssociative m) (one_mul : ∀ a, m e a = a)
    (inv_mul : ∀ a, m (i a) a = e) : IsGroup m e i := by
  have mul_inv : ∀ a, m a (i a) = e := fun a => by
    rw [← one_mul (m a (i a)), ← inv_mul (i a), assoc, ← assoc (i a) a, inv_mul, one_mul, inv_mul]
  refine ⟨assoc, ⟨one_mul, fun a => ?_⟩, ⟨inv_mul, mul_inv⟩⟩
  rw [← inv_mul a, ← assoc, mul_inv, one_mul]

/-- An associative quasigroup with at least one element is a group (Weber 1882). -/
theorem IsQuasigroup.isGroupOperation (h : IsQuasigroup m) (assoc : IsAssociative m) (a : α) :
    IsGroupOperation m := by
  obtain ⟨e, he, _⟩ := h.solve_left a a
  have one_mul : ∀ b, m e b = b := fun b => by
    obtain ⟨x, hx, _⟩ := h.solve_right a b
    rw [← hx, ← assoc, he]
  exact ⟨e, fun b => Classical.choose (h.solve_left b e), isGroup_of_left assoc one_mul fun b =>
    (Classical.choose_spec (h.solve_left b e)).1⟩

end Reconstruct.Reference
