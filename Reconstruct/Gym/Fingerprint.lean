import Lean.Meta.Basic
import Lean.Util.CollectFVars
import Lean.Util.CollectLevelMVars
import Lean.Util.CollectLevelParams
import Lean.Util.CollectMVars
import Lean.Util.ReplaceLevel
import Reconstruct.Gym.Mask

/-!
# Structural fingerprints of goals

Two goals that differ only in the names of their hypotheses, bound variables, metavariables and
universe parameters get the same fingerprint, in every process and theory; other differences change
it, up to a 64-bit hash. Local variables are numbered by their first occurrence, from the target on,
so the order of unrelated hypotheses does not matter; hypotheses that the target does not reach are
ordered by what they say, and only hypotheses that say the same keep the order of the context.

It is done in two steps. The *shape* of a term is what remains of it when the names it has free, its
*atoms*, are taken out; it depends on nothing else and can be kept as long as the term lives. A
fingerprint puts the shapes of a goal together and says which of their atoms are the same. Children
of a proof step share nearly all terms with their parent, so nearly all of the work is the second,
short step.
-/

namespace Reconstruct.Gym

open Lean

/-- A term without its free names. -/
structure Shape where
  /-- Hash of the term with its atoms numbered in the order of `atoms`. -/
  bits   : UInt64
  /-- Free variables, metavariables, universe metavariables and universe parameters: their unique
  names, each kind in an order that depends on the term alone. -/
  atoms  : Array Name
  /-- Number of nodes of the term as a tree. -/
  size   : Nat
  consts : Array Name
  deriving Inhabited

/-- Hash, size and constants of a goal. -/
structure Fingerprint where
  bits   : UInt64
  size   : Nat
  /-- Each once, in the order in which they occur: no order of names, which a mask would change. -/
  consts : Array Name
  /-- The unique names of all hypotheses in the order of their numbers. Between two goals with the same
  `bits`, the hypotheses with the same place in this order correspond: it is an isomorphism. -/
  order  : Array Name
  /-- The universe parameters, likewise. -/
  levels : Array Name
  deriving Inhabited

/-- Sixteen hexadecimal digits. -/
def Fingerprint.hex (f : Fingerprint) : String :=
  let digits := String.ofList (Nat.toDigits 16 f.bits.toNat)
  "".pushn '0' (16 - digits.length) ++ digits

/-- The names without repetitions, in the order of their first occurrence. -/
def distinct (names : Array Name) : Array Name :=
  (names.foldl (init := (#[], ({} : NameSet))) fun (out, seen) n =>
    if seen.contains n then (out, seen) else (out.push n, seen.insert n)).1

/-- A pair of 64-bit words mixed with the number of the constructor they belong to. -/
private def mix (tag a b : UInt64) : UInt64 :=
  let h := mixHash (a * 0x9E3779B97F4A7C15 + tag) (b ^^^ (a >>> 29))
  (h ^^^ (h >>> 32)) * 0xD6E8FEB86659FD93

namespace Shape

/-- Up to this many nodes a term is walked as a tree; beyond, equal subterms are walked once. -/
private def treeLimit : Nat := 4000

/-- `n` and the number of nodes of the term as a tree, or something above `treeLimit`. -/
private partial def count (e : Expr) (n : Nat) : Nat :=
  if n > treeLimit then n
  else match e with
    | .app f a => count f (count a (n + 1))
    | .lam _ t b _ | .forallE _ t b _ => count b (count t (n + 1))
    | .letE _ t v b _ => count b (count v (count t (n + 1)))
    | .mdata _ e => count e n
    | .proj _ _ e => count e (n + 1)
    | _ => n + 1

private def hashLiteral : Literal → UInt64
  | .natVal n => if n < 2 ^ 62 then mix 8 n.toUInt64 0 else mix 9 (hash (toString n)) 0
  | .strVal s => mix 10 (hash s) 0

private def hashLevels : List Level → UInt64
  | [] => 11
  | u :: us => mix 7 u.hash (hashLevels us)

/-- Hash of a term without free variables and metavariables. -/
private partial def hashTree : Expr → UInt64
  | .bvar i => mix 20 i.toUInt64 0
  | .sort u => mix 21 u.hash 0
  | .const n us => mix 24 (plainName n).hash (hashLevels us)
  | .app f a => mix 25 (hashTree f) (hashTree a)
  | .lam _ t b _ => mix 26 (hashTree t) (hashTree b)
  | .forallE _ t b _ => mix 27 (hashTree t) (hashTree b)
  | .letE _ t v b _ => mix 28 (mix 29 (hashTree t) (hashTree v)) (hashTree b)
  | .lit l => hashLiteral l
  | .mdata _ e => hashTree e
  | .proj n i e => mix 30 (mix 31 (plainName n).hash i.toUInt64) (hashTree e)
  | .fvar _ | .mvar _ => 0

/-- `hashTree` and the number of nodes, with a table of what was walked before. -/
private partial def hashShared (e : Expr) : StateM (Std.HashMap ExprStructEq (UInt64 × Nat)) (UInt64 × Nat) := do
  match e with
  | .app f a => memo do
    let (x, m) ← hashShared f
    let (y, n) ← hashShared a
    return (mix 25 x y, m + n + 1)
  | .lam _ t b _ => memo do
    let (x, m) ← hashShared t
    let (y, n) ← hashShared b
    return (mix 26 x y, m + n + 1)
  | .forallE _ t b _ => memo do
    let (x, m) ← hashShared t
    let (y, n) ← hashShared b
    return (mix 27 x y, m + n + 1)
  | .letE _ t v b _ => memo do
    let (x, l) ← hashShared t
    let (y, m) ← hashShared v
    let (z, n) ← hashShared b
    return (mix 28 (mix 29 x y) z, l + m + n + 1)
  | .proj s i e => memo do
    let (x, n) ← hashShared e
    return (mix 30 (mix 31 (plainName s).hash i.toUInt64) x, n + 1)
  | .mdata _ e => hashShared e
  | e => return (hashTree e, 1)
where
  memo (x : StateM (Std.HashMap ExprStructEq (UInt64 × Nat)) (UInt64 × Nat)) := do
    if let some r := (← get)[ExprStructEq.mk e]? then return r
    let r ← x
    modify (·.insert ⟨e⟩ r)
    return r

/-- A stand-in for universe number `i`. -/
private def level (i : Nat) : Level := .param (.num `_atom i)

/-- The shape of a term whose metavariables are instantiated. -/
def of (e : Expr) : Shape :=
  let fvars := if e.hasFVar then (collectFVars {} e).fvarIds else #[]
  let mvars := if e.hasExprMVar then (e.collectMVars {}).result else #[]
  let levelMVars := if e.hasLevelMVar then (collectLevelMVars {} e).result else #[]
  let params := if e.hasLevelParam then (collectLevelParams {} e).params else #[]
  let closed := if fvars.isEmpty && mvars.isEmpty then e
    else e.abstract (fvars.map .fvar ++ mvars.map .mvar)
  let closed := if levelMVars.isEmpty then closed
    else closed.replaceLevel fun
      | .mvar m => levelMVars.idxOf? m |>.map fun i => level (params.size + i)
      | _ => none
  let closed := if params.isEmpty then closed
    else closed.instantiateLevelParams params.toList ((List.range params.size).map level)
  let nodes := count closed 0
  let (bits, size) := if nodes > treeLimit then (hashShared closed).run' {} else (hashTree closed, nodes)
  { bits, size, consts := e.getUsedConstants
    atoms := fvars.map (·.name) ++ mvars.map (·.name) ++ levelMVars.map (·.name) ++ params }

end Shape

/-- What a fingerprint has to know of a hypothesis. -/
structure HypShape where
  fvarId : FVarId
  type   : Shape
  value? : Option Shape

namespace Fingerprint

private structure State where
  /-- Numbers of atoms, by first occurrence. -/
  numbers : NameMap Nat := {}
  /-- Atoms in the order of their numbers. -/
  queue   : Array Name := #[]
  bits    : UInt64

/-- Take in a shape: its hash, and the numbers of its atoms. -/
private def State.take (s : State) (shape : Shape) : State := Id.run do
  let mut s := { s with bits := mix 60 s.bits shape.bits }
  for a in shape.atoms do
    match s.numbers.find? a with
    | some k => s := { s with bits := mix 61 s.bits k.toUInt64 }
    | none =>
      let k := s.queue.size
      s := { numbers := s.numbers.insert a k, queue := s.queue.push a, bits := mix 61 s.bits k.toUInt64 }
  return s

private def State.takeHyp (s : State) (h : HypShape) : State :=
  match h.value? with
  | some v => ({ s with bits := mix 41 s.bits 0 }.take h.type).take v
  | none => { s with bits := mix 40 s.bits 0 }.take h.type

/-- Take in the hypotheses that have a number from `i` on, and those that they mention. -/
private partial def State.drain (s : State) (hyps : NameMap HypShape) (i : Nat) : State × Nat :=
  match s.queue[i]? with
  | none => (s, i)
  | some a => match hyps.find? a with
    | some h => (s.takeHyp h).drain hyps (i + 1)
    | none => s.drain hyps (i + 1)

/-- The fingerprint of a goal with the given hypotheses, in context order, and target. -/
def of (hyps : Array HypShape) (target : Shape) : Fingerprint := Id.run do
  let mut known : NameMap HypShape := {}
  let mut size := target.size
  let mut consts := target.consts
  for h in hyps do
    known := known.insert h.fvarId.name h
    size := size + h.type.size
    consts := consts ++ h.type.consts
    if let some v := h.value? then
      size := size + v.size
      consts := consts ++ v.consts
  let mut (s, i) := ({ bits := 0 : State }.take target).drain known 0
  -- what the target does not reach, in an order that depends on what it says
  let rest := hyps.filter fun h => !s.numbers.contains h.fvarId.name
  let start := { s with bits := 0 }
  let keyed := rest.map fun h => ((start.takeHyp h).bits, h)
  for (_, h) in keyed.insertionSort fun a b => a.1 < b.1 do
    unless s.numbers.contains h.fvarId.name do
      s := { s with
        numbers := s.numbers.insert h.fvarId.name s.queue.size, queue := s.queue.push h.fvarId.name
        bits := mix 44 s.bits 0 }
      (s, i) := s.drain known i
  return {
    bits := s.bits, size, consts := distinct consts
    order := s.queue.filter known.contains
    levels := s.queue.filter fun a => !known.contains a && a matches .str .. }

end Fingerprint
end Reconstruct.Gym
