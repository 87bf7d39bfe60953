module

import all Reconstruct.Substitutions.Target.ClosedCollection

theorem nothing : True := trivial
