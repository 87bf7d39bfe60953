"""Witnesses: models of the hypotheses, terms one of each meaning, and what survives."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoresearch_formal.actions.base import GoalView, Situation, TheoryView
from autoresearch_formal.symbolic.steps import action
from autoresearch_formal.symbolic.witness.enumerate import comparable, compositions
from autoresearch_formal.symbolic.witness.instances import (
    Opening,
    concludes,
    existential,
    forms,
    opening,
    openings,
    theorem_steps,
    witness_steps,
)
from autoresearch_formal.symbolic.witness.interpret import interpretations
from autoresearch_formal.symbolic.witness.solve import HoleTerms, TermHole, choices
from autoresearch_formal.symbolic.witness.vocabulary import NAT, list_of
from autoresearch_formal.terms import (
    PROP,
    App,
    Bound,
    Const,
    Expr,
    GoalTree,
    Hypothesis,
    Lambda,
    Local,
    Pi,
    Sort,
    bind,
    show,
)
from tests.symbolic.formulas import LAWS, G, formula, goal

LIST = list_of(G)


def member(x: Expr, collection: Expr) -> Expr:
    """``x ∈ collection``."""
    hidden = (False, False, False, True, True)
    return App(Const("Membership.mem"), (G, LIST, Const("inst"), collection, x), hidden)


def length(collection: Expr) -> Expr:
    return App(Const("List.length"), (G, collection), (False, True))


def nodup(collection: Expr) -> Expr:
    return App(Const("List.Nodup"), (G, collection), (False, True))


def every(names: str, body: Expr) -> Expr:
    """``∀ names : G, body``."""
    for name in reversed(names.split()):
        body = Pi(name, G, bind(body, name))
    return body


def implies(*parts: Expr) -> Expr:
    *premises, last = parts
    for part in reversed(premises):
        last = Pi("h", part, last)
    return last


def with_part() -> GoalTree:
    """All things of a group in ``L``, and a part ``H`` that is closed."""
    tree = goal(LAWS, "e = e")
    tree = GoalTree([h for h in tree.hyps if h.name not in ("P", "Q")], tree.target)
    a, b, h, whole = Local("a"), Local("b"), Local("H"), Local("L")
    product = App(Local("m"), (a, b), (True, True))
    inverse = App(Local("i"), (a,), (True,))
    facts = [
        nodup(whole),
        every("a", member(a, whole)),
        nodup(h),
        member(Local("e"), h),
        every("a b", implies(member(a, h), member(b, h), member(product, h))),
        every("a", implies(member(a, h), member(inverse, h))),
    ]
    hyps = [*tree.hyps, Hypothesis("L", LIST, False), Hypothesis("H", LIST, False)]
    hyps += [Hypothesis(f"k{n}", fact, True) for n, fact in enumerate(facts)]
    return GoalTree(hyps, tree.target)


def situation(tree: GoalTree) -> Situation:
    return Situation(TheoryView(), (GoalView("", show(tree.target)),))


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_every_hypothesis_holds_in_every_model(seed: int) -> None:
    tree = with_part()
    known = interpretations(tree, seed)
    assert len(known.models) > 5
    assert not known.unknown
    for model, h in itertools.product(known.models, tree.hyps):
        if h.is_prop:
            assert known.holds(h.type, model) is True
    assert len({model["G"].count for model in known.models}) > 2


def test_a_list_that_a_hypothesis_determines_holds_just_that() -> None:
    tree = with_part()
    a, b = Local("a"), Local("b")
    square = App(Const("Eq"), (G, App(Local("m"), (a, a), (True, True)), b), (False, True, True))
    says = App(Const("Iff"), (member(a, Local("T")), square), (True, True))
    hyps = [*tree.hyps, Hypothesis("T", LIST, False), Hypothesis("b", G, False)]
    hyps.append(Hypothesis("says", every("a", says), True))
    known = interpretations(GoalTree(hyps, tree.target))
    assert len(known.models) > 5
    for model in known.models:
        m, n = model["m"], model["G"].count
        assert sorted(model["T"]) == [x for x in range(n) if m(x)(x) == model["b"]]


def test_contradictory_hypotheses_have_no_model() -> None:
    assert not interpretations(goal(["∀ a, P a", "¬ P e"], "Q e")).models


def test_no_two_terms_mean_the_same_at_all_points() -> None:
    tree = with_part()
    known = interpretations(tree)
    terms = HoleTerms(TermHole("?0", Pi("a", G, Pi("b", G, PROP))), tree, known, [tree.target])
    found = [c for size in range(1, 7) for c in terms.of(size)]
    assert len(found) > 30
    assert len({c.behaviours for c in found}) == len(found)
    shown = {show(c.term) for c in found}
    assert not {s for s in shown if "m e " in s or "i (i " in s}  # the laws make those shorter


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 9), st.integers(0, 4))
def test_compositions_are_all_the_ways_to_split_a_number(total: int, parts: int) -> None:
    found = list(compositions(total, parts))
    assert len(set(found)) == len(found)
    assert all(sum(f) == total and len(f) == parts and min(f, default=1) > 0 for f in found)
    wanted = [w for w in itertools.product(range(1, total + 1), repeat=parts) if sum(w) == total]
    assert sorted(found) == sorted(wanted)


def test_functions_are_compared_by_their_values() -> None:
    assert comparable(lambda x: (x + 1) % 3) == comparable(lambda x: (x + 4) % 3)
    assert comparable(lambda x: x) != comparable(lambda x: 0)


@pytest.mark.parametrize("seed", [1, 2])
def test_what_survives_fails_in_no_model_and_the_first_in_no_other_one(seed: int) -> None:
    tree = shifted()
    asked = existential(tree)
    assert asked is not None
    holes, body = asked
    known = interpretations(tree)
    chosen = choices(tree, holes, [body], known, 1)
    assert chosen
    for looked_at, terms in ((known, chosen), (interpretations(tree, seed), chosen[:1])):
        for model, (term,) in itertools.product(looked_at.models, terms):
            value = looked_at.evaluator.run(term, (model,))
            assert looked_at.holds(body, {**model, holes[0].name: value}) is True


def shifted() -> GoalTree:
    """``∃ C, C.length = H.length ∧ ∀ x, x ∈ C ↔ i g * x ∈ H``."""
    tree = with_part()
    x, c = Local("x"), Local("C")
    moved = App(Local("m"), (App(Local("i"), (Local("g"),), (True,)), x), (True, True))
    same = App(Const("Eq"), (NAT, length(c), length(Local("H"))), (False, True, True))
    holds = every("x", App(Const("Iff"), (member(x, c), member(moved, Local("H"))), (True, True)))
    body = bind(App(Const("And"), (same, holds), (True, True)), "C")
    target = App(Const("Exists"), (LIST, Lambda("C", LIST, body)), (False, True))
    return GoalTree([*tree.hyps, Hypothesis("g", G, False)], target)


def test_the_list_of_an_exists_is_a_map() -> None:
    texts = [a.text for a in witness_steps(shifted(), situation(shifted()))]
    assert texts[0].startswith("refine ⟨List.map (m g) H, ?_⟩")


def test_two_witnesses_are_found_together() -> None:
    tree = goal([*LAWS, "∃ c, m c c = e"], "∃ x y, m x y = i (m e (i x)) ∧ m y y = y")
    texts = [a.text for a in witness_steps(tree, situation(tree))]
    assert texts
    assert texts[0].startswith("refine ⟨e, e, ?_⟩")
    impossible = goal(LAWS, "∃ x, m x x = i e ∧ ¬ x = x")
    assert not list(witness_steps(impossible, situation(impossible)))


def classes() -> Expr:
    """``R`` an equivalence whose classes on ``l`` have ``k`` members each: ``k ∣ l.length``."""
    left, right = Local("α"), Local("l")
    relation: Expr = Local("R")
    listed = list_of(left)

    def r(x: str, y: str) -> Expr:
        return App(relation, (Local(x), Local(y)), (True, True))

    def all_of(names: str, body: Expr) -> Expr:
        for name in reversed(names.split()):
            body = Pi(name, left, bind(body, name))
        return body

    decide = App(Const("Decidable.decide"), (r("a", "b"), Const("inst")), (True, False))
    counted = App(
        Const("List.countP"),
        (left, Lambda("b", left, bind(decide, "b")), right),
        (False, True, True),
    )
    dvd = (NAT, Const("inst"), Local("k"), App(Const("List.length"), (left, right), (False, True)))
    fact: Expr = App(Const("Dvd.dvd"), dvd, (False, False, True, True))
    same = App(Const("Eq"), (NAT, counted, Local("k")), (False, True, True))
    for name, premise in [
        ("hk", all_of("a", same)),
        ("htrans", all_of("a b c", implies(r("a", "b"), r("b", "c"), r("a", "c")))),
        ("hsymm", all_of("a b", implies(r("a", "b"), r("b", "a")))),
        ("hrefl", all_of("a", r("a", "a"))),
    ]:
        fact = Pi(name, premise, fact)
    binders = [
        ("α", Sort("1")),
        ("l", listed),
        ("k", NAT),
        ("R", Pi("a", left, Pi("b", left, PROP))),
    ]
    for name, type_ in reversed(binders):
        fact = Pi(name, type_, bind(fact, name))
    return fact


def test_the_relation_of_a_theorem_about_classes_is_found() -> None:
    tree = with_part()
    dvd = (NAT, Const("inst"), length(Local("H")), length(Local("L")))
    target = App(Const("Dvd.dvd"), dvd, (False, False, True, True))
    asked = GoalTree(tree.hyps, target)
    fact = classes()
    assert concludes(fact, target)
    [found] = list(opening_of("classes", fact, asked))
    texts = [a.text for a in theorem_steps(asked, found, interpretations(asked), 1)]
    assert any("(R := fun a => fun b => m (i a) b ∈ H)" in t for t in texts)
    assert all("(hrefl := ?_) (hsymm := ?_) (htrans := ?_) (hk := ?_)" in t for t in texts)


def opening_of(name: str, fact: Expr, tree: GoalTree) -> Iterator[Opening]:
    return opening(name, fact, tree.target, tree, False, "")


def test_a_theorem_that_concludes_anything_is_left_aside() -> None:
    fact = Pi("α", Sort("1"), Pi("x", Bound(0), Pi("y", Bound(1), equation(Bound(1), Bound(0)))))
    assert not concludes(fact, formula("e = m e e"))


def equation(left: Expr, right: Expr) -> Expr:
    return App(Const("Eq"), (G, left, right), (False, True, True))


def test_numbers_of_members_are_lengths_and_products_commute() -> None:
    counted = App(Const("List.countP"), (G, Local("p"), Local("L")), (False, True, True))
    product = App(
        Const("HMul.hMul"),
        (NAT, NAT, NAT, Const("inst"), counted, Local("n")),
        (False, False, False, False, True, True),
    )
    target = App(Const("Eq"), (NAT, product, Local("k")), (False, True, True))
    said = {show(form) for _, form in forms(target)}
    assert "List.length (List.filter p L) * n = k" in said
    assert "n * List.countP p L = k" in said


def test_every_step_is_an_instance_of_a_row() -> None:
    for row in ("witness.exists", "witness.instance", "witness.theorem"):
        assert action(row, "x").ingredients == (row,)


def test_without_a_theorem_nothing_is_open() -> None:
    assert not list(openings(with_part(), ()))
