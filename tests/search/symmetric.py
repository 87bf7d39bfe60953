"""Random goals with symmetries, and a policy that proves them in ways full of names.

A *world* is a closed statement: elements, predicates and relations, facts and rules, all of it as
often as the symmetry turns it, under shuffled names in a shuffled order; its target says the same
thing of each image. So the sub-goals of the target are one goal up to an isomorphism that exchanges
elements, types, predicates, facts or rules, several at once.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from autoresearch_formal.actions.base import Action, GoalView, Policy, Situation

NAMES = (
    *("a", "b", "c", "x", "y", "z", "h", "h'", "h₁", "h_1", "k", "id", "succ", "left'", "symm"),
    *("inl", "fst", "this'", "R", "S", "P", "Q", "α'", "«odd-name»", "hp", "hq", "mp", "zero"),
    *("n", "m", "f", "g", "w", "u", "v"),
)
"""Names that variables and facts get, some of them those of constants, fields and constructors."""

Atom = tuple[str, ...]
"""A predicate and its arguments."""


@dataclass(frozen=True)
class World:
    """A statement and how it came about."""

    statement: str
    seed: int


def world(seed: int) -> World:
    """A statement from a number."""
    draw = random.Random(seed)
    copies = draw.choice((2, 2, 3))
    apart = draw.random() < 0.4  # each copy has its own type, predicates and rules
    size = draw.choice((1, 2))
    symbols: list[tuple[str, str]] = []  # symbol and type, in an order that type-checks
    facts: list[Atom] = []
    rules: list[str] = []
    goals: list[str] = []
    shared = () if apart else (0,)
    for c in shared or range(copies):
        symbols += [(f"T{c}", "Type"), (f"P{c}", f"T{c} → Prop"), (f"R{c}", f"T{c} → T{c} → Prop")]
        symbols += [(f"S{c}", f"T{c} → T{c} → Prop")]
        rules.append(f"∀ (#1 #2 : T{c}), R{c} #1 #2 → S{c} #2 #1")
        rules.append(f"∀ (#1 : T{c}), P{c} #1 → ∀ (#2 : T{c}), S{c} #1 #2 → R{c} #1 #2")
    for c in range(copies):
        k = c if apart else 0
        symbols += [(f"e{c}_{i}", f"T{k}") for i in range(size)]
    kind = draw.choice(("step", "chain", "cycle", "under"))
    for c in range(copies):
        k = c if apart else 0
        own = [f"e{c}_{i}" for i in range(size)]
        other = own[-1] if apart or kind != "cycle" else f"e{(c + 1) % copies}_0"
        facts += [(f"R{k}", own[0], other), (f"P{k}", other)]
        goal = f"R{k} {other} {own[0]}" if kind != "step" else f"S{k} {other} {own[0]}"
        if kind == "under":
            goal = f"∀ (#3 : T{k}), R{k} #3 {own[0]} → (P{k} {own[0]} → S{k} {own[0]} #3 ∧ {goal})"
        goals.append(goal)
    draw.shuffle(goals)
    hyps = [" ".join(f) for f in facts] + rules
    draw.shuffle(hyps)
    return World(_closed(draw, symbols, hyps, goals), seed)


def _closed(
    draw: random.Random, symbols: list[tuple[str, str]], hyps: list[str], goals: list[str]
) -> str:
    """The statement under random names."""
    names = draw.sample(NAMES, len(symbols) + len(hyps))
    called = {s: n for (s, _), n in zip(symbols, names, strict=False)}
    free = [n for n in NAMES if n not in names] or ["q"]
    for k in (1, 2, 3):
        called[f"#{k}"] = f"{draw.choice(free).strip('«»').replace('-', '')}{k}"

    def said(text: str) -> str:
        return re.sub(r"#\d|[A-Z]\d|e\d_\d", lambda m: called[m[0]], text)

    order = sorted(symbols, key=lambda s: (s[1] != "Type", draw.random()))
    binders = [f"({called[s]} : {said(t)})" for s, t in order]
    binders += [f"({n} : {said(h)})" for n, h in zip(names[len(symbols) :], hyps, strict=True)]
    return f"∀ {' '.join(binders)}, {' ∧ '.join(f'({said(g)})' for g in goals)}"


class Scripted(Policy):
    """A policy that chains forward through facts and rules and says what it found in many ways."""

    name = "scripted"

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """See `Policy`."""
        return [self._one(s.goals[0]) for s in batch]

    def _one(self, goal: GoalView) -> list[Action]:
        draw = random.Random(f"{self.seed} {goal.pp}")
        target = " ".join(goal.target.split())
        if goal.head == "∀":
            taken = draw.choice([h.name for h in goal.hyps])
            ways = [f"intro {draw.choice(NAMES)}", "intro", f"intro {taken}"]
        elif goal.head == "And":
            ways = ["constructor", "refine ⟨?_, ?_⟩", "apply And.intro"]
        else:
            ways = list(self._proofs(draw, goal, target))
        draw.shuffle(ways)
        return [Action("tactic", w, -0.1 - 0.1 * i, (w[:4],)) for i, w in enumerate(ways)]

    def _proofs(self, draw: random.Random, goal: GoalView, target: str) -> Sequence[str]:
        known = _chained(goal)
        if target not in known:
            return []
        term = known[target]
        head, *arguments = _split(term)
        fresh = draw.choice(NAMES)
        ways = [f"exact {term}", f"have {fresh} := {term}\nexact {fresh}"]
        ways.append(f"exact (fun {fresh} => {fresh}) ({term})")
        ways.append(f"have {fresh} : {target} ∧ True := ⟨{term}, trivial⟩\nexact {fresh}.1")
        ways.append(f"obtain ⟨{fresh}, _⟩ : {target} ∧ True := ⟨{term}, trivial⟩\nexact {fresh}")
        if arguments:
            ways.append(f"refine {head} {' '.join([*arguments[:-1], '?_'])}")
            ways.append(f"have {fresh} := @{head}\nsimpa using {fresh} {' '.join(arguments)}")
        else:
            ways += ["assumption", f"simp [{head}]"]
        return ways


def _split(term: str) -> list[str]:
    """A term as its head and its arguments, which stand in brackets if they are compound."""
    parts, depth, current = [], 0, ""
    for letter in term + " ":
        if letter == " " and depth == 0:
            parts.append(current)
            current = ""
            continue
        depth += (letter in "(«") - (letter in ")»")
        current += letter
    return parts


def _chained(goal: GoalView) -> dict[str, str]:
    """Atoms that follow, each with a term that proves it."""
    known: dict[str, str] = {}
    rules = []
    for h in goal.hyps:
        text = " ".join(h.type.split())
        if not h.prop:
            continue
        if text.startswith("∀"):
            rules.append((h.name, text))
        else:
            known.setdefault(text, h.name)
    elements = [h.name for h in goal.hyps if not h.prop]
    for _ in range(3):
        for name, text in rules:
            for atom, term in _instances(name, text, known, elements):
                known.setdefault(atom, term)
    return known


def _instances(
    name: str, text: str, known: dict[str, str], elements: Sequence[str]
) -> list[tuple[str, str]]:
    parts = [" ".join(p.split()) for p in re.split(r"→|∀ \([^)]*\),", text) if p.strip()]
    binders = re.findall(r"∀ \(([^:)]*) :", text)
    variables = [v for b in binders for v in _split(b)]
    late = len(binders) > 1  # the second variable stands behind the first premise
    found = []
    for one in elements:
        for two in elements:
            put = dict(zip(variables, (one, two), strict=False))
            said = [" ".join(put.get(w, w) for w in _split(p)) for p in parts]
            *premises, conclusion = said
            if all(p in known for p in premises):
                proofs = [f"({known[p]})" if " " in known[p] else known[p] for p in premises]
                args = [one, proofs[0], two, proofs[1]] if late else [one, two, *proofs]
                found.append((conclusion, " ".join([name, *args])))
    return found
