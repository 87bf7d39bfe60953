import Reconstruct.Foundation.Arithmetic.Bezout
import Reconstruct.Foundation.Arithmetic.Binomial
import Reconstruct.Foundation.Arithmetic.BinomialPrimePower
import Reconstruct.Foundation.Arithmetic.Divisibility
import Reconstruct.Foundation.Arithmetic.Factorial
import Reconstruct.Foundation.Arithmetic.Factorization
import Reconstruct.Foundation.Arithmetic.Least
import Reconstruct.Foundation.Arithmetic.Prime
import Reconstruct.Foundation.Collection.Count
import Reconstruct.Foundation.Collection.Enumeration
import Reconstruct.Foundation.Collection.FiniteFunction
import Reconstruct.Foundation.Collection.Iteration
import Reconstruct.Foundation.Collection.Nodup
import Reconstruct.Foundation.Collection.Parts
import Reconstruct.Foundation.Collection.Pigeonhole
import Reconstruct.Foundation.Collection.Sum
import Reconstruct.Foundation.Congruence.Basic
import Reconstruct.Foundation.Congruence.Euler
import Reconstruct.Foundation.Congruence.Fermat
import Reconstruct.Foundation.Congruence.Order
import Reconstruct.Foundation.Congruence.Wilson
import Reconstruct.Foundation.Polynomial.Basic
import Reconstruct.Foundation.Polynomial.Degree
import Reconstruct.Foundation.Polynomial.Division
import Reconstruct.Foundation.Polynomial.Integer
import Reconstruct.Foundation.Polynomial.Rational
import Reconstruct.Foundation.Polynomial.Symmetric
import Reconstruct.Foundation.Substitution.Basic
import Reconstruct.Foundation.Substitution.Cycle
import Reconstruct.Foundation.Substitution.Enumeration
import Reconstruct.Foundation.Substitution.Letters
import Reconstruct.Foundation.Substitution.Moved
import Reconstruct.Foundation.Substitution.Order
import Reconstruct.Foundation.Substitution.Parity
import Reconstruct.Foundation.Substitution.Power
import Reconstruct.Foundation.Substitution.Round
import Reconstruct.Foundation.Substitution.Sign
import Reconstruct.Foundation.Substitution.Transposition
import Reconstruct.Foundation.Values.Basic
import Reconstruct.Foundation.Values.Count

/-!
# Foundation

What a mathematician of 1823 had: arithmetic, congruences, finite collections, substitutions and
polynomials, by subject. Each file says whose mathematics it is and when.
-/
