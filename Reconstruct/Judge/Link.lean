import Lean.Compiler.ExportAttr
import Lean.Compiler.IR.CompilerM
import Lean.Compiler.InitAttr
import Lean.Environment

/-!
# Linking the judge's program

An interpreted program is started from a file that imports its modules, and they import much of Lean
itself: a quarter of the processor time that compiling a candidate took went into loading all that.
But an interpreter needs only code. `link` writes one module without imports that holds the code of
everything a `main` of this project can reach; of a function that is compiled into Lean's own binary
it holds the signature alone, which makes the interpreter look for the compiled one. A start from
that module has nothing else to load, and the candidate's imports are the first.
-/

namespace Reconstruct.Judge

open Lean IR

/-- The functions that a piece of code refers to, in front of `found`. -/
partial def callees (code : FnBody) (found : List Name := []) : List Name :=
  match code with
  | .vdecl _ _ (.fap f _) rest | .vdecl _ _ (.pap f _) rest => callees rest (f :: found)
  | .jdecl _ _ body rest => callees rest (callees body found)
  | .case _ _ _ branches => branches.foldl (fun found branch => callees branch.body found) found
  | code => if code.isTerminal then found else callees code.body found

/-- Whether the code of `f` comes from a module at or below `package`, and not from Lean's binary. -/
def isInterpreted (env : Environment) (package f : Name) : Bool :=
  (env.getModuleIdxFor? f).any fun i => package.isPrefixOf env.header.moduleNames[i.toNat]!

/-- All code that `main` can reach: the project's own in full, Lean's as signatures. -/
partial def reach (env : Environment) (package main : Name) : Except String (Array Decl) :=
  go {} #[] [main]
where
  go (seen : NameHashSet) (found : Array Decl) : List Name → Except String (Array Decl)
    | [] => return found
    | f :: rest => do
      if seen.contains f then return ← go seen found rest
      let seen := seen.insert f
      let some decl := findEnvDecl env f | throw s!"there is no code of '{f}'"
      if !isInterpreted env package f then
        return ← go seen (found.push (.extern f decl.params decl.resultType { entries := [] })) rest
      if (getInitFnNameFor? env f).isSome then throw s!"'{f}' is set when its module is loaded"
      match decl with
      | .fdecl (body := body) .. => go seen (found.push decl) (callees body rest)
      | .extern .. => throw s!"'{f}' is foreign code"

/-- Writes the program that begins with `main` as the compiled module `module`; the symbols of
Lean's binary that it needs. -/
def link (env : Environment) (package main module : Name) (file : System.FilePath) :
    IO (Array String) := do
  let mut program := (← mkEmptyEnvironment).setMainModule module
  let mut symbols := #[]
  for decl in ← IO.ofExcept (reach env package main) do
    program := declMapExt.addEntry program decl
    -- Lean's binary has some functions under another name, and that is where it is recorded.
    let exported := getExportNameFor? env decl.name
    if let some name := exported then
      program ← IO.ofExcept (exportAttr.setParam program decl.name name)
    if decl matches .extern .. then
      symbols := symbols.push <| exported.elim (decl.name.mangle "l_") toString
  writeModule program file
  return symbols

end Reconstruct.Judge
