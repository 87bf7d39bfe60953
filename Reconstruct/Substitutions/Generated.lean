import Reconstruct.Substitutions.Generated.InverseOfProduct
import Reconstruct.Substitutions.Generated.PowerOfInterchangeable

/-!
# What searches found

One file a target, written by `autoresearch run` and verified by `autoresearch verify`.
-/
