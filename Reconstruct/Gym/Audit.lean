import Reconstruct.Gym.Elaborate

/-!
# Axioms behind declarations

The transitive closure of constants with bodies. The embedded toolchain ships theorems of Lean's own
library without their proofs, so that they look like axioms; they are told from real axioms by the
kind they were declared with and counted as `toolchain`.
-/

namespace Reconstruct.Gym

open Lean

/-- What an audit found. -/
structure Audit where
  /-- Real axioms, sorted; also names that do not exist. -/
  axioms    : Array Name
  /-- Theorems of the toolchain whose proofs cannot be seen here. -/
  toolchain : Array Name
  /-- Whether `sorry` is among the axioms. -/
  sorry'    : Bool
  /-- How many constants were visited. -/
  visited   : Nat
  deriving Inhabited

/-- Walk everything that `roots` depend on. -/
partial def auditNames (env : Environment) (roots : Array Name) : Audit :=
  let rec go (todo : Array Name) (seen : NameHashSet) (axioms toolchain : Array Name) : Audit :=
    if todo.isEmpty then
      { axioms := sortNames axioms, toolchain := sortNames toolchain
        sorry' := axioms.contains ``sorryAx, visited := seen.size }
    else
      let name := todo.back!
      let todo := todo.pop
      if seen.contains name then go todo seen axioms toolchain
      else
        let seen := seen.insert name
        match env.find? name with
        | none => go todo seen (axioms.push name) toolchain
        | some info =>
          let next := match info with
            | .inductInfo i => info.type.getUsedConstants ++ i.ctors.toArray
            | _ => match info.value? (allowOpaque := true) with
              | some v => info.type.getUsedConstants ++ v.getUsedConstants
              | none => info.type.getUsedConstants
          let todo := next.foldl (fun todo c => if seen.contains c then todo else todo.push c) todo
          if info.isAxiom then
            match getOriginalConstKind? env name with
            | some .axiom | none => go todo seen (axioms.push name) toolchain
            | _ => go todo seen axioms (toolchain.push name)
          else go todo seen axioms toolchain
  go roots {} #[] #[]

/-- An audit on the wire. `toolchain` is a number: the names would fill pages and say little. -/
def Audit.toJson (a : Audit) : Json := Json.mkObj [
  ("axioms", Lean.toJson (a.axioms.map (toString ·))), ("toolchain", a.toolchain.size),
  ("sorry", a.sorry'), ("visited", a.visited)]

end Reconstruct.Gym
