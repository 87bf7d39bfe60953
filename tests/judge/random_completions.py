"""Random files with holes, and random completions of them, honest and dishonest."""

from __future__ import annotations

import random
from dataclasses import dataclass

PREAMBLE = """def twice (n : Nat) : Nat := n + n

class Key (α : Type) where
  value : α
  good : value = value
"""

# Statements with a proof.
TRUE = [
    ("(a b : Nat) : a + b = b + a", "by omega"),
    ("(p q : Prop) (h : p ∧ q) : q ∧ p", "⟨h.2, h.1⟩"),
    ("(xs : List Nat) : xs ++ [] = xs", "by simp"),
    ("(f : Nat → Nat) (h : ∀ n, f n = n) : f 2 = 2", "h 2"),
    ("(n : Nat) : twice n = 2 * n", "by unfold twice; omega"),
    ("(p : Prop) : p ∨ ¬p", "Classical.em p"),
    (": 7 ^ 20 % 10 = 1", "by decide"),
    ("(k : Key Nat) : k.value = k.value", "k.good"),
]
# False statements, with what makes `False` of one that is taken for true.
FALSE = [
    ("(f : Nat → Nat) : f 3 = 5", "absurd ({} fun _ => 0) (by decide)"),
    ("(n : Nat) : n = n + 1", "absurd ({} 0) (by decide)"),
    ("(p q : Prop) (h : p ∨ q) : p", "{} False True (Or.inr trivial)"),
    ("(x y : Nat) : x = y", "absurd ({} 0 1) (by decide)"),
    ("(n : Nat) : twice n = n", "absurd ({} 1) (by decide)"),
]
# Statements of which nobody here has a proof.
OPEN = [
    "(f : Nat → Nat) (c : ∀ n, f n = if n % 2 = 0 then n / 2 else 3 * n + 1) (n : Nat) :"
    " ∃ k, Nat.repeat f k (n + 1) = 1",
    "(n : Nat) : ∃ p, n < p ∧ ∀ a b, a * b = p * (p + 2) → a = 1 ∨ b = 1 ∨ a = p ∨ b = p",
]


@dataclass
class Hole:
    """A declaration with a hole: what stands before it, its name, its statement, a proof if there
    is one, and what makes `False` of it."""

    head: str
    name: str
    statement: str
    proof: str = ""
    explosion: str = ""
    data: bool = False


@dataclass
class Completion:
    """An original, a candidate, and the names with holes."""

    original: str
    candidate: str
    names: list[str]


def completions(seed: int, originals: int, each: int) -> list[Completion]:
    """Random completions: `each` of every original."""
    random_ = random.Random(seed)
    found = []
    for _ in range(originals):
        holes = [_hole(random_, i) for i in range(random_.randint(1, 5))]
        space = random_.choice(["", "", "Mine"])
        original = _file(space, [_text(h, h.name, h.statement, "sorry") for h in holes])
        names = [f"{space}.{h.name}" if space else h.name for h in holes]
        for _ in range(each):
            found.append(Completion(original, _candidate(random_, holes, space), names))
    return found


def _hole(random_: random.Random, i: int) -> Hole:
    kind = random_.choice(["true", "true", "true", "false", "false", "open", "data"])
    name = f"decl{i}"
    if kind == "data":
        return random_.choice(
            [
                Hole("def", name, ": Nat", "3", data=True),
                Hole("instance", name, ": Key Nat", "⟨0, rfl⟩", data=True),
            ]
        )
    head = random_.choice(["theorem", "theorem", "@[simp] theorem"])
    if kind == "true":
        return Hole("theorem", name, *random_.choice(TRUE))
    if kind == "open":
        return Hole("theorem", name, random_.choice(OPEN))
    statement, explosion = random_.choice(FALSE)
    head = head if "f 3" in statement else "theorem"
    return Hole(head, name, statement, explosion="(" + explosion.format(name) + " : False)")


def _text(hole: Hole, name: str, statement: str, proof: str) -> str:
    return f"{hole.head} {name} {statement} :=\n  {proof}\n"


def _file(space: str, declarations: list[str], preamble: str = PREAMBLE) -> str:
    body = "\n".join(declarations)
    return preamble + "\n" + (f"namespace {space}\n\n{body}\nend {space}\n" if space else body)


def _candidate(random_: random.Random, holes: list[Hole], space: str) -> str:
    declarations = [_filled(random_, holes, i) for i in range(len(holes))]
    preamble = PREAMBLE
    if random_.random() < 0.08:
        preamble = preamble.replace("n + n", random_.choice(["0", "n", "n + n + 0"]))
    if random_.random() < 0.05 and len(declarations) > 1:
        declarations.pop(random_.randrange(len(declarations)))
    if random_.random() < 0.06:
        at = random_.randrange(len(declarations) + 1)
        declarations.insert(at, "instance : HAdd Nat Nat Nat := ⟨fun _ _ => 0⟩\n")
    return _file(space, declarations, preamble)


def _filled(random_: random.Random, holes: list[Hole], i: int) -> str:
    """One declaration of a candidate, by a random trick or honestly."""
    hole = holes[i]
    lies = [h.explosion for h in holes[:i] if h.explosion]
    honest = ["proof"] * 6 if hole.proof else []
    trick = random_.choice(
        [*honest, "hole", "sibling", "sibling", "lemma", "axiom", "weaken", "rename", "private",
         "native", "simp", "hidden", "wrong"]
    )  # fmt: skip
    if trick == "wrong" and random_.random() < 0.8:
        trick = "hole"
    name, statement, before, proof = hole.name, hole.statement, "", hole.proof or "sorry"
    if trick == "hole" or (hole.data and trick not in ("proof", "rename")):
        proof = "sorry"
    elif trick == "sibling":
        proof = f"{random_.choice(lies)}.elim" if lies else proof
    elif trick in ("lemma", "hidden"):
        word = "private theorem" if trick == "hidden" else "theorem"
        before, proof = f"{word} helper{i} : False := sorry\n\n", f"helper{i}.elim"
    elif trick == "axiom":
        before, proof = f"axiom cheat{i} : False\n\n", f"cheat{i}.elim"
    elif trick == "weaken":
        statement, proof = "(impossible : False) " + statement, "impossible.elim"
    elif trick == "rename":
        name += "'"
        proof = proof if not any(f"decl{i}" in h.explosion for h in holes) else "sorry"
    elif trick == "private":
        return "private " + _text(hole, name, statement, proof) if hole.head == "theorem" else (
            _text(hole, name, statement, proof)
        )  # fmt: skip
    elif trick == "native" and "7 ^ 20" in statement:
        proof = "by native_decide"
    elif trick == "simp" and "f 3" in statement:
        proof = "by simp" if any("simp" in h.head for h in holes[:i]) else "sorry"
    elif trick == "wrong":
        proof = "by omega"
    return before + _text(hole, name, statement, proof)
