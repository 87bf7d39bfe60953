import Reconstruct.Gym.Allow
import Reconstruct.Gym.Describe

/-!
# Proof states: starting them, naming what is in them

Hypotheses that Lean would make inaccessible (`h✝`) get a plain, unused name, because a policy can only
use what it can name. Each renaming is reported as the tactic that does the same (`intro n h`,
`rename_i h_1`), so that a script can be written out and replayed by any Lean.
-/

namespace Reconstruct.Gym

open Lean Elab Meta

/-- Parse all of `text` with one parser in the scope of a theory. -/
def parseWith (env : Environment) (scope : Command.Scope) (parser : Parser.Parser) (text : String) :
    GymM Syntax := do
  let input := inputOf text
  let context := { env, options := scope.opts,
                   currNamespace := scope.currNamespace, openDecls := scope.openDecls }
  let fn := Parser.andthenFn Parser.whitespace parser.fn
  let state := fn.run input context (Parser.getTokenTable env) (Parser.mkParserState text)
  if !state.allErrors.isEmpty then
    fault .parse (state.toErrorMsg input)
  if state.pos.byteIdx < text.utf8ByteSize then
    fault .parse ((state.mkError "end of input").toErrorMsg input)
  return state.stxStack.back

/-- Parse in the environment `env` of a theory, apply the allow-list, and make tactic options (they
all stand in brackets) literal. -/
def readWith (env : Environment) (theory : Theory) (parser : Parser.Parser) (text : String) :
    GymM Syntax := do
  let stx ← parseWith env theory.scope parser text
  match ({} : Allow.Rules).refusal? env theory.veil?.isSome stx with
  | none => return if text.contains '(' then Allow.settle stx else stx
  | some r => fault .forbidden s!"{r.what} is not allowed here"

/-- A name that nothing in `taken` has, as close to `base` as possible. -/
partial def unusedName (taken : Name → Bool) (base : Name) : Name :=
  if taken base then go 1 else base
where
  go (i : Nat) : Name :=
    let name := base.appendAfter s!"_{i}"
    if taken name then go (i + 1) else name

/-- The plain name that an inaccessible or anonymous binder suggests. -/
def plainBase (name : Name) (isProof : Bool) : Name :=
  let base := name.eraseMacroScopes
  if base.isAnonymous || base == `a || base == `x then
    if isProof then `h else `x
  else if base.isAtomic then base else `x

/-- Move all leading binders of the goal into the context under plain unused names. Returns the
names in order. -/
partial def introAll (goal : MVarId) : MetaM (MVarId × Array Name) := go goal #[]
where
  go (goal : MVarId) (names : Array Name) : MetaM (MVarId × Array Name) := do
    let target ← instantiateMVars (← goal.getType)
    match target.cleanupAnnotations with
    | .forallE n type .. | .letE n type .. =>
      let isProof ← goal.withContext do isProp type
      let lctx := (← goal.getDecl).lctx
      let base := if n.hasMacroScopes || n.isAnonymous || !n.isAtomic then plainBase n isProof else n
      let name := unusedName (fun n => (lctx.findFromUserName? n).isSome) base
      let (_, goal) ← goal.intro name
      go goal (names.push name)
    | _ => return (goal, names)

/-- Give every inaccessible hypothesis a plain name. Returns the goal as `rename_i` leaves it and the
names that `rename_i` was given, or no names when nothing was inaccessible. -/
def nameHypotheses (goal : MVarId) : MetaM (MVarId × Array Name) := goal.withContext do
  let decl ← goal.getDecl
  let mut shadowed : Array LocalDecl := #[]
  let mut seen : NameSet := {}
  for h in decl.lctx.foldr (init := #[]) fun h hyps => hyps.push h do
    if h.userName.hasMacroScopes || seen.contains h.userName then
      -- `rename_i` would count it, yet no text can mean it
      if h.isImplementationDetail then return (goal, #[])
      shadowed := shadowed.push h
    seen := seen.insert h.userName
  if shadowed.isEmpty then return (goal, #[])
  let mut lctx := decl.lctx
  let mut names := #[]
  for h in shadowed.reverse do
    let name := unusedName seen.contains (plainBase h.userName (← isProp h.type))
    seen := seen.insert name
    lctx := lctx.setUserName h.fvarId name
    names := names.push name
  let renamed ← mkFreshExprMVarAt lctx decl.localInstances decl.type .syntheticOpaque decl.userName
  goal.assign renamed
  return (renamed.mvarId!, names)

/-- The tactic `word names…`, or nothing when there are no names. -/
def namingTactic? (word : String) (names : Array Name) : Option String :=
  if names.isEmpty then none
  else some (" ".intercalate (word :: (names.map fun n => toString n).toList))

/-- A proof state for a closed proposition. `unfolded` is what the goal shows, if that is not the
proposition itself; they must be equal by definition. -/
def startProof (theory : Theory) (budget : Budget) (levelParams : List Name) (type : Expr)
    (unfolded : Option Expr) (intro : Bool) : GymM (ProofState × Array Name) := do
  let ((goal, proof, names), core, mctx) ← do
    let ((goal, proof, names, mctx), core) ← theory.run budget default do
      let m ← mkFreshExprSyntheticOpaqueMVar (unfolded.getD type) `main
      let (goal, names) ← if intro then introAll m.mvarId! else pure (m.mvarId!, #[])
      return (goal, m.mvarId!, names, ← getMCtx)
    pure ((goal, proof, names), core, mctx)
  let state : ProofState := {
    theory, env := core.env, mctx, ngen := core.ngen, auxDeclNGen := core.auxDeclNGen
    nextMacroScope := core.nextMacroScope, goals := [goal], roots := [proof], levelParams, type, proof }
  return (state, names)

/-- Read a statement as `theorem` would. -/
def readStatement (theory : Theory) (budget : Budget) (text : String) : GymM (List Name × Expr) := do
  let stx ← readWith theory.env theory (Parser.categoryParser `term 0) text
  let (result, core) ← theory.run budget (inputOf text).fileMap do
    Term.withLevelNames theory.scope.levelNames <| Term.withoutErrToSorry <|
      Term.withAutoBoundImplicit do
        let type ← Term.elabType stx
        Term.synthesizeSyntheticMVarsNoPostponing
        let type ← mkForallFVars (← Term.addAutoBoundImplicits #[] none) (← instantiateMVars type)
        let type ← Term.levelMVarToParam (← instantiateMVars type)
        let type ← instantiateMVars type
        if type.hasExprMVar then
          throwError "the statement has parts that could not be inferred: {type}"
        unless ← isProp type do
          throwError "the statement is not a proposition: {type}"
        return ((collectLevelParams {} type).params.toList, type)
  if let some f ← firstError? core.messages then throw f
  return result

/-- The named proposition and what it unfolds to. -/
def readProp (theory : Theory) (name : Name) : GymM (Expr × Expr) := do
  let some info := theory.find? name | fault .elaboration s!"unknown proposition '{name}'"
  let some value := info.value? | fault .elaboration s!"'{name}' has no definition to unfold"
  if !info.levelParams.isEmpty || !info.type.isProp then
    fault .elaboration s!"'{name}' is not a proposition without parameters"
  return (.const name [], value)

/-- The goals of a state as JSON, and the state that remembers what they showed. -/
def goalsJson (p : ProofState) (view : View) (budget : Budget) : GymM (Array Json × ProofState) := do
  let (r, _, _) ← p.run budget default do p.goals.toArray.mapM (goalJson p.shown view ·)
  return (r.map (·.1), { p with shown := r.map (·.2) })

end Reconstruct.Gym
