import Reconstruct.Reference

theorem nothing : True := trivial
