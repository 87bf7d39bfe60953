def Reconstruct.CommonPartClosed.Statement : Prop := True

theorem Reconstruct.Generated.CommonPartClosed : Reconstruct.CommonPartClosed.Statement := trivial
