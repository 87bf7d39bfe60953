import JudgeProgram
import Reconstruct.Substitutions.Target.ClosedCollection

theorem CommonPartClosed : True := trivial
