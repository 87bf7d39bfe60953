import Lean.Parser
import Lean.Parser.Extension

/-!
# The allow-list: what untrusted text may say

Text from a policy is parsed, and every node of the resulting tree must be of a kind listed here
before anything is elaborated. Whatever is not listed is refused: code that runs at elaboration time
(`run_tac`, `#eval`, `elab`, `initialize`), syntax extensions (`macro`, `notation`), doors around the
kernel or the compiler (`unsafe`, `partial`, `implemented_by`, `extern`, `native_decide`, `axiom`,
`opaque`), quotations, `do` notation, and every option and attribute not named below.

Tactic options such as `simp (maxSteps := 7)` are *evaluated* by Lean, with the user's own
definitions, instances and coercions, so only literals of the option's type may stand there, and
`settle` makes sure that they mean what they say.

The list is pure data and a pure walk over the tree; the judge uses the same one for source files.
-/

namespace Reconstruct.Gym

open Lean

namespace Allow

/-- Read space-separated names, each under `scope`. -/
private def under (scope : Name) (names : String) : Array Name :=
  (names.split Char.isWhitespace).toArray.map (·.toString) |>.filter (· ≠ "")
    |>.map fun n => scope ++ n.toName

private def setOf (names : Array (Array Name)) : NameHashSet :=
  names.foldl (fun set group => group.foldl .insert set) {}

/-- Tokens and the glue between nodes. -/
private def glue : Array Name := under .anonymous
  "null group choice ident num str char scientific name fieldIdx hygieneInfo patternIgnore rawNatLit"

/-- Terms of the core language. -/
private def terms : Array Name := under `Lean.Parser.Term
  "anonymousCtor app arrow assert basicFun binderDefault binderTactic binop binop_lazy binrel
  binrel_no_prop byTactic byTactic' cdot char declName defaultOrOfNonempty depArrow dotIdent ellipsis
  ensureExpectedType ensureTypeOf explicit explicitBinder explicitUniv forall fromTerm fun
  generalizingParam have haveI hole hygienicLParen ident implicitBinder inaccessible instBinder
  let letConfig letDecl letEqnsDecl letI letId letIdDecl letNegOpt letOptEq letOptGeneralize
  letOptNondep letOptPostponeValue letOptUsedOnly letOptZeta letOpts letPatDecl letPosOpt letRecDecl
  letRecDecls let_delayed let_fun let_tmp letrec leftact match matchAlt matchAlts matchAltsWhereDecls
  matchDiscr motive namedArgument namedPattern noImplicitLambda nofun nomatch noindex num open
  optEllipsis paren pipeProj proj prop rightact scientific show sort str strictImplicitBinder
  structInst structInstArrayRef structInstField structInstFieldDef structInstFieldEqns
  structInstFields structInstLVal subst suffices sufficesDecl syntheticHole trueVal falseVal tuple
  type typeAscription typeOf typeSpec unop valueOf whereDecls clear set_option attrInstance attrKind
  attributes local scoped"

/-- Universe levels. -/
private def levels : Array Name := under `Lean.Parser.Level "addLit hole ident imax max num paren"

/-- Term notation that comes with `Init`, and the helpers of binder notation. -/
private def notations : Array Name :=
  under .anonymous
    "boolIfThenElse coeFunNotation coeNotation coeSortNotation term!_ termDepIfThenElse termIfLet
    termIfThenElse termWithout_expected_type_ «term#[_,]» «term%[_|_]» «term-_» «termExists_,_»
    «term[_]» «term_!=_» «term_$__» «term_%_» «term_&&&_» «term_&&_» «term_*_» «term_++_» «term_+_»
    «term_-_» «term_/\\_» «term_/_» «term_::_» «term_<$>_» «term_<->_» «term_<<<_» «term_<=_»
    «term_<_» «term_<|>_» «term_<|_» «term_==_» «term_=_» «term_>=_» «term_>>=_» «term_>>>_»
    «term_>_» «term_\\/_» «term_\\_» «term_^^^_» «term_^_» «term__[_]'_» «term__[_]_!» «term__[_]_?»
    «term__[_]» «term_|>_» «term_||_» «term_|||_» «term_×'__1» «term_×'_» «term_×__1» «term_×_»
    «term_•_» «term_⁻¹» «term_↔_» «term_∈_» «term_∉_» «term_∘_» «term_∣_» «term_∧_» «term_∨_»
    «term_∩_» «term_∪_» «term_≈_» «term_≍_» «term_≠_» «term_≤_» «term_≥_» «term_⊂_» «term_⊃_»
    «term_⊆_» «term_⊇_» «term_⊕'_» «term_⊕_» «term{_:_//_}» «term{_}» «term{}» «term~~~_» «term¬_»
    «termΣ'_,_» «termΣ_,_» «term‹_›» «term∃_,_» «term∅» «term∎»
    Array.«term_~_» Array.«term__[:_]» Array.«term__[_:]» Array.«term__[_:_]» BitVec.«term__#__»
    BitVec.«term__#'__» Bool.«term_^^_» Int.«term-[_+1]» List.«term_+_» List.«term_<:+:_»
    List.«term_<+:_» List.«term_<+_» List.«term_<:+_» List.«term_~_» Rat.«term_/._»
    Vector.«term#v[_,]» Vector.«term_~_»"
  ++ under `Lean
    "binderIdent bracketedExplicitBinders calc calcFirstStep calcStep calcSteps cdot cdotTk
    explicitBinders unbracketedExplicitBinders «term_Matches_|» «term∀__,_» «term∃__,_»
    «binderPred<_» «binderPred>_» «binderPred∈_» «binderPred∉_» «binderPred≠_» «binderPred≤_»
    «binderPred≥_» «binderPred⊂_» «binderPred⊃_» «binderPred⊆_» «binderPred⊇_»"

/-- Tactics. Missing on purpose: what runs code, what calls programs, what prints, what waits, what
closes goals with `sorry`, and the program-verification tactics. -/
private def tactics : Array Name :=
  under `Lean.Parser.Tactic
    "acNf0 acRfl allGoals anchor anyGoals apply apply? applyAssumption applyRfl applyRules as_aux_lemma
    assumption attemptAll by? case case' caseArg cases change changeWith classical clear clearValue
    clearValueArg clearValueHyp clearValueStar configItem congr constructor contradiction cutsat
    decide delta discharger done dsimp dsimpArgs dsimpAutoUnfold dsimpKind dsimpTrace
    dsimpTraceArgsRest elimTarget eqRefl exact exact? exposeNames extractLets fail failIfSuccess
    falseOrByContra first focus funCases funInduction generalize generalizeArg grind grindErase
    grindLemma grindLemmaMin grindParam grindTrace grobner guardExpr guardHyp guardTarget induction
    inductionAlt inductionAltLHS inductionAlts injection injections intro introMatch intros left
    letToHave letrec lia liftLets location locationHyp locationType locationWildcard match
    negConfigItem nestedTactic normCast0 obtain omega open optConfig paren posConfigItem pushCast
    rcases rcasesPat.clear rcasesPat.explicit rcasesPat.ignore rcasesPat.one rcasesPat.paren
    rcasesPat.tuple rcasesPatLo rcasesPatMed refine refine' rename renameI repeat' repeat1' replace
    revert rewriteSeq rewrites? rewrites_forbidden right rintro rintroPat.binder rintroPat.one
    rotateLeft rotateRight rwRule rwRuleSeq rwSeq seq1 set_option show showTerm showTermElab simp
    simpAll simpAllArith simpAllArithBang simpAllAutoUnfold simpAllKind simpAllTrace
    simpAllTraceArgsRest simpArgs simpArith simpArithBang simpAutoUnfold simpErase simpLemma
    simpPost simpPre simpStar simpTrace simpTraceArgsRest simpa simpaArgsRest skip solveByElim
    specialize split subst substEqs substVars symm symmSaturate tacDepIfThenElse tacIfThenElse
    tacticAc_nf_ tacticAnd_intros tacticApply_mod_cast_ tacticAssumption_mod_cast_ tacticBv_omega
    tacticDsimp?!_ tacticErw___ tacticExact_mod_cast_ tacticExfalso «tacticExists_,,» tacticHave'
    tacticHaveI__ tacticHave__ tacticInfer_instance tacticIterate____ tacticLet'__ tacticLetI__
    tacticLet__ «tacticNext_=>_» tacticNofun «tacticNomatch_,,» tacticNorm_cast__ tacticRefine_lift'_
    tacticRefine_lift_ tacticRepeat_ tacticRfl tacticRfl' tacticRw_mod_cast___ tacticRwa__ tacticSeq
    tacticSeq1Indented tacticSeqBracketed tacticSimp?!_ tacticSimp_all?!_ tacticSimpa!_
    tacticSimpa?!_ tacticSimpa?_ tacticSuffices_ tacticTrivial tacticTry_ tacticUnhygienic_
    «tactic_<;>_» tryTrace unfold valConfigItem withReducible withReducibleAndInstances
    withUnfoldingAll SolveByElim.arg SolveByElim.args SolveByElim.erase SolveByElim.star
    SolveByElim.using_"
  ++ under `Lean.Parser.Tactic.Conv
    "allGoals anyGoals arg argArg case case' change clear congr conv convApply_ convArgs convConvSeq
    convDone convErw__ convIntro___ convLeft «convNext__=>_» convRepeat_ convRfl convRight convRw__
    convSeq convSeq1Indented convSeqBracketed convTactic convTry_ «conv_<;>_» «conv·._» delta dsimp
    dsimpTrace enter enterArg enterPattern ext extractLets failIfSuccess first focus fun letToHave
    lhs liftLets nestedConv nestedTactic nestedTacticCore normCast occs occsIndexed occsWildcard
    paren pattern reduce rewrite rhs simp simpMatch simpTrace skip unfold whnf zeta"
  ++ under .anonymous
    "Lean.Elab.Tactic.Ext.applyExtTheorem Lean.Elab.Tactic.Ext.ext Lean.Elab.Tactic.Ext.tacticExt1___
    Lean.calcTactic Lean.convCalc_ Lean.solveTactic «tacticBy_cases_:_» tacticFunext___ «tactic∎»
    tacticDecreasing_tactic tacticDecreasing_with_ tacticSimp_wf tacticClean_wf"

/-- Commands and what declarations are made of. -/
private def commands : Array Name :=
  under `Lean.Parser.Command
    "abbrev attribute classAbbrev classInductive classTk ctor declId declModifiers declSig declValEqns
    declValSimple declaration definition deriving derivingClass docComment end eoi eraseAttr example
    extends in include inductive instance moduleDoc mutual namedPrio namespace noncomputable nonrec
    omit open openHiding openOnly openRenaming openRenamingItem openScoped openSimple optDeclSig
    optDeriving private protected section sectionHeader set_option structCtor structExplicitBinder
    structFields structImplicitBinder structInstBinder structParent structSimpleBinder structure
    structureTk theorem universe variable whereStructInst grindPattern"
  ++ under `Lean.Parser.Termination "decreasingBy suffix terminationBy terminationBy?"
  ++ under `Lean.Parser.Attr
    "simple simp ext extFlat extIff instance norm_cast normCastLabel recursor grind grindBwd grindCases
    grindCasesEager grindDef grindEq grindEqBoth grindEqBwd grindEqRhs grindExt grindFwd grindGen
    grindInj grindIntro grindLR grindMod grindRL grindUsr"
  ++ under `Lean.Parser.Priority "numPrio"
  ++ under .anonymous "prioHigh prioDefault prioMid prioLow «prio(_)»"

/-- Every kind of node that may occur. -/
def kinds : NameHashSet := setOf #[glue, terms, levels, notations, tactics, commands]

/-- Attributes written as a bare name, beyond those with their own syntax above. -/
def attributes : NameHashSet := setOf #[under .anonymous
  "simp ext refl symm trans congr grind instance reducible irreducible semireducible norm_cast
  push_cast elab_as_elim induction_eliminator cases_eliminator match_pattern class simprocs
  local scoped"]

/-- Options that `set_option` may change: none touches a budget, the kernel or the compiler. -/
def options : NameHashSet := setOf #[under .anonymous
  "autoImplicit relaxedAutoImplicit linter.all linter.unusedVariables pp.all pp.explicit pp.universes
  pp.notation pp.funBinderTypes pp.proofs pp.coercions tactic.hygienic"]

/-- Classes whose `deriving` handler may run: they write plain definitions and no more. -/
def derivable : NameHashSet := setOf #[under .anonymous
  "DecidableEq BEq Repr Inhabited Nonempty ReflBEq LawfulBEq Ord Hashable"]

/-- Last components of constants that make the kernel or `whnf` run compiled code. -/
private def nativeNames : NameHashSet := setOf #[under .anonymous
  "reduceBool reduceNat ofReduceBool ofReduceNat trustCompiler sorryAx lcProof lcUnreachable lcAny
  ptrAddrUnsafe unsafeCast unsafeIO unsafeBaseIO unsafeEIO dbgTrace dbgTraceIfShared dbgTraceVal
  dbgSleep dbgStackTrace"]

/-- Whether a name is one that makes the kernel or `whnf` run compiled code, or stands for no proof. -/
def isNative (name : Name) : Bool :=
  match name with
  | .str _ s => nativeNames.contains (.mkSimple s)
  | _ => false

/-- Whether `part` may be no part of an identifier. `autoParam p t` in a type makes Lean run the value
of the constant `t` as a tactic wherever an argument is missing, and no walk over the text sees that
tactic; written as `(h : p := by …)` it is a tactic like any other, in a constant `…_auto_1`. -/
def isTacticName (part : Name) : Bool :=
  part == `autoParam || (`_auto).toString.isPrefixOf part.toString

/-- Tactic options that are numbers; all others that may be set are Boolean. -/
private def numericOptions : NameHashSet := setOf #[under .anonymous
  "maxSteps maxDischargeDepth splits ematch gen instances ringSteps acSteps exp canonHeartbeats
  searchFuel maxDepth min max detailed"]

/-- What an unlisted piece of syntax is and where it starts. -/
structure Refusal where
  what : String
  pos  : String.Pos.Raw := 0

/-- What differs from place to place. -/
structure Rules where
  /-- Whether `sorry` may occur: only in files whose holes become goals. -/
  allowSorry : Bool := false
  /-- Whether a mask disguises names: then nothing may turn a name into text or hold text. -/
  veiled : Bool := false
  /-- For text of a person's own, who may write what does not run while it is compiled: the first
  thing in a command that does. -/
  own? : Option (Environment → Syntax → Option Refusal) := none
  /-- Kinds of syntax that the person's own file declares by `notation` and the like. -/
  ownSyntax : Name → Bool := fun _ => false

/-- Lean tries every way to split a name into a constant and fields, and cannot be interrupted then. -/
private def maxComponents : Nat := 32

/-- The last component of a name. -/
def lastComponent : Name → Name
  | .str _ s => .mkSimple s
  | n => n

private def sorryKinds : NameHashSet := setOf #[under .anonymous
  "Lean.Parser.Term.sorry Lean.Parser.Tactic.tacticSorry"]

/-- Whether the option may be set to this: a number or `true` or `false`, whichever the option is (Lean
would look for the text's own coercions otherwise), or `{ option := …, … }` for `config`. -/
private partial def isSetting (option : Name) (value : Syntax) : Bool :=
  match value with
  | .ident _ _ n _ =>
    !numericOptions.contains option && (n.eraseMacroScopes == `true || n.eraseMacroScopes == `false)
  | .node _ `num _ => numericOptions.contains option
  | .node _ ``Parser.Term.structInst args =>
    option == `config && args.size == 6 && args[1]!.isNone && args[4]!.isNone && args[2]![0].getSepArgs.all fun field =>
      field.isOfKind ``Parser.Term.structInstField && field[0][1].isNone && field[1][0].isNone
        && field[1][1].isNone && isSetting field[0][0].getId field[1][2][2]
  | _ => false

/-- Make the values of tactic options independent of what the text declared: a number is not read
through an instance of `OfNat`, and `true` is the constructor whatever else has that name. -/
partial def settle (stx : Syntax) : Syntax :=
  match stx with
  | .node info ``Parser.Tactic.valConfigItem args =>
    .node info ``Parser.Tactic.valConfigItem (args.modify 3 plain)
  | .node info kind args => .node info kind (args.map settle)
  | _ => stx
where
  plain (value : Syntax) : Syntax :=
    match value with
    | .node info `num _ => .node info `rawNatLit #[.atom info "nat_lit ", value]
    | .ident _ _ n _ =>
      if n.eraseMacroScopes == `true then mkCIdentFrom value ``Bool.true
      else if n.eraseMacroScopes == `false then mkCIdentFrom value ``Bool.false
      else value
    | .node info kind args => .node info kind (args.map plain)
    | _ => value

/-- The first thing in `stx` that is not allowed, or `none`. -/
partial def refusal? (rules : Rules) (stx : Syntax) : Option Refusal :=
  match stx with
  | .missing => some { what := "incomplete syntax" }
  | .atom .. => none
  | .ident _ _ name _ =>
    if nativeNames.contains (lastComponent name.eraseMacroScopes)
        || name.eraseMacroScopes.components.any isTacticName then
      refuse s!"'{name}'"
    else if name.getNumParts > maxComponents then
      refuse s!"a name of more than {maxComponents} components"
    else none
  | .node _ kind args =>
    -- keywords that are kept as nodes of their own (`token.exact`, `token.«· »`) hold one atom
    if !kinds.contains kind && kind.getRoot != `token && !rules.ownSyntax kind then
      if sorryKinds.contains kind then
        if rules.allowSorry then none else refuse "'sorry'"
      else refuse (describe kind)
    else if rules.veiled && kind == strLitKind then refuse "a string"
    else if rules.veiled && kind == ``Parser.Term.declName then refuse "'decl_name%'"
    else if kind == ``Parser.Attr.simple && !attributes.contains args[0]!.getId then
      refuse s!"attribute '{args[0]!.getId}'"
    else if kind == ``Parser.Command.eraseAttr && !attributes.contains args[1]!.getId then
      refuse s!"attribute '{args[1]!.getId}'"
    else if (kind == ``Parser.Command.set_option || kind == ``Parser.Tactic.set_option
        || kind == ``Parser.Term.set_option) && !options.contains args[1]!.getId then
      refuse s!"option '{args[1]!.getId}'"
    else if kind == ``Parser.Tactic.valConfigItem
        && !(args.size > 3 && isSetting args[1]!.getId args[3]!) then
      refuse "a tactic option with this value"
    else if (kind == ``Parser.Tactic.posConfigItem || kind == ``Parser.Tactic.negConfigItem)
        && numericOptions.contains args[1]!.getId then
      refuse "a number as a switch"
    else if (kind == ``Parser.Tactic.posConfigItem || kind == ``Parser.Tactic.valConfigItem)
        && args.any saysNative then
      refuse "'native'"
    else if kind == ``Parser.Command.derivingClass && !derivingAllowed args then
      refuse "'deriving' for this class"
    else
      args.findSome? (refusal? rules)
where
  refuse (what : String) : Option Refusal := some { what, pos := stx.getPos?.getD 0 }
  /-- Name unlisted syntax by its first word, which the author of the text will recognise. -/
  describe (kind : Name) : String :=
    match stx.find? (fun s => s.isAtom || s.isIdent) with
    | some (.atom _ word) => s!"'{word}'"
    | _ => s!"syntax '{kind}'"
  saysNative (arg : Syntax) : Bool :=
    (arg.find? fun s => s.isIdent && s.getId.eraseMacroScopes == `native).isSome
  derivingAllowed (args : Array Syntax) : Bool :=
    args.any fun arg => arg.isIdent && derivable.contains arg.getId
      && !(rules.veiled && arg.getId == `Repr)

/-- Whether a kind of syntax was declared, by `notation` and the like, in the text of this session: such
declarations are on no list of what a policy may write, so they come from a person's own file. -/
def isOwnSyntax (env : Environment) (kind : Name) : Bool :=
  (env.getModuleIdxFor? kind).isNone && match env.find? kind with
    | some info => info.type.isConstOf ``ParserDescr || info.type.isConstOf ``TrailingParserDescr
    | none => false

/-- The first thing in a command that these rules do not allow, in an environment. -/
def Rules.refusal? (rules : Rules) (env : Environment) (veiled : Bool) (stx : Syntax) : Option Refusal :=
  match rules.own? with
  | some runs => runs env stx
  | none => Allow.refusal? { rules with veiled, ownSyntax := isOwnSyntax env } stx

/-- Whether a new declaration could serve as the tactic of an automatic argument: unification can put
any constant of type `Lean.Syntax` there, without a text that says `autoParam`. Only what Lean makes
of `(h : p := by …)` may have that type; texts cannot say such names. -/
def isTacticConstant (info : ConstantInfo) : Bool :=
  info.type.isConstOf ``Lean.Syntax && !isTacticName (lastComponent info.name.eraseMacroScopes)

end Allow
end Reconstruct.Gym
