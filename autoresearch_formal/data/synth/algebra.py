"""Statements about operations that nothing is known of but a few laws, and proofs by rewriting.

Forward proving: a term is changed by laws from left to right or from right to left, at any place,
several times; that the first term equals the last is a theorem. The laws are those that numbers
and arrangements obey, and random small equations.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

Term = tuple["str | Term", ...]
"""``(symbol, argument, …)``; a variable is a symbol without arguments that starts with ``?``."""

BINARY = ("m", "f", "op", "star", "t", "k")
UNARY = ("g", "inv", "s", "r", "p")
CONSTANT = ("e", "z", "u", "o")
LETTERS = ("a", "b", "c", "x", "y", "d")
TYPES = ("G", "A", "S", "T", "X")


@dataclass(frozen=True, slots=True)
class Law:
    """``∀ variables, left = right``."""

    left: Term
    right: Term

    @property
    def variables(self) -> list[str]:
        """Variables in order of first occurrence."""
        return list(dict.fromkeys([*variables(self.left), *variables(self.right)]))


@dataclass(frozen=True, slots=True)
class Conjecture:
    """A statement to prove, how it was made, and tactics believed to prove it, if any."""

    statement: str
    source: str
    scripts: tuple[tuple[str, ...], ...] = ()


def variables(term: Term) -> Iterator[str]:
    """Variables of a term, from the left, with repetitions."""
    if len(term) == 1 and str(term[0]).startswith("?"):
        yield str(term[0])
    for argument in term[1:]:
        assert isinstance(argument, tuple)
        yield from variables(argument)


def show(term: Term, top: bool = True) -> str:
    """Lean text of a term."""
    head = str(term[0]).lstrip("?")
    if len(term) == 1:
        return head
    text = " ".join([head, *(show(a, False) for a in term[1:] if isinstance(a, tuple))])
    return text if top else f"({text})"


def match(pattern: Term, term: Term, found: dict[str, Term]) -> bool:
    """Extend ``found`` so that the pattern becomes the term."""
    head = str(pattern[0])
    if head.startswith("?"):
        return found.setdefault(head, term) == term
    return (
        head == term[0]
        and len(pattern) == len(term)
        and all(
            match(p, t, found)
            for p, t in zip(pattern[1:], term[1:], strict=True)
            if isinstance(p, tuple) and isinstance(t, tuple)
        )
    )


def fill(pattern: Term, values: dict[str, Term]) -> Term:
    """The pattern with its variables replaced."""
    if str(pattern[0]).startswith("?"):
        return values[str(pattern[0])]
    return (pattern[0], *(fill(p, values) for p in pattern[1:] if isinstance(p, tuple)))


def places(term: Term, path: tuple[int, ...] = ()) -> Iterator[tuple[tuple[int, ...], Term]]:
    """All subterms with the way to them."""
    yield path, term
    for number, argument in enumerate(term[1:], 1):
        assert isinstance(argument, tuple)
        yield from places(argument, (*path, number))


def put(term: Term, path: tuple[int, ...], value: Term) -> Term:
    """The term with another subterm at a place."""
    if not path:
        return value
    inner = term[path[0]]
    assert isinstance(inner, tuple)
    return (*term[: path[0]], put(inner, path[1:], value), *term[path[0] + 1 :])


def size(term: Term) -> int:
    """Number of symbols."""
    return sum(1 for _ in places(term))


class RandomAlgebra:
    """One random signature with laws."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.type = chance.choice(TYPES)
        self.binary = chance.sample(BINARY, chance.choice((1, 1, 1, 2)))
        self.unary = chance.sample(UNARY, chance.choice((0, 1, 1)))
        self.constants = chance.sample(CONSTANT, chance.choice((0, 1, 1)))
        self.letters = list(LETTERS[: chance.choice((2, 3, 4))])
        pool = [*self._known(), *(self.random_law() for _ in range(2))]
        pool = [law for law in pool if law.left != law.right]
        chance.shuffle(pool)
        self.laws = pool[: chance.choice((1, 2, 3, 3, 4))]

    def _known(self) -> Iterator[Law]:
        x, y, z = ("?a",), ("?b",), ("?c",)
        for m in self.binary:
            yield Law((m, (m, x, y), z), (m, x, (m, y, z)))
            yield Law((m, x, y), (m, y, x))
            yield Law((m, x, x), x)
            yield Law((m, x, (m, x, y)), y)
            for c in self.constants:
                yield Law((m, (c,), x), x)
                yield Law((m, x, (c,)), x)
                yield Law((m, x, x), (c,))
                for g in self.unary:
                    yield Law((m, (g, x), x), (c,))
                    yield Law((m, x, (g, x)), (c,))
            for g in self.unary:
                yield Law((g, (g, x)), x)
                yield Law((g, (m, x, y)), (m, (g, x), (g, y)))
                yield Law((g, (m, x, y)), (m, (g, y), (g, x)))
                yield Law((m, (g, x), (m, x, y)), y)
        if len(self.binary) == 2:
            m, n = self.binary
            yield Law((m, x, (n, y, z)), (n, (m, x, y), (m, x, z)))
            yield Law((n, x, (m, x, y)), x)

    def random_law(self) -> Law:
        """A small equation between random terms; its right side has no new variables."""
        left = self.term(2, [("?a",), ("?b",), ("?c",)], grow=1.0)
        leaves: list[Term] = [(v,) for v in dict.fromkeys(variables(left))]
        right = self.term(1, leaves or [(self.letters[0],)])
        return Law(left, right if set(variables(right)) <= set(variables(left)) else left)

    def term(self, depth: int, leaves: list[Term], grow: float = 0.75) -> Term:
        """A random term."""
        chance = self.chance
        if depth <= 0 or chance.random() > grow:
            options = [*leaves, *((c,) for c in self.constants)]
            return chance.choice(options)
        if self.unary and chance.random() < 0.25:
            return (chance.choice(self.unary), self.term(depth - 1, leaves))
        m = chance.choice(self.binary)
        return (m, self.term(depth - 1, leaves), self.term(depth - 1, leaves))

    def names(self) -> list[str]:
        """Names of the laws, as the gym gives them to hypotheses without names."""
        return ["h" if i == 0 else f"h_{i}" for i in range(len(self.laws))]

    def step(self, term: Term) -> tuple[Term, str] | None:
        """Change a term by a law somewhere; the new term and the rewrite rule."""
        options: list[tuple[Term, str]] = []
        letters: list[Term] = [(v,) for v in self.letters]
        for name, law in zip(self.names(), self.laws, strict=True):
            for left, right, arrow in ((law.left, law.right, ""), (law.right, law.left, "← ")):
                if len(left) == 1 and self.chance.random() < 0.8:
                    continue
                for path, part in places(term):
                    found: dict[str, Term] = {}
                    if not match(left, part, found):
                        continue
                    for v in variables(right):
                        if v not in found:
                            found[v] = self.chance.choice(letters)
                    new = put(term, path, fill(right, found))
                    if new != term and size(new) <= 14:
                        args = " ".join(show(found[v], False) for v in law.variables)
                        options.append((new, f"{arrow}{name} {args}".strip()))
        return self.chance.choice(options) if options else None

    def statement(self, left: Term, right: Term, extra: list[tuple[Term, Term]]) -> str:
        """The closed statement that the laws (and ``extra`` equations) make two terms equal."""
        kind = self.type
        binders = [f"({kind} : Type)"]
        binders += [f"({m} : {kind} → {kind} → {kind})" for m in self.binary]
        binders += [f"({c} : {kind})" for c in self.constants]
        binders += [f"({g} : {kind} → {kind})" for g in self.unary]
        laws = []
        for law in self.laws:
            names = " ".join(v.lstrip("?") for v in law.variables)
            laws.append(f"(∀ {names} : {kind}, {show(law.left)} = {show(law.right)})")
        used = [
            v for v in self.letters if any(p == (v,) for t in (left, right) for _, p in places(t))
        ]
        for a, b in extra:
            for t in (a, b):
                used += [p[0] for _, p in places(t) if len(p) == 1 and p[0] in self.letters]
        letters = " ".join(dict.fromkeys(str(v) for v in used))
        tail = [f"{show(a)} = {show(b)}" for a, b in extra] + [f"{show(left)} = {show(right)}"]
        inner = " → ".join(tail)
        if letters:
            inner = f"∀ {letters} : {kind}, {inner}"
        return f"∀ {' '.join(binders)}, {' → '.join([*laws, inner])}"


def by_rewriting(chance: random.Random) -> Conjecture | None:
    """A theorem by forward proving, with its chain of rewritings as one script and in steps."""
    world = RandomAlgebra(chance)
    letters: list[Term] = [(v,) for v in world.letters]
    first = world.term(3, letters, grow=0.85)
    last, rules = first, []
    for _ in range(chance.choice((1, 2, 2, 3, 3, 4))):
        step = world.step(last)
        if step is None:
            break
        last, rule = step
        rules.append(rule)
    if not rules or last == first or (len(first) == 1 and len(last) == 1):
        return None
    steps = tuple(f"rw [{rule}]" for rule in rules)
    return Conjecture(
        world.statement(first, last, []), "synth.rewrite", (steps, (f"rw [{', '.join(rules)}]",))
    )


def at_random(chance: random.Random) -> Conjecture:
    """An equation that may be false; small models and the prover decide."""
    world = RandomAlgebra(chance)
    letters: list[Term] = [(v,) for v in world.letters]
    left = world.term(2, letters, grow=0.9)
    right = world.term(2, letters, grow=0.6)
    extra = []
    if chance.random() < 0.35:
        extra.append((world.term(1, letters, grow=1.0), world.term(1, letters, grow=0.6)))
    return Conjecture(world.statement(left, right, extra), "synth.conjecture")
