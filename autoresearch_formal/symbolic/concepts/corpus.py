"""Statements to compress: where patterns may sit in them, and how a use is put there."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.concepts.matching import AbstractionMatcher
from autoresearch_formal.symbolic.concepts.patterns import (
    RELATIONS,
    Abstraction,
    Binder,
    length,
    plain,
    result_type,
)
from autoresearch_formal.terms import (
    PROP,
    App,
    Bound,
    Const,
    Expr,
    GoalTree,
    Lambda,
    Local,
    Pi,
    Sort,
    arguments,
    call,
    constants,
    explicit_args,
    head_name,
    lift,
    lower,
    uses_bound,
)


@dataclass(eq=False)
class CorpusStatement:
    """A goal as a body of propositions over some variables."""

    name: str
    types: dict[str, Expr]
    """The variables, in order."""
    facts: list[Expr]
    target: Expr
    uses: dict[str, int] = field(default_factory=dict)
    """How often each definition is used in it."""

    @classmethod
    def of(cls, name: str, goal: GoalTree) -> CorpusStatement:
        """A goal with its context."""
        facts = [h.type for h in goal.hyps if h.is_prop]
        return cls(name, {h.name: h.type for h in goal.hyps if not h.is_prop}, facts, goal.target)

    @functools.cached_property
    def lone(self) -> frozenset[str]:
        """Variables of which there is no other of the same type."""
        counts = Counter(self.types.values())
        return frozenset(n for n, t in self.types.items() if counts[t] == 1 and isinstance(t, Pi))

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
class ConceptPlace:
    """A sub-expression with the binders above it."""

    expr: Expr
    binders: tuple[Binder, ...]
    result: Expr | None
    """Its type if it is a term, None if it is a proposition."""


def is_statement(expr: Expr, types: Mapping[str, Expr], binders: Sequence[Binder]) -> bool:
    """Whether an expression is a proposition, as far as its head tells."""
    if isinstance(expr, Pi):
        return is_statement(expr.body, types, (*binders, (expr.name, expr.type)))
    if head_name(expr) in RELATIONS:
        return True
    return term_type(expr, types, binders) == PROP


def term_type(expr: Expr, types: Mapping[str, Expr], binders: Sequence[Binder]) -> Expr | None:
    """Type of a variable, or of one applied to arguments; None for anything else."""
    fn, count = (expr.function, len(expr.args)) if isinstance(expr, App) else (expr, 0)
    if isinstance(fn, Local) and fn.name in types:
        return result_type(types[fn.name], count)
    if isinstance(fn, Bound) and fn.index < len(binders):
        return result_type(lift(binders[-1 - fn.index][1], fn.index + 1), count)
    return None


def places(
    expr: Expr, types: Mapping[str, Expr], binders: tuple[Binder, ...] = ()
) -> Iterator[ConceptPlace]:
    """Sub-expressions that a definition could stand for, outside first."""
    if isinstance(expr, (App, Pi)):
        if is_statement(expr, types, binders):
            yield ConceptPlace(expr, binders, None)
        else:
            found = term_type(expr, types, binders)
            if found is not None and not isinstance(found, (Sort, Pi)):
                yield ConceptPlace(expr, binders, found)
    if isinstance(expr, App):
        for arg in explicit_args(expr):
            yield from places(arg, types, binders)
    elif isinstance(expr, (Pi, Lambda)):
        if isinstance(expr, Pi) and not uses_bound(expr.body):
            yield from places(expr.type, types, binders)
        yield from places(expr.body, types, (*binders, (expr.name, expr.type)))


def conjuncts(expr: Expr) -> list[Expr]:
    """The members of a conjunction nested to the right."""
    args = arguments(expr)
    if head_name(expr) == "And" and len(args) == 2:
        return [args[0], *conjuncts(args[1])]
    return [expr]


def conjoin(members: Sequence[Expr]) -> Expr:
    """The conjunction of some propositions."""
    *first, last = members
    for member in reversed(first):
        last = call("And", member, last)
    return last


def premises(expr: Expr) -> tuple[list[Expr], Expr]:
    """Leading premises of an implication and the rest, all as seen from outside."""
    given = []
    while isinstance(expr, Pi) and (rest := lower(expr.body, 1)) is not None:
        given.append(expr.type)
        expr = rest
    return given, expr


def imply(given: Sequence[Expr], rest: Expr) -> Expr:
    """The inverse of `premises`."""
    for premise in reversed(given):
        rest = Pi("h", premise, lift(rest, 1))
    return rest


def groups(statement: CorpusStatement) -> Iterator[tuple[list[Expr], tuple[Binder, ...]]]:
    """Sets of propositions that are asserted together, with the binders above them."""
    yield statement.facts, ()
    for root in [*statement.facts, statement.target]:
        for place in places(root, statement.types):
            if place.result is None:
                members = conjuncts(place.expr)
                if len(members) > 1:
                    yield members, place.binders
                elif isinstance(place.expr, Pi) and not uses_bound(place.expr.body):
                    yield premises(place.expr)[0], place.binders


class Rewriter:
    """Puts a definition in place of what it abbreviates, in one statement."""

    def __init__(self, shape: Abstraction, name: str, statement: CorpusStatement) -> None:
        self.shape = shape
        self.name = name
        self.types = statement.types
        self.lone = statement.lone
        self.statement = statement
        self.uses = 0
        self._single = len(shape.parts) == 1
        self._root = type(shape.parts[0])
        self._head = head_name(shape.parts[0]) if self._single else ""

    def result(self) -> CorpusStatement:
        """The statement with all uses that make it shorter; itself if there is none."""
        facts = self.statement.facts
        if not self._single:
            facts = self._bundle(facts, ())
        made = CorpusStatement(
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
        return App(Const(self.name), tuple(args), self.shape.shown(args, self.lone))

    def rewrite(self, expr: Expr, binders: tuple[Binder, ...]) -> Expr:
        """Replace from the outside inwards."""
        if self._single:
            args = self._find(expr, binders)
            if args is not None:
                kept = [self.rewrite(a, binders) for a in args]
                return self.call(kept)
        elif isinstance(expr, (App, Pi)):
            expr = self._grouped(expr, binders)
        if isinstance(expr, App):
            shown = zip(expr.args, expr.explicit, strict=True)
            inner = tuple(self.rewrite(a, binders) if seen else a for a, seen in shown)
            return App(expr.function, inner, expr.explicit)
        if isinstance(expr, (Pi, Lambda)):
            type_ = expr.type
            if isinstance(expr, Pi) and not uses_bound(expr.body):
                type_ = self.rewrite(type_, binders)
            body = self.rewrite(expr.body, (*binders, (expr.name, expr.type)))
            return type(expr)(expr.name, type_, body)
        return expr

    def _find(self, expr: Expr, binders: tuple[Binder, ...]) -> list[Expr] | None:
        if type(expr) is not self._root or (self._head and head_name(expr) != self._head):
            return None
        args = AbstractionMatcher(self.shape, self.types, binders).one(expr)
        if args is None or self.shape.use_cost(args, self.lone) >= length(expr):
            return None
        return args

    def _grouped(self, expr: Expr, binders: tuple[Binder, ...]) -> Expr:
        members = conjuncts(expr)
        if len(members) >= len(self.shape.parts):
            return conjoin(self._bundle(members, binders))
        if isinstance(expr, Pi) and not uses_bound(expr.body):
            given, rest = premises(expr)
            if len(given) >= len(self.shape.parts):
                return imply(self._bundle(given, binders), rest)
        return expr

    def _bundle(self, members: list[Expr], binders: tuple[Binder, ...]) -> list[Expr]:
        """Replace the parts, wherever they are among the members, by one use."""
        while len(members) >= len(self.shape.parts):
            for chosen, args in AbstractionMatcher(self.shape, self.types, binders).among(members):
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


def eligible(place: ConceptPlace) -> bool:
    """Whether a place could be worth a name: nothing exotic in it, and not too small."""
    return plain(place.expr) and 4 <= length(place.expr) <= 40
