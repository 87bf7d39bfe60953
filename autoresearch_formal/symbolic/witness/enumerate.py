"""Typed terms, smallest first, one of each meaning.

Terms are built bottom up; of terms that have equal values at every point only the first is kept,
also as a part of larger ones (observational equivalence: A. Udupa et al., "TRANSIT", PLDI 2013;
A. Albarghouthi, S. Gulwani, Z. Kincaid, "Recursive program synthesis", CAV 2013). A *point* is a
model of the hypotheses with values for the variables of the function that is looked for. So there
are only normal forms: what the laws of the goal make equal is built once.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.finite_models.evaluate import Evaluator
from autoresearch_formal.symbolic.finite_models.natives import NotNative
from autoresearch_formal.symbolic.finite_models.values import (
    FunctionTable,
    Type,
    Understood,
    Unsupported,
    Value,
)
from autoresearch_formal.symbolic.witness.interpret import ILL_FORMED
from autoresearch_formal.symbolic.witness.vocabulary import BOOL, Component, normal
from autoresearch_formal.terms import (
    PROP,
    Expr,
    Lambda,
    Local,
    Pi,
    bind,
    fresh,
    locals_of,
    telescope,
)

Point = dict[str, Value]

MAX_TERMS = 1_500
"""Terms of one size and type, and of all sizes times three."""

INNER_SIZE = 4
"""Size of what a function inside of a term may do with its argument."""

INNER_TERMS = 150
INNER_POINTS = 120
SHOWN = 6
"""Values at which a function on an infinite type is compared."""


@dataclass(frozen=True, slots=True)
class Built:
    """A term with its value at each point."""

    term: Expr
    values: tuple[Value, ...]


class Terms:
    """The terms over some components, compared at some points."""

    def __init__(
        self,
        evaluator: Evaluator,
        components: Sequence[Component],
        points: Sequence[Point],
        inner: bool = False,
    ) -> None:
        self.evaluator = evaluator
        self.components = components
        self.points = points
        self.inner = inner
        self.limit = INNER_TERMS if inner else MAX_TERMS
        self.made = 0
        self._by_size: dict[tuple[Expr, int], list[Built]] = {}
        self._seen: dict[Expr, set[tuple[Value, ...]]] = {}
        self._functions: dict[Expr, tuple[Iterator[list[Built]], list[list[Built]]]] = {}
        """Written-out functions by type: what is still to come, and what there is by size."""
        self._at: dict[int, list[Understood]] = {}

    def of(self, type_: Expr, size: int) -> list[Built]:
        """The new terms of a type and size."""
        key = (normal(type_), size)
        if key not in self._by_size:
            self._by_size[key] = []
            if size > 0:
                for built in self._build(key[0], size):
                    self._by_size[key].append(built)
                    if len(self._by_size[key]) >= self.limit or self.made > 12 * self.limit:
                        break
        return self._by_size[key]

    def _build(self, type_: Expr, size: int) -> Iterator[Built]:
        seen = self._seen.setdefault(type_, set())
        candidates = (
            self._functions_of(type_, size) if isinstance(type_, Pi) else self._applied(type_, size)
        )
        for built in candidates:
            key = tuple(map(comparable, built.values))
            if key not in seen:
                seen.add(key)
                yield built

    def _applied(self, type_: Expr, size: int) -> Iterator[Built]:
        for c in self.components:
            if c.gives != type_ or (self.inner and any(isinstance(t, Pi) for t in c.takes)):
                continue
            if c.weight == 0:  # another type for the same thing
                yield from self._all(c, [self.of(c.takes[0], size)])
                continue
            for sizes in compositions(size - c.weight, len(c.takes)):
                yield from self._all(
                    c, [self.of(t, s) for t, s in zip(c.takes, sizes, strict=True)]
                )

    def _all(self, c: Component, choices: list[list[Built]]) -> Iterator[Built]:
        for args in itertools.product(*choices):
            self.made += 1
            values = self._values(c, args)
            if values is not None:
                yield Built(c.term([a.term for a in args]), values)

    def _values(self, c: Component, args: Sequence[Built]) -> tuple[Value, ...] | None:
        try:
            if id(c) not in self._at:
                self._at[id(c)] = [c.at(self.evaluator, point) for point in self.points]
            self.evaluator.fuel = 200 * (1 + len(self.points))
            columns = [a.values for a in args]
            at = self._at[id(c)]
            if not columns:
                return tuple([f(()) for f in at])
            return tuple([f(row) for f, row in zip(at, zip(*columns, strict=True), strict=True)])
        except (NotNative, Unsupported, RecursionError, *ILL_FORMED):
            return None

    # -- functions inside of terms

    def _functions_of(self, type_: Pi, size: int) -> Iterator[Built]:
        """Functions of the context, operations with arguments filled in, and written-out ones."""
        for c in self.components:
            for count in range(len(c.takes)):
                rest: Expr = c.gives
                for t in reversed(c.takes[count:]):
                    rest = Pi("x", t, rest)
                if not isinstance(c.function, Local) or rest != type_:
                    continue
                for sizes in compositions(size - c.weight, count):
                    chosen = [self.of(t, s) for t, s in zip(c.takes, sizes, strict=False)]
                    yield from self._all(c, chosen)
        if not self.inner:
            yield from self._written(type_, size)

    def _written(self, type_: Pi, size: int) -> Iterator[Built]:
        """``fun x => …``."""
        domains, result = telescope(type_)
        if len(domains) != 1:
            return
        if type_ not in self._functions:
            self._functions[type_] = self._bodies(domains[0][1], result), []
        coming, levels = self._functions[type_]
        levels += itertools.islice(coming, max(0, size - 1 - len(levels)))
        if 2 <= size < len(levels) + 2:
            yield from levels[size - 2]

    def _bodies(self, domain: Expr, result: Expr) -> Iterator[list[Built]]:
        name = fresh("x", {n for p in self.points[:1] for n in p})
        grid: list[tuple[Point, list[Value]]] = []
        try:
            for point in self.points:
                kind = self.evaluator.run(domain, (point,))
                if not isinstance(kind, Type):
                    return
                grid.append((point, list(itertools.islice(kind.checked(), SHOWN * 2))))
        except Unsupported:
            return
        inner_points = [{**point, name: x} for point, xs in grid for x in xs]
        parts = [Component(Local(name), (), domain), *self.components]
        inside = Terms(self.evaluator, parts, inner_points, inner=True)
        for size in range(1, INNER_SIZE + 1 + (2 if result in (PROP, BOOL) else 0)):
            level: list[Built] = []
            for built in inside.of(result, size):
                if name not in locals_of(built.term):
                    continue
                term = Lambda(name, domain, bind(built.term, name))
                level.append(Built(term, self._tables(term, built, grid)))
            yield level

    def _tables(
        self, term: Expr, body: Built, grid: Sequence[tuple[Point, list[Value]]]
    ) -> tuple[Value, ...]:
        """The function at each point, from the values of its body."""
        found: list[Value] = []
        at = 0
        for point, xs in grid:
            row = body.values[at : at + len(xs)]
            at += len(xs)
            if xs == list(range(len(xs))) and len(xs) < SHOWN * 2:
                found.append(FunctionTable(tuple(row)))
            else:
                found.append(_Written(self.evaluator, term, point, dict(_pairs(xs, row))))
        return tuple(found)


def _pairs(xs: Sequence[Value], row: Sequence[Value]) -> Iterator[tuple[Value, Value]]:
    for x, y in zip(xs, row, strict=True):
        if not callable(x):
            yield x, y


class _Written:
    """A written-out function on a type that is too large for a table."""

    def __init__(
        self, evaluator: Evaluator, term: Expr, point: Point, known: dict[Value, Value]
    ) -> None:
        self.evaluator = evaluator
        self.term = term
        self.point = point
        self.known = known

    def __call__(self, x: Value) -> Value:
        """The value at a point."""
        if x not in self.known:
            self.known[x] = self.evaluator.compile(self.term)((self.point,))(x)
        return self.known[x]


def comparable(value: Value) -> Value:
    """What values are compared by."""
    if isinstance(value, _Written):
        return tuple(comparable(y) for y in list(value.known.values())[:SHOWN])
    if isinstance(value, FunctionTable):
        return tuple(map(comparable, value.row))
    if callable(value):
        return _sample(value)
    return value


def _sample(function: Callable[[Value], Value]) -> Value:
    row = []
    for x in range(SHOWN):
        try:
            row.append(comparable(function(x)))
        except (Unsupported, IndexError, KeyError, TypeError):
            break
    return tuple(row)


def compositions(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """Ways to write a number as a sum of so many positive ones, in order."""
    if parts == 0:
        if total == 0:
            yield ()
        return
    for first in range(1, total - parts + 2):
        for rest in compositions(total - first, parts - 1):
            yield (first, *rest)


def function_points(
    evaluator: Evaluator, models: Sequence[Point], parameters: Sequence[tuple[str, Expr]], most: int
) -> list[Point]:
    """Models with values for the variables of a function: all of them, or some evenly chosen.

    Raises `Unsupported` if a variable's values can't be listed.
    """
    points: list[Point] = []
    for model in models:
        kinds = [evaluator.run(type_, (model,)) for _, type_ in parameters]
        if not all(isinstance(k, Type) for k in kinds):
            raise Unsupported("a variable that is no thing")
        ranges = [list(itertools.islice(k.checked(), 12)) for k in kinds]
        rows = list(itertools.product(*ranges))
        step = max(1, -(-len(rows) * len(models) // most))
        for row in rows[::step]:
            names = [n for n, _ in parameters]
            points.append({**model, **dict(zip(names, row, strict=True))})
    return points
