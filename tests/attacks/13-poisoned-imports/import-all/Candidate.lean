module

import all Reconstruct.Target.ClosedCollection

theorem nothing : True := trivial
