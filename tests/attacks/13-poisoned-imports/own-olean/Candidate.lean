import Reconstruct.Generated.Help

theorem nothing : False := Reconstruct.Generated.help
