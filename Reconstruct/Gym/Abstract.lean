import Reconstruct.Gym.Theory

/-!
# From a theorem about one system to a theorem about any

A theorem about a concrete system (residues, ratios, substitutions) says more than its proof needs:
the proof uses the system's types and operations through a few theorems about them, and through
nothing else. Here the types and operations of a proved theorem become variables, and each theorem
that the proof uses of them becomes a hypothesis. This generalises a proof term, not a statement, so
that nothing has to be guessed and the kernel checks the outcome: O. Pons, "Generalization in type
theory based proof assistants" (TYPES 2000); A. Gandhi, A. R. Tadipatri, T. Gowers, "Automatically
Generalizing Proofs and Statements" (ITP 2025), whose rule for constants that occur several times is
the one used here: occurrences of one term become one variable.

A theorem that the proof uses may be followed into its own proof where that can be generalised in
the same way; what cannot, because it looks into the construction of the system, stays a
hypothesis. So the hypotheses of the general theorem are those properties that the construction has
to provide. Which theorems are followed is a choice: the fewer, the weaker the hypotheses.
-/

namespace Reconstruct.Gym

open Lean Meta

/-- What a variable of a general theorem stands for. -/
inductive Role where
  /-- A type of the system. -/
  | carrier
  /-- A function, element, predicate or instance. -/
  | operation
  /-- A theorem about them. -/
  | law
  deriving BEq

/-- The word for a role on the wire. -/
def Role.word : Role → String
  | .carrier => "carrier"
  | .operation => "operation"
  | .law => "law"

/-- One variable of a general theorem. -/
structure Ingredient where
  role : Role
  /-- The concrete term it replaces. -/
  origin : Expr
  var : FVarId

/-- How far to go. -/
structure AbstractOptions where
  /-- Whether to follow a theorem into its proof. -/
  follow : Name → Bool
  /-- Write definitions out. -/
  unfold : Bool := false
  /-- Let `a + b` of one type be an operation, not an instance of a class. -/
  flat : Bool := true

/-- What is under way. -/
structure AbstractState where
  lctx : LocalContext
  known : Std.HashMap Expr Expr := {}
  ingredients : Array Ingredient := #[]
  mentions : NameMap Bool := {}
  names : NameSet := {}

private structure AbstractContext where
  carriers : NameSet
  options : AbstractOptions
  /-- Inside a theorem that is being followed: what looks into the construction ends the attempt. -/
  inside : Bool := false

private abbrev AbstractM := ReaderT AbstractContext (StateRefT AbstractState MetaM)

/-- Run in the context of the variables made so far. -/
private def here (x : MetaM α) : AbstractM α := do
  withLCtx (← get).lctx (← getLocalInstances) x

/-- A proposition without parameters that is a definition is what it says. -/
private partial def spelledOut (e : Expr) : MetaM Expr := do
  let .const c us := e | return e
  let some (.defnInfo d) := (← getEnv).find? c | return e
  unless d.type.isProp do return e
  spelledOut (d.value.instantiateLevelParams d.levelParams us)

/-- Whether the declared type of a constant speaks of the system. -/
private def speaksOf (c : Name) : AbstractM Bool := do
  if let some known := (← get).mentions.find? c then return known
  let carriers := (← read).carriers
  let some info := (← getEnv).find? c | return false
  let type ← here (spelledOut info.type)
  let answer := type.getUsedConstants.any carriers.contains
  modify fun s => { s with mentions := s.mentions.insert c answer }
  return answer

/-- Whether a definition is made by recursion or by cases. -/
private def byRecursion (env : Environment) (value : Expr) : Bool :=
  value.getUsedConstants.any fun c =>
    isAuxRecursor env c || isMatcherCore env c || c == ``WellFounded.fix ||
      (env.find? c matches some (.recInfo _))

/-- How many leading arguments of a constant belong to it: those that say which system of the kind
is meant (the modulus of a residue), and propositions about them. -/
private def ownArguments (carriers : NameSet) (type : Expr) : Nat := Id.run do
  let rec last (e : Expr) (depth best : Nat) : Nat := match e with
    | .forallE _ d b _ =>
      -- a carrier's argument that is the i-th binder so far
      let best := inCarrier d depth best
      last b (depth + 1) (inCarrier b (depth + 1) best)
    | e => inCarrier e depth best
  return last type 0 0
where
  inCarrier (e : Expr) (depth best : Nat) : Nat := Id.run do
    let mut best := best
    for part in subterms e do
      if let .const c _ := part.getAppFn then
        if carriers.contains c then
          for a in part.getAppArgs do
            for i in [0:depth] do
              if a.hasLooseBVar (depth - 1 - i) then best := max best (i + 1)
    return best
  subterms (e : Expr) : Array Expr := Id.run do
    let mut out := #[]
    let mut todo := #[e]
    while !todo.isEmpty do
      let e := todo.back!
      todo := todo.pop
      out := out.push e
      -- only what stands in the scope of the binders so far; the others come in their turn
      match e with
      | .app f a => todo := (todo.push f).push a
      | .mdata _ b | .proj _ _ b => todo := todo.push b
      | _ => pure ()
    return out

/-- A name that is free, from a list and then numbered. -/
private def freshName (choices : List String) : AbstractM Name := do
  let taken := (← get).names
  let pick := (choices.map (Name.mkSimple ·)).find? (!taken.contains ·)
  let name := pick.getD <| Id.run do
    let stem := choices.getLast!
    for i in [1:taken.size + 2] do
      let n := Name.mkSimple s!"{stem}_{i}"
      unless taken.contains n do return n
    return Name.mkSimple stem
  modify fun s => { s with names := s.names.insert name }
  return name

/-- Names by shape alone: nothing here knows what an operation is. -/
private def nameFor (role : Role) (type : Expr) : AbstractM Name := do
  match role with
  | .carrier => freshName ["α", "β", "γ", "α"]
  | .law => freshName ["h"]
  | .operation =>
    let result := type.getForallBody
    if result.isProp then freshName ["p", "q", "r", "p"]
    else if type.isForall then freshName ["f", "g", "k", "f"]
    else freshName ["e", "d", "e"]

/-- A new variable in place of a concrete term. -/
private def newVariable (role : Role) (origin type : Expr) : AbstractM Expr := do
  let id ← mkFreshFVarId
  let name ← nameFor role type
  let info := if role == .operation && (← here (isClass? type)).isSome then .instImplicit else .default
  modify fun s => { s with
    lctx := s.lctx.mkLocalDecl id name type info
    known := s.known.insert origin (.fvar id)
    ingredients := s.ingredients.push { role, origin, var := id } }
  return .fvar id

/-- Whether a term is what it should be. -/
private def fits (value type : Expr) : MetaM Bool := do
  try
    check value
    isDefEq (← inferType value) type
  catch e => if e.isInterrupt || e.isMaxHeartbeat then throw e else return false

mutual

/-- The term with everything of the system replaced. -/
private partial def general (e : Expr) : AbstractM Expr := do
  match e with
  | .lam n d b i => return .lam n (← general d) (← general b) i
  | .forallE n d b i => return .forallE n (← general d) (← general b) i
  | .letE n t v b nd => return .letE n (← general t) (← general v) (← general b) nd
  | .mdata _ b => general b
  | .proj s i b =>
    if (← read).carriers.contains s then throwError "the proof looks into '{s}'"
    return .proj s i (← general b)
  | .const .. | .app .. =>
    if let some v := (← get).known[e]? then return v
    e.withApp fun f args => do
      if let .const c us := f then
        if let some r ← constant? c us args then return r
      return mkAppN (← if f.isConst then pure f else general f) (← args.mapM general)
  | e => return e

/-- An application of a constant that speaks of the system; none if it is general already. -/
private partial def constant? (c : Name) (us : List Level) (args : Array Expr) :
    AbstractM (Option Expr) := do
  let env ← getEnv
  let carriers := (← read).carriers
  let some info := env.find? c | return none
  if carriers.contains c then
    let arity := info.type.getForallBinderNames.length
    return some (← part c us args (min arity args.size))
  if args.isEmpty && info.type.isProp && info.isDefinition then
    let e := Expr.const c us
    let plain ← here (spelledOut e)
    if plain != e && plain.getUsedConstants.any carriers.contains then return some (← general plain)
  if ← speaksOf c then
    if env.find? c matches some (.recInfo _) then throwError "the proof looks into '{c.getPrefix}'"
    if isAuxRecursor env c || isNoConfusion env c then
      throwError "the proof looks into '{c.getPrefix}'"
    if isMatcherCore env c then throwError "the proof goes by cases"
    if (← read).inside then
      if env.find? c matches some (.ctorInfo _) then throwError "it looks into '{c.getPrefix}'"
      if env.isProjectionFn c then throwError "it looks into '{c.getPrefix}'"
    return some (← part c us args (min (ownArguments carriers info.type) args.size))
  -- `a + b` of the system: a projection of a class, at an instance that is the system's own
  if (← read).options.flat then
    if let some p := env.getProjectionFnInfo? c then
      let n := p.numParams + 1
      if p.fromClass && n ≤ args.size then
        let inst := args[p.numParams]!
        if !(args.take n).any (·.hasLooseBVars) then
          if ← inst.getUsedConstants.anyM (speaksOf ·) then return some (← part c us args n)
  return none

/-- A constant with its own arguments becomes one variable, or the term that it stands for. -/
private partial def part (c : Name) (us : List Level) (args : Array Expr) (n : Nat) :
    AbstractM Expr := do
  let own := args.take n
  if own.any (·.hasLooseBVars) then
    throwError "'{c}' is used of a system that the proof varies"
  let core := mkAppN (.const c us) own
  let rest ← (args.drop n).mapM general
  if let some v := (← get).known[core]? then return v.beta rest
  let type ← here (do spelledOut (← instantiateMVars (← inferType core)))
  if (← read).carriers.contains c then
    return mkAppN (← newVariable .carrier core type) rest
  let isLaw ← here (isProp type)
  let options := (← read).options
  -- a theorem that Lean split off the proof of another says nothing that anyone stated
  if if isLaw then c.isInternalDetail || options.follow c else options.unfold then
    if let some v ← followed? core type isLaw then return v.beta rest
  let generalType ← withReader ({ · with inside := false }) (general type)
  let v ← newVariable (if isLaw then .law else .operation) core generalType
  return mkAppN v rest

/-- What a constant stands for, generalised; none if that can't be done. -/
private partial def followed? (core type : Expr) (isLaw : Bool) : AbstractM (Option Expr) := do
  let env ← getEnv
  let .const c us := core.getAppFn | return none
  let some info := env.find? c | return none
  let some value := info.value? (allowOpaque := true) | return none
  if !isLaw && byRecursion env value then return none
  let before ← get
  let value := (value.instantiateLevelParams info.levelParams us).beta core.getAppArgs
  try
    let value ← withReader ({ · with inside := true }) (general value)
    let generalType ← withReader ({ · with inside := false }) (general type)
    if ← here (fits value generalType) then
      modify fun s => { s with known := s.known.insert core value }
      return some value
  catch e => if e.isInterrupt || e.isMaxHeartbeat then throw e
  set before
  return none

end

/-- A variable of a general theorem, as it is shown. -/
structure ShownIngredient where
  role : Role
  name : Name
  type : Format
  /-- The concrete term that it replaces. -/
  origin : Format
  /-- The constants of that term. -/
  consts : Array Name

/-- The outcome. -/
structure Abstraction where
  levelParams : List Name
  type : Expr
  value : Expr
  /-- In the order of the variables, which come before everything else but the parameters. -/
  ingredients : Array ShownIngredient
  /-- Names and types of the original's variables that say which system is meant. -/
  home : Array (Name × Format)
  /-- Whether the general theorem, told the concrete terms, says what the original says. -/
  origin : Bool
  /-- Hypotheses of the original that its proof does not use: the general theorem has them not. -/
  dropped : Array Name

/-- The types of the system that a statement is about: those of its types that do not come with
Lean; if there are none, those that do, except the everyday ones. A type that only tells systems of
one kind apart, as the modulus does, is none of them. -/
def carriersOf (type : Expr) : MetaM NameSet := do
  let env ← getEnv
  let mut own : NameSet := {}
  let mut lean : NameSet := {}
  for c in type.getUsedConstants do
    let some info := env.find? c | continue
    let sort := info.type.getForallBody
    unless sort.isSort && !sort.isProp do continue
    let fromLean := match env.getModuleIdxFor? c with
      | some i => isToolchainModule env.header.moduleNames[i.toNat]!
      | none => false
    if fromLean then
      unless isClass env c || info.type.isForall || everyday.contains c do lean := lean.insert c
    else unless isClass env c do own := own.insert c
  let found := if own.isEmpty then lean else own
  let mut indices : NameSet := {}
  for c in found do
    if let some info := env.find? c then
      for d in info.type.getUsedConstants do indices := indices.insert d
  return found.foldl (init := {}) fun s c => if indices.contains c then s else s.insert c
where
  everyday : List Name := [``Nat, ``Bool, ``True, ``False, ``Unit, ``PUnit, ``String, ``Char]

/-- Which variables a term needs, with those that their types need. -/
private partial def needed (lctx : LocalContext) (es : Array Expr) : FVarIdSet := Id.run do
  let mut todo := es
  let mut seen : FVarIdSet := {}
  while !todo.isEmpty do
    let e := todo.back!
    todo := todo.pop
    for id in (collectFVars {} e).fvarIds do
      unless seen.contains id do
        seen := seen.insert id
        if let some d := lctx.find? id then todo := todo.push d.type
  return seen

/-- The names that a term gives to its bound variables. -/
private partial def boundNames (e : Expr) : NameSet :=
  go #[e] {}
where
  go (todo : Array Expr) (seen : NameSet) : NameSet :=
    if todo.isEmpty then seen else
    let e := todo.back!
    let todo := todo.pop
    match e with
    | .forallE n d b _ | .lam n d b _ => go ((todo.push d).push b) (seen.insert n.eraseMacroScopes)
    | .letE n t v b _ => go (((todo.push t).push v).push b) (seen.insert n.eraseMacroScopes)
    | .app f a => go ((todo.push f).push a) seen
    | .mdata _ b | .proj _ _ b => go (todo.push b) seen
    | _ => go todo seen

/-- A statement and its proof without the hypotheses that the proof has no use for. -/
private partial def withoutIdle (type value : Expr) : MetaM (Expr × Expr × Array Name) := do
  let .forallE n d b _ := type | return (type, value, #[])
  let .lam _ _ v i := value | return (type, value, #[])
  if !b.hasLooseBVars && !v.hasLooseBVars && (← isProp d) then
    let (b, v, dropped) ← withoutIdle b v
    return (b, v, #[n.eraseMacroScopes] ++ dropped)
  withLocalDecl n i d fun x => do
    let (b, v, dropped) ← withoutIdle (b.instantiate1 x) (v.instantiate1 x)
    return (← mkForallFVars #[x] b, ← mkLambdaFVars #[x] v, dropped)

/-- Generalise a theorem at one setting of the options. -/
private def abstractAt (info : ConstantInfo) (carriers : NameSet) (options : AbstractOptions) :
    MetaM Abstraction := do
  let some value := info.value? (allowOpaque := true)
    | throwError "the proof of '{info.name}' is not at hand"
  let type ← spelledOut info.type
  -- what comes before the first thing of the system says which system is meant
  let before := Id.run do
    let mut n := 0
    let mut t := type
    repeat
      let .forallE _ d b _ := t | break
      if d.getUsedConstants.any carriers.contains then break
      n := n + 1
      t := b
    return n
  forallBoundedTelescope type (some before) fun xs body => do
    let proof := value.beta xs
    let names := boundNames type
    let start : AbstractState := { lctx := ← getLCtx, names }
    let run : AbstractM (Expr × Expr) := do
      let type ← general body
      let value ← general proof
      return (type, value)
    let ((newType, newValue), s) ← (run.run { carriers, options }).run start
    withLCtx s.lctx (← getLocalInstances) do
      unless ← fits newValue newType do
        throwError "the proof uses how the system is made, not only theorems about it"
      let (keptType, keptValue, dropped) ← withoutIdle newType newValue
      let used := needed s.lctx #[keptType, keptValue]
      let parts := s.ingredients.filter (used.contains ·.var)
      if parts.isEmpty then throwError "the proof uses nothing of the system"
      let sorted := [Role.carrier, .operation, .law].toArray.flatMap fun r => parts.filter (·.role == r)
      let params := xs.filter (used.contains ·.fvarId!)
      let vars := params ++ sorted.map (Expr.fvar ·.var)
      let generalType ← mkForallFVars vars keptType
      let generalValue ← mkLambdaFVars vars keptValue
      if generalType.hasFVar || generalValue.hasFVar then
        throwError "the variables depend on one another in a circle"
      let shown ← sorted.mapM fun i => do
        let d := s.lctx.get! i.var
        return { role := i.role, name := d.userName, type := ← ppExpr d.type,
                 origin := ← ppExpr i.origin, consts := i.origin.getUsedConstants }
      let which := needed s.lctx (sorted.map (·.origin))
      let home ← (xs.filter (which.contains ·.fvarId!)).mapM fun x => do
        let d ← x.fvarId!.getDecl
        return (d.userName, ← ppExpr d.type)
      let all := s.ingredients
      let back := newType.replaceFVars (all.map (Expr.fvar ·.var)) (all.map (·.origin))
      return { levelParams := info.levelParams, type := generalType, value := generalValue,
               ingredients := shown, home, origin := ← isDefEq back body, dropped }

/-- Generalise a theorem: with operations rather than instances, without writing definitions out,
if that works; else otherwise. -/
def abstractTheorem (name : Name) (carriers : Array Name) (follow : Name → Bool) :
    MetaM Abstraction := do
  let info ← getConstInfo name
  unless ← isProp info.type do throwError "'{name}' is not a theorem"
  let carriers ← if carriers.isEmpty then carriersOf (← spelledOut info.type)
    else pure (carriers.foldl NameSet.insert {})
  if carriers.isEmpty then throwError "'{name}' is about no system: its types come with Lean"
  let tries : List AbstractOptions :=
    [{ follow }, { follow, flat := false }, { follow, unfold := true },
     { follow, unfold := true, flat := false }]
  let mut first? : Option Exception := none
  for options in tries do
    try return ← abstractAt info carriers options
    catch e =>
      if e.isInterrupt || e.isMaxHeartbeat then throw e
      first? := first? <|> some e
  throw (first?.getD (.error .missing "it can't be generalised"))

/-- A proof as text that Lean reads back. -/
def proofText (value : Expr) : MetaM String :=
  withOptions (fun o => ((o.setBool `pp.proofs true).setBool `pp.deepTerms true).setBool
      `pp.funBinderTypes true |>.setNat `pp.maxSteps 1000000) do
    return (← ppExpr value).pretty 96

end Reconstruct.Gym
