import Reconstruct.Target.ClosedCollection

theorem «CommonㅤPartClosed» : True := trivial
