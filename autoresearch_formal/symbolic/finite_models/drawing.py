"""Random relations, actions, maps and sets that often obey laws: what samples are made of."""

from __future__ import annotations

import itertools
import random

from autoresearch_formal.symbolic.finite_models.algebras import Algebra
from autoresearch_formal.symbolic.finite_models.values import (
    Finite,
    FunctionTable,
    Records,
    Type,
    Value,
)


def table(of: Type, points: list[Value], row: list[Value]) -> FunctionTable:
    """A function by its values at the points of a type."""
    index = None if isinstance(of, Finite) else {p: i for i, p in enumerate(points)}
    return FunctionTable(tuple(row), index)


def closed_records(rng: random.Random, of: Records, points: list[Value]) -> FunctionTable:
    """A set of records with function fields (substitutions) that holds the identity and is
    closed under composition of the first field."""
    rows = {p.arguments[0].row: p for p in points if isinstance(p.arguments[0], FunctionTable)}
    if len(rows) != len(points) or not rows:
        return table(of, points, [rng.random() < 0.5 for _ in points])
    n = len(next(iter(rows)))
    members = {tuple(range(n))} | set(rng.sample(list(rows), min(len(rows), rng.randrange(3))))
    while True:
        more = {tuple(f[k] for k in g) for f, g in itertools.product(members, members)}
        if more <= members:
            break
        members |= more
    return table(of, points, [p.arguments[0].row in members for p in points])


def relation(rng: random.Random, on: Type, algebra: Algebra | None) -> FunctionTable:
    """A relation, often an equivalence: being in the same coset, if there is an operation."""
    points = list(on.checked())
    draw = rng.random()
    if algebra is not None and draw < 0.5:
        members = algebra.closure({rng.randrange(algebra.size)})
        t, i = algebra.table, algebra.inverse
        return table(
            on,
            points,
            [table(on, points, [t[i[a]][b] in members for b in points]) for a in points],
        )
    if draw < 0.7:
        classes = {x: rng.randrange(2) for x in points}
        rows = [[classes[a] == classes[b] for b in points] for a in points]
    elif draw < 0.8:
        rows = [[a == b for b in points] for a in points]
    else:
        rows = [[rng.random() < 0.5 for _ in points] for _ in points]
    return table(on, points, [table(on, points, row) for row in rows])


def action(rng: random.Random, algebra: Algebra | None, on: Type) -> FunctionTable | None:
    """A family of maps, mostly a real action: by multiplication, conjugation, or trivial."""
    if algebra is None or not isinstance(on, Finite) or rng.random() < 0.25:
        return None
    n = range(algebra.size)
    t, i = algebra.table, algebra.inverse
    draw = rng.random()
    if on.count == algebra.size and draw < 0.4:
        rows = [tuple(t[a][x] for x in n) for a in n]
    elif on.count == algebra.size and draw < 0.6:
        rows = [tuple(t[t[a][x]][i[a]] for x in n) for a in n]
    elif draw < 0.75:
        rows = [tuple(range(on.count)) for _ in n]
    else:
        # through the sign, or another map to the residues modulo two
        swap = (1, 0, *range(2, on.count)) if on.count > 1 else (0,)
        kernel = algebra.closure({t[a][a] for a in n})
        rows = [tuple(range(on.count)) if a in kernel else swap for a in n]
    return FunctionTable(tuple(FunctionTable(row) for row in rows))


def mapping(rng: random.Random, one: Algebra | None, other: Algebra | None) -> FunctionTable | None:
    """A map that respects the operations, if a few tries find one that isn't constant."""
    if one is None or other is None or rng.random() < 0.35:
        return None
    for _ in range(30):
        row = tuple(rng.randrange(other.size) for _ in range(one.size))
        if _respects(one, other, row):
            return FunctionTable(row)
    if one.size == other.size and _respects(one, other, tuple(range(one.size))):
        return FunctionTable(tuple(range(one.size)))
    return FunctionTable((other.one,) * one.size)


def _respects(one: Algebra, other: Algebra, row: tuple[int, ...]) -> bool:
    n = range(one.size)
    return all(row[one.table[a][b]] == other.table[row[a]][row[b]] for a in n for b in n)
