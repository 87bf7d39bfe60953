import Reconstruct.Gym.Audit
import Reconstruct.Gym.OwnFile
import Reconstruct.Gym.Suggest

/-!
# What the worker keeps, and the limits it works under
-/

namespace Reconstruct.Gym

open Lean Elab

/-- Ceilings and defaults of what a request may ask for. -/
structure Limits where
  /-- Bytes of one request. -/
  lineBytes  : Nat := 8 * 1024 * 1024
  /-- Bytes of one text: a tactic, a statement, a list of commands. -/
  textBytes  : Nat := 256 * 1024
  /-- Bracket nesting of one text, and length of its runs of prefix operators. -/
  nesting    : Nat := 200
  /-- Tactics of one `try`. -/
  tactics    : Nat := 4096
  /-- Heartbeats when a request names none. -/
  heartbeats : Nat := 20000
  /-- Milliseconds when a request names none. -/
  ms         : Nat := 10000
  /-- The most milliseconds a request can ask for. -/
  maxMs      : Nat := 3600000

/-- What the worker keeps. -/
structure Store where
  theories   : Std.HashMap Nat Theory := {}
  states     : Std.HashMap Nat ProofState := {}
  next       : Nat := 0
  /-- Imports made so far, so that asking again is free. -/
  imports    : List ((Array Name × List (String × String)) × Theory) := []
  /-- People's files read so far, by number, each with what was asked; asking again is free. -/
  files      : List (Nat × (Array Name × String × Bool × Bool) × OwnFile) := []
  steps      : Nat := 0
  requests   : Nat := 0

/-- The token of the running request and the millisecond at which it must be set. -/
abbrev Deadline := IO.Ref (Option (IO.CancelToken × Nat))

/-- What the operations of one worker share. -/
structure Context where
  store    : IO.Ref Store
  files    : IO.Ref ImportCache
  /-- The veil of the theory that the running request is about: its answer passes through it. -/
  veil     : IO.Ref (Option Veil)
  /-- Whether any text so far had a word that was disguised: until then no answer has one. -/
  disguised : IO.Ref Bool
  deadline : Deadline
  mask?    : Option Mask := none
  limits   : Limits := {}

/-- Operations of the server. -/
abbrev ServerM := ReaderT Context GymM

/-- The fields of an answer. -/
abbrev Answer := List (String × Json)

/-- Change what the worker keeps. -/
def modifyStore (f : Store → Store) : ServerM Unit := do (← read).store.modify f

/-- Keep a theory under a new number. -/
def addTheory (t : Theory) : ServerM Nat := do
  let id := (← (← read).store.get).next
  modifyStore fun s => { s with next := id + 1, theories := s.theories.insert id t }
  return id

/-- Keep a proof state under a new number. -/
def addState (p : ProofState) : ServerM Nat := do
  let id := (← (← read).store.get).next
  modifyStore fun s => { s with next := id + 1, states := s.states.insert id p }
  return id

/-- The theory that the request names. -/
def getTheory (r : Request) : ServerM Theory := do
  let id ← r.nat "theory"
  match (← (← read).store.get).theories[id]? with
  | some t =>
    (← read).veil.set t.veil?
    return t
  | none => fault .gone s!"theory {id} does not exist (any more)"

/-- The proof state that the request names. -/
def getState (r : Request) : ServerM ProofState := do
  let id ← r.nat "state"
  match (← (← read).store.get).states[id]? with
  | some p =>
    (← read).veil.set p.theory.veil?
    return p
  | none => fault .gone s!"state {id} does not exist (any more)"

/-- The outcome of `x` as a value. -/
def attempt (x : ServerM α) : ServerM (Except Fault α) := fun c => (x c).toBaseIO

/-- Run `x` with a token that the watchdog sets after `ms` milliseconds. -/
def withDeadline (ms : Nat) (x : IO.CancelToken → GymM α) : ServerM α := do
  let deadline := (← read).deadline
  let token ← IO.CancelToken.new
  deadline.set (some (token, (← IO.monoMsNow) + ms))
  let result ← (x token).toBaseIO
  deadline.set none
  match result with
  | .ok a => return a
  | .error f => throw f

/-- The heartbeats and milliseconds that a request asks for. -/
def budgetOf (r : Request) : ServerM (Nat × Nat) := do
  let limits := (← read).limits
  let heartbeats := (← r.nat? "heartbeats").getD limits.heartbeats
  let ms := (← r.nat? "ms").getD limits.ms
  return (max heartbeats 1, min ms limits.maxMs)

/-- Run `x` within the budget that the request asks for. -/
def withBudget (r : Request) (x : Budget → GymM α) : ServerM α := do
  let (heartbeats, ms) ← budgetOf r
  withDeadline ms fun token => x { heartbeats, token }

/-- What was spent since a time and a count of heartbeats, as answers tell it. -/
def costFields (c : Context) (ms heartbeats : Nat) : BaseIO Answer := do
  let told (n : Nat) : Json := toJson (if c.mask?.isSome then coarse n else n)
  return [("ms", told ((← IO.monoMsNow) - ms)),
    ("heartbeats", told (((← IO.getNumHeartbeats) - heartbeats) / 1000))]

/-- How deep brackets nest in a text. -/
def nestingOf (text : String) : Nat := Id.run do
  let mut depth := 0
  let mut deepest := 0
  for c in text.toList do
    if c == '(' || c == '[' || c == '{' || c == '⟨' || c == '‹' then
      depth := depth + 1
      if depth > deepest then deepest := depth
    else if c == ')' || c == ']' || c == '}' || c == '⟩' || c == '›' then
      depth := depth - 1
  return deepest

/-- Refuse texts that are too long or too deep for the parser, and put them behind the veil. -/
def admit (t : Theory) (text : String) : ServerM String := do
  let limits := (← read).limits
  if text.utf8ByteSize > limits.textBytes then
    fault .tooLarge s!"the text has {text.utf8ByteSize} bytes; the limit is {limits.textBytes}"
  if text.utf8ByteSize > limits.nesting && nestingOf text > limits.nesting then
    fault .tooLarge s!"brackets nest deeper than {limits.nesting}"
  let some v := t.veil? | return text
  let inside := v.enter text
  if inside != text then (← read).disguised.set true
  return inside

/-- A name in a request, behind the veil. -/
def admitName (t : Theory) (text : String) : ServerM Name := return nameOf (← admit t text)

end Reconstruct.Gym
