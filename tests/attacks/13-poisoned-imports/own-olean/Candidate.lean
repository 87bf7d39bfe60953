import Reconstruct.Substitutions.Generated.Help

theorem nothing : False := Reconstruct.Generated.help
