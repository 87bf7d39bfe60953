import Reconstruct.Substitutions.Reference

theorem nothing : True := trivial
