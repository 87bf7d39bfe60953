import Reconstruct.Judge.Candidate

/-!
# The judge's Lean side

Three commands, each run in a fresh process, each writing an export to stdout and one last line
`{"report":…}`, without which the export counts as cut off:

* `candidate FILE` elaborates a source text under the source policy and exports what it adds;
* `library MODULE… [--root NAME…]` exports every declaration of the modules, and the named ones,
  with all that they use;
* `pin MODULE…` exports every declaration of the modules, each referring to others by name, and
  reports which are real axioms; the pinned list is made from it.
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

private def placeJson (p : Place) : Json :=
  .arr #[nameJson p.name, p.first, p.last]

private def stopJson (s : Stop) : List (String × Json) :=
  [("ok", false), ("step", s.step), ("line", s.line), ("column", s.column), ("text", s.text)]

/-- `candidate FILE`. -/
def runCandidate (file : String) : IO Unit := do
  let text ← IO.FS.readFile file
  match ← elaborate text "Candidate.lean" (fun _ => none) (fun _ _ => none) {} with
  | .error s => report (stopJson s)
  | .ok r =>
    try
      let places ← exportCandidate r.env sink
      report [("ok", true), ("imports", .arr (r.imports.toArray.map nameJson)),
              ("places", .arr (places.map placeJson))]
    catch e =>
      report (stopJson { step := "export", line := 0, column := 0, text := toString e })

private def load (modules : List Name) : IO Environment :=
  importModules (modules.toArray.map ({ module := · })) {} (trustLevel := 0)

/-- The declarations of a module, in the module's own order. -/
private def declarationsOf (env : Environment) (module : Name) : Array Name :=
  match env.getModuleIdx? module with
  | some i => env.header.moduleData[i.toNat]!.constNames
  | none => #[]

/-- `library MODULE… [--root NAME…]`. -/
def runLibrary (modules : List Name) (roots : List Name) : IO Unit := do
  let env ← load modules
  let own := env.header.moduleNames.filter fun m => modules.any (·.isPrefixOf m)
  let names := own.flatMap (declarationsOf env)
  let names := names.filter fun n =>
    match env.find? n with
    | some c => !c.isUnsafe && !c.isPartial
    | none => false
  let roots := roots.toArray.filter env.contains
  exportDeclarations env (roots ++ names) (fun _ => false) sink
  report [("ok", true), ("modules", .arr (own.map nameJson)), ("names", .arr (names.map nameJson))]

end Reconstruct.Judge

open Reconstruct.Judge in
def main (args : List String) : IO Unit := do
  match args with
  | ["candidate", file] => runCandidate file
  | "library" :: rest =>
    let (modules, roots) := rest.span (· != "--root")
    runLibrary (modules.map String.toName) ((roots.drop 1).map String.toName)
  | _ => throw <| IO.userError "usage: candidate FILE | library MODULE… [--root NAME…]"
