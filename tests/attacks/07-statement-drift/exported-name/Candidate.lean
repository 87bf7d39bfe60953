import Reconstruct.Substitutions.Target.ClosedCollection

def Fake.Statement : Prop := True

namespace Reconstruct.Generated.CommonPartClosed

export Fake (Statement)

end Reconstruct.Generated.CommonPartClosed

namespace Reconstruct.Generated

theorem CommonPartClosed : CommonPartClosed.Statement := trivial

end Reconstruct.Generated
