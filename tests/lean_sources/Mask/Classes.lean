import Lean

/-!
# Which classes hold laws

One line for each class of `Init` and `Std` with a field that is a proof, by name.
-/

open Lean Meta

run_meta do
  let env ← getEnv
  for (name, _) in env.constants.map₁.toList do
    let some index := env.getModuleIdxFor? name | continue
    unless [`Init, `Std].contains env.header.moduleNames[index.toNat]!.getRoot do continue
    unless isStructure env name && isClass env name do continue
    let proofs ← (getStructureFields env name).filterM fun field => do
      let some projection := getProjFnForField? env name field | return false
      let some info := env.find? projection | return false
      forallTelescope info.type fun _ law => isProp law
    unless proofs.isEmpty do
      IO.println name
