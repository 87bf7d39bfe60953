import Reconstruct.Gym.Server

/-!
# Entry point of the gym

`LEAN_PATH` says where module files are. Requests are read from standard input, answers go to
standard output, one JSON object a line. `--mask FILE` hides what the file says, for the life of the
process.
-/

open Lean Reconstruct.Gym

/-- What the command line asks for. -/
private def readArguments : List String → IO (Option Mask)
  | [] => return none
  | ["--mask", path] => do
    let text ← IO.FS.readFile path
    match Mask.parse text with
    | .ok mask => return some mask
    | .error e => throw (.userError s!"{path}: {e}")
  | args => throw (.userError s!"unknown arguments: {" ".intercalate args}; usage: gym [--mask FILE]")

/-- Run the server. The work happens on threads of their own, whose stack size can be chosen
(`--tstack`); the process ends when the input does. -/
unsafe def main (args : List String) : IO UInt32 := do
  enableInitializersExecution
  match ← IO.getEnv "LEAN_PATH" with
  | some path => searchPathRef.set (System.SearchPath.parse path)
  | none => initSearchPath (← findSysroot)
  let deadline : Deadline ← IO.mkRef none
  let work : IO Unit := do serve deadline (← readArguments args)
  let _ ← IO.asTask (prio := .dedicated) (watch deadline)
  let worker ← IO.asTask (prio := .dedicated) work
  match ← IO.wait worker with
  | .ok _ => IO.Process.exit 0
  | .error e =>
    IO.eprintln s!"gym: {e}"
    IO.Process.exit 2
