import JudgeProgram
import Reconstruct.Target.ClosedCollection

theorem CommonPartClosed : True := trivial
