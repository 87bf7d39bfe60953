"""Statements about operations that nothing is known of but a few laws, and proofs by rewriting.

Forward proving: a term is changed by laws from left to right or from right to left, at any place,
several times; that the first term equals the last is a theorem. The laws are small equations drawn
at random. No list of known laws is behind them: an equation is kept if two things can obey it
together with those that were kept before, and need not.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from autoresearch_formal.symbolic.finite_models.countermodels import ModelArrays, Signature
from autoresearch_formal.symbolic.finite_models.definitions import NoDefinitions
from autoresearch_formal.symbolic.finite_models.evaluate import Evaluator
from autoresearch_formal.symbolic.finite_models.values import Unsupported
from autoresearch_formal.terms import App, Const, Expr, Local, Pi, apply, bind

Term = tuple["str | Term", ...]
"""``(symbol, argument, …)``; a variable is a symbol without arguments that starts with ``?``."""

BINARY = ("m", "f", "op", "star", "t", "k")
UNARY = ("g", "inv", "s", "r", "p")
CONSTANT = ("e", "z", "u", "o")
LETTERS = ("a", "b", "c", "x", "y", "d")
TYPES = ("G", "A", "S", "T", "X")

DRAWS = 60
"""Equations drawn for the laws of one signature, at most."""


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


def equation(law: Law, type_: str) -> Expr:
    """A law as a closed formula over a type."""
    kind, names = Local(type_), law.variables
    body: Expr = App(Const("Eq"), (kind, _expr(law.left), _expr(law.right)), (False, True, True))
    for name in reversed(names):
        body = Pi(name, kind, bind(body, name))
    return body


def _expr(term: Term) -> Expr:
    parts = [_expr(a) for a in term[1:] if isinstance(a, tuple)]
    return apply(Local(str(term[0])), *parts) if parts else Local(str(term[0]))


class RandomAlgebra:
    """One random signature with laws."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.type = chance.choice(TYPES)
        self.binary = chance.sample(BINARY, chance.choice((1, 1, 1, 2)))
        self.unary = chance.sample(UNARY, chance.choice((0, 1, 1)))
        self.constants = chance.sample(CONSTANT, chance.choice((0, 1, 1)))
        self.letters = list(LETTERS[: chance.choice((2, 3, 4))])
        self.laws = self._draw_laws(chance.choice((1, 2, 3, 3, 4)))

    def _draw_laws(self, count: int) -> list[Law]:
        """Random equations, each true in some models of the earlier ones and false in others.

        The models are all those with two elements. What only one thing can obey is never drawn,
        nor what follows there from the laws before it.
        """
        arities = {name: 2 for name in self.binary} | {name: 1 for name in self.unary}
        symbols = Signature((self.type,), arities | {name: 0 for name in self.constants}, {})
        models, evaluator = ModelArrays(symbols, 2, 0), Evaluator(NoDefinitions())
        laws: list[Law] = []
        for _ in range(DRAWS):
            if len(laws) == count:
                break
            law = self.random_law()
            before, tables = models.count, models.tables
            try:
                models.restrict(evaluator, equation(law, self.type))
            except Unsupported:
                continue
            if 0 < models.count < before:
                laws.append(law)
            else:
                models.count, models.tables = before, tables
        return laws

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
