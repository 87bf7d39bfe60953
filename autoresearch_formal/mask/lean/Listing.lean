/-
What an environment contains, for the knowledge mask: modules with their imports, declarations
with what they use, docstrings where the .olean files carry them. One JSON object a line.

The imports above this text and the final `#eval` are added by
`autoresearch_formal.mask.listing`, which also reads the output.
-/

namespace AutoresearchListing
open Lean

/-- Whether a module lies in one of the library roots, e.g. `Init.Data.Nat` in `Init`. -/
def within (roots : Array Name) (module : Name) : Bool :=
  roots.any fun root => root == module || root.isPrefixOf module

/-- The kind the declaration had in its source: .olean files without proofs show theorems as
axioms. -/
def kindOf (env : Environment) (name : Name) : String :=
  match getOriginalConstKind? env name with
  | some .defn => "def"
  | some .thm => "theorem"
  | some .axiom => "axiom"
  | some .opaque => "opaque"
  | some .quot => "quot"
  | some .induct => "inductive"
  | some .ctor => "constructor"
  | some .recursor => "recursor"
  | none => "unknown"

/-- Write to `path` one line for each module and each declaration of `roots`. `type` and
`value` are the constants of each; `proof` says whether a value was there to be read.
(A file, because what an `#eval` prints is collected as one message.) -/
def emit (roots : Array Name) (path : System.FilePath) : CoreM Unit := do
  let env ← getEnv
  let file ← IO.FS.Handle.mk path .write
  let modules := env.header.moduleNames
  for (module, data) in modules.zip env.header.moduleData do
    if within roots module then
      let imports := data.imports.map fun i => toString i.module
      file.putStrLn (Json.mkObj [("module", toString module), ("imports", toJson imports)]).compress
  for (name, info) in env.constants.map₁.toList do
    let some index := env.getModuleIdxFor? name | continue
    let module := modules[index.toNat]!
    unless within roots module do continue
    let value := info.value? (allowOpaque := true)
    let inValue := (value.map (·.getUsedConstants)).getD #[]
    let doc ← findSimpleDocString? env name
    file.putStrLn (Json.mkObj [
      ("name", toString name), ("in", toString module), ("kind", kindOf env name),
      ("type", toJson (info.type.getUsedConstants.map toString)),
      ("value", toJson (inValue.map toString)), ("proof", value.isSome),
      ("doc", toJson doc)]).compress
  file.flush

end AutoresearchListing
