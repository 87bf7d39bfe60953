"""Small algebras to try definitions on: groups, monoids, and operations without any law."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from autoresearch_formal.symbolic.finite_models.values import FunctionTable, Value

Square = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Algebra:
    """A finite operation as a multiplication table, with what plays the parts of identity and
    inverse (for a group: these; else anything)."""

    name: str
    table: Square
    one: int
    inverse: tuple[int, ...]
    second: Square | None = None
    """Another operation on the same carrier, for structures with two."""

    @property
    def size(self) -> int:
        """Number of elements."""
        return len(self.table)

    def closure(self, start: set[int]) -> set[int]:
        """What the operation, the identity and the inverse make of a set."""
        members = set(start) | {self.one}
        while True:
            more = {self.table[a][b] for a in members for b in members}
            more |= {self.inverse[a] for a in members}
            if more <= members:
                return members
            members |= more


def curried(table: Square) -> FunctionTable:
    """An operation as a function of one argument after the other."""
    return FunctionTable(tuple(FunctionTable(row) for row in table))


def from_function(
    name: str, size: int, operation: Callable[[int, int], int], second: Square | None = None
) -> Algebra:
    """An algebra from a function; identity and inverses are looked for."""
    table = tuple(tuple(operation(a, b) for b in range(size)) for a in range(size))
    return from_table(name, table, second)


def from_table(name: str, table: Square, second: Square | None = None) -> Algebra:
    """An algebra from a table: an identity element if there is one (else a left one, else 0), and
    for each element the first that multiplies with it to the identity (else itself)."""
    n = range(len(table))
    two = [e for e in n if all(table[e][a] == a == table[a][e] for a in n)]
    left = [e for e in n if all(table[e][a] == a for a in n)]
    one = (two or left or [0])[0]
    inverse = tuple(next((b for b in n if table[b][a] == one), a) for a in n)
    return Algebra(name, table, one, inverse, second)


def cyclic(n: int) -> Algebra:
    """Residues under addition, with multiplication as second operation."""
    return from_function(f"Z{n}", n, lambda a, b: (a + b) % n, product_table(n))


def product_table(n: int) -> Square:
    """Multiplication of residues."""
    return tuple(tuple(a * b % n for b in range(n)) for a in range(n))


def permutations(name: str, generators: list[tuple[int, ...]]) -> Algebra:
    """The group that permutations generate."""
    identity = tuple(range(len(generators[0])))
    found = [identity]
    for p in found:
        for g in generators:
            q = tuple(p[k] for k in g)
            if q not in found:
                found.append(q)
    place = {p: i for i, p in enumerate(found)}
    return from_function(
        name,
        len(found),
        lambda a, b: place[tuple(found[a][k] for k in found[b])],
    )


def groups() -> list[Algebra]:
    """All groups with up to six elements, and the two that are not abelian with eight."""
    klein = from_function("V4", 4, lambda a, b: a ^ b)
    return [
        *(cyclic(n) for n in range(1, 7)),
        klein,
        permutations("S3", [(1, 0, 2), (1, 2, 0)]),
        permutations("D4", [(1, 2, 3, 0), (0, 3, 2, 1)]),
        permutations("Q8", [(1, 2, 3, 0, 5, 6, 7, 4), (4, 7, 6, 5, 2, 1, 0, 3)]),
    ]


def monoids() -> list[Algebra]:
    """Associative operations with an identity element that are no groups."""
    maps = list(itertools.product(range(2), repeat=2))
    place = {f: i for i, f in enumerate(maps)}
    return [
        *(from_table(f"times{n}", product_table(n)) for n in (2, 3, 4)),
        from_function("max3", 3, max),
        from_function("maps2", 4, lambda a, b: place[tuple(maps[a][k] for k in maps[b])]),
    ]


def semigroups() -> list[Algebra]:
    """Associative operations without an identity element."""
    return [
        from_function("left3", 3, lambda a, b: a),
        from_function("right2", 2, lambda a, b: b),
        from_function("null3", 3, lambda a, b: 0),
        from_function("band4", 4, lambda a, b: (a & 2) | (b & 1)),
    ]


def quasigroups() -> list[Algebra]:
    """Latin squares that are no groups, and a loop."""
    return [
        from_function("minus3", 3, lambda a, b: (a - b) % 3),
        from_function("minus4", 4, lambda a, b: (a - b) % 4),
        from_table(
            "loop5",
            (
                (0, 1, 2, 3, 4),
                (1, 0, 3, 4, 2),
                (2, 4, 0, 1, 3),
                (3, 2, 4, 0, 1),
                (4, 3, 1, 2, 0),
            ),
        ),
    ]


def random_algebra(rng: random.Random, size: int) -> Algebra:
    """An operation without laws; one in three is made commutative or gets an identity element."""
    rows = [[rng.randrange(size) for _ in range(size)] for _ in range(size)]
    kind = rng.randrange(6)
    if kind == 0:
        for a, b in itertools.combinations(range(size), 2):
            rows[a][b] = rows[b][a]
    elif kind == 1:
        for a in range(size):
            rows[0][a] = rows[a][0] = a
    algebra = from_table(f"random{size}", tuple(map(tuple, rows)))
    if kind > 3:
        inverse = tuple(rng.randrange(size) for _ in range(size))
        return Algebra(algebra.name, algebra.table, rng.randrange(size), inverse)
    return algebra


def tables(size: int) -> Iterator[Square]:
    """Every multiplication table up to renaming of the elements."""
    renamings = list(itertools.permutations(range(size)))
    seen: set[tuple[int, ...]] = set()
    cells = list(itertools.product(range(size), repeat=2))
    for values in itertools.product(range(size), repeat=size * size):
        if values in seen:
            continue
        for p in renamings:
            other = [0] * (size * size)
            for (a, b), c in zip(cells, values, strict=True):
                other[p[a] * size + p[b]] = p[c]
            seen.add(tuple(other))
        yield tuple(values[a * size : (a + 1) * size] for a in range(size))


def as_value(algebra: Algebra) -> tuple[Value, Value, Value]:
    """Operation, identity and inverse as the evaluator takes them."""
    return curried(algebra.table), algebra.one, FunctionTable(algebra.inverse)
