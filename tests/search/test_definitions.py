"""Definitions by compression: what they save is what is claimed, and nothing is lost by them."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.symbolic.concepts.compress import Chosen, compress
from autoresearch_formal.symbolic.concepts.corpus import CorpusStatement
from autoresearch_formal.symbolic.concepts.lean import definitions
from autoresearch_formal.symbolic.concepts.matching import AbstractionMatcher
from autoresearch_formal.symbolic.concepts.patterns import Abstraction, length, open_variables
from autoresearch_formal.terms import (
    PROP,
    App,
    Expr,
    Local,
    Pi,
    Sort,
    alpha_equal,
    anti_unify,
    arguments,
    call,
    fill,
    head_name,
    map_leaves,
    map_with_depth,
)
from tests.symbolic.formulas import formula

G: Expr = Local("G")
OPERATION: Expr = Pi("x", G, Pi("y", G, G))
FUNCTION: Expr = Pi("x", G, G)
PREDICATE: Expr = Pi("x", G, PROP)
TYPES: dict[str, Expr] = {
    "G": Sort("1"),
    **dict.fromkeys(("m", "n"), OPERATION),
    "i": FUNCTION,
    **dict.fromkeys(("P", "Q"), PREDICATE),
    **dict.fromkeys(("e", "u", "a", "b", "c"), G),
}
LAWS = (
    "∀ a b c, m (m a b) c = m a (m b c)",
    "∀ a, m e a = a",
    "∀ a, m (i a) a = e",
    "∀ a b, P a → P b → P (m a b)",
    "∀ a, P a → P (i a)",
    "∀ a b, m a b = m b a",
)
GOALS = (
    "m a b = m b a",
    "P (m (m a b) (i a))",
    "P e ∧ Q (m (m b a) (i b))",
    "∃ x, m (m a x) (i a) = b",
    "∀ a b, Q a → Q b → Q (m a b)",
)


def read(text: str) -> Expr:
    return formula(text)


def statement(name: str, facts: tuple[str, ...], target: str) -> CorpusStatement:
    return CorpusStatement(name, TYPES, [read(f) for f in facts], read(target))


corpora = st.lists(
    st.tuples(st.lists(st.sampled_from(LAWS), unique=True), st.sampled_from(GOALS)),
    min_size=1,
    max_size=5,
).map(lambda rows: [statement(f"s{k}", tuple(f), t) for k, (f, t) in enumerate(rows)])


def unfold(expr: Expr, chosen: list[Chosen]) -> Expr:
    """Replace all uses by what they stand for."""
    shapes = {c.name: c.shape for c in chosen}

    def change(part: Expr, _: int) -> Expr | None:
        if not isinstance(part, App) or head_name(part) not in shapes:
            return None
        args = [unfold(a, chosen) for a in part.args]
        *first, made = [fill(p, args) for p in shapes[head_name(part)].parts]
        for member in reversed(first):
            made = call("And", member, made)
        return unfold(made, chosen)

    return map_with_depth(expr, change)


def atoms(expr: Expr) -> list[Expr]:
    """Members of conjunctions, flattened, names of bound variables forgotten."""
    if head_name(expr) == "And":
        return [x for a in arguments(expr) for x in atoms(a)]
    return [anonymous(expr)]


def anonymous(expr: Expr) -> Expr:
    return map_leaves(expr, lambda leaf, _: leaf, names=False)


@given(corpora)
def test_what_is_saved_is_the_difference_of_the_description_lengths(
    corpus: list[CorpusStatement],
) -> None:
    chosen, short = compress(corpus)
    before = sum(s.length for s in corpus)
    after = sum(s.length for s in short) + sum(c.shape.cost for c in chosen)
    assert before - after == sum(c.saved for c in chosen)
    assert all(c.saved > 0 and sum(c.uses.values()) > 1 for c in chosen)


@given(corpora)
def test_unfolding_the_definitions_gives_the_statements_back(corpus: list[CorpusStatement]) -> None:
    chosen, short = compress(corpus)
    for old, new in zip(corpus, short, strict=True):
        facts = [x for f in new.facts for x in atoms(unfold(f, chosen))]
        assert sorted(map(repr, facts)) == sorted(repr(anonymous(f)) for f in old.facts)
        assert sorted(map(repr, atoms(unfold(new.target, chosen)))) == sorted(
            map(repr, atoms(old.target))
        )


@given(corpora)
def test_no_definition_is_made_twice(corpus: list[CorpusStatement]) -> None:
    chosen, _ = compress(corpus)
    shapes = [(c.shape.parts, c.shape.types) for c in chosen]
    assert len(set(shapes)) == len(shapes)
    names = [d.name for d in definitions(chosen)]
    assert len(set(names)) == len(names)


@given(st.sampled_from(LAWS + GOALS), st.sampled_from(LAWS + GOALS))
def test_an_anti_unifier_is_more_general_than_both(left: str, right: str) -> None:
    one, two = read(left), read(right)
    found = anti_unify(anonymous(one), anonymous(two))
    if found is not None:
        pattern, pairs = found
        assert fill(pattern, [a for a, _ in pairs]) == anonymous(one)
        assert fill(pattern, [b for _, b in pairs]) == anonymous(two)
        assert length(pattern) <= min(length(one), length(two))


def learned(*rows: tuple[tuple[str, ...], str]) -> list[str]:
    corpus = [statement(f"s{k}", facts, target) for k, (facts, target) in enumerate(rows)]
    return [d.text for d in definitions(compress(corpus)[0])]


def test_a_bundle_is_found_in_any_order_and_among_other_facts() -> None:
    laws = LAWS[:3]
    rows = [(order, goal) for order, goal in zip(itertools.permutations(laws), GOALS, strict=False)]
    texts = learned(*rows, ((*laws[::-1], LAWS[5]), GOALS[0]))
    assert any(all(part in t for part in ("m e a = a", "m (i a) a = e")) for t in texts)


def test_a_predicate_may_be_any_proposition_about_a_variable() -> None:
    """``∀ a, P a → P (i a)`` with ``fun a => m a b = m b a`` for ``P``."""
    closed = read("∀ a, P a → P (i a)")
    found: dict[Expr, int] = {}
    pattern = open_variables(closed, found)
    types = tuple(open_variables(TYPES[v.name], found) for v in list(found) if isinstance(v, Local))
    shape = Abstraction((pattern,), types)
    subject = read("∀ a, m a b = m b a → m (i a) b = m b (i a)")
    args = AbstractionMatcher(shape, TYPES).one(subject)
    assert args is not None
    assert alpha_equal(fill(pattern, args), subject)
    assert (
        AbstractionMatcher(shape, TYPES).one(read("∀ a, m a b = m b a → m (i a) b = m c (i a)"))
        is None
    )


def test_nothing_is_defined_where_nothing_recurs() -> None:
    assert learned(((LAWS[0],), "m a b = c")) == []
