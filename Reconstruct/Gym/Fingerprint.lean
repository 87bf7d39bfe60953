import Lean.Meta.Basic

/-!
# Structural fingerprints of goals

Two goals that differ only in the names of their hypotheses, bound variables, metavariables and
universe parameters get the same fingerprint, in every process and theory; other differences change
it, up to a 64-bit hash. Local variables are numbered by their first occurrence when the target is
read from left to right, so the order of unrelated hypotheses does not matter; hypotheses that the
target does not reach are ordered by what they say, and only hypotheses that say the same keep the
order of the context.
-/

namespace Reconstruct.Gym

open Lean

/-- Hash, size and constants of a goal. -/
structure Fingerprint where
  bits   : UInt64
  size   : Nat
  consts : Array Name

/-- Sixteen hexadecimal digits. -/
def Fingerprint.hex (f : Fingerprint) : String :=
  let digits := String.ofList (Nat.toDigits 16 f.bits.toNat)
  "".pushn '0' (16 - digits.length) ++ digits

namespace Fingerprint

/-- A pair of 64-bit words mixed with the number of the constructor they belong to. -/
@[inline] private def mix (tag a b : UInt64) : UInt64 :=
  let h := mixHash (a * 0x9E3779B97F4A7C15 + tag) (b ^^^ (a >>> 29))
  (h ^^^ (h >>> 32)) * 0xD6E8FEB86659FD93

private structure State where
  /-- Numbers given to local variables, metavariables and universe parameters so far. -/
  locals : Std.HashMap FVarId Nat := {}
  metas  : Std.HashMap MVarId Nat := {}
  levels : Std.HashMap Name Nat := {}
  /-- Local variables with a number whose types are still to be read. -/
  queue  : Array FVarId := #[]
  memo   : Std.HashMap ExprStructEq UInt64 := {}
  consts : NameSet := {}
  size   : Nat := 0

private abbrev M := StateM State

private def number (name : Name) : M UInt64 := do
  let s ← get
  match s.levels[name]? with
  | some k => return k.toUInt64
  | none =>
    let k := s.levels.size
    set { s with levels := s.levels.insert name k }
    return k.toUInt64

private def hashLevel : Level → M UInt64
  | .zero => return 1
  | .succ u => return mix 2 (← hashLevel u) 0
  | .max u v => return mix 3 (← hashLevel u) (← hashLevel v)
  | .imax u v => return mix 4 (← hashLevel u) (← hashLevel v)
  | .param n => return mix 5 (← number n) 0
  | .mvar n => return mix 6 (← number n.name) 0

private def hashLevels (us : List Level) : M UInt64 :=
  us.foldlM (fun h u => return mix 7 h (← hashLevel u)) 11

private def hashLiteral : Literal → UInt64
  | .natVal n => if n < 2 ^ 62 then mix 8 n.toUInt64 0 else mix 9 (hash (toString n)) 0
  | .strVal s => mix 10 (hash s) 0

private partial def hashExpr (e : Expr) : M UInt64 := do
  match e with
  | .bvar i => modify fun s => { s with size := s.size + 1 }; return mix 20 i.toUInt64 0
  | .sort u => modify fun s => { s with size := s.size + 1 }; return mix 21 (← hashLevel u) 0
  | .lit l => modify fun s => { s with size := s.size + 1 }; return hashLiteral l
  | .mdata _ e => hashExpr e
  | .fvar x =>
    let s ← get
    match s.locals[x]? with
    | some k => set { s with size := s.size + 1 }; return mix 22 k.toUInt64 0
    | none =>
      let k := s.locals.size
      set { s with
        size := s.size + 1, locals := s.locals.insert x k, queue := s.queue.push x }
      return mix 22 k.toUInt64 0
  | .mvar m =>
    let s ← get
    match s.metas[m]? with
    | some k => set { s with size := s.size + 1 }; return mix 23 k.toUInt64 0
    | none =>
      let k := s.metas.size
      set { s with size := s.size + 1, metas := s.metas.insert m k }
      return mix 23 k.toUInt64 0
  | .const n us =>
    modify fun s => { s with size := s.size + 1, consts := s.consts.insert n }
    return mix 24 n.hash (← hashLevels us)
  | _ =>
    if let some h := (← get).memo[ExprStructEq.mk e]? then
      return h
    let h ← match e with
      | .app f a => pure (mix 25 (← hashExpr f) (← hashExpr a))
      | .lam _ t b _ => pure (mix 26 (← hashExpr t) (← hashExpr b))
      | .forallE _ t b _ => pure (mix 27 (← hashExpr t) (← hashExpr b))
      | .letE _ t v b _ => pure (mix 28 (mix 29 (← hashExpr t) (← hashExpr v)) (← hashExpr b))
      | .proj n i e => pure (mix 30 (mix 31 n.hash i.toUInt64) (← hashExpr e))
      | _ => pure 0
    modify fun s => { s with memo := s.memo.insert ⟨e⟩ h }
    return h

end Fingerprint

open Fingerprint in
/-- The fingerprint of a goal with the given hypotheses (in context order) and target, all with
metavariables instantiated. -/
def fingerprint (hyps : Array LocalDecl) (target : Expr) : MetaM Fingerprint := do
  let hyps ← hyps.mapM fun h => return (h.fvarId, ← instantiateMVars h.type,
    ← h.value?.mapM (instantiateMVars ·))
  let bodies : Std.HashMap FVarId (Expr × Option Expr) :=
    hyps.foldl (fun m (x, b) => m.insert x b) {}
  let declHash (x : FVarId) : StateM Fingerprint.State UInt64 := do
    match bodies[x]? with
    | some (t, v?) =>
      let ht ← hashExpr t
      match v? with
      | some v => return Fingerprint.mix 41 ht (← hashExpr v)
      | none => return Fingerprint.mix 40 ht 0
    | none => return 42
  let rec drain (fuel i : Nat) (h : UInt64) : StateM Fingerprint.State UInt64 := do
    match fuel with
    | 0 => return h
    | fuel + 1 =>
      match (← get).queue[i]? with
      | some x => drain fuel (i + 1) (Fingerprint.mix 43 h (← declHash x))
      | none => modify fun s => { s with queue := s.queue.extract 0 0 }; return h
  let action : StateM Fingerprint.State UInt64 := do
    let fuel := hyps.size + 1
    let mut h ← drain fuel 0 (← hashExpr target)
    -- what the target did not reach, in an order that depends on what it says
    let known ← get
    let rest := hyps.filter fun (x, _) => !known.locals.contains x
    let keyed := rest.map fun (x, _) => ((declHash x).run' { known with memo := {} } |>.run, x)
    for (_, x) in keyed.qsort (fun a b => a.1 < b.1) do
      unless (← get).locals.contains x do
        modify fun s => { s with locals := s.locals.insert x s.locals.size }
        h := Fingerprint.mix 44 h (← declHash x)
        h ← drain fuel 0 h
    return h
  let (bits, s) := action.run {}
  return { bits, size := s.size, consts := s.consts.toArray }

end Reconstruct.Gym
