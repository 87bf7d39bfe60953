import Reconstruct.Substitutions.Foundation.Arithmetic.Bezout
import Reconstruct.Substitutions.Foundation.Arithmetic.Binomial
import Reconstruct.Substitutions.Foundation.Arithmetic.Divisibility
import Reconstruct.Substitutions.Foundation.Arithmetic.Factorial
import Reconstruct.Substitutions.Foundation.Arithmetic.FactorialExponent
import Reconstruct.Substitutions.Foundation.Arithmetic.Factorization
import Reconstruct.Substitutions.Foundation.Arithmetic.Least
import Reconstruct.Substitutions.Foundation.Arithmetic.LinearSubstitution
import Reconstruct.Substitutions.Foundation.Arithmetic.Prime
import Reconstruct.Substitutions.Foundation.Arithmetic.Ratio
import Reconstruct.Substitutions.Foundation.Collection.Count
import Reconstruct.Substitutions.Foundation.Collection.Enumeration
import Reconstruct.Substitutions.Foundation.Collection.FiniteFunction
import Reconstruct.Substitutions.Foundation.Collection.Iteration
import Reconstruct.Substitutions.Foundation.Collection.Nodup
import Reconstruct.Substitutions.Foundation.Collection.Parts
import Reconstruct.Substitutions.Foundation.Collection.Pigeonhole
import Reconstruct.Substitutions.Foundation.Collection.Sum
import Reconstruct.Substitutions.Foundation.Congruence.Basic
import Reconstruct.Substitutions.Foundation.Congruence.Euler
import Reconstruct.Substitutions.Foundation.Congruence.Fermat
import Reconstruct.Substitutions.Foundation.Congruence.Order
import Reconstruct.Substitutions.Foundation.Congruence.PrimeResidue
import Reconstruct.Substitutions.Foundation.Congruence.Residue
import Reconstruct.Substitutions.Foundation.Congruence.Wilson
import Reconstruct.Substitutions.Foundation.Polynomial.Basic
import Reconstruct.Substitutions.Foundation.Polynomial.Degree
import Reconstruct.Substitutions.Foundation.Polynomial.Division
import Reconstruct.Substitutions.Foundation.Polynomial.Integer
import Reconstruct.Substitutions.Foundation.Polynomial.Rational
import Reconstruct.Substitutions.Foundation.Polynomial.Symmetric
import Reconstruct.Substitutions.Foundation.Substitution.Basic
import Reconstruct.Substitutions.Foundation.Substitution.Cycle
import Reconstruct.Substitutions.Foundation.Substitution.Enumeration
import Reconstruct.Substitutions.Foundation.Substitution.Keeping
import Reconstruct.Substitutions.Foundation.Substitution.Letters
import Reconstruct.Substitutions.Foundation.Substitution.Moved
import Reconstruct.Substitutions.Foundation.Substitution.Order
import Reconstruct.Substitutions.Foundation.Substitution.Parity
import Reconstruct.Substitutions.Foundation.Substitution.Power
import Reconstruct.Substitutions.Foundation.Substitution.Round
import Reconstruct.Substitutions.Foundation.Substitution.Sign
import Reconstruct.Substitutions.Foundation.Substitution.Transposition
import Reconstruct.Substitutions.Foundation.Substitution.Turn
import Reconstruct.Substitutions.Foundation.Values.Basic
import Reconstruct.Substitutions.Foundation.Values.Count

/-!
# Foundation

What a mathematician of 1823 had: arithmetic, congruences, finite collections, substitutions and
polynomials, by subject. Each file says whose mathematics it is and when.
-/
