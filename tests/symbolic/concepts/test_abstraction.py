"""Lists of laws are compared up to names and order, whatever the laws say."""

from __future__ import annotations

import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from autoresearch_formal.symbolic.concepts.abstraction import (
    CARRIER,
    MOST_OPERATIONS,
    GeneralTheorem,
    LawSet,
    TheoremVariable,
    shared_laws,
)
from autoresearch_formal.terms import App, Bound, Const, Expr, Local, Pi, Sort, apply, substitute

A = Local(CARRIER)
ONE = Pi("x", A, A)
TWO = Pi("x", A, ONE)
TYPES = {"e": A, "d": A, "i": ONE, "j": ONE, "m": TWO, "n": TWO}


def all_of(count: int, body: Expr) -> Expr:
    for _ in range(count):
        body = Pi("x", A, body)
    return body


def equation(left: Expr, right: Expr) -> Expr:
    return App(Const("Eq"), (A, left, right), (False, True, True))


TERMS = st.recursive(
    st.sampled_from([Bound(0), Bound(1), Bound(2), Local("e"), Local("d")]),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from("ij"), inner).map(lambda p: apply(Local(p[0]), p[1])),
        st.tuples(st.sampled_from("mn"), inner, inner).map(
            lambda p: apply(Local(p[0]), p[1], p[2])
        ),
    ),
    max_leaves=4,
)
LAWS = st.lists(
    st.tuples(TERMS, TERMS).map(lambda p: all_of(3, equation(*p))), min_size=1, max_size=4
)


def renamed(laws: list[Expr], seed: int) -> LawSet:
    """The laws with operations of other names, and in another order."""
    chance = random.Random(seed)
    letters = [f"op{k}" for k in range(len(TYPES))]
    chance.shuffle(letters)
    names = dict(zip(TYPES, letters, strict=True))
    told = [substitute(law, {n: Local(new) for n, new in names.items()}) for law in laws]
    chance.shuffle(told)
    types = {names[n]: t for n, t in chance.sample(list(TYPES.items()), len(TYPES))}
    return LawSet.of(types, told)


@settings(max_examples=60)
@given(laws=LAWS, seed=st.integers(0, 99))
def test_names_and_order_do_not_count(laws: list[Expr], seed: int) -> None:
    assert LawSet.of(TYPES, laws) == renamed(laws, seed)


@settings(max_examples=40)
@given(first=LAWS, second=LAWS, seed=st.integers(0, 99))
def test_what_two_lists_share_is_in_both(first: list[Expr], second: list[Expr], seed: int) -> None:
    one, other = LawSet.of(TYPES, first), renamed(second, seed)
    both = one.together(other)
    assert both.holds_in(one)
    assert both.holds_in(other)
    assert len(both) == len(other.together(one))
    whole = LawSet.of(TYPES, [*first, *second])
    assert one.holds_in(whole)
    assert other.holds_in(whole)
    assert len(one.together(whole)) == len(one)


def test_a_law_that_another_lacks_is_no_part_of_it() -> None:
    m, x, y = Local("m"), Bound(1), Bound(0)
    same_either_way = all_of(2, equation(apply(m, x, y), apply(m, y, x)))
    first_stays = all_of(2, equation(apply(m, x, y), x))
    one, other = LawSet.of(TYPES, [same_either_way]), LawSet.of(TYPES, [first_stays])
    assert not one.holds_in(other)
    assert len(one.together(other)) == 0
    assert "law1 : ∀ a b : α, f1 a b = f1 b a" in one.lean("Laws")


def theorem(name: str, system: str, laws: dict[str, Expr]) -> GeneralTheorem:
    """A theorem about a system with one operation of two things and one element."""
    operations = [("m", TWO), ("e", A)]
    parts = [
        TheoremVariable("carrier", CARRIER, Sort("1"), system),
        *(TheoremVariable("operation", n, t, f"{system}.{n}") for n, t in operations),
        *(TheoremVariable("law", n, law, f"{system}.{n}") for n, law in laws.items()),
    ]
    return GeneralTheorem(name, (), tuple(parts), Local("p"))


def test_laws_of_several_systems_are_found_and_those_of_one_are_not() -> None:
    m, e, x, y = Local("m"), Local("e"), Bound(1), Bound(0)
    unit = all_of(1, equation(apply(m, e, y), y))
    swap = all_of(2, equation(apply(m, x, y), apply(m, y, x)))
    own = all_of(2, equation(apply(m, x, y), x))
    found = shared_laws(
        [
            theorem("s1", "Sum", {"unit": unit}),
            theorem("s2", "Sum", {"unit": unit, "swap": swap}),
            theorem("p1", "Product", {"unit": unit, "own": own}),
            theorem("p2", "Product", {"unit": unit}),
            theorem("q1", "Lone", {"own": own}),
        ]
    )
    assert [(s.systems, s.theorems) for s in found] == [(("Sum", "Product"), ("p2", "s1"))]
    assert found[0].laws == LawSet.of(TYPES, [unit])


def test_a_system_with_many_operations_is_compared_as_far_as_it_can_be() -> None:
    many = {f"o{k}": A for k in range(MOST_OPERATIONS + 3)}
    unit = all_of(1, equation(apply(Local("m"), Local("e"), Bound(0)), Bound(0)))
    names = [*many]
    same = {n: equation(Local(n), Local(o)) for n, o in itertools.pairwise(names)}

    def large(name: str, laws: dict[str, Expr]) -> GeneralTheorem:
        told = theorem(name, "Large", {"unit": unit})
        more = [TheoremVariable("operation", n, A, f"Large.{n}") for n in many]
        own = [TheoremVariable("law", f"l{n}", law, f"Large.l{n}") for n, law in laws.items()]
        return GeneralTheorem(name, (), (*told.ingredients, *more, *own), told.statement)

    theorems = [theorem("s1", "Small", {"unit": unit}), large("l1", {}), large("l2", same)]
    (found,) = shared_laws(theorems)
    assert found.systems == ("Small", "Large")
    assert found.theorems == ("l1", "s1")
