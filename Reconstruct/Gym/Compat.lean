import Lean

/-!
# What differs between Lean versions

Everything the gym uses that Lean does not promise to keep is here: importing with module files
kept between imports, contexts whose fields change, and reading runtime errors back from messages.
Porting the gym to another Lean means editing this file.
-/

namespace Reconstruct.Gym

open Lean Elab

/-- Module files read so far, by the list of root modules asked for. -/
abbrev ImportCache := List (Array Name × ImportState)

/-- Modules shipped with Lean, whose files are read once a process. -/
def isToolchainModule (module : Name) : Bool :=
  module.getRoot == `Init || module.getRoot == `Std || module.getRoot == `Lean

/-- Read the module files for `modules`; those of the toolchain come from `cache` when they can. -/
def readModules (cache : IO.Ref ImportCache) (modules : Array Name) : IO ImportState := do
  let toolchain := modules.filter isToolchainModule
  let base ← match (← cache.get).find? (·.1 == toolchain) with
    | some (_, base) => pure base
    | none =>
      let (_, base) ← (importModulesCore (toolchain.map fun m => { module := m })
        (globalLevel := .private)).run
      cache.modify ((toolchain, base) :: ·)
      pure base
  let (_, state) ← (importModulesCore (modules.map fun m => { module := m })
    (globalLevel := .private)).run base
  return state

/-- Turn module files into an environment. The environment lives as long as the process: the worker
keeps every import it made, since policies come back to the same few. -/
unsafe def finishImport (state : ImportState) (modules : Array Name) (options : Options) :
    IO Environment := do
  let env ← withImporting <|
    finalizeImport state (modules.map fun m => { module := m }) options (trustLevel := 0)
      (leakEnv := true) (loadExts := true) (level := .private)
  return env.setMainModule `Gym

/-- The input of a parser, for text that is not a file. -/
def inputOf (text : String) : Parser.InputContext :=
  Parser.mkInputContext text "<gym>" (normalizeLineEndings := false)

/-- A fresh command state over an environment. -/
def commandState (env : Environment) (options : Options) : Command.State :=
  { Command.mkState env {} options with infoState := { enabled := false } }

/-- Context for one command; a set `token` stops it. -/
def commandContext (input : Parser.InputContext) (pos : String.Pos.Raw) (token : IO.CancelToken) :
    Command.Context :=
  { fileName := input.fileName, fileMap := input.fileMap, cmdPos := pos,
    snap? := none, cancelTk? := some token }

/-- Context for terms and tactics in the namespace, `open`s and options of `scope`. `heartbeats` are
Lean's user unit (a thousand small allocations). -/
def coreContext (scope : Command.Scope) (fileMap : FileMap) (heartbeats : Nat)
    (token : IO.CancelToken) : BaseIO Core.Context := do
  return {
    fileName := "<gym>", fileMap, options := scope.opts
    currNamespace := scope.currNamespace, openDecls := scope.openDecls
    maxRecDepth := maxRecDepth.get scope.opts
    initHeartbeats := ← IO.getNumHeartbeats, maxHeartbeats := heartbeats * 1000
    cancelTk? := some token }

/-- Whether a message reports that heartbeats ran out. -/
def isHeartbeatMessage (m : MessageData) : Bool := m.hasTag (· == `runtime.maxHeartbeats)

/-- Whether a message reports that the recursion limit was reached. -/
def isRecursionMessage (m : MessageData) : Bool := m.hasTag (· == `runtime.maxRecDepth)

/-- Whether a message reports that a declaration depends on `sorry`. -/
def isSorryMessage (m : MessageData) : Bool := m.hasTag (· == `hasSorry)

end Reconstruct.Gym
