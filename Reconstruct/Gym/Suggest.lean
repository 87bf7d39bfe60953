import Reconstruct.Gym.Try

/-!
# Suggestions from the library

Runs `exact?`, `apply?` or `rw?` on a goal and reports the tactics they propose. The proof state is
left alone: `apply?` and `rw?` close goals with `sorry` to show what they found.
-/

namespace Reconstruct.Gym

open Lean Elab Meta

/-- The searches that may be asked for. -/
def searchKinds : List String := ["exact?", "apply?", "rw?"]

/-- Tactics that `kind` proposes for the first goal of `p`, best first, at most `limit`. -/
def suggest (p : ProofState) (budget : Budget) (kind : String) (limit : Nat) :
    GymM (Array String) := do
  let stx ← parseWith p.env p.theory.scope Parser.Tactic.tacticSeq kind
  let (_, core, _) ← p.run budget (inputOf kind).fileMap do
    let tactic : Tactic.TacticM Unit := do
      try Tactic.evalTactic stx
      catch e => if e.isInterrupt then throw e
    discard <| (tactic.run { elaborator := .anonymous }).run { goals := p.goals.take 1 }
  let texts ← suggestionTexts core.messages
  return (texts.filter fun s => !p.theory.veil?.any (·.betrayedBy s)).take limit

end Reconstruct.Gym
