import Reconstruct.Judge.Degenerate
import Reconstruct.Judge.Link
import Reconstruct.Judge.Own
import Reconstruct.Judge.Policy

/-!
# The judge's Lean side

Four commands, each run in a fresh process, each writing an export to stdout and one last line
`{"report":…}`, without which the export counts as cut off:

* `candidate FILE` elaborates a source text under the source policy and exports what it adds;
  `references FILE` does the same for a file that may import the references;
  `unguarded FILE` does so without the policy, to test that later steps hold on their own;
* `own MODE FILE` elaborates a file of a user's own, with holes, or its completion; MODE is a file
  that says, in JSON, how (`Reconstruct.Judge.Own.Mode`);
* `library IMPORT… [--own MODULE…]` exports every declaration of the modules at and below `--own`,
  then those that a JSON array on stdin names, with all that they use;
* `pin` exports, module by module, every declaration of the toolchain's `Init` and `Std`, each
  referring to others by name, and reports which are real axioms; the pinned list is made from it;
* `link FILE` writes this program as one compiled module, named as the file, that starts faster.
-/

namespace Reconstruct.Judge

open Lean

private def sink (text : String) : IO Unit := do
  let out ← IO.getStdout
  out.putStr text

private def report (fields : List (String × Json)) : IO Unit := do
  sink <| (Json.mkObj [("report", Json.mkObj fields)]).compress ++ "\n"
  (← IO.getStdout).flush

/-- A name as JSON: its components, so that no character of them can be mistaken for a dot. -/
def nameJson (n : Name) : Json :=
  .arr <| n.components.toArray.map fun
    | .str _ s => .str s
    | .num _ k => .num k
    | .anonymous => .null

/-- A name from JSON as `nameJson` writes it. -/
def nameOfJson (j : Json) : Except String Name := do
  (← j.getArr?).foldlM (init := .anonymous) fun n part =>
    match part with
    | .str s => pure (.str n s)
    | part => return .num n (← part.getNat?)

private def placeJson (p : Place) : Json :=
  .arr #[nameJson p.name, p.first, p.last, p.written]

private def stopJson (s : Stop) : List (String × Json) :=
  [("ok", false), ("step", s.step), ("line", s.line), ("column", s.column), ("text", s.text)]

/-- The declarations of a module, in the module's own order. -/
private def declarationsOf (env : Environment) (module : Name) : Array Name :=
  match env.getModuleIdx? module with
  | some i => env.header.moduleData[i.toNat]!.constNames
  | none => #[]

/-- The statements of all targets that a file imported. -/
def targetsOf (env : Environment) : List Name :=
  let modules := env.header.moduleNames.filter (part? · == some "Target")
  (modules.flatMap (declarationsOf env)).toList.filter fun
    | .str _ last => last == "Statement"
    | _ => false

private def runCandidate (file : String) (headerPolicy : HeaderPolicy) (policy : Policy)
    (declarationPolicy : DeclarationPolicy) (load : Load) : IO Unit := do
  let text ← IO.FS.readFile file
  match ← elaborate text "Candidate.lean" headerPolicy (fun _ => policy) declarationPolicy {}
      (load := load) with
  | .error s => report (stopJson s)
  | .ok r =>
    try
      let places ← exportCandidate r.env sink
      let written := places.filter (·.written)
      let remarks ← degenerates r.env (targetsOf r.env) (written.map (·.name)).toList
      report [("ok", true), ("remarks", .arr (remarks.toArray.map fun (n, text) =>
                .arr #[nameJson n, text])),
              ("imports", .arr (r.imports.toArray.map nameJson)),
              ("places", .arr (places.map placeJson))]
    catch e =>
      report (stopJson { step := "export", line := 0, column := 0, text := toString e })

/-- Imports each list of modules once. -/
private def loadOnce (known : IO.Ref (List (List Name × Environment))) : Load :=
  fun header options ictx => do
    let modules := importedModules header
    if let some env := (← known.get).lookup modules then return (env, {})
    let (env, messages) ← loadHeader header options ictx
    unless messages.hasErrors do known.modify ((modules, env) :: ·)
    return (env, messages)

/-- `candidate FILE`, `references FILE` and `unguarded FILE`. For a verdict, one file a process; a test
of many files gives more. -/
def runCandidates (files : List String) (headerPolicy : HeaderPolicy) (policy : Policy)
    (declarationPolicy : DeclarationPolicy) : IO Unit := do
  let known ← IO.mkRef []
  for file in files do
    runCandidate file headerPolicy policy declarationPolicy (loadOnce known)

/-- How a file of a user's own is to be taken. -/
def modeOfJson (j : Json) : Except String Own.Mode := do
  let names (key : String) : Except String (List Name) := do
    return (← (← (← j.getObjVal? key).getArr?).mapM nameOfJson).toList
  let flag (key : String) : Except String Bool := do (← j.getObjVal? key).getBool?
  let allowed ← (← (← j.getObjVal? "allowed").getArr?).mapM (·.getStr?)
  return { guarded := ← flag "guarded", original := ← flag "original", trusted := ← flag "trusted",
           allowed := allowed.toList, importable := ← names "importable", unfold := ← names "unfold" }

/-- `own MODE FILE`: a file of a user's own, with its holes, or its completion. -/
def runOwn (mode : Own.Mode) (file : String) (load : Load) : IO Unit := do
  let text ← IO.FS.readFile file
  let importing := if mode.guarded then headerPolicy fun m => mode.importable.any (·.isPrefixOf m)
    else fun _ => none
  let declaring := if mode.guarded then declarationPolicy else fun _ => none
  match ← elaborate text "Candidate.lean" importing (Own.policy mode text) declaring {}
      (Own.prepare text) load with
  | .error s => report (stopJson s)
  | .ok r =>
    try
      let wanted := if mode.original then Own.incomplete r.env else mode.unfold
      let (env, equations) ← Own.equations r.env wanted
      let places := placesOf env
      let (unsafes, safe) := places.partition fun p =>
        (env.find? p.name).any fun c => c.isUnsafe || c.isPartial
      exportDeclarations env (safe.map (·.name)) (fun n => (env.getModuleIdxFor? n).isSome) sink
      report [("ok", true), ("imports", .arr (r.imports.toArray.map nameJson)),
              ("places", .arr (safe.map placeJson)),
              ("codeHoles", .arr ((Own.codeHoles env (unsafes.map (·.name))).map nameJson)),
              ("unsafe", .arr ((unsafes.filter (·.written)).map placeJson)),
              ("equations", .arr (equations.map fun (n, e) => .arr #[nameJson n, nameJson e])),
              ("watched", .arr (r.prepared.watched.map .str))]
    catch e =>
      report (stopJson { step := "export", line := 0, column := 0, text := toString e })

/-- `own MODE FILE`. For a verdict, one file a process; a test of many files gives more pairs. -/
partial def runOwns (files : List String) (known : IO.Ref (List (List Name × Environment))) :
    IO Unit := do
  let mode :: file :: rest := files | return
  let how ← IO.FS.readFile mode
  runOwn (← IO.ofExcept (Json.parse how >>= modeOfJson)) file (loadOnce known)
  runOwns rest known

private def load (modules : List Name) : IO Environment :=
  importModules (modules.toArray.map ({ module := · })) {} (trustLevel := 0)

private def exportable (env : Environment) (n : Name) : Bool :=
  match env.find? n with
  | some c => !c.isUnsafe && !c.isPartial
  | none => false

/-- `library IMPORT… [--own MODULE…]`, with more roots on stdin. -/
def runLibrary (imports own : List Name) : IO Unit := do
  let input ← (← IO.getStdin).readToEnd
  let roots ← IO.ofExcept <| if input.trimAscii.isEmpty then .ok #[] else do
    (← (← Json.parse input).getArr?).mapM nameOfJson
  let env ← load imports
  let modules := env.header.moduleNames.filter fun m => own.any (·.isPrefixOf m)
  let names := (modules.flatMap (declarationsOf env) ++ roots).filter (exportable env)
  exportDeclarations env names (fun _ => false) sink
  report [("ok", true), ("modules", .arr (modules.map nameJson))]

/-- `pin`. Each module is an export of its own, with its own meta line. -/
def runPin : IO Unit := do
  let env ← load [`Init, `Std]
  let mut axioms := #[]
  for module in env.header.moduleNames do
    let names := (declarationsOf env module).filter (exportable env)
    let own : NameHashSet := names.foldl .insert {}
    exportDeclarations env names (!own.contains ·) sink
    axioms := axioms ++ names.filter fun n => getOriginalConstKind? env n == some .axiom
  report [("ok", true), ("axioms", .arr (axioms.map nameJson))]

/-- `link FILE`. -/
def runLink (file : System.FilePath) : IO Unit := do
  let env ← load [`Reconstruct.Judge.Main]
  let symbols ← link env `Reconstruct `main (.mkSimple (file.fileStem.getD "")) file
  report [("ok", true), ("symbols", .arr (symbols.map .str))]

/-- The command line. The first line written says that the program itself has started: without it,
what ended a run was no fault of the candidate. -/
def run (args : List String) : IO Unit := do
  sink "{\"begin\":true}\n"
  (← IO.getStdout).flush
  match args with
  | "candidate" :: files =>
    runCandidates files (headerPolicy importable) commandPolicy declarationPolicy
  | "references" :: files =>
    runCandidates files (headerPolicy importableWithReferences) commandPolicy declarationPolicy
  | "unguarded" :: files => runCandidates files (fun _ => none) (fun _ => none) (fun _ => none)
  | "own" :: files => runOwns files (← IO.mkRef [])
  | "library" :: rest =>
    let (imports, own) := rest.span (· != "--own")
    runLibrary (imports.map String.toName) ((own.drop 1).map String.toName)
  | ["pin"] => runPin
  | ["link", file] => runLink file
  | _ => throw <| IO.userError "usage: candidate FILE | references FILE | unguarded FILE | own MODE FILE | library IMPORT… [--own MODULE…] | pin | link FILE"

end Reconstruct.Judge

/-- The work is done in a thread with a large stack (`--tstack`); the status is set by hand because
that of a returning `main` is not reliable everywhere. -/
def main (args : List String) : IO Unit := do
  let task ← IO.asTask (prio := .dedicated) (Reconstruct.Judge.run args)
  match task.get with
  | .ok _ => IO.Process.exit 0
  | .error e =>
    IO.eprintln e
    IO.Process.exit 1
