import Reconstruct.Substitutions.Target.ClosedCollection

namespace Reconstruct.Generated

mutual
theorem one : False := two
theorem two : False := one
end

end Reconstruct.Generated
