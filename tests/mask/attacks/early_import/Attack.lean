import Reconstruct.Reference.Group

theorem probe : True := trivial
