import Reconstruct.Gym.Server

/-!
# Entry point of the gym

`LEAN_PATH` says where module files are. Requests are read from standard input, answers go to
standard output, one JSON object a line.
-/

open Lean Reconstruct.Gym

/-- Run the server. The work happens on threads of their own, whose stack size can be chosen
(`--tstack`); the process ends when the input does. -/
unsafe def main (_ : List String) : IO UInt32 := do
  enableInitializersExecution
  if let some path ← IO.getEnv "LEAN_PATH" then
    searchPathRef.set (System.SearchPath.parse path)
  else
    initSearchPath (← findSysroot)
  let deadline : Deadline ← IO.mkRef none
  let _ ← IO.asTask (prio := .dedicated) (watch deadline)
  let worker ← IO.asTask (prio := .dedicated) (serve deadline)
  match ← IO.wait worker with
  | .ok _ => IO.Process.exit 0
  | .error e =>
    IO.eprintln s!"gym: {e}"
    IO.Process.exit 1
