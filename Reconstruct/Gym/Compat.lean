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

/-! ### Module data inside an `ImportState`

Its fields are private, so they are reached by position. -/

/-- The constant that is private to another module. -/
elab "private% " module:ident name:ident : term => do
  let name := mkPrivateNameCore module.getId name.getId
  return .const name ((← getConstInfo name).levelParams.map fun _ => .zero)

/-- Field number `i` of a structure value. -/
elab "field% " i:num e:term:max : term => do
  let e ← Term.elabTerm e none
  Term.synthesizeSyntheticMVarsNoPostponing
  let type ← Meta.whnf (← instantiateMVars (← Meta.inferType e))
  let .const structName _ := type.getAppFn | throwError "not a structure: {type}"
  return .proj structName i.getNat e

/-- Lean's record of one imported module. -/
private abbrev ModuleRecord := private% Lean.Environment Lean.ImportedModule

private def partsOf (m : ModuleRecord) : Array (ModuleData × CompactedRegion) := field% 1 m

private def withParts (m : ModuleRecord) (parts : Array (ModuleData × CompactedRegion)) :
    ModuleRecord :=
  (private% Lean.Environment Lean.ImportedModule.mk)
    (field% 0 m) parts (field% 2 m) (field% 3 m) (field% 4 m)

private def recordsOf (s : ImportState) : Std.HashMap Name ModuleRecord := field% 0 s

private def modulesOf (s : ImportState) : Array Name := field% 1 s

/-- The modules read, in order of import, each with the data of its parts. -/
def moduleDataOf (s : ImportState) : Array (Name × Array ModuleData) :=
  let records := recordsOf s
  (modulesOf s).filterMap fun n => records[n]?.map fun m => (n, (partsOf m).map (·.1))

/-- Change the data of every module. -/
def mapModuleData (s : ImportState) (f : Name → ModuleData → ModuleData) : ImportState :=
  (private% Lean.Environment Lean.ImportState.mk)
    ((recordsOf s).map fun n m => withParts m ((partsOf m).map fun (d, region) => (f n d, region)))
    (modulesOf s)

/-- Whether an expression mentions a constant that is to be removed. -/
private def mentions (removed : Name → Bool) (e : Expr) : Bool := e.foldConsts false fun c b => b || removed c

/-- The entry inside a scoped entry. -/
private def unscope : ScopedEnvExtension.Entry α → α
  | .global a | .scoped _ a => a

/-- Drop what the entries of one extension say about removed declarations. `unknown` also holds of
namespaces that have nothing visible left. Extensions that are only ever asked about a declaration
they are given need no filter, for nobody can give them a removed one. -/
unsafe def filterEntriesUnsafe (ext : Name) (removed unknown : Name → Bool)
    (entries : Array EnvExtensionEntry) : Array EnvExtensionEntry :=
  let plain (α : Type) (drop : α → Bool) := entries.filter fun e => !drop (unsafeCast e)
  let inScope (α : Type) (drop : α → Bool) := entries.filter fun e =>
    !drop (unscope (unsafeCast e : ScopedEnvExtension.Entry α))
  let keyed (keys : Array Meta.DiscrTree.Key) : Bool := keys.any fun
    | .const n _ => removed n
    | _ => false
  let proof (e : Expr) : Bool := mentions removed e
  if simpSets.contains ext then
    inScope Meta.SimpEntry fun
      | .thm t => keyed t.keys || proof t.proof
      | .toUnfold n => removed n
      | .toUnfoldThms n ns => removed n || ns.any removed
  else if simprocSets.contains ext then
    inScope Meta.Simp.SimprocOLeanEntry fun e => removed e.declName || keyed e.keys
  else if keyedDecls.contains ext then
    inScope KeyedDeclsAttribute.OLeanEntry fun e => removed e.declName || removed e.key
  else match ext with
  | `Lean.namespacesExt => plain Name unknown
  | `Lean.aliasExtension => plain AliasEntry fun (alias, decl) => removed decl || removed alias
  | `Lean.Meta.instanceExtension =>
    inScope Meta.InstanceEntry fun e => keyed e.keys || proof e.val || e.globalName?.any removed
  | `Lean.Meta.defaultInstanceExtension =>
    plain Meta.DefaultInstanceEntry fun e => removed e.className || removed e.instanceName
  | `Lean.Meta.Simp.simprocDeclExt =>
    plain Meta.Simp.SimprocDecl fun e => removed e.declName || keyed e.keys
  | `Lean.Meta.Ext.extExtension =>
    inScope Meta.Ext.ExtTheorem fun e => removed e.declName || keyed e.keys
  | `Lean.Meta.Rfl.reflExt | `Lean.Meta.Symm.symmExt =>
    inScope (Name × Array Meta.DiscrTree.Key) fun (n, keys) => removed n || keyed keys
  | `Lean.Meta.congrExtension =>
    inScope Meta.SimpCongrTheorem fun e => removed e.theoremName || removed e.funName
  | `Lean.Meta.unificationHintExtension =>
    inScope Meta.UnificationHintEntry fun e => removed e.val || keyed e.keys
  | `Lean.Meta.customEliminatorExt =>
    inScope Meta.CustomEliminator fun e => removed e.elimName || e.typeNames.any removed
  | `Lean.Meta.Grind.grindExt =>
    inScope Meta.Grind.Entry fun
      | .ext n | .funCC n | .cases n _ => removed n
      | .ematch t => proof t.proof || t.patterns.any (mentions removed)
      | .inj t => proof t.proof
  | `Lean.Linter.deprecatedAttr =>
    plain (Name × Linter.DeprecationEntry) fun (n, e) => removed n || e.newName?.any removed
  | `Lean.Parser.parserExtension =>
    inScope Parser.ParserExtension.OLeanEntry fun
      | .parser _ n _ | .kind n | .category _ n _ => removed n
      | .token _ => false
  | `Lean.identifierSuggestForAttr.existingToIncorrect
  | `Lean.identifierSuggestForAttr.incorrectToExisting => #[]
  | _ => entries
where
  simpSets : List Name := [`Lean.Meta.simpExtension, `Lean.Meta.sevalSimpExtension,
    `Lean.Meta.Grind.normExt, `Lean.Meta.NormCast.pushCastExt, `Lean.Meta.NormCast.normCastExt.up,
    `Lean.Meta.NormCast.normCastExt.down, `Lean.Meta.NormCast.normCastExt.squash, `bool_to_prop,
    `Lean.Elab.WF.wfPreprocessSimpExtension, `Lean.methodSpecsSimpExtension]
  simprocSets : List Name :=
    [`Lean.Meta.Simp.simprocExtension, `Lean.Meta.Simp.simprocSEvalExtension]
  keyedDecls : List Name := [`Lean.Elab.macroAttribute, `Lean.Elab.Term.termElabAttribute,
    `Lean.Elab.Tactic.tacticElabAttribute, `Lean.Elab.Command.commandElabAttribute,
    `Lean.PrettyPrinter.Delaborator.delabAttribute,
    `Lean.PrettyPrinter.Delaborator.appUnexpanderAttribute]

/-- Drop what the entries of one extension say about removed declarations. -/
@[implemented_by filterEntriesUnsafe]
opaque filterEntries (ext : Name) (removed unknown : Name → Bool)
    (entries : Array EnvExtensionEntry) : Array EnvExtensionEntry

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
