import Lean.PrettyPrinter
import Lean.Data.Json
import Reconstruct.Gym.Fingerprint

/-!
# What goals show, and what children take over from their parents

Printing is the most expensive part of a cheap proof step, and a child of a step shares nearly all
hypotheses with its parent. So a proof state keeps what its goals showed, term by term, and a child
prints and hashes only what is new.

The text of a term depends on the term and on names: those of the variables in it, and those of other
hypotheses where Lean has to avoid them. A text is taken over only if the term is the same, no
variable that was there before has another name now, and no new name occurs in the text.
-/

namespace Reconstruct.Gym

open Lean Meta

/-- A term as goals show it. -/
structure ShownTerm where
  term  : Expr
  shape : Shape
  /-- Its text, if it was asked for. -/
  text? : Option String := none
  deriving Inhabited

/-- A hypothesis as goals show it. -/
structure ShownHyp where
  fvarId  : FVarId
  name    : Name
  type    : ShownTerm
  value?  : Option ShownTerm := none
  isProof : Bool
  deriving Inhabited

/-- A goal as it was shown. -/
structure ShownGoal where
  /-- In context order. -/
  hyps   : Array ShownHyp
  target : ShownTerm
  print  : Fingerprint
  deriving Inhabited

/-- Pretty-print, broken at 100 columns. -/
def ppText (e : Expr) : MetaM String := do
  let format ← try PrettyPrinter.ppExpr e catch _ => ppExpr e
  return format.pretty 100

/-- Whether `part` occurs in `text`. -/
private def occursIn (part text : String) : Bool :=
  match text.splitOn part with
  | [_] => false
  | _ => true

/-- Under what conditions texts are taken over. -/
private structure Names where
  /-- No variable was renamed. -/
  stand : Bool
  /-- Names that were not there before. -/
  new   : Array String

/-- The text of a term that was shown before, if it still holds. -/
private def Names.textOf? (names : Names) (t : ShownTerm) : Option String := do
  let text ← t.text?
  guard (names.stand && !t.term.hasMVar && !names.new.any (occursIn · text) && !occursIn "_root_" text)
  return text

/-- A term as it is shown; `old` if it is that. -/
private def showTerm (names : Names) (text : Bool) (e : Expr) (old? : Option ShownTerm) :
    MetaM ShownTerm := do
  let e ← if e.hasMVar then instantiateMVars e else pure e
  match old? with
  | some old => if old.term.equal e then
      let text? ← if text then some <$> (names.textOf? old).getDM (ppText e) else pure none
      return { old with text? }
  | none => pure ()
  return { term := e, shape := .of e, text? := ← if text then some <$> ppText e else pure none }

/-- The hypotheses of a goal that a reader sees. -/
def visibleHyps (lctx : LocalContext) : Array LocalDecl :=
  lctx.foldl (fun hyps h => if h.isImplementationDetail then hyps else hyps.push h) #[]

/-- For each hypothesis what an older goal showed of it. Contexts mostly grow at their ends, so the
search begins where the last one ended. -/
private def pair (hyps : Array LocalDecl) (old : Array ShownHyp) : Array (Option ShownHyp) := Id.run do
  let mut next := 0
  let mut out := #[]
  for h in hyps do
    let found? := if old[next]?.any (·.fvarId == h.fvarId) then some next
      else old.findIdx? (·.fvarId == h.fvarId)
    if let some i := found? then next := i + 1
    out := out.push (found?.bind (old[·]?))
  return out

/-- Describe a goal, taking over what `before`, the goals of the parent state, showed already. `text`
asks for printed terms. -/
def showGoal (before : Array ShownGoal) (text : Bool) (goal : MVarId) : MetaM ShownGoal :=
  goal.withContext do
    let decl ← goal.getDecl
    let hyps := visibleHyps decl.lctx
    -- the goal it came from, as far as the first hypothesis tells
    let parent? := before.find? fun g => g.hyps[0]?.map (·.fvarId) == hyps[0]?.map (·.fvarId)
    let pairs := pair hyps ((parent?.map (·.hyps)).getD #[])
    let names : Names := {
      stand := (hyps.zip pairs).all fun (h, old?) => old?.all (·.name == h.userName)
      new := (hyps.zip pairs).filterMap fun (h, old?) =>
        if old?.isSome then none else some (toString h.userName.simpMacroScopes) }
    let mut shown : Array ShownHyp := #[]
    for h in hyps, old? in pairs do
      let type ← if h.type.hasMVar then instantiateMVars h.type else pure h.type
      let value? ← h.value?.mapM fun v => showTerm names text v (old?.bind (·.value?))
      let fresh : ShownHyp := { fvarId := h.fvarId, name := h.userName, value?, type := default, isProof := false }
      let hyp ← match shown.back?.filter (·.type.term.equal type), old?.filter (·.type.term.equal type) with
        -- binders of one type stand next to each other
        | some last, _ => pure { fresh with type := last.type, isProof := last.isProof }
        | none, some old => pure { fresh with
            type := ← showTerm names text type old.type, isProof := old.isProof }
        | none, none => pure { fresh with
            type := ← showTerm names text type none, isProof := ← isProp type }
      shown := shown.push hyp
    let target ← showTerm names text decl.type (parent?.map (·.target))
    let print := Fingerprint.of (shown.map fun h =>
      { fvarId := h.fvarId, type := h.type.shape, value? := h.value?.map (·.shape) }) target.shape
    return { hyps := shown, target, print }

end Reconstruct.Gym
