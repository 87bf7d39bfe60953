import Lean.Data.Json
import Lean.Data.NameTrie
import Lean.PrivateName

/-!
# The mask: names that never existed

A mask file says which modules may be imported and which declarations are hidden. The gym makes a
hidden name behave as one that was never declared, by four means.

1. *Removal.* When modules are imported, hidden declarations are taken out of the module data before
   the environment is made from it, together with what the extensions (instances, simp sets,
   namespaces, …) say about them. Nothing that runs later can find them.
2. *Renaming.* A few hidden declarations must stay, because permitted proof terms need them. Text
   that comes in has every word that belongs to hidden names replaced by a word of the same length
   that no library uses, and what goes out is changed back. So a hidden name in a text is just
   another new name, and a declaration that happens to have a hidden name meets no resistance.
   Nothing may read the letters of a disguised word: texts under a mask have no string literals, no
   `deriving Repr` and no `decl_name%`, and no term may look into names or syntax trees.
3. *Refusal.* A step or declaration whose terms mention hidden declarations all the same (through
   instances, unification or a decision procedure) fails; permitted ones may occur in proofs.
4. *Silence.* A message in which Lean itself says a hidden word is replaced by a plain failure.

This file is pure: the file format, the test for hidden names and the renaming of words.
-/

namespace Reconstruct.Gym

open Lean

/-- The mask of a server, as read from its file. -/
structure Mask where
  /-- Identifies the mask; shown by `hello`. -/
  hash : String
  /-- Modules that may be imported, or `none` for all. -/
  allowed : Option NameHashSet
  /-- Modules that may not, whatever `allowed` says; all their declarations are hidden. -/
  forbiddenModules : NameHashSet
  forbidden : NameHashSet
  prefixes  : NameHashSet
  permitted : NameHashSet
  /-- A docstring with one of these, in any case, is not shown. -/
  words : Array String

namespace Mask

/-- Read a mask file's text; the error says which field is wrong. -/
def parse (text : String) : Except String Mask := do
  let json ← Json.parse text
  let names (key : String) : Except String NameHashSet := do
    match json.getObjVal? key with
    | .ok .null | .error _ => return {}
    | .ok j => match j.getArr? >>= (·.mapM Json.getStr?) with
      | .ok xs => return xs.foldl (fun set x => set.insert x.toName) {}
      | .error _ => throw s!"field '{key}' must be an array of strings"
  let words ← match json.getObjVal? "words" with
    | .ok (.arr xs) => match xs.mapM Json.getStr? with
      | .ok ws => pure (ws.map String.toLower)
      | .error _ => throw "field 'words' must be an array of strings"
    | _ => pure #[]
  let allowed ← match json.getObjVal? "allowed_modules" with
    | .ok .null | .error _ => pure none
    | .ok _ => some <$> names "allowed_modules"
  let .ok hash := json.getObjVal? "hash" >>= Json.getStr? | throw "field 'hash' must be a string"
  return {
    hash, allowed, words
    forbiddenModules := ← names "forbidden_modules", forbidden := ← names "forbidden"
    prefixes := ← names "forbidden_prefixes", permitted := ← names "permitted" }

/-- Whether some prefix of `name`, or `name` itself, is in `set`. -/
private def coveredBy (set : NameHashSet) : Name → Bool
  | .anonymous => false
  | name@(.str p _) | name@(.num p _) => set.contains name || coveredBy set p

/-- The declaration that an internal name such as `f._proof_1` or `f.match_1` belongs to. -/
private def owner (name : Name) : Name :=
  let name := (privateToUserName? name).getD name
  go name
where
  go : Name → Name
    | n@(.str p s) => if s.startsWith "_" || s.startsWith "match_" then go p else n
    | .num p _ => go p
    | n => n

/-- Whether the mask hides a declaration of a module it does not forbid as a whole. Permitted names
are hidden as well. -/
def hides (mask : Mask) (name : Name) : Bool :=
  mask.forbidden.contains name || mask.permitted.contains name
    || (!mask.prefixes.isEmpty && coveredBy mask.prefixes ((privateToUserName? name).getD name))
    || (name.isInternalDetail && mask.forbidden.contains (owner name))

/-- Whether the mask lets a module be imported. -/
def allows (mask : Mask) (module : Name) : Bool :=
  !mask.forbiddenModules.contains module && match mask.allowed with
    | some modules => modules.contains module
    | none => true

/-- Whether a docstring may be shown. -/
def allowsDoc (mask : Mask) (doc : String) : Bool :=
  let doc := doc.toLower
  !mask.words.any fun w => (doc.splitOn w).length > 1

end Mask

/-- A cost as it is told under a mask: rounded up to 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, …, so that
the few allocations which a disguise needs do not show. -/
def coarse (cost : Nat) : Nat :=
  let step := 2 ^ ((max cost 8).log2 - 2)
  max 8 ((cost + step - 1) / step * step)

/-! ## Renaming words -/

/-- Whether `c` can be inside a word, i.e. one component of an identifier. -/
@[inline] private def isWordChar (c : Char) : Bool := c.isAlphanum || isIdRest c

/-- Marks that may stand around a word: quotes of a message, primes of a name. -/
@[inline] private def isMark (c : Char) : Bool := c == '\'' || c == '!' || c == '?'

/-- A word without the marks around it, and those marks. -/
private def bare (word : String) : String × String × String :=
  let back := word.dropEndWhile isMark
  let core := back.dropWhile isMark
  let before := (word.take (back.toString.length - core.toString.length)).toString
  (before, core.toString, (word.drop back.toString.length).toString)

/-- Replace the words of `text` for which `f` has another. -/
partial def mapWords (f : String → Option String) (text : String) : String :=
  go 0 0 ""
where
  /-- `start`: where the current word began; `at'`: where we are. -/
  go (start at' : String.Pos.Raw) (out : String) : String :=
    if at'.atEnd text then flush start at' out
    else
      let c := at'.get text
      let next := at'.next text
      if isWordChar c then go start next out
      else go next next ((flush start at' out).push c)
  flush (start stop : String.Pos.Raw) (out : String) : String :=
    if start == stop then out
    else
      let word := String.Pos.Raw.extract text start stop
      let (before, core, after) := bare word
      match f core with
      | some core' => out ++ before ++ core' ++ after
      | none => out ++ word

/-- Whether `p` holds for a word of `text`. -/
def anyWord (p : String → Bool) (text : String) : Bool :=
  (text.split fun c => !isWordChar c).any fun w => !w.isEmpty && p (bare w.toString).2.1

/-- Whether a character is one of those that stand for others in disguised words. No request may have
one while a mask is in force: it would meet the disguised words. -/
def isDisguise (c : Char) : Bool := 0x1D56C ≤ c.toNat && c.toNat ≤ 0x1D59F

/-- Letters to bold Fraktur, which Lean accepts in identifiers; other characters stay, and so does the
first, which Lean capitalises when it makes names of instances. -/
def disguise (word : String) : String := (word.take 1).toString ++ (word.drop 1).toString.map fun c =>
  if 'A' ≤ c && c ≤ 'Z' then Char.ofNat (0x1D56C + (c.toNat - 'A'.toNat))
  else if 'a' ≤ c && c ≤ 'z' then Char.ofNat (0x1D586 + (c.toNat - 'a'.toNat))
  else c

/-- Undo `disguise`, also inside names that Lean put together from disguised ones. -/
def undisguise (text : String) : String := text.map fun c =>
  let n := c.toNat
  if !isDisguise c then c
  else if n < 0x1D586 then Char.ofNat (n - 0x1D56C + 'A'.toNat)
  else Char.ofNat (n - 0x1D586 + 'a'.toNat)

/-- The name as the outside knows it, at the same cost for all names. -/
private def plainCopy : Name → Name
  | .str p s => .str (plainCopy p) (undisguise s)
  | .num p k => .num (plainCopy p) k
  | .anonymous => .anonymous

/-- The name as the outside knows it. -/
def plainName (name : Name) : Name :=
  if name.anyS fun s => s.any isDisguise then plainCopy name else name

/-- Names in an order that a disguise does not change. -/
def sortNames (names : Array Name) : Array Name :=
  (names.map fun n => (plainCopy n, n)).qsort (fun a b => Name.lt a.1 b.1) |>.map (·.2)

/-- Whether a constant can read the letters of names, which are not those that the text had: syntax
trees (of automatic arguments) and names as values. -/
def readsNames (name : Name) : Bool :=
  (`Lean.Syntax).isPrefixOf name || (`Lean.Name).isPrefixOf name

/-- What a theory made under a mask knows about it. -/
structure Veil where
  mask : Mask
  /-- Hidden declarations that had to stay in the environment. -/
  kept : NameHashSet := {}
  /-- Words of hidden names and what stands for them inside. -/
  inward : Std.HashMap String String := {}

namespace Veil

/-- Text from outside, as Lean will see it. -/
def enter (v : Veil) (text : String) : String :=
  if v.inward.isEmpty then text else mapWords (v.inward[·]?) text

/-- All strings of an answer, as the outside will see them. -/
partial def leave : Json → Json
  | .str s => .str (undisguise s)
  | .arr xs => .arr (xs.map leave)
  | .obj fields => Json.mkObj (fields.toList.map fun (k, j) => (k, leave j))
  | j => j

/-- What is said instead of a message that would betray something. -/
def plainFailure : String := "tactic failed"

/-- Whether Lean says a hidden word that was not in the text it was given. -/
def betrayedBy (v : Veil) (text : String) : Bool :=
  !v.inward.isEmpty && anyWord v.inward.contains text

/-- A message of Lean, or a plain failure if it says too much. -/
def silence (v : Veil) (text : String) : String :=
  if v.betrayedBy text then plainFailure else text

/-- Hidden in the environment, hence to be refused in goals, statements and definitions. -/
def hides (v : Veil) (name : Name) : Bool := v.kept.contains name

/-- To be refused inside proofs. -/
def refuses (v : Veil) (name : Name) : Bool := v.kept.contains name && !v.mask.permitted.contains name

/-- Whether a string of a request has a character reserved for disguises. -/
partial def reservedIn : Json → Bool
  | .str s => s.any isDisguise
  | .arr xs => xs.any reservedIn
  | .obj fields => fields.toList.any fun (k, j) => k.any isDisguise || reservedIn j
  | _ => false

end Veil
end Reconstruct.Gym
