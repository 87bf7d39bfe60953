import Reconstruct.Gym.Compat
import Reconstruct.Gym.Mask
import Reconstruct.Gym.Protocol
import Reconstruct.Gym.Shown

/-!
# Theories, proof states and budgets

A theory is an immutable command state: an environment, and the namespaces, `open`s and options that
the accepted text left in force. A proof state is an immutable list of goals over a theory. Both are
values: a request makes new ones and never changes old ones, so they branch freely, and whatever a
failed request did is simply not kept.
-/

namespace Reconstruct.Gym

open Lean Meta Elab

/-- What one request may spend. -/
structure Budget where
  /-- Lean's user unit: a thousand small allocations. -/
  heartbeats : Nat
  /-- Set by the watchdog when the request's time is over. -/
  token : IO.CancelToken

/-- An immutable theory. -/
structure Theory where
  state : Command.State
  /-- What the mask hides in it, on a server with a mask. -/
  veil? : Option Veil := none
  deriving Nonempty

namespace Theory

/-- The environment of a theory. -/
def env (t : Theory) : Environment := t.state.env

/-- The namespace, `open`s and options in force. -/
def scope (t : Theory) : Command.Scope := t.state.scopes.head!

/-- The declaration of a name, unless the mask hides it. -/
def find? (t : Theory) (name : Name) : Option ConstantInfo :=
  if t.veil?.any (·.hides name) then none else t.env.find? name

/-- Whether a declaration may be listed among what others use. -/
def shows (t : Theory) (name : Name) : Bool := !t.veil?.any (·.hides name)

/-- A message of Lean as this theory may show it. -/
def silence (t : Theory) (text : String) : String :=
  match t.veil? with
  | some v => v.silence text
  | none => text

/-- A fault as this theory may show it. -/
def silenceFault (t : Theory) (f : Fault) : Fault := { f with message := t.silence f.message }

end Theory

/-- Goals still to be proved, and all that is needed to go on from them. The caches of the
elaborator are left out on purpose: they cost more memory than they save time. -/
structure ProofState where
  /-- The theory the statement was read in. -/
  theory : Theory
  /-- The theory's environment and the auxiliary declarations that tactics made. -/
  env : Environment
  mctx : MetavarContext
  ngen : NameGenerator
  auxDeclNGen : DeclNameGenerator
  nextMacroScope : MacroScope
  goals : List MVarId
  /-- What each goal showed when the state was made; children take over what they share. -/
  shown : Array ShownGoal := #[]
  /-- What this state must have assigned when its goals are gone. -/
  roots : List MVarId
  levelParams : List Name
  /-- The statement as `add` will declare it. -/
  type : Expr
  /-- The metavariable of the whole proof. -/
  proof : MVarId
  /-- One child of several: its goals are not all that is left to prove. -/
  split : Bool := false
  deriving Nonempty

/-- Turn an exception of the elaborator into the answer it stands for. -/
def faultOfException (e : Exception) : BaseIO Fault := do
  if e.isInterrupt then
    return { kind := .timeout, message := "time limit reached" }
  if e.isMaxHeartbeat then
    return { kind := .heartbeats, message := "heartbeat limit reached" }
  if e.isMaxRecDepth then
    return { kind := .recursion, message := "maximum recursion depth reached" }
  let text ← e.toMessageData.toString
  return { kind := if text.startsWith "(kernel)" then .kernel else .elaboration, message := text }

/-- The fault of the first error among messages, if there is one. -/
def firstError? (messages : MessageLog) : BaseIO (Option Fault) := do
  for m in messages.toList do
    if m.severity == .error then
      if isHeartbeatMessage m.data then
        return some { kind := .heartbeats, message := "heartbeat limit reached" }
      if isRecursionMessage m.data then
        return some { kind := .recursion, message := "maximum recursion depth reached" }
      let text ← m.data.toString
      return some { kind := if text.startsWith "(kernel)" then .kernel else .elaboration,
                    message := text }
  return none

/-- The theory with the declarations that a run over it has made. -/
def Theory.after (t : Theory) (core : Core.State) : Theory :=
  { t with state := { t.state with
      env := core.env, ngen := core.ngen, auxDeclNGen := core.auxDeclNGen
      nextMacroScope := core.nextMacroScope } }

/-- Run `x`, keeping runtime exceptions (limits) as values. -/
private def observe (x : Term.TermElabM α) : Term.TermElabM (Except Exception α) :=
  tryCatchRuntimeEx (.ok <$> x) fun e => return .error e

/-- Run `x` over a theory. What it does to the environment is in the returned state only. -/
def Theory.run (t : Theory) (budget : Budget) (fileMap : FileMap) (x : Term.TermElabM α) :
    GymM (α × Core.State) := do
  let context ← coreContext t.scope fileMap budget.heartbeats budget.token
  let core : Core.State := {
    env := t.env, ngen := t.state.ngen, auxDeclNGen := t.state.auxDeclNGen
    nextMacroScope := t.state.nextMacroScope, infoState := { enabled := false } }
  let action : CoreM (Except Exception α) := ((observe x).run' {} {}).run' {} {}
  match ← (action.run context core).toBaseIO with
  | .ok (.ok a, core) => return (a, core)
  | .ok (.error e, _) | .error e => throw (← faultOfException e)

/-- Run `x` over the goals of a proof state. -/
def ProofState.run (p : ProofState) (budget : Budget) (fileMap : FileMap) (x : Term.TermElabM α) :
    GymM (α × Core.State × Meta.State) := do
  let context ← coreContext p.theory.scope fileMap budget.heartbeats budget.token
  let core : Core.State := {
    env := p.env, ngen := p.ngen, auxDeclNGen := p.auxDeclNGen
    nextMacroScope := p.nextMacroScope, infoState := { enabled := false } }
  let elab' : MetaM (Except Exception α) :=
    (observe x).run' { declName? := `Gym.goal } { levelNames := p.levelParams }
  let action : CoreM (Except Exception α × Meta.State) := elab'.run {} { mctx := p.mctx }
  match ← (action.run context core).toBaseIO with
  | .ok ((.ok a, metaState), core) => return (a, core, metaState)
  | .ok ((.error e, _), _) | .error e => throw (← faultOfException e)

end Reconstruct.Gym
