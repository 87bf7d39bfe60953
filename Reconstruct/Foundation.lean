import Reconstruct.Foundation.Arithmetic.Factorial
import Reconstruct.Foundation.Arithmetic.Prime
import Reconstruct.Foundation.Collection.Count
import Reconstruct.Foundation.Collection.Nodup
import Reconstruct.Foundation.Collection.Pigeonhole
import Reconstruct.Foundation.Collection.Sum
import Reconstruct.Foundation.Congruence.Basic

/-!
# Foundation

What a mathematician of 1823 had: arithmetic, congruences, finite collections, substitutions and
polynomials, by subject. Each file says whose mathematics it is and when.
-/
