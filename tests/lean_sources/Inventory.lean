/-!
# What there is, said by Lean

Printed as one line of JSON: the targets with their solutions and witnesses, and the names of the
references. The test that runs this file puts the imports before it.
-/

open Lean Meta

namespace Reconstruct.Inventory

/-- The module a constant comes from. -/
def moduleOf (env : Environment) (name : Name) : Name :=
  match env.getModuleIdxFor? name with
  | some index => env.header.moduleNames[index.toNat]!
  | none => .anonymous

/-- The axioms behind a constant, as far as the project's own modules go; theorems of the library
whose proofs a toolchain leaves out are not axioms. -/
partial def axiomsOf (env : Environment) (name : Name) : StateM (NameSet × Array Name) Unit := do
  if (← get).1.contains name then return
  modify fun (seen, found) => (seen.insert name, found)
  let library := (moduleOf env name).getRoot ∈ [`Init, `Std, `Lean]
  if getOriginalConstKind? env name == some .axiom then
    modify fun (seen, found) => (seen, found.push name)
  if library then return
  let some info := env.find? name | return
  let value := match info with
    | .thmInfo theory => some theory.value
    | _ => info.value?
  for used in info.type.getUsedConstants ++ (value.map (·.getUsedConstants)).getD #[] do
    axiomsOf env used

def isTheorem : ConstantInfo → Bool
  | .thmInfo _ => true
  | _ => false

/-- Whether a statement says nothing of a type that is not given, and nothing of a rule on two
things of one kind that is not given. -/
def isConcrete (statement : Expr) : MetaM Bool :=
  forallTelescope statement fun xs _ => xs.allM fun x => do
    match ← inferType x with
    | .sort u => return u.isZero
    | .forallE _ a (.forallE _ b c _) _ => return !(a == b && b == c)
    | _ => return true

/-- One target: where it is, whether it is a proposition, how it was proved, and whether its witness
has the type that is computed from the statement. -/
def describe (env : Environment) (statement : Name) : MetaM Json := do
  let short := statement.getPrefix.replacePrefix `Reconstruct .anonymous
  let info ← getConstInfo statement
  let solution := env.find? (`Reconstruct.Solutions ++ short)
  let witness := env.find? (`Reconstruct.NonVacuous ++ short)
  let closed ← NonVacuous.close info.value!
  let axioms := [solution, witness].filterMap id |>.flatMap fun c =>
    (((axiomsOf env c.name).run ({}, #[])).2.2).toList
  return json% {
    statement: $(statement.toString),
    module: $((moduleOf env statement).toString),
    prop: $(info.type.isProp),
    concrete: $(← isConcrete info.value!),
    solved: $(solution.any fun s => isTheorem s && s.type == mkConst statement),
    witnessed: $(witness.any fun w => isTheorem w && w.type == closed),
    axioms: $(axioms.map (·.toString))
  }

/-- All names that a person has written in the modules under `root`. -/
def written (env : Environment) (root : Name) : List Name :=
  env.constants.map₁.fold (init := []) fun names name _ =>
    if root.isPrefixOf (moduleOf env name) && !name.isInternalDetail then name :: names else names

run_meta do
  let env ← getEnv
  let targets := (written env `Reconstruct.Substitutions.Target).filter fun name =>
    !isPrivateName name
  let described ← (targets.filter (·.getString! == "Statement")).mapM (describe env)
  let names (root : Name) : List String := (written env root).map (·.toString)
  let all : Json := json% {
    targets: $(described),
    target_constants: $(targets.map (·.toString)),
    solutions: $(((written env `Solutions).filter (`Reconstruct.Solutions).isPrefixOf).map
      (·.toString)),
    witnesses: $(names `NonVacuous),
    references: $(names `Reconstruct.Substitutions.Reference)
  }
  IO.println all.compress

end Reconstruct.Inventory
