import Reconstruct.Substitutions.Reference.Action
import Reconstruct.Substitutions.Reference.Conjugacy
import Reconstruct.Substitutions.Reference.Coset
import Reconstruct.Substitutions.Reference.Finite
import Reconstruct.Substitutions.Reference.Group
import Reconstruct.Substitutions.Reference.Hom
import Reconstruct.Substitutions.Reference.Normal
import Reconstruct.Substitutions.Reference.Operation
import Reconstruct.Substitutions.Reference.Permutation
import Reconstruct.Substitutions.Reference.Raw
import Reconstruct.Substitutions.Reference.Ring
import Reconstruct.Substitutions.Reference.Solvable
import Reconstruct.Substitutions.Reference.Subgroup

/-!
# Reference

The concepts that a search must do without, in today's form: groups, subgroups, cosets, homomorphisms,
quotients, actions, conjugacy, solvability and their kin. Nothing that a search sees imports these
modules; they serve to compare what was invented with what was known.

Every concept is a predicate or construction over plain functions (`Group α` bundles an operation, an
identity element and inverses on a carrier `α`; subsets are predicates `α → Prop`), so that a raw
definition can be set beside it.
-/
