import Reconstruct.Foundation.Arithmetic.Bezout
import Reconstruct.Foundation.Arithmetic.Binomial
import Reconstruct.Foundation.Arithmetic.Factorial
import Reconstruct.Foundation.Arithmetic.Factorization
import Reconstruct.Foundation.Arithmetic.Prime
import Reconstruct.Foundation.Collection.Count
import Reconstruct.Foundation.Collection.Enumeration
import Reconstruct.Foundation.Collection.FiniteFunction
import Reconstruct.Foundation.Collection.Nodup
import Reconstruct.Foundation.Collection.Pigeonhole
import Reconstruct.Foundation.Collection.Sum
import Reconstruct.Foundation.Congruence.Basic
import Reconstruct.Foundation.Congruence.Euler
import Reconstruct.Foundation.Congruence.Fermat
import Reconstruct.Foundation.Congruence.Order
import Reconstruct.Foundation.Congruence.Wilson

/-!
# Foundation

What a mathematician of 1823 had: arithmetic, congruences, finite collections, substitutions and
polynomials, by subject. Each file says whose mathematics it is and when.
-/
