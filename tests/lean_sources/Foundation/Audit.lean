import Lean
import Reconstruct.Substitutions.Foundation

/-!
# What the foundation leans on

One line for each fault: an axiom of its own, a proof by compiled code or left open, Lean's masked
machinery, or a public declaration without a docstring. The last line counts the declarations seen.
-/

open Lean Meta

/-- Whether a module belongs to the foundation. -/
def isFoundation (module : Name) : Bool := (`Reconstruct.Substitutions.Foundation).isPrefixOf module

/-- Names no proof of the foundation may use. -/
def isForbidden (name : Name) : Bool :=
  [``sorryAx, ``Lean.ofReduceBool, ``Lean.ofReduceNat, ``Lean.trustCompiler].contains name ||
    (`Lean.Grind).isPrefixOf name

/-- Whether Lean made the declaration by itself, beside one that was written. -/
def isMadeByLean (env : Environment) (name : Name) (info : ConstantInfo) : Bool :=
  name.isInternalDetail || isPrivateName name || isReservedName env name ||
    isAuxRecursor env name || isNoConfusion env name ||
    info matches .ctorInfo .. | .recInfo .. ||
    match name with
    | .str parent last => env.contains parent &&
      ["ctorIdx", "ext_iff", "inj", "injEq", "noConfusionType", "sizeOf_spec"].contains last
    | _ => false

run_meta do
  let env ← getEnv
  let mut seen := 0
  for (name, info) in env.constants.map₁.toList do
    let some index := env.getModuleIdxFor? name | continue
    unless isFoundation env.header.moduleNames[index.toNat]! do continue
    seen := seen + 1
    if info matches .axiomInfo .. then IO.println s!"axiom {name}"
    for used in info.getUsedConstantsAsSet.toList do
      if isForbidden used then IO.println s!"{name} uses {used}"
    unless isMadeByLean env name info do
      if (← findDocString? env name).isNone then IO.println s!"no docstring {name}"
  IO.println s!"seen {seen}"
