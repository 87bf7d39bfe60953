import Reconstruct.Substitutions.Foundation

theorem Std.HashMap : True := trivial
