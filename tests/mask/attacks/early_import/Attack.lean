import Reconstruct.Substitutions.Reference.Group

theorem probe : True := trivial
