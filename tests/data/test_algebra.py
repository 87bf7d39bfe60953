"""Random laws for synthetic statements: two things can obey them, and none is given in advance."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from autoresearch_formal.data.synth.algebra import Law, RandomAlgebra, Term, by_rewriting

SEEDS = range(300)
Tables = dict[str, tuple[int, ...]]


def interpretations(world: RandomAlgebra) -> Iterator[Tables]:
    """Every way in which the symbols can work on two things."""
    cells = {m: 4 for m in world.binary} | {g: 2 for g in world.unary}
    cells |= {c: 1 for c in world.constants}
    rows = [itertools.product((0, 1), repeat=n) for n in cells.values()]
    for row in itertools.product(*rows):
        yield dict(zip(cells, row, strict=True))


def value(term: Term, tables: Tables, of: dict[str, int]) -> int:
    name = str(term[0])
    if name in of:
        return of[name]
    place = 0
    for argument in term[1:]:
        assert isinstance(argument, tuple)
        place = 2 * place + value(argument, tables, of)
    return tables[name][place]


def holds(law: Law, tables: Tables) -> bool:
    names = law.variables
    return all(
        value(law.left, tables, of) == value(law.right, tables, of)
        for row in itertools.product((0, 1), repeat=len(names))
        for of in [dict(zip(names, row, strict=True))]
    )


@pytest.mark.parametrize("seed", range(0, 300, 10))
def test_laws_have_a_model_and_each_says_something(seed: int) -> None:
    world = RandomAlgebra(random.Random(seed))
    left = list(interpretations(world))
    for law in world.laws:
        assert law.left != law.right
        before, left = len(left), [tables for tables in left if holds(law, tables)]
        assert 0 < len(left) < before


def shape(law: Law) -> str:
    """A law with its symbols and variables numbered as they come."""
    numbers: dict[str, str] = {}

    def show(term: Term) -> str:
        head = numbers.setdefault(str(term[0]), f"{str(term[0])[:1] == '?'}{len(numbers)}")
        return f"{head}({','.join(show(a) for a in term[1:] if isinstance(a, tuple))})"

    return f"{show(law.left)}={show(law.right)}"


def test_no_law_is_favoured() -> None:
    laws = [law for s in SEEDS for law in RandomAlgebra(random.Random(s)).laws]
    assert len(laws) > len(SEEDS)
    counts = Counter(shape(law) for law in laws)
    a, b, c = ("?a",), ("?b",), ("?c",)
    associative = Law(("m", ("m", a, b), c), ("m", a, ("m", b, c)))
    assert counts[shape(associative)] <= len(laws) / 50


def test_theorems_come_out_of_them() -> None:
    made = [by_rewriting(random.Random(seed)) for seed in SEEDS]
    assert sum(conjecture is not None for conjecture in made) > len(SEEDS) / 4
    assert made[:20] == [by_rewriting(random.Random(seed)) for seed in range(20)]
