import Lean

/-! # A build server for toolchains without Lake

Reads one JSON object a line, `{"id": …, "module": "A.B", "source": FILE, "olean": FILE}`, compiles
that module and answers with one line, `{"id": …, "ok": …, "messages": […], "ms": …}`. The .olean
files of Lean's own library are read once a process, which is most of the cost of compiling a small
module. A module with an error leaves no .olean file.

Run with `lean --run BuildServer.lean`; ends at the end of its input. -/

open Lean Elab

namespace BuildServer

/-- Import states of sets of library modules, kept for the life of the process. -/
abbrev Cache := IO.Ref (List (List Name × ImportState))

/-- Modules that come with the toolchain and so never change. -/
def isLibrary (module : Name) : Bool :=
  module.getRoot ∈ [`Init, `Std, `Lean, `Lake]

/-- Like `importModules`, with the library's part taken from the cache. -/
unsafe def importWith (cache : Cache) (imports : Array Import) (main : Name) : IO Environment := do
  let library := imports.filter (isLibrary ·.module)
  let key := (library.map (·.module)).toList
  let start ← match (← cache.get).lookup key with
    | some state => pure state
    | none =>
      -- a set that has `Init` continues from the state that has read just that
      let init := ((← cache.get).lookup [`Init]).filter fun _ => key.contains `Init
      let (_, state) ← (importModulesCore library (globalLevel := .private)).run (init.getD default)
      cache.modify ((key, state) :: ·)
      pure state
  let (_, state) ← (importModulesCore imports (globalLevel := .private)).run start
  let env ← withImporting <|
    finalizeImport state imports {} 0 (leakEnv := false) (loadExts := true) (level := .private)
  return env.setMainModule main

/-- Elaborate the commands after the header; the final environment and all messages. -/
partial def elaborate (input : Parser.InputContext) (parser : Parser.ModuleParserState)
    (state : Command.State) : IO (Environment × List Message) := do
  let rec go (parser : Parser.ModuleParserState) (state : Command.State) (log : List Message) := do
    let scope := state.scopes.head!
    let (command, next, messages) := Parser.parseCommand input
      { env := state.env, options := scope.opts, currNamespace := scope.currNamespace,
        openDecls := scope.openDecls } parser {}
    let log := log ++ messages.toList
    let context : Command.Context :=
      { fileName := input.fileName, fileMap := input.fileMap, snap? := none, cancelTk? := none,
        cmdPos := parser.pos }
    let action := Command.withLoggingExceptions (Command.elabCommandTopLevel command)
    let state ← match ← (action context |>.run { state with messages := {} }).toIO' with
      | .ok (_, state) => pure state
      | .error _ => throw <| IO.userError "a command ended without handling its error"
    let log := log ++ state.messages.toList
    if Parser.isTerminalCommand command then return (state.env, log)
    go next { state with messages := {}, infoState := {}, traceState := {}, snapshotTasks := #[] }
      log
  go parser state []

def messageJson (message : Message) : IO Json := do
  let severity := match message.severity with
    | .information => "info" | .warning => "warning" | .error => "error"
  return json% { severity: $severity, line: $(message.pos.line), column: $(message.pos.column),
                 text: $(← message.data.toString) }

/-- Compile one module; its messages, and whether it was written. -/
unsafe def compile (cache : Cache) (module : Name) (source olean : System.FilePath) :
    IO (Bool × Array Json) := do
  let input := Parser.mkInputContext (← IO.FS.readFile source) source.toString
  let (header, parser, headerLog) ← Parser.parseHeader input
  let env ← importWith cache (headerToImports header) module
  let (env, log) ← elaborate input parser (Command.mkState env headerLog {})
  let log := headerLog.toList ++ log
  let ok := log.all (·.severity != .error)
  if ok then
    if let some folder := olean.parent then IO.FS.createDirAll folder
    writeModule env olean
  return (ok, ← log.toArray.mapM messageJson)

unsafe def answer (cache : Cache) (request : Json) : IO Json := do
  let started ← IO.monoMsNow
  let result ← try
      let text (key : String) : IO String := IO.ofExcept (request.getObjValAs? String key)
      let (ok, messages) ← compile cache (← text "module").toName (← text "source") (← text "olean")
      pure <| json% { ok: $ok, messages: $messages }
    catch fault =>
      pure <| json% { ok: false, messages: [{ severity: "error", line: 1, column: 0,
                                              text: $(toString fault) }] }
  let id := (request.getObjVal? "id").toOption.getD .null
  return (result.setObjVal! "id" id).setObjVal! "ms" (toJson ((← IO.monoMsNow) - started))

unsafe def serve : IO Unit := do
  let stdin ← IO.getStdin
  let stdout ← IO.getStdout
  let cache : Cache ← IO.mkRef []
  stdout.putStrLn "{\"ready\":true}"
  stdout.flush
  repeat do
    let line ← stdin.getLine
    if line.isEmpty then break
    stdout.putStrLn (← answer cache (← IO.ofExcept (Json.parse line))).compress
    stdout.flush

end BuildServer

/-- The work is done in a thread of its own: the main thread's stack is small in WebAssembly. -/
unsafe def main : IO UInt32 := do
  enableInitializersExecution
  let work ← IO.asTask BuildServer.serve (prio := .dedicated)
  match ← IO.wait work with
  | .ok _ => IO.Process.exit 0
  | .error fault =>
    IO.eprintln s!"build server: {fault}"
    IO.Process.exit 1
