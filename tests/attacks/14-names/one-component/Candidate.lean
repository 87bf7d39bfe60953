import Reconstruct.Substitutions.Target.ClosedCollection

def «Reconstruct.CommonPartClosed.Statement» : Prop := True

theorem CommonPartClosed : «Reconstruct.CommonPartClosed.Statement» := trivial
