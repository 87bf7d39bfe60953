import Reconstruct.Gym.Compat
import Reconstruct.Gym.Mask

/-!
# Imports behind a mask

Takes hidden declarations out of module data before an environment is made from it, and finds the
words by which hidden names can be told from all others.
-/

namespace Reconstruct.Gym

open Lean

/-- Constants in the type and in the value the kernel may unfold. -/
private def needs (info : ConstantInfo) : Array Name :=
  let inValue := match info with
    | .defnInfo d => d.value.getUsedConstants
    | .opaqueInfo d => d.value.getUsedConstants
    | .inductInfo i => i.all.toArray ++ i.ctors.toArray
    | .ctorInfo c => #[c.induct]
    | .recInfo r => r.all.toArray
    | _ => #[]
  info.type.getUsedConstants ++ inValue

/-- From `todo`, everything hidden that must stay for it. -/
private partial def keep (hidden : Std.HashMap Name ConstantInfo) (todo : Array Name)
    (kept : NameHashSet) : NameHashSet :=
  if todo.isEmpty then kept
  else
    let name := todo.back!
    let todo := todo.pop
    if kept.contains name then keep hidden todo kept
    else match hidden[name]? with
      | none => keep hidden todo kept
      | some info => keep hidden (todo ++ needs info) (kept.insert name)

/-- Whether a declaration is a field of the structure it is named after. -/
private def isField (info : ConstantInfo) : Bool :=
  match info with
  | .defnInfo d => match body d.value with
    | .proj s .. => s == d.name.getPrefix
    | _ => false
  | _ => false
where
  body : Expr → Expr
    | .lam _ _ b _ => body b
    | e => e

/-- The proper prefixes of a name, and itself. -/
private def prefixesOf : Name → List Name
  | .anonymous => []
  | n@(.str p _) | n@(.num p _) => n :: prefixesOf p

/-- The components of a hidden name from where it leaves the visible namespaces: every text that
means it must say one of them, and the last in any case. -/
private def tellingWords (gone : NameHashSet) (name : Name) : List String :=
  ((prefixesOf name).filter gone.contains).reverse.filterMap fun
    | .str _ s => some s
    | _ => none

/-- Module data behind a mask: the filtered data and what the theory has to know. `reserved` says
whether a word is a token of the language and must not be renamed. -/
def prune (mask : Mask) (reserved : String → Bool) (state : ImportState) : ImportState × Veil := Id.run do
  let modules := moduleDataOf state
  -- 1. what is hidden
  let mut hidden : Std.HashMap Name ConstantInfo := {}
  for (module, data) in modules do
    let whole := mask.forbiddenModules.contains module
    for d in data do
      for name in d.constNames, info in d.constants do
        if whole || mask.hides name then hidden := hidden.insert name info
  -- 2. what has to stay
  -- (a visible structure cannot do without its fields, nor they without their defaults)
  let fields : NameHashSet := hidden.fold (fun out n info =>
    if isField info && !hidden.contains n.getPrefix then out.insert n else out) {}
  let kept := keep hidden (hidden.fold (fun out n _ =>
    if mask.permitted.contains n || fields.contains n || fields.contains n.getPrefix
    then out.push n else out) #[]) {}
  -- 3. namespaces that hold nothing visible
  let mut gone : NameHashSet := {}
  for (name, _) in hidden do
    for p in prefixesOf ((privateToUserName? name).getD name) do gone := gone.insert p
  let mut visibleWords : Std.HashSet String := {}
  let mut words : Std.HashSet String := {}
  for (_, data) in modules do
    for d in data do
      for name in d.constNames do
        unless hidden.contains name do
          for p in prefixesOf name do
            if gone.contains p then gone := gone.erase p
  for (name, _) in hidden do
    unless name.isInternalDetail || isPrivateName name do
      for w in tellingWords gone name do words := words.insert w
  -- 4. words that no visible name has (names of the compiler's own parts do not count)
  for (_, data) in modules do
    for d in data do
      for name in d.constNames do
        unless hidden.contains name || name.getRoot == `Lean || isPrivateName name do
          for p in prefixesOf name do
            if let .str _ s := p then
              if words.contains s then visibleWords := visibleWords.insert s
  let mut inward : Std.HashMap String String := {}
  let usable (w : String) : Bool := !visibleWords.contains w && !reserved w && disguise w != w
  for (name, _) in hidden do
    unless name.isInternalDetail || isPrivateName name do
      if let some w := (tellingWords gone name).find? usable then
        inward := inward.insert w (disguise w)
  -- 5. the data without what is gone
  let removed (n : Name) : Bool := hidden.contains n && !kept.contains n
  let unknown (n : Name) : Bool := removed n || gone.contains n
  let state' := mapModuleData state fun module d =>
    if mask.forbiddenModules.contains module && d.constNames.all removed then
      -- nothing of it stays, and no extension may speak of it (tokens cannot be told apart)
      { d with constNames := #[], constants := #[], extraConstNames := #[], entries := #[] }
    else if d.constNames.any removed || d.extraConstNames.any mask.hides then
      let pairs := (d.constNames.zip d.constants).filter fun (n, _) => !removed n
      { d with
        constNames := pairs.map (·.1), constants := pairs.map (·.2)
        extraConstNames := d.extraConstNames.filter fun n => !(mask.hides n && !kept.contains n)
        entries := d.entries.map fun (ext, es) => (ext, filterEntries ext removed unknown es) }
    else
      { d with entries := d.entries.map fun (ext, es) => (ext, filterEntries ext removed unknown es) }
  return (state', { mask, kept, inward })

end Reconstruct.Gym
