"""Probes for non-interference: requests that mention a name, and names to put into them.

Each probe is a request in which ``§`` stands for the name. It is sent twice, once with a hidden
name and once with a fresh one of the same length; the answers must be the same up to the name.
"""

from __future__ import annotations

import json
import random
import re
import string
from typing import Any

from autoresearch_formal.mask import Mask

COMMANDS = (
    "theorem probe : True := by exact §",
    "theorem probe : True := §",
    "theorem probe : §",
    "def probe := @§",
    "def probe (x : §) := x",
    "def probe (x : § Nat) : Nat := 0",
    "theorem probe {α : Type} [§ α] (a : α) : a = a := rfl",
    "theorem probe [§ α] (a : α) : a = a := rfl",
    "variable (α : Type) [§ α]\ntheorem probe (a : α) : a = a := rfl",
    "example : True := by have := @§; trivial",
    "open §\ntheorem probe : True := trivial",
    "open § in\ntheorem probe : True := trivial",
    "open § (mk)\ntheorem probe : True := trivial",
    "open § hiding mk\ntheorem probe : True := trivial",
    "open § renaming mk → probeMk\ntheorem probe : True := trivial",
    "export § (mk)",
    "namespace §\ntheorem probe : True := trivial\nend §",
    "namespace §\ndef probe := 1\nend §\nopen §\ndef probeTwo := probe",
    "def § : Nat := 1",
    "theorem § : True := trivial",
    "abbrev § := Nat\ndef probe : § := 3",
    "structure § where\n  first : Nat",
    "inductive § where\n  | one\n  | two",
    "def §.probe := 1",
    "private def § := 1",
    "structure Probe extends §",
    "structure Probe (α : Type) extends § α",
    "instance : § Nat := inferInstance",
    "instance probe : Inhabited § := ⟨default⟩",
    "inductive Probe where | a | b\nderiving §",
    "inductive Probe where | a | b\nderiving instance § for Probe",
    "attribute [simp] §",
    "attribute [local simp] §",
    "attribute [-simp] §",
    "attribute [grind] §",
    "#check §",
    "#print §",
    "#print axioms §",
    "#eval §",
    "run_cmd Lean.logInfo `§",
    'notation "probe" => §',
    'macro "probe" : term => `(§)',
    "set_option § true in\ntheorem probe : True := trivial",
    "set_option §.probe true",
    "import §",
    "theorem probe (n : Nat) : n + 0 = n := by simp [§]",
    "theorem probe (n : Nat) : n + 0 = n := by simp only [§]",
    "theorem probe (n : Nat) : n + 0 = n := by simp [-§]",
    "theorem probe (a b : Int) : a * b = b * a := by grind [§]",
    "theorem probe (n : Nat) : n = n := by unfold §; rfl",
    "theorem probe : True := by\n  let x := §\n  trivial",
    "/-- See `§`. -/\ntheorem probe : True := trivial",
    "/-! § -/",
    "theorem probe (h : (1 : Nat) = 2) : False := by cases h using §",
    "def probe : Nat → Nat\n  | § => 0",
    "def probe : Nat → Nat\n  | .§ => 0\n  | _ => 1",
    "mutual\ndef probe := §\ndef other := 1\nend",
    "universe §",
    "section §\ntheorem probe : True := trivial\nend §",
    "theorem probe (§ : Nat) : True := trivial",
    "def probe := fun (x : Nat) => x.§",
    "def probe := (3 : Nat).§",
    "def probe : Nat := .§ 3",
    "def probe := ``§",
    "def probe := `§",
    'def probe := "§"',
    "theorem probe : ∃ n : Nat, n = 1 := ⟨1, §⟩",
    "theorem probe : True := nofun §",
    "termination_by §",
    "protected def §.two := 2",
    "noncomputable def § := 3",
    "structure Probe where\nclass § (α : Type) where\n  op : α → α → α\n"
    "instance : § Probe := ⟨fun a _ => a⟩",
    "class inductive § where | mk",
    "#synth §",
    "#reduce §",
    "#help §",
    "assert_not_exists §",
    "initialize §",
    'elab "probe" : term => §',
    # letters of names: what is disguised must not be read
    'theorem probe : "§".utf8ByteSize = 8 := by decide',
    'theorem probe : "§".toList.length = 8 := by rfl',
    "structure Probe where\n  § : Nat\nderiving Repr",
    "inductive § where | a | b\nderiving Ord, Hashable, BEq, Inhabited, DecidableEq",
    "def § := decl_name%",
    "def § := 1\ndef ¤ := 2",
    "theorem probe : ¤ = 1 := rfl",
    "variable (§ ¤ : Nat)\ntheorem probe : § = ¤ := rfl",
    "structure S where (h : 1 = 1 := by exact §)\n"
    "def read {p : Prop} {T : Type} {t : T} {S : Type} {A : Prop → T → Prop} (x : A p t → S) := t\n"
    "def probe := read S.mk",
    "structure Probe where\nclass § (α : Type) where x : α\ninstance : § Probe := ⟨⟨⟩⟩\n"
    "instance : § (List Probe) := ⟨[]⟩",
    "def § : Nat := 5\ndef probe : Nat := 7\n"
    "theorem probe2 : § + (probe + §) = 17 := by simp [Nat.add_comm, §, probe]",
    "theorem probe (§ a z : Nat) : a * § * z = § * z * a := by ac_rfl",
    "mutual\ninductive § where | mk : Probe → §\ninductive Probe where | mk : § → Probe | e\nend",
    "def probe (x : Nat) (§ : Nat := 3) := x\ntheorem probe2 : probe 1 (§ := 2) = 2 := by decide",
    "def Nat.§ (n : Nat) := n\ntheorem probe : (3).§ = 4 := by decide",
    "def «probe §» := 1\ntheorem probe : «probe §» = 2 := by decide",
    "def §' := 1\ndef §! := 1\ndef §₁ := 1\ndef x§ := 1\ndef §_x := §'",
    "opaque § : Nat",
    "@[§] def probe := 1",
    "@[simp, §] theorem probe : True := trivial",
    "local instance : § := default",
    "def probe : Nat := let rec § := 1; §",
    "def probe (n : Nat) : Nat := n where § : Nat := 2",
    "theorem probe : True := by { exact § }",
    "theorem probe (n : Nat) : n = n := match n with | § => rfl",
    "example : ∃ § : Nat, § = 2 := ⟨_, rfl⟩",
)

TACTICS = (
    "exact §",
    "exact @§",
    "exact § _ _",
    "exact (§)",
    "exact h.§",
    "exact .§",
    "apply §",
    "apply §.mk",
    "refine § ?_ ?_",
    "refine' § _",
    "rw [§]",
    "rw [← §]",
    "rw [§] at h",
    "erw [§]",
    "simp [§]",
    "simp only [§]",
    "simp only [§] at *",
    "simp [← §]",
    "simp [-§]",
    "simp? [§]",
    "simp (config := §)",
    "dsimp [§]",
    "simp_all [§]",
    "simpa using §",
    "unfold §",
    "delta §",
    "show §",
    "change §",
    "have := §",
    "have h2 : § := by trivial",
    "let x := §",
    "obtain ⟨x, hx⟩ := §",
    "rcases § with ⟨x⟩",
    "cases §",
    "cases a using §",
    "induction a using §",
    "induction a using §.rec",
    "fun_induction §",
    "fun_cases §",
    "specialize § a",
    "generalize § = x",
    "exists §",
    "exact? using §",
    "apply? using §",
    "grind [§]",
    "grind only [§]",
    "grind -§",
    "grind (§ := false)",
    "simp -§",
    "solve_by_elim [§]",
    "ac_rfl; exact §",
    "conv => lhs; unfold §",
    "conv => rw [§]",
    "conv => simp only [§]",
    "open § in simp",
    "open §",
    "set_option § true in simp",
    "calc a = b := §\n  _ = c := §",
    "first | exact § | skip",
    "try exact §",
    "try simp only [§]",
    "exact (by exact § : 1 = 1)",
    "norm_cast; exact §",
    "exact_mod_cast §",
    "intro §",
    "rename_i §",
    "case § => skip",
    "next § => skip",
    "clear §",
    "revert §",
    "subst §",
    "contradiction; exact §",
    "exact fun x => §",
    "exact let x := §; x",
    "exact show § from trivial",
    "exact open § in trivial",
    "refine ⟨§, ?_⟩",
    "exact ⟨§⟩",
    "infer_instance; exact §",
    "§",
    "decide +§",
    "omega (§ := true)",
    "rintro ⟨§⟩",
    "ext §",
    "funext §",
    "congr 1 with §",
    "split at §",
    "injection h with §",
    "exact §.symm",
    "nth_rewrite 1 [§]",
    "run_tac §",
    "symm; exact §",
    "exact congrArg § h",
    "exact absurd § §",
    'fail "§"',
    'have : "§" = "x" := by decide',
    "have § : 1 = 1 := rfl; simp at §",
    "have : ∀ § z : Int, § + z = z := by intro § z; grind",
    "have : ∀ § z : Nat, § + z = z := by intro § z; omega",
    "have ¤ := 1; exact §",
    "cases h with | § => skip",
    "exact (fun § => §) _",
    "suffices § : True by skip",
)

GOALS = (
    "∀ x : §, True",
    "§",
    "∀ (α : Type) [§ α] (a : α), a = a",
    "∀ n : Nat, § n = n",
    "∀ n : Nat, n.§ = n",
    "∃ x, x = §",
    "let x := §; x = x",
    "∀ § : Nat, § = §",
)

QUERIES: tuple[dict[str, Any], ...] = (
    {"op": "describe", "theory": 0, "names": ["§"]},
    {"op": "describe", "theory": 0, "names": ["§", "Nat.add_comm"], "tree": True},
    {"op": "describe", "theory": 0, "names": ["_private.§.0.x"]},
    {"op": "describe", "theory": 0, "names": ["§._proof_1"]},
    {"op": "describe", "theory": 0, "names": ["§.mk"]},
    {"op": "names", "theory": 0, "prefix": "§"},
    {"op": "names", "theory": 0, "modules": ["§"]},
    {"op": "names", "theory": 0, "modules": ["§.*"]},
    {"op": "audit", "theory": 0, "names": ["§"]},
    {"op": "abstract", "theory": 0, "name": "§", "as": "u"},
    {"op": "abstract", "theory": 0, "name": "Nat.add_comm", "as": "§", "carriers": ["§"]},
    {"op": "goal", "theory": 0, "prop": "§"},
    {"op": "goal", "theory": 0, "statement": "True", "name": "§"},
    {"op": "import", "modules": ["§"]},
    {"op": "import", "modules": ["Init", "§"]},
    {"op": "§"},
    {"op": "drop", "states": ["§"]},
    {"op": "search", "state": 0, "kind": "§", "limit": 3},
    {"op": "elab", "theory": "§", "text": "example : True := trivial"},
    {"op": "add", "state": "§", "name": "§"},
    {"op": "stats", "§": 1},
    {"op": "hello", "mask": "§"},
)

MODULES = (
    {"op": "import", "modules": ["§"]},
    {"op": "import", "modules": ["Init", "§"]},
    {"op": "import", "modules": ["§", "Init"]},
    {"op": "names", "theory": 0, "modules": ["§"]},
    {"op": "names", "theory": 0, "modules": ["§.*"]},
    {"op": "elab", "theory": 0, "text": "import §\ntheorem probe : True := trivial"},
)


def hidden_names(mask: Mask) -> list[str]:
    """Names an adversary may try: hidden declarations and namespaces of what is loaded."""
    names = {n for n in mask.forbidden if not n.startswith("_private") and _plain(n)}
    names |= {n for n in mask.present if not n.startswith("Reconstruct")}
    return sorted(names)


def hidden_modules(mask: Mask) -> list[str]:
    """Modules that exist and may not be imported."""
    return sorted(mask.forbidden_modules)


def _plain(name: str) -> bool:
    """No name whose ending means something to Lean itself (``eq_1``, ``match_3``, ``mk``, …)."""
    parts = name.split(".")
    return all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_']{2,}", part) for part in parts) and not any(
        re.search(r"_\d+$|^(eq_def|induct|rec|recOn|casesOn|below|brecOn|noConfusion)", part)
        for part in parts
    )


def fresh(name: str, mask: Mask, seed: int) -> str:
    """A name like `name` that never existed: same length, same case pattern, same visible prefix.

    The components from the first hidden one on are replaced by random letters.
    """
    chance = random.Random(f"{seed} {name}")
    parts = name.split(".")
    first = next(
        (k for k in range(len(parts)) if mask.why(".".join(parts[: k + 1])) is not None),
        len(parts) - 1,
    )

    def letter(character: str) -> str:
        if character.isupper():
            return chance.choice("QXZJKVW")
        if character.islower():
            return chance.choice("qxzjkvw")
        return character

    for k in range(first, len(parts)):
        parts[k] = "".join(map(letter, parts[k]))
    return ".".join(parts)


def fresh_module(name: str, seed: int) -> str:
    """A module name of the same shape that is in no library."""
    chance = random.Random(f"{seed} {name}")
    root, _, rest = name.partition(".")
    letters = "".join(chance.choice(string.ascii_lowercase) if c.islower() else c for c in rest)
    return f"{root}.{letters}" if rest else root


_DROPPED = {
    "ms",
    "heartbeats",
    "theory",
    "state",
    "fingerprint",
    "id",
    "requests",
    "steps",
    "states",
    "theories",
    "imports",
}

_UNORDERED = {"uses", "decls"}
"""Sets of names, sent in the order of the names."""


def comparable(answer: Any, hidden: str, invented: str) -> Any:
    """An answer without its counters, with the invented name turned back into the hidden one."""
    if isinstance(answer, dict):
        kept = {
            comparable(key, hidden, invented): comparable(value, hidden, invented)
            for key, value in answer.items()
            if key not in _DROPPED
        }
        for key in _UNORDERED & kept.keys():
            kept[key] = sorted(kept[key], key=str)
        return kept
    if isinstance(answer, list):
        return [comparable(item, hidden, invented) for item in answer]
    if isinstance(answer, str):
        # Lean marks differences between two names letter by letter with combining strokes.
        answer = answer.replace("\u0335", "").replace("\u0332", "")
    if isinstance(answer, str) and hidden != invented:
        answer = answer.replace(invented, hidden)
        pairs = zip(invented.split("."), hidden.split("."), strict=True)
        for theirs, ours in sorted(pairs, key=lambda pair: -len(pair[0])):
            if len(theirs) > 2 and theirs != ours:
                # Lean also capitalises words, as in the automatic names of instances.
                answer = answer.replace(theirs, ours)
                answer = answer.replace(_capital(theirs), _capital(ours))
    return answer


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def filled(request: dict[str, Any], name: str) -> dict[str, Any]:
    """The request with the name put in, also where ``¤`` stands for it in bold Fraktur: the letters
    in which the gym disguises names."""
    fraktur = "".join(
        chr(0x1D56C + ord(c) - ord("A"))
        if "A" <= c <= "Z"
        else chr(0x1D586 + ord(c) - ord("a"))
        if "a" <= c <= "z"
        else c
        for c in name
    )
    text = json.dumps(request, ensure_ascii=False)
    return json.loads(text.replace("§", name).replace("¤", fraktur))
