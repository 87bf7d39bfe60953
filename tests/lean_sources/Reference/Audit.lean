import Lean
import Reconstruct.Substitutions.Reference

/-!
# What the references lean on

One line for each fault: an axiom of its own, a proof by compiled code or left open, a public
declaration without a docstring. Then one line `concept NAME` for each definition whose docstring
names a year, and one `theorem NAME` for each public theorem.
-/

open Lean Meta

/-- Names no proof of the references may use. -/
def isForbidden (name : Name) : Bool :=
  [``sorryAx, ``Lean.ofReduceBool, ``Lean.ofReduceNat, ``Lean.trustCompiler].contains name

/-- Whether Lean made the declaration by itself, beside one that was written. -/
def isMadeByLean (env : Environment) (name : Name) (info : ConstantInfo) : Bool :=
  name.isInternalDetail || isPrivateName name || isReservedName env name ||
    isAuxRecursor env name || isNoConfusion env name ||
    info matches .ctorInfo .. | .recInfo .. ||
    match name with
    | .str parent last => env.contains parent &&
      ["below", "brecOn", "ctorIdx", "inj", "injEq", "noConfusionType", "sizeOf_spec", "toMonoid"].contains
        last
    | _ => false

/-- Whether a text holds a year of four digits. -/
def namesYear (text : String) : Bool :=
  ((text.split fun c => !c.isDigit).toList.map (·.toString)).any (·.length = 4)

run_meta do
  let env ← getEnv
  for (name, info) in env.constants.map₁.toList do
    let some index := env.getModuleIdxFor? name | continue
    unless (`Reconstruct.Substitutions.Reference).isPrefixOf env.header.moduleNames[index.toNat]! do continue
    if info matches .axiomInfo .. then IO.println s!"axiom {name}"
    for used in info.getUsedConstantsAsSet.toList do
      if isForbidden used then IO.println s!"{name} uses {used}"
    if isMadeByLean env name info || (← isProjectionFn name) && (info matches .thmInfo ..) then
      continue
    let some text ← findDocString? env name | IO.println s!"no docstring {name}"
    match info with
    | .thmInfo .. => IO.println s!"theorem {name}"
    | _ => if namesYear text then IO.println s!"concept {name}"
