import Init

theorem probe : True := trivial

import Reconstruct.Substitutions.Reference.Coset
