import Reconstruct.Gym.Allow
import Reconstruct.Judge.Candidate

/-!
# The source policy

What a candidate file may say: commands, tactics, terms, attributes and options of the allow-list
that the gym enforces too (`Reconstruct.Gym.Allow`), and a header that imports the visible library
and nothing else.
-/

namespace Reconstruct.Judge

open Lean

/-- The part of its world that a module of the project belongs to: `Target` for
`Reconstruct.W.Target.X`. -/
def part? (module : Name) : Option String :=
  match module.components with
  | `Reconstruct :: _ :: part :: _ => some part.toString
  | _ => none

/-- Whether a candidate may import a module: Lean's own libraries, foundations and targets. -/
def importable (module : Name) : Bool :=
  (`Init).isPrefixOf module || (`Std).isPrefixOf module ||
    part? module matches some "Foundation" | some "Target"

/-- What a file about the references may import: the judge is asked for such files by name, applies
no mask to them and counts no target as proved by them. -/
def importableWithReferences (module : Name) : Bool :=
  importable module || part? module == some "Reference"

/-- Commands go through the allow-list of the gym; `sorry` is never allowed. -/
def commandPolicy : Policy := fun stx =>
  (Gym.Allow.refusal? {} stx).map fun r => (r.pos, s!"{r.what} is not allowed")

/-- No declaration may serve as a tactic that nobody has read. -/
def declarationPolicy : DeclarationPolicy := fun info =>
  if Gym.Allow.isTacticConstant info then
    some s!"'{info.name}' of type Lean.Syntax is not allowed"
  else none

/-- Letters, digits and underscores only: a component such as `../Reference` is a path. -/
private def isPlain : Name → Bool
  | .str .anonymous s => !s.isEmpty && s.all fun c => c.isAlphanum || c == '_'
  | _ => false

/-- The header says `import` of modules that are `importable`, plainly, and no more. -/
def headerPolicy (importable : Name → Bool) : HeaderPolicy := fun header =>
  let pos := header.getPos?.getD 0
  let plain (stx : Syntax) : Bool := stx.getNumArgs == 0
  if !plain header[0] then some (pos, "'module' is not allowed")
  else if !plain header[1] then some (pos, "'prelude' is not allowed")
  else header[2].getArgs.findSome? fun imp =>
    let names := imp.getArgs.filter (·.isIdent)
    let extra := imp.getArgs.filter fun part => !part.isAtom && !part.isIdent && !plain part
    let pos := imp.getPos?.getD 0
    match names, extra with
    | #[n], #[] =>
      if n.getId.components.any (!isPlain ·) then
        some (pos, s!"import of '{n.getId}' is not allowed")
      else if importable n.getId then none
      else some (pos, s!"import of '{n.getId}' is not allowed")
    | _, _ => some (pos, "only plain imports are allowed")

end Reconstruct.Judge
