import Reconstruct.Generated.InverseOfProduct
import Reconstruct.Generated.PowerOfInterchangeable

/-!
# What searches found

One file a target, written by `autoresearch run` and verified by `autoresearch verify`.
-/
