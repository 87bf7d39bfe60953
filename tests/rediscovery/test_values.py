"""The evaluator on things whose truth is known."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.symbolic.finite_models.algebras import Algebra, as_value, groups, tables
from autoresearch_formal.symbolic.finite_models.constants import Constants
from autoresearch_formal.symbolic.finite_models.evaluate import Evaluator
from autoresearch_formal.symbolic.finite_models.values import (
    Finite,
    Functions,
    FunctionTable,
    Made,
    Truth,
    Unsupported,
    Value,
)
from autoresearch_formal.targets import World

R = "Reconstruct.Reference."


@pytest.fixture(scope="module")
def evaluator() -> Iterator[Evaluator]:
    with Gym(workers=1, modules=["Reconstruct.Substitutions.Reference"]) as gym:
        theory = gym.theory([World().foundation, World().reference])
        yield Evaluator(Constants(gym, theory))


def group(name: str) -> tuple[Finite, Value, Algebra]:
    algebra = next(g for g in groups() if g.name == name)
    mul, one, inverse = as_value(algebra)
    monoid = Made(R + "Monoid.mk", (mul, one, None, None, None))
    return Finite(algebra.size), Made(R + "Group.mk", (monoid, inverse, None, None)), algebra


@pytest.mark.lean
@pytest.mark.parametrize(
    ("name", "subgroups", "normal"),
    [("Z4", 3, 3), ("Z6", 4, 4), ("V4", 5, 5), ("S3", 6, 3), ("D4", 10, 6), ("Q8", 6, 6)],
)
def test_counts_of_subgroups(evaluator: Evaluator, name: str, subgroups: int, normal: int) -> None:
    carrier, g, _ = group(name)
    sets = list(Functions(carrier, Truth()).elements())
    found = [p for p in sets if evaluator.call(R + "IsSubgroup", [carrier, g, p])]
    assert len(found) == subgroups
    assert sum(evaluator.call(R + "IsNormal", [carrier, g, p]) for p in found) == normal


@pytest.mark.lean
def test_concepts_on_the_group_of_three_letters(evaluator: Evaluator) -> None:
    carrier, g, _ = group("S3")
    known = {
        "IsSolvable": True,
        "IsNilpotent": False,
        "IsCyclic": False,
        "IsPerfect": False,
        "IsSimple": False,
        "Group.IsAbelian": False,
    }
    for concept, truth in known.items():
        assert evaluator.call(R + concept, [carrier, g]) is truth, concept


@pytest.mark.lean
def test_generated_sets_are_closures(evaluator: Evaluator) -> None:
    carrier, g, algebra = group("D4")
    for start in itertools.combinations(range(8), 2):
        closure = algebra.closure(set(start))
        for x in range(8):
            said = evaluator.call(R + "Generated", [carrier, g, lambda y, s=start: y in s, x])
            assert said is (x in closure)


@pytest.mark.lean
def test_substitutions_of_three_letters(evaluator: Evaluator) -> None:
    kind = evaluator.call("Reconstruct.Substitution", [3])
    letters = list(kind.checked())
    assert len(letters) == 6
    even = [s for s in letters if evaluator.call(R + "Alternating", [3, s])]
    assert len(even) == 3


@pytest.mark.lean
def test_what_is_not_understood_is_no_answer(evaluator: Evaluator) -> None:
    with pytest.raises(Unsupported):
        evaluator.call("No.Such.Constant", [])


def test_every_small_operation_once() -> None:
    """1, 10 and 3330 operations on one, two and three elements up to renaming (OEIS A001329)."""
    assert [sum(1 for _ in tables(n)) for n in (1, 2, 3)] == [1, 10, 3330]


def test_functions_of_functions_take_any_function() -> None:
    """A function that was computed is looked up like the table that it equals."""
    places, letters = Finite(2), Finite(3)
    words = list(Functions(places, letters).elements())
    on_words = FunctionTable(tuple(range(len(words))), {w: k for k, w in enumerate(words)})
    for k, word in enumerate(words):
        assert on_words(word) == k
        assert on_words(lambda p, w=word: w(p)) == k
