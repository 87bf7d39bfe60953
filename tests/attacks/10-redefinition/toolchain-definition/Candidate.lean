import Reconstruct.Substitutions.Foundation

def Std.HashSet (α : Type) : Type := α → Prop
