import Lean

/-!
What Lean itself says about completed files, for a test of the judge. The argument is a JSON file: a
list of `{"original": FILE, "candidate": FILE, "names": [NAME, …]}`. Each answer is one line: whether
the candidate compiles, and which of the names are there with an unchanged statement and rest on no
axiom but the three; `clean` says so of everything that the candidate declares.
-/

open Lean Elab

/-- Elaborates a text by Lean's own front end. Every text imports `Init` only. -/
def elaborated (init : Environment) (file : String) : IO (Environment × Bool) := do
  let text ← IO.FS.readFile file
  let ictx := Parser.mkInputContext text file
  let (_, parser, messages) ← Parser.parseHeader ictx
  let state ← IO.processCommands ictx parser (Command.mkState init messages {})
  return (state.commandState.env, state.commandState.messages.hasErrors)

/-- Axioms beyond the three. Theorems whose proofs the toolchain does not ship look like axioms. -/
def foreignAxioms (env : Environment) (name : Name) : List Name :=
  let (_, state) := ((CollectAxioms.collect name).run env).run {}
  state.axioms.toList.filter fun a =>
    ![``propext, ``Quot.sound, ``Classical.choice].contains a
      && getOriginalConstKind? env a == some .axiom

def own (env : Environment) : List (Name × ConstantInfo) :=
  env.constants.map₂.toList

/-- Whether a declaration says the same, down to the definitions that its statement uses. -/
partial def unchanged (old new : Environment) (name : Name) : Bool :=
  match old.constants.map₂.find? name, new.constants.map₂.find? name with
  | some a, some b =>
    let value := match a, b with
      | .defnInfo v, .defnInfo w => v.value.hasSorry || v.value == w.value
      | .thmInfo _, .thmInfo _ | .axiomInfo _, .axiomInfo _ | .inductInfo _, .inductInfo _
      | .ctorInfo _, .ctorInfo _ | .recInfo _, .recInfo _ => true
      | _, _ => false
    a.type == b.type && value && a.type.getUsedConstants.all fun n =>
      !old.constants.map₂.contains n || unchanged old new n
  | _, _ => false

def textOf (job : Json) (key : String) : IO String :=
  IO.ofExcept do (← job.getObjVal? key).getStr?

def answer (init old : Environment) (job : Json) : IO Json := do
  let names ← IO.ofExcept do (← (← job.getObjVal? "names").getArr?).mapM (·.getStr?)
  let (new, broken) ← elaborated init (← textOf job "candidate")
  let right := names.filter fun n =>
    !broken && unchanged old new n.toName && (foreignAxioms new n.toName).isEmpty
  let clean := !broken && (own old).all (fun (n, _) => n.isInternalDetail || unchanged old new n)
    && (own new).all fun (n, c) => c.isUnsafe || (foreignAxioms new n).isEmpty
  return Json.mkObj [("compiles", !broken), ("right", toJson right), ("clean", clean)]

def main (args : List String) : IO Unit := do
  let init ← importModules #[{ module := `Init }] {} (loadExts := true)
  let text ← IO.FS.readFile args.head!
  let jobs ← IO.ofExcept do (← Json.parse text).getArr?
  let mut last := ("", init)
  for job in jobs do
    let original ← textOf job "original"
    if last.1 != original then last := (original, (← elaborated init original).1)
    IO.println (← answer init last.2 job).compress
  IO.Process.exit 0
