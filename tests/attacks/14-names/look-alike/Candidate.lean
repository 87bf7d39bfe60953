import Reconstruct.Substitutions.Target.ClosedCollection

def Ρeconstruct.CommonPartClosed.Statement : Prop := True

theorem CommonPartClosed : Ρeconstruct.CommonPartClosed.Statement := trivial
