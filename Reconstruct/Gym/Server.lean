import Reconstruct.Gym.Operations

/-!
# The server: lines in, lines out

One worker thread owns every theory and state; a watchdog thread sets the cancel token of the request
that has run out of time. Nothing the worker keeps is reachable from another thread, so Lean need not
count references atomically.
-/

namespace Reconstruct.Gym

open Lean

/-- Whether reading `line` as JSON could exhaust the stack or the memory: brackets nested deeper than
any request has, or a number with an exponent of four digits or more (Lean would write it out).
Compiled tests on the whole line come first; few requests need the walk. -/
private def isDangerousJson (line : String) : Bool :=
  ((line.splitOn "[").length + (line.splitOn "{").length > 500
    || hasExponent (line.splitOn "e") || hasExponent (line.splitOn "E")) && walk
where
  /-- A digit before a cut and four digits after it, possibly signed. -/
  hasExponent : List String → Bool
    | a :: b :: rest =>
      (a.back.isDigit && ((b.drop (if b.startsWith "+" || b.startsWith "-" then 1 else 0)).take 4
        |>.all Char.isDigit) && b.length > 3) || hasExponent (b :: rest)
    | _ => false
  /-- The same outside of strings. -/
  walk : Bool := Id.run do
    let mut depth := 0
    let mut exponent := 0
    let mut inString := false
    let mut escaped := false
    for c in line.toList do
      if escaped then escaped := false
      else if inString then
        if c == '\\' then escaped := true else if c == '"' then inString := false
      else
        if c == '"' then inString := true
        if c == '[' || c == '{' then depth := depth + 1
        if c == ']' || c == '}' then depth := depth - 1
        exponent := if c == 'e' || c == 'E' then 1 else if exponent == 0 then 0
          else if c.isDigit then exponent + 1 else if c == '+' || c == '-' then exponent else 0
        if depth > 100 || exponent > 4 then return true
    return false

/-- The request in a line, with its `id`. -/
private def readRequest (limits : Limits) (line : String) : Json × Except Fault Request :=
  if line.utf8ByteSize > limits.lineBytes then
    (.null, .error {
      kind := .tooLarge
      message := s!"the line has {line.utf8ByteSize} bytes; the limit is {limits.lineBytes}" })
  else if isDangerousJson line then
    (.null, .error { kind := .badJson, message := "nested too deep, or a number too large" })
  else match Json.parse line with
    | .error e => (.null, .error { kind := .badJson, message := e })
    | .ok body@(.obj _) =>
      let id := (body.getObjVal? "id").toOption.getD .null
      match body.getObjVal? "op" with
      | .ok (.str op) => (id, .ok { op, body })
      | _ => (id, .error { kind := .badRequest, message := "field 'op' must be a string" })
    | .ok _ => (.null, .error { kind := .badRequest, message := "a request is a JSON object" })

/-- The answer to one line, as it is written. -/
unsafe def answer (context : Context) (line : String) : BaseIO String := do
  let t0 ← IO.monoMsNow
  let h0 ← IO.getNumHeartbeats
  context.store.modify fun s => { s with requests := s.requests + 1 }
  context.veil.set none
  let (id, request) := readRequest context.limits line
  let outcome ← match request with
    | .error f => pure (.error f)
    | .ok r =>
      if context.mask?.isSome && Veil.reservedIn r.body then
        pure (.error { kind := .forbidden, message := "bold Fraktur letters are not allowed here" })
      else (dispatch r context).toBaseIO
  let veil? ← context.veil.get
  let result : Answer := match outcome with
    | .ok fields => ("ok", true) :: fields
    | .error f =>
      let message := match veil? with | some v => v.silence f.message | none => f.message
      ("ok", false) :: ("error", { f with message }.toJson) :: f.extra
  let tail := ("id", id) :: (← costFields context t0 h0)
  let text := (Json.mkObj (tail ++ result)).compress
  if veil?.isSome && (← context.disguised.get) && text.any isDisguise then
    return (Json.mkObj (tail ++ result.map fun (k, j) => (k, Veil.leave j))).compress
  else return text

/-- Set the token of the running request when its time is over. -/
partial def watch (deadline : Deadline) : IO Unit := do
  IO.sleep 10
  if let some (token, due) ← deadline.get then
    if (← IO.monoMsNow) ≥ due then token.set
  watch deadline

/-- Answer requests until the input ends. -/
unsafe def serve (deadline : Deadline) (mask? : Option Mask) : IO Unit := do
  let context : Context := {
    store := ← IO.mkRef {}, files := ← IO.mkRef [], veil := ← IO.mkRef none
    disguised := ← IO.mkRef false, deadline, mask? }
  let stdin ← IO.getStdin
  let stdout ← IO.getStdout
  let put (line : String) : IO Unit := do
    stdout.putStr (line ++ "\n")
    stdout.flush
  put (Json.mkObj (("id", .null) :: ("ok", true) :: helloFields context.limits mask?)).compress
  let rec loop : IO Unit := do
    let line? ← try some <$> stdin.getLine catch _ => pure none
    match line? with
    | some "" => return
    | some line => unless line.all Char.isWhitespace do put (← answer context line)
    | none => put (Json.mkObj [("id", .null), ("ok", false), ("error",
        ({ kind := .badJson, message := "the line is not UTF-8" } : Fault).toJson)]).compress
    loop
  loop

end Reconstruct.Gym
