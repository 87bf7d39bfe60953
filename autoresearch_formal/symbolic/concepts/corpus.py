"""Statements to compress: where patterns may sit in them, and how a use is put there."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.concepts.matching import Matcher
from autoresearch_formal.symbolic.concepts.patterns import (
    BAD,
    RELATIONS,
    Abstraction,
    Binder,
    length,
    lift,
    lower,
    plain,
    result_type,
)
from autoresearch_formal.terms.expr import Expr, GoalTree, constants, head_name, uses_bound


@dataclass(eq=False)
class Statement:
    """A goal as a body of propositions over some variables."""

    name: str
    types: dict[str, Expr]
    """The variables, in order."""
    facts: list[Expr]
    target: Expr
    uses: dict[str, int] = field(default_factory=dict)
    """How often each definition is used in it."""

    @classmethod
    def of(cls, name: str, goal: GoalTree) -> Statement:
        """A goal with its context."""
        facts = [h.type for h in goal.hyps if h.is_prop]
        return cls(name, {h.name: h.type for h in goal.hyps if not h.is_prop}, facts, goal.target)

    @functools.cached_property
    def lone(self) -> frozenset[str]:
        """Variables of which there is no other of the same type."""
        counts = Counter(self.types.values())
        return frozenset(n for n, t in self.types.items() if counts[t] == 1 and t[0] == "p")

    @functools.cached_property
    def constants(self) -> frozenset[str]:
        """All constants in facts and target."""
        roots = [*self.facts, self.target]
        return frozenset(c for root in roots for c in constants(root))

    @functools.cached_property
    def length(self) -> int:
        """Symbols of all facts and the target; the variables stay whatever is defined."""
        return sum(length(f) for f in self.facts) + length(self.target)


@dataclass(frozen=True, slots=True)
class Place:
    """A sub-expression with the binders above it."""

    expr: Expr
    binders: tuple[Binder, ...]
    result: Expr | None
    """Its type if it is a term, None if it is a proposition."""


def is_statement(expr: Expr, types: Mapping[str, Expr], binders: Sequence[Binder]) -> bool:
    """Whether an expression is a proposition, as far as its head tells."""
    if expr[0] == "p":
        return is_statement(expr[3], types, (*binders, (expr[1], expr[2])))
    if head_name(expr) in RELATIONS:
        return True
    found = term_type(expr, types, binders)
    return found is not None and found[0] == "S" and str(found[1]) == "0"


def term_type(expr: Expr, types: Mapping[str, Expr], binders: Sequence[Binder]) -> Expr | None:
    """Type of a variable, or of one applied to arguments; None for anything else."""
    fn, count = (expr[1], len(expr[2])) if expr[0] == "a" else (expr, 0)
    if fn[0] == "f" and fn[1] in types:
        return result_type(types[fn[1]], count)
    if fn[0] == "b" and fn[1] < len(binders):
        return result_type(lift(binders[-1 - fn[1]][1], fn[1] + 1), count)
    return None


def places(
    expr: Expr, types: Mapping[str, Expr], binders: tuple[Binder, ...] = ()
) -> Iterator[Place]:
    """Sub-expressions that a definition could stand for, outside first."""
    if expr[0] in ("a", "p"):
        if is_statement(expr, types, binders):
            yield Place(expr, binders, None)
        else:
            found = term_type(expr, types, binders)
            if found is not None and found[0] not in ("S", "p"):
                yield Place(expr, binders, found)
    if expr[0] == "a":
        for arg, shown in zip(expr[2], expr[3], strict=True):
            if shown:
                yield from places(arg, types, binders)
    elif expr[0] in ("p", "l"):
        if expr[0] == "p" and not uses_bound(expr[3]):
            yield from places(expr[2], types, binders)
        yield from places(expr[3], types, (*binders, (expr[1], expr[2])))


def conjuncts(expr: Expr) -> list[Expr]:
    """The members of a conjunction nested to the right."""
    if head_name(expr) == "And" and len(expr[2]) == 2:
        return [expr[2][0], *conjuncts(expr[2][1])]
    return [expr]


def conjoin(members: Sequence[Expr]) -> Expr:
    """The conjunction of some propositions."""
    *first, last = members
    for member in reversed(first):
        last = ("a", ("c", "And"), (member, last), (True, True))
    return last


def premises(expr: Expr) -> tuple[list[Expr], Expr]:
    """Leading premises of an implication and the rest, all as seen from outside."""
    found = []
    while expr[0] == "p" and not uses_bound(expr[3]):
        found.append(expr[2])
        expr = lower(expr[3], 1)
        if expr == BAD:
            return [], expr
    return found, expr


def imply(given: Sequence[Expr], rest: Expr) -> Expr:
    """The inverse of `premises`."""
    for premise in reversed(given):
        rest = ("p", "h", premise, lift(rest, 1))
    return rest


def groups(statement: Statement) -> Iterator[tuple[list[Expr], tuple[Binder, ...]]]:
    """Sets of propositions that are asserted together, with the binders above them."""
    yield statement.facts, ()
    for root in [*statement.facts, statement.target]:
        for place in places(root, statement.types):
            if place.result is None:
                members = conjuncts(place.expr)
                if len(members) > 1:
                    yield members, place.binders
                elif place.expr[0] == "p" and not uses_bound(place.expr[3]):
                    yield premises(place.expr)[0], place.binders


class Rewriter:
    """Puts a definition in place of what it abbreviates, in one statement."""

    def __init__(self, shape: Abstraction, name: str, statement: Statement) -> None:
        self.shape = shape
        self.name = name
        self.types = statement.types
        self.lone = statement.lone
        self.statement = statement
        self.uses = 0
        self._single = len(shape.parts) == 1
        self._root = shape.parts[0][0] if self._single else ""
        self._head = head_name(shape.parts[0]) if self._single else ""

    def result(self) -> Statement:
        """The statement with all uses that make it shorter; itself if there is none."""
        facts = self.statement.facts
        if not self._single:
            facts = self._bundle(facts, ())
        made = Statement(
            self.statement.name,
            self.types,
            [self.rewrite(f, ()) for f in facts],
            self.rewrite(self.statement.target, ()),
            dict(self.statement.uses),
        )
        if not self.uses:
            return self.statement
        made.uses[self.name] = self.uses
        return made

    def call(self, args: Sequence[Expr]) -> Expr:
        """The definition applied."""
        self.uses += 1
        return ("a", ("c", self.name), tuple(args), self.shape.shown(args, self.lone))

    def rewrite(self, expr: Expr, binders: tuple[Binder, ...]) -> Expr:
        """Replace from the outside inwards."""
        if self._single:
            args = self._find(expr, binders)
            if args is not None:
                kept = [self.rewrite(a, binders) for a in args]
                return self.call(kept)
        elif expr[0] in ("a", "p"):
            expr = self._grouped(expr, binders)
        match expr[0]:
            case "a":
                args = [
                    self.rewrite(a, binders) if shown else a
                    for a, shown in zip(expr[2], expr[3], strict=True)
                ]
                return ("a", expr[1], tuple(args), expr[3])
            case "p" | "l":
                type_ = expr[2]
                if expr[0] == "p" and not uses_bound(expr[3]):
                    type_ = self.rewrite(type_, binders)
                body = self.rewrite(expr[3], (*binders, (expr[1], expr[2])))
                return (expr[0], expr[1], type_, body)
        return expr

    def _find(self, expr: Expr, binders: tuple[Binder, ...]) -> list[Expr] | None:
        if expr[0] != self._root or (self._head and head_name(expr) != self._head):
            return None
        args = Matcher(self.shape, self.types, binders).one(expr)
        if args is None or self.shape.use_cost(args, self.lone) >= length(expr):
            return None
        return args

    def _grouped(self, expr: Expr, binders: tuple[Binder, ...]) -> Expr:
        members = conjuncts(expr)
        if len(members) >= len(self.shape.parts):
            return conjoin(self._bundle(members, binders))
        if expr[0] == "p" and not uses_bound(expr[3]):
            given, rest = premises(expr)
            if len(given) >= len(self.shape.parts):
                return imply(self._bundle(given, binders), rest)
        return expr

    def _bundle(self, members: list[Expr], binders: tuple[Binder, ...]) -> list[Expr]:
        """Replace the parts, wherever they are among the members, by one use."""
        while len(members) >= len(self.shape.parts):
            for chosen, args in Matcher(self.shape, self.types, binders).among(members):
                before = sum(length(members[i]) for i in chosen) + len(chosen) - 1
                if self.shape.use_cost(args, self.lone) < before:
                    first = min(chosen)
                    rest = {i: m for i, m in enumerate(members) if i not in chosen}
                    rest[first] = self.call(args)
                    members = [rest[i] for i in sorted(rest)]
                    break
            else:
                return members
        return members


def eligible(place: Place) -> bool:
    """Whether a place could be worth a name: nothing exotic in it, and not too small."""
    return plain(place.expr) and 4 <= length(place.expr) <= 40
