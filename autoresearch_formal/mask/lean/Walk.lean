import Lean
import Reconstruct.Gym.Allow

/-!
# Walk

For each source file named on the command line: elaborate it and say which constants it shows and
uses, and where. One JSON object a line on standard output. `autoresearch_formal.mask.check` starts
this and judges the answer; nothing here knows a mask.

A command outside the gym's allow-list is reported and skipped: it is never elaborated, because it
could run code. Errors are reported, and elaboration goes on behind them.
-/

namespace AutoresearchWalk

open Lean Elab

/-- A place in the text, lines from 1 and columns from 1. -/
def place (map : FileMap) (pos : String.Pos.Raw) : List (String × Json) :=
  let p := map.toPosition pos
  [("line", toJson p.line), ("column", toJson (p.column + 1))]

/-- Write one line and count it: the reader counts too, so that a lost line is noticed. -/
def write (said : IO.Ref Nat) (fields : List (String × Json)) : IO Unit := do
  said.modify (· + 1)
  IO.println (Json.mkObj fields).compress

/-- Constants of the terms that the elaborator noted while reading a command, each with the place
where it was first noted: what the text means, also where no declaration results. -/
def noted (tree : InfoTree) : Array (Name × String.Pos.Raw) :=
  tree.foldInfo (init := #[]) fun _ info found => match info with
    | .ofTermInfo i => add found i.stx i.expr
    | _ => found
where
  add (found : Array (Name × String.Pos.Raw)) (stx : Syntax) (e : Expr) :=
    match stx.getPos? (canonicalOnly := false) with
    | some pos => e.getUsedConstants.foldl (fun found n => found.push (n, pos)) found
    | none => found

def kindOf : ConstantInfo → String
  | .axiomInfo _ => "axiom" | .defnInfo _ => "def" | .thmInfo _ => "theorem"
  | .opaqueInfo _ => "opaque" | .quotInfo _ => "quot" | .inductInfo _ => "inductive"
  | .ctorInfo _ => "constructor" | .recInfo _ => "recursor"

/-- Report the declarations of `after` that `before` does not have. -/
def sayDeclarations (say : List (String × Json) → IO Unit) (before : NameSet) (after : Environment) (map : FileMap)
    (pos : String.Pos.Raw) : IO NameSet := do
  let mut known := before
  for (name, info) in after.checked.get.constants.map₂.toList do
    if known.contains name then continue
    known := known.insert name
    let value := (info.value? (allowOpaque := true)).map (·.getUsedConstants)
    say <| [("declaration", toJson (toString name)), ("kind", kindOf info),
      ("type", toJson (info.type.getUsedConstants.map toString)),
      ("value", toJson ((value.getD #[]).map toString))] ++ place map pos
  return known

/-- Elaborate one file. -/
def walk (say : List (String × Json) → IO Unit) (file : String) : IO Unit := do
  let text ← IO.FS.readFile file
  let input := Parser.mkInputContext text file
  let map := input.fileMap
  let (header, parser, messages) ← Parser.parseHeader input
  let sayMessages (log : MessageLog) : IO Bool := do
    let mut failed := false
    for message in log.toList do
      failed := failed || message.severity == .error
      say [("message", toJson (← message.data.toString)),
        ("error", toJson (message.severity == .error)),
        ("line", toJson message.pos.line), ("column", toJson (message.pos.column + 1))]
    return failed
  if ← sayMessages messages then return
  let (env, messages) ← processHeader header {} {} input (trustLevel := 0)
  if ← sayMessages messages then return
  let mut parser := parser
  let mut state := { Command.mkState env {} {} with infoState.enabled := true }
  let mut known : NameSet := {}
  repeat
    let scope := state.scopes.head!
    let context := { env := state.env, options := scope.opts,
                     currNamespace := scope.currNamespace, openDecls := scope.openDecls }
    let (stx, parser', messages) := Parser.parseCommand input context parser {}
    parser := parser'
    if ← sayMessages messages then
      -- What could not be parsed is not elaborated in part.
      if Parser.isTerminalCommand stx then break else continue
    let start := stx.getPos?.getD 0
    if Parser.isTerminalCommand stx then
      if !stx.isOfKind ``Parser.Command.eoi then
        say ([("refused", toJson "an end of the file before its end")] ++ place map start)
      break
    if let some refusal := Reconstruct.Gym.Allow.refusal? {} stx then
      say ([("refused", Json.str refusal.what)] ++ place map refusal.pos)
      continue
    let context : Command.Context :=
      { cmdPos := start, fileName := file, fileMap := map, snap? := none, cancelTk? := none }
    let fresh := { state with messages := {}, infoState := { enabled := true } }
    match ← ((Command.elabCommandTopLevel stx context).run fresh).toBaseIO with
    | .ok (_, state') => state := state'
    | .error e => 
      say ([("message", toJson (← e.toMessageData.toString)), ("error", toJson true)]
        ++ place map start)
    discard <| sayMessages state.messages
    let mut seen : NameSet := {}
    for tree in state.infoState.trees do
      for (name, pos) in noted tree do
        if !seen.contains name then
          seen := seen.insert name
          say ([("shown", toJson (toString name))] ++ place map pos)
    known ← sayDeclarations say known state.env map start

end AutoresearchWalk

unsafe def main (files : List String) : IO UInt32 := do
  match ← IO.getEnv "LEAN_PATH" with
  | some path => Lean.searchPathRef.set (System.SearchPath.parse path)
  | none => Lean.initSearchPath (← Lean.findSysroot)
  Lean.enableInitializersExecution
  let work ← IO.asTask (prio := .dedicated) do
    for file in files do
      let said ← IO.mkRef 0
      IO.println (Lean.Json.mkObj [("file", Lean.toJson file)]).compress
      AutoresearchWalk.walk (AutoresearchWalk.write said) file
      IO.println (Lean.Json.mkObj [("done", Lean.toJson file), ("lines", Lean.toJson (← said.get))]).compress
      (← IO.getStdout).flush
  match work.get with
  | .ok _ => pure ()
  | .error e => IO.eprintln (toString e)
  (← IO.getStdout).flush
  IO.Process.exit 0
