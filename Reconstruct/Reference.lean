import Reconstruct.Reference.Action
import Reconstruct.Reference.Conjugacy
import Reconstruct.Reference.Coset
import Reconstruct.Reference.Finite
import Reconstruct.Reference.Group
import Reconstruct.Reference.Hom
import Reconstruct.Reference.Normal
import Reconstruct.Reference.Operation
import Reconstruct.Reference.Permutation
import Reconstruct.Reference.Raw
import Reconstruct.Reference.Ring
import Reconstruct.Reference.Solvable
import Reconstruct.Reference.Subgroup

/-!
# Reference

The concepts that a search must do without, in today's form: groups, subgroups, cosets, homomorphisms,
quotients, actions, conjugacy, solvability and their kin. Nothing that a search sees imports these
modules; they serve to compare what was invented with what was known.

Every concept is a predicate or construction over plain functions (`Group α` bundles an operation, an
identity element and inverses on a carrier `α`; subsets are predicates `α → Prop`), so that a raw
definition can be set beside it.
-/
