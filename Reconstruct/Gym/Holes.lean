import Reconstruct.Gym.Goal

/-!
# Holes: the `sorry`s of a text, by position

Where a hole is, the syntax says; what it stands for, Lean says, in the information that elaborating
the command left behind. A hole that is a proposition is closed over its local context under names
that a script at its place can use. Every other hole keeps the reason why it is no goal.
-/

namespace Reconstruct.Gym

open Lean Elab Meta

/-- What a hole stands for. -/
inductive HoleKind where
  /-- A proof of a proposition that Lean knows at that place. -/
  | proposition
  /-- A value: a number, a function, an instance, a field that is no proof. -/
  | data
  /-- A type, or a part of what a declaration says. -/
  | type
  /-- Lean never came there: a branch that is not run, the tactic of an automatic argument. -/
  | unreached
  /-- Lean came there, but it is no statement of its own. -/
  | unknown
  deriving BEq

/-- The word for a kind of hole on the wire. -/
def HoleKind.word : HoleKind → String
  | proposition => "proposition" | data => "data" | type => "type" | unreached => "unreached"
  | unknown => "unknown"

/-- A proposition closed over its context. -/
structure Closed where
  levelParams : List Name
  type        : Expr
  /-- How many leading binders of `type` the context has at the hole. -/
  context     : Nat
  /-- What `rename_i` is to be told there, so that the hypotheses have the names of the binders. -/
  renames     : Array String
  deriving Inhabited

/-- A `sorry` in a text. -/
structure Hole where
  first  : String.Pos.Raw
  last   : String.Pos.Raw
  /-- Whether it is a tactic (or else a term). -/
  tactic : Bool
  /-- The declaration that the hole is in, if it has a name. -/
  decl   : Name
  kind   : HoleKind
  /-- The statement, or why there is none to prove. -/
  closed : Except String Closed

/-- The statement of a hole, or why there is none. -/
def Hole.statement? (h : Hole) : Option Closed := h.closed.toOption

/-- Where the text of a command says `sorry`. -/
private structure Spot where
  first  : String.Pos.Raw
  last   : String.Pos.Raw
  tactic : Bool
  /-- Whether that is in what a declaration says rather than in its body. -/
  says   : Bool

/-- Where the text of a command says `sorry` (or `admit`). -/
private partial def spots (stx : Syntax) : Array Spot := go false #[] stx
where
  go (says : Bool) (found : Array Spot) (stx : Syntax) :=
    match stx with
    | .node _ kind args =>
      if kind == ``Parser.Term.sorry || kind == ``Parser.Tactic.tacticSorry
          || kind == ``Parser.Tactic.tacticAdmit then
        match stx.getPos?, stx.getTailPos? with
        | some first, some last => found.push { first, last, says, tactic := kind != ``Parser.Term.sorry }
        | _, _ => found
      else
        let says := says || kind == ``Parser.Command.declSig || kind == ``Parser.Command.optDeclSig
          || kind == ``Parser.Command.ctor
        args.foldl (go says) found
    | _ => found

/-- The hypotheses of a context that a statement can be closed over, and those it can't: local functions
of the declaration itself, things without a name, and whatever speaks of them. -/
private def usable : MetaM (Array LocalDecl × FVarIdSet) := do
  let mut kept := #[]
  let mut lost : FVarIdSet := {}
  for h in ← getLCtx do
    let type ← instantiateMVars h.type
    let value ← instantiateMVars (h.value?.getD type)
    if h.isImplementationDetail || type.hasAnyFVar lost.contains || value.hasAnyFVar lost.contains then
      lost := lost.insert h.fvarId
    else kept := kept.push h
  return (kept, lost)

/-- Plain names for the hypotheses that have none, as `rename_i` would give them: the context with the
names, and the arguments of `rename_i`, `_` for what is not in `kept`. -/
private def plainNames (kept : Array LocalDecl) : MetaM (LocalContext × Array String) := do
  let mut lctx ← getLCtx
  let mut nameless : Array LocalDecl := #[]
  let mut seen : NameSet := {}
  for h in lctx.foldr (init := #[]) fun h hyps => hyps.push h do
    if h.isImplementationDetail then continue
    if h.userName.hasMacroScopes || seen.contains h.userName then nameless := nameless.push h
    seen := seen.insert h.userName
  let mut renames := #[]
  for h in nameless.reverse do
    if kept.any (·.fvarId == h.fvarId) then
      let name := unusedName seen.contains (plainBase h.userName (← isProp h.type))
      seen := seen.insert name
      lctx := lctx.setUserName h.fvarId name
      renames := renames.push (toString name)
    else renames := renames.push "_"
  return (lctx, renames)

/-- What a hole stands for, in its context. -/
private def read (expected? : Option Expr) : MetaM (HoleKind × Except String Closed) := do
  let some expected := expected?
    | return (.unknown, .error "what is to be proved is not known at this place")
  let type ← instantiateMVars expected
  let sort ← whnf (← instantiateMVars (← inferType type))
  if (← whnf type).isSort then return (.type, .error "it stands for a type, and only proofs are searched for")
  unless sort.isProp do
    if sort.hasMVar then return (.unknown, .error "what is to be proved is not known at this place")
    return (.data, .error "it stands for data, and only proofs are searched for")
  let (kept, lost) ← usable
  if type.hasAnyFVar lost.contains then
    let lctx ← getLCtx
    let names := (collectFVars {} type).fvarIds.filter lost.contains |>.filterMap lctx.find?
    let name := names[0]?.map (·.userName.eraseMacroScopes) |>.getD .anonymous
    return (.proposition, .error
      s!"it speaks of '{name}', which is defined inside the same declaration and can't be unfolded there")
  if type.hasSorry then
    return (.proposition, .error "its statement has another hole inside")
  let (lctx, renames) ← plainNames kept
  let closed ← withLCtx lctx (← getLocalInstances) do
    mkForallFVars (usedLetOnly := false) (kept.map (·.toExpr)) type
  let closed ← instantiateMVars closed
  let closed ← Term.levelMVarToParam closed |>.run' {} {}
  let closed ← instantiateMVars closed
  if closed.hasExprMVar || closed.hasFVar then
    return (.unknown, .error "parts of its statement are not known at this place")
  return (.proposition, .ok {
    levelParams := (collectLevelParams {} closed).params.toList
    type := closed, context := kept.size, renames })

/-- The `sorry`s of a command, in textual order. -/
def holesOf (stx : Syntax) (trees : PersistentArray InfoTree) : IO (Array Hole) := do
  let places := (spots stx).qsort (·.first < ·.first)
  if places.isEmpty then return #[]
  let mut infos : Array (String.Pos.Raw × ContextInfo × TermInfo) := #[]
  for tree in trees do
    infos := tree.foldInfo (init := infos) fun ctx info infos =>
      match info with
      | .ofTermInfo t =>
        if t.stx.isOfKind ``Parser.Term.sorry then infos.push (t.stx.getPos?.getD 0, ctx, t) else infos
      | _ => infos
  places.mapM fun { first, last, tactic, says } => do
    let here := infos.filter (·.1 == first)
    let decl := here.findSome? (·.2.1.parentDecl?) |>.getD .anonymous
    let hole (kind : HoleKind) (closed : Except String Closed) : Hole :=
      { first, last, tactic, decl, kind, closed }
    if says then
      return hole .type (.error "it is part of what the declaration says, not of its proof")
    let mut found : Array (HoleKind × Except String Closed) := #[]
    for (_, ctx, t) in here do
      found := found.push (← t.runMetaM ctx (read t.expectedType?))
    let some (kind, closed) := found[0]?
      | return hole .unreached (.error "Lean never comes to this place, so there is nothing to prove")
    -- Lean may elaborate a text twice; what it stands for must be the same both times
    let same := found.all fun (k, c) => k == kind && match c, closed with
      | .ok a, .ok b => a.type == b.type && a.renames == b.renames
      | .error a, .error b => a == b
      | _, _ => false
    unless same do
      return hole .unknown (.error s!"it stands for {found.size} goals at once; write them out one by one")
    return hole kind closed

end Reconstruct.Gym
