import Reconstruct.Target.ClosedCollection
import Reconstruct.Target.Congruence
import Reconstruct.Target.Identity
import Reconstruct.Target.Letters
import Reconstruct.Target.Operation
import Reconstruct.Target.Power
import Reconstruct.Target.ProductRule
import Reconstruct.Target.Transformation
