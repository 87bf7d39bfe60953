import Reconstruct.Substitutions.Generated.CommonPartClosed

theorem Reconstruct.Generated.again : Reconstruct.CommonPartClosed.Statement :=
  Reconstruct.Generated.CommonPartClosed
