import Init

theorem probe : True := trivial

import Reconstruct.Reference.Coset
