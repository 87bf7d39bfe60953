import Lean

/-!
The declarations of `judge/canaries.py` (`soundness_bugs`), asked of the kernel of the Lean that
runs this file, one line of JSON each: accepted or refused. What leads up to each must be accepted.
-/

open Lean

namespace KernelBugs

def bool := mkConst ``Bool
def arrow (types : List Expr) (result : Expr) : Expr :=
  types.foldr (fun t body => mkForall `x .default t body) result
def fn (types : List Expr) (body : Expr) : Expr :=
  types.foldr (fun t body => mkLambda `x .default t body) body
def type (name : Name) (sort : Expr) (ctors : List (Name × Expr)) : InductiveType :=
  { name, type := sort, ctors := ctors.map fun (name, type) => { name, type } }
def define (name : Name) (type value : Expr) (hints : ReducibilityHints := .abbrev) : Declaration :=
  .defnDecl { name, levelParams := [], type, value, hints, safety := .safe }
def prove (name : Name) (type value : Expr) : Declaration :=
  .thmDecl { name, levelParams := [], type, value }
def assume (name : Name) (type : Expr) : Declaration :=
  .axiomDecl { name, levelParams := [], type, isUnsafe := false }
def prop := mkSort .zero
def type0 := mkSort 1
def equal (a b : Expr) := mkApp3 (mkConst ``Eq [1]) bool a b
def refl (a : Expr) := mkApp2 (mkConst ``Eq.refl [1]) bool a

/-- Take `field` out of a value of `carrier`, as data. -/
def observe (carrier : Expr) (struct : Name) (field : Nat) : Declaration :=
  define `bad (arrow [carrier] bool) (fn [carrier] (mkProj struct field (.bvar 0)))

def intransitive : List Declaration :=
  let s := mkConst `S
  let recursor := mkApp3 (mkConst `S.rec [1]) (fn [s] bool) (fn [mkConst ``True] (mkConst ``true)) (.bvar 0)
  [.inductDecl [] 0 [type `S prop [(`S.mk, arrow [mkConst ``True] s)]] false,
   assume `s s,
   define `run (arrow [s] bool) (fn [s] recursor) (.regular 1),
   define `a bool (mkApp (mkConst `run) (mkConst `s)) (.regular 2),
   define `b bool (mkApp (mkConst `run) (mkApp (mkConst `S.mk) (mkConst ``True.intro))) (.regular 2),
   define `c bool (mkConst ``true) (.regular 2)]

def owner : List Declaration :=
  let p := mkConst `P
  let a := mkConst `a
  let gate := mkAppN (mkConst ``Eq.rec [2, 1])
    #[bool, a, fn [bool, equal a (.bvar 0)] type0, prop, mkConst `b, .bvar 0]
  intransitive ++
  [define `P prop (equal a (mkConst `b)),
   define `Q prop (equal a (mkConst `c)),
   assume `witness (mkConst `Q),
   define `gate (arrow [p] type0) (fn [p] gate),
   .inductDecl [] 1 [type `Owner (arrow [p] (mkApp (mkConst `gate) (.bvar 0)))
     [(`Owner.mk, arrow [p, bool] (mkApp (mkConst `Owner) (.bvar 1)))]] false,
   define `asProp (arrow [p] prop) (fn [p] (mkApp (mkConst `Owner) (.bvar 0))),
   define `proposition prop (mkApp (mkConst `asProp) (mkConst `witness))]

def wrapped (e : Expr) := mkApp (fn [bool] e) (mkConst ``true)

def bugs : List (String × List Declaration × Declaration) :=
  let one := mkConst `Single
  let pair := Declaration.inductDecl [] 0 [type `C type0 [(`C.mk, arrow [bool] (mkConst `C))]] false
  let a := mkConst `a
  let b := mkConst `b
  [("projection out of two constructors",
    [.inductDecl [] 0 [type `Hollow prop []] false,
     .inductDecl [] 0 [type `Two prop [(`Two.left, arrow [mkConst `Hollow] (mkConst `Two)),
       (`Two.right, arrow [mkConst ``True] (mkConst `Two))]] false],
    prove `bad (mkConst `Hollow) (mkProj `Two 0 (mkApp (mkConst `Two.right) (mkConst ``True.intro)))),
   ("data out of a proof",
    [.inductDecl [] 0 [type `Single prop [(`Single.mk, arrow [bool] one)]] false],
    observe one `Single 0),
   ("lean4#14632", [pair], observe (mkConst `C) `C (2 ^ 32)),
   ("lean4#14613",
    [.inductDecl [] 0 [type `First prop [(`First.mk, mkConst `First)],
      type `I (mkSort (.imax 1 .zero)) [(`I.mk, arrow [bool] (mkConst `I))]] false],
    observe (mkConst `I) `I 0),
   ("lean4#14807", owner, observe (mkConst `proposition) `Owner 0),
   ("lean4#14576",
    [pair, .inductDecl [] 0 [type `W type0 [(`W.mk, arrow [bool] (mkConst `W))]] false,
     .inductDecl [] 2 [type `L (arrow [type0, bool] type0)
       [(`L.mk, arrow [type0, bool] (mkApp2 (mkConst `L) (.bvar 1) (.bvar 0)))]] false],
    .inductDecl [] 1 [type `E (arrow [mkConst `W] type0)
      [(`E.mk, arrow [mkConst `W, mkApp2 (mkConst `L) (mkApp (mkConst `E) (.bvar 0))
         (mkProj `C 0 (mkProj `C 0 (.bvar 0)))] (mkApp (mkConst `E) (.bvar 1)))]] false),
   ("lean4#14616",
    [define `_nested.N_1 prop (mkConst ``True)],
    .inductDecl [] 0 [type `N prop [(`N.mk, arrow [mkConst `_nested.N_1] (mkConst `N))]] false),
   ("lean4#8695", [], .inductDecl [] 0 [type `J prop [(`J.rec, mkConst `J)]] false),
   ("lean4#14582",
    [.inductDecl [] 1 [type `K (arrow [type0] type0)
      [(`K.mk, arrow [type0] (mkApp (mkConst `K) (.bvar 0)))]] false],
    .inductDecl [] 1 [type `M (arrow [type0] type0) [(`M.mk, arrow
      [type0, mkApp (mkConst `K) (mkApp (mkConst `M) bool)] (mkApp (mkConst `M) (.bvar 1)))]] false),
   ("lean4#14806", intransitive,
    prove `bad (equal (wrapped a) (wrapped (mkConst `c)))
      (mkApp2 (fn [equal a b, equal b (mkConst `c)] (refl (wrapped a))) (refl a) (refl b)))]

end KernelBugs

open KernelBugs in
run_meta do
  for (name, before, last) in bugs do
    let mut env := (← getEnv).toKernelEnv
    let mut said := ""
    for declaration in before do
      match env.addDecl {} declaration none with
      | .ok next => env := next
      | .error e => said := s!"before: {← (e.toMessageData {}).toString}"
    if said.isEmpty then
      said := match env.addDecl {} last none with
        | .ok _ => "accepted"
        | .error _ => "refused"
    logInfo m!"{name}: {said}"
