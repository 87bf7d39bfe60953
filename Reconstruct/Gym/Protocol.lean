import Lean.Data.Json

/-!
# The gym protocol: faults, requests and answers

One JSON object a line in, one a line out. `docs/gym.md` is the authority on what each request means;
this file holds what every request shares: the closed list of error kinds, the exception type that
carries them, and field access that says which field is wrong.
-/

namespace Reconstruct.Gym

open Lean (Json ToJson toJson)

/-- Version of the protocol, reported by `hello`; grows when an answer changes meaning. -/
def protocolVersion : Nat := 1

/-- Why a request failed. The list is closed: clients may match on it. -/
inductive ErrorKind where
  | badJson | badRequest | unknownOp | tooLarge | gone | unknownModule | parse | forbidden
  | elaboration | timeout | heartbeats | recursion | memory | kernel | internal
  deriving BEq, Inhabited

/-- The spelling of an error kind on the wire. -/
def ErrorKind.wire : ErrorKind → String
  | badJson => "bad_json" | badRequest => "bad_request" | unknownOp => "unknown_op"
  | tooLarge => "too_large" | gone => "gone" | unknownModule => "unknown_module"
  | parse => "parse" | forbidden => "forbidden" | elaboration => "elab" | timeout => "timeout"
  | heartbeats => "heartbeats" | recursion => "recursion" | memory => "memory"
  | kernel => "kernel" | internal => "internal"

/-- A failed request: what the answer's `error` holds, and fields that stand beside it. -/
structure Fault where
  kind    : ErrorKind
  message : String
  extra   : List (String × Json) := []
  deriving Inhabited

/-- Computations that answer or fail with a `Fault`. -/
abbrev GymM := EIO Fault

/-- The `error` object of a fault. -/
def Fault.toJson (f : Fault) : Json :=
  Json.mkObj [("kind", f.kind.wire), ("message", f.message)]

/-- Fail with a kind and a message. -/
def fault {α : Type} (kind : ErrorKind) (message : String) : GymM α := throw { kind, message }

/-- Run `IO`; an exception there is a defect or a broken machine, hence `internal`. -/
def liftIO {α : Type} (x : IO α) : GymM α :=
  x.toEIO fun e => { kind := .internal, message := toString e }

/-- A request: its operation and the JSON object it came in. -/
structure Request where
  op   : String
  body : Json

namespace Request

/-- The field `key`, if present and not null. -/
def get? (r : Request) (key : String) : Option Json :=
  match r.body.getObjVal? key with
  | .ok .null | .error _ => none
  | .ok j => some j

private def wrong {α : Type} (r : Request) (key expected : String) : GymM α :=
  fault .badRequest s!"'{r.op}': field '{key}' must be {expected}"

/-- An optional string field. -/
def str? (r : Request) (key : String) : GymM (Option String) :=
  match r.get? key with
  | none => pure none
  | some (.str s) => pure (some s)
  | some _ => r.wrong key "a string"

/-- A required string field. -/
def str (r : Request) (key : String) : GymM String := do
  match ← r.str? key with
  | some s => pure s
  | none => r.wrong key "a string"

/-- An optional Boolean field with its default. -/
def bool (r : Request) (key : String) (default : Bool) : GymM Bool :=
  match r.get? key with
  | none => pure default
  | some (.bool b) => pure b
  | some _ => r.wrong key "true or false"

/-- A number on the wire as a natural number below 2⁵³, so that no client loses digits. -/
private def natural? : Json → Option Nat
  | .num { mantissa := .ofNat n, exponent := 0 } => if n < 2 ^ 53 then some n else none
  | _ => none

/-- An optional natural number. -/
def nat? (r : Request) (key : String) : GymM (Option Nat) :=
  match r.get? key with
  | none => pure none
  | some j => match natural? j with
    | some n => pure (some n)
    | none => r.wrong key "a natural number below 2^53"

/-- A required natural number. -/
def nat (r : Request) (key : String) : GymM Nat := do
  match ← r.nat? key with
  | some n => pure n
  | none => r.wrong key "a natural number below 2^53"

/-- An array field, each element read by `read`; absent means empty. -/
private def array (r : Request) (key expected : String) (read : Json → Option α) :
    GymM (Array α) :=
  match r.get? key with
  | none => pure #[]
  | some (.arr xs) => match xs.mapM read with
    | some ys => pure ys
    | none => r.wrong key expected
  | some _ => r.wrong key expected

/-- An optional array of strings, empty when absent. -/
def strings (r : Request) (key : String) : GymM (Array String) :=
  r.array key "an array of strings" fun | .str s => some s | _ => none

/-- An optional array of natural numbers, empty when absent. -/
def nats (r : Request) (key : String) : GymM (Array Nat) :=
  r.array key "an array of natural numbers" natural?

/-- An optional object field, seen as a request of the same operation. -/
def obj? (r : Request) (key : String) : GymM (Option Request) :=
  match r.get? key with
  | none => pure none
  | some j@(.obj _) => pure (some { r with body := j })
  | some _ => r.wrong key "an object"

end Request

/-- The least name a JSON text can mean: dotted components, numbers kept as numbers. -/
def nameOf (s : String) : Lean.Name := s.toName

end Reconstruct.Gym
