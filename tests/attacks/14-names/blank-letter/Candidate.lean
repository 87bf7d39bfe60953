import Reconstruct.Substitutions.Target.ClosedCollection

theorem «CommonㅤPartClosed» : True := trivial
