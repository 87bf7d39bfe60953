import Reconstruct.Gym.Elaborate
import Reconstruct.Judge.Own

/-!
# A person's own file, and what a search for one of its holes may stand on

The file is carried out twice. Once as it is, which says what its holes are and which declarations rest
on one. And once, from the first such declaration on, without them: that is the theory of a search, so
that neither a name nor a `simp` set nor an instance of it can lead to what is still open.
-/

namespace Reconstruct.Gym

open Lean Elab Meta

/-- A hole of a file and what is around it. -/
structure FileHole where
  hole    : Hole
  /-- What its proof may stand on. -/
  theory  : Theory
  /-- The file before the command, with everything that is open. -/
  before  : Theory
  /-- Where the command that the hole is in begins and ends. -/
  command : String.Pos.Raw × String.Pos.Raw
  /-- Open declarations that the statement speaks of. -/
  restsOn : Array Name := #[]

/-- A file: its holes, and the declarations that rest on one, each with its place. -/
structure OwnFile where
  map     : FileMap
  holes   : Array FileHole
  resting : Array (Name × String.Pos.Raw)

/-- The rules for a person's own text: the judge's, which takes the same files. -/
def ownRules (trusted : Bool) : Allow.Rules where
  allowSorry := true
  own? := some fun env stx =>
    match Judge.Own.concern? env stx with
    | some c => if c.runs && !trusted then some { what := c.what, pos := c.pos } else none
    | none => none

/-- What is known while a file is read. -/
private structure Reading where
  /-- The file as it is. -/
  full    : Command.State
  /-- The file without what rests on a hole, once there is any such thing. -/
  sound?  : Option Command.State := none
  /-- Declarations that rest on a hole, or that could not be made without one that does. -/
  away    : NameSet := {}
  file    : OwnFile

/-- Constants that a declaration mentions. -/
private def mentioned (info : ConstantInfo) : NameSet :=
  match info.value? (allowOpaque := true) with
  | some v => v.getUsedConstantsAsSet.foldl .insert info.type.getUsedConstantsAsSet
  | none => info.type.getUsedConstantsAsSet

/-- Those of some new declarations that mention `sorryAx` or something in `away`, at any depth. -/
private partial def restingAmong (away : NameSet) (new : Array ConstantInfo) : NameSet :=
  let away' := new.foldl (init := away) fun away info =>
    if away.contains info.name then away
    else if (mentioned info).any (fun c => c == ``sorryAx || away.contains c) then away.insert info.name
    else away
  if away'.size == away.size then away else restingAmong away' new

/-- Whether a command made the same declarations in another environment. -/
private def sameIn (env : Environment) (new : Array ConstantInfo) : Bool :=
  new.all fun info => match env.find? info.name with
    | some other => other.type == info.type
        && other.value? (allowOpaque := true) == info.value? (allowOpaque := true)
    | none => false

/-- Whether the text of a hole's command opens something for itself alone (`open … in`): the rest of the
command, and the state in which it stands. -/
private partial def inside (input : Parser.InputContext) (budget : Budget) (state : Command.State)
    (stx : Syntax) : GymM Command.State := do
  unless stx.isOfKind ``Parser.Command.in do return state
  let state ← runCommand input (stx.getPos?.getD 0) budget false state stx[0]
  if state.messages.hasErrors then return atRest state
  inside input budget (atRest state) stx[2]

/-- Give a theory what Lean made on the way to a statement (the function of a `match` in it). Answers
what can't be had: it rests on a hole, or is no such thing. -/
private partial def supply (made : Environment) (away : NameSet) (budget : Budget) (type : Expr)
    (theory : Theory) : GymM (Theory × Array Name) := do
  let mut theory := theory
  let mut lost := #[]
  for name in type.getUsedConstants do
    if theory.env.contains name then continue
    let some info := made.find? name
      | lost := lost.push name
        continue
    let value? := info.value? (allowOpaque := true)
    if away.contains name || !name.isInternalDetail || value?.isNone then
      lost := lost.push name
      continue
    let (t, more) ← supply made away budget info.type theory
    let (t, more') ← supply made away budget (value?.getD info.type) t
    theory := t
    lost := lost ++ more ++ more'
    if (more ++ more').isEmpty then
      let (_, core) ← theory.run budget default do
        match info with
        | .defnInfo d => addDecl (.defnDecl d)
        | .thmInfo t => addDecl (.thmDecl t)
        | _ => pure ()
        if let some m := Match.Extension.getMatcherInfo? made name then Match.addMatcherInfo name m
      theory := { theory with state := { theory.state with env := core.env } }
  return (theory, lost)

/-- The holes of a command that was carried out. -/
private def holesHere (input : Parser.InputContext) (theory : Theory) (budget : Budget) (before : Reading)
    (after : Command.State) (away : NameSet) (stx : Syntax) : GymM (Array FileHole) := do
  let found ← liftIO (holesOf stx after.infoState.trees)
  if found.isEmpty then return #[]
  let command := (stx.getPos?.getD 0, stx.getTailPos?.getD 0)
  let whole := { theory with state := before.full }
  let state ← inside input budget (before.sound?.getD before.full) stx
  let base := { theory with state }
  found.mapM fun hole => do
    let plain : FileHole := { hole, theory := base, before := whole, command }
    let some closed := hole.statement? | return plain
    let (own, lost) ← supply after.env away budget closed.type base
    return { plain with theory := own, restsOn := lost.map (privateToUserName ·) }

/-- One command of a file. -/
private def step (input : Parser.InputContext) (theory : Theory) (budget : Budget) (assume : Bool)
    (pos : String.Pos.Raw) (r : Reading) (stx : Syntax) : GymM Reading := do
  let full ← runCommand input pos budget true r.full stx
  if full.messages.hasErrors then failWith theory .elaboration full.messages
  let new := newConstants r.full.env full.env
  let away := restingAmong r.away new
  let holes ← holesHere input theory budget r full away stx
  let here := new.map (·.name) |>.filter away.contains
  let resting := sortNames (here.filter fun n => !n.isInternalDetail) |>.map fun n =>
    (privateToUserName n, stx.getPos?.getD 0)
  let file := { r.file with holes := r.file.holes ++ holes, resting := r.file.resting ++ resting }
  let next : Reading := { r with full := atRest full, away, file }
  if assume then return next
  if !here.isEmpty then return { next with sound? := some (r.sound?.getD r.full) }
  let some sound := r.sound? | return next
  -- names that Lean numbers must come out the same
  let start := { sound with
    nextMacroScope := r.full.nextMacroScope, ngen := r.full.ngen, auxDeclNGen := r.full.auxDeclNGen }
  let made ← runCommand input pos budget false start stx
  if made.messages.hasErrors || !sameIn made.env new then
    return { next with away := new.foldl (fun s info => s.insert info.name) away }
  return { next with sound? := some (atRest made) }

/-- Read a file, its header included, whose imports `theory` has. With `assume`, what is open counts as
given. Raises the first error, or what would run code of the file unless `trusted`. -/
partial def readFile (theory : Theory) (budget : Budget) (trusted assume : Bool) (text : String) :
    GymM OwnFile := do
  let input := inputOf text
  let (_, parser, messages) ← liftIO (Parser.parseHeader input)
  if messages.hasErrors then failWith theory .parse messages
  let rules := ownRules trusted
  let rec go (parser : Parser.ModuleParserState) (r : Reading) : GymM OwnFile := do
    let (stx, parser', errors) := nextCommand input parser r.full
    if errors.hasErrors then failWith theory .parse errors
    if stx.isOfKind ``Parser.Command.eoi then return r.file
    if let some found := rules.refusal? r.full.env false stx then
      let p := input.fileMap.toPosition found.pos
      throw { kind := .forbidden, message := s!"{p.line}:{p.column}: {found.what} runs code while the file is compiled" }
    go parser' (← step input theory budget assume parser.pos r stx)
  go parser { full := theory.state, file := { map := input.fileMap, holes := #[], resting := #[] } }

end Reconstruct.Gym
