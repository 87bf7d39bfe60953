import Reconstruct.Target.ClosedCollection

def Rеconstruct.CommonPartClosed.Statement : Prop := True

theorem CommonPartClosed : Rеconstruct.CommonPartClosed.Statement := trivial
