import Reconstruct.Substitutions.Target.ClosedCollection

def Other.CommonPartClosed.Statement : Prop := True

open Other in
theorem CommonPartClosed : CommonPartClosed.Statement := trivial
