"""Lemmas from stuck inductions."""

from __future__ import annotations

from autoresearch_formal.actions.base import GoalView, HypView
from autoresearch_formal.symbolic.stuck import stuck_lemmas
from autoresearch_formal.terms.expr import Expr, GoalTree, Hypothesis

T: Expr = ("c", "Seq")


def call(name: str, *args: Expr) -> Expr:
    return ("a", ("c", name), args, (True,) * len(args))


def equal(left: Expr, right: Expr) -> Expr:
    return ("a", ("c", "Eq"), (T, left, right), (False, True, True))


def stuck(hypothesis: Expr, target: Expr) -> list[str]:
    names = ("c", "t")
    hyps = [Hypothesis(n, T, False) for n in names] + [Hypothesis("ih", hypothesis, True)]
    view = GoalView("", "", tuple(HypView(n, "Seq") for n in names))
    return [a.text for a in stuck_lemmas(GoalTree(hyps, target), view)]


def test_the_induction_hypothesis_is_used_up_and_the_rest_generalised() -> None:
    c, t = ("f", "c"), ("f", "t")
    back = call("rev", t)
    target = equal(call("rev", call("app", back, c)), call("put", c, t))
    assert stuck(equal(call("rev", back), t), target) == [
        "∀ (c : Seq) (y : _), rev (app y c) = put c (rev y)"
    ]


def test_without_a_fitting_hypothesis_nothing_is_proposed() -> None:
    c, t = ("f", "c"), ("f", "t")
    target = equal(call("rev", call("app", call("rev", t), c)), call("put", c, t))
    assert stuck(equal(call("flip", t), t), target) == []
    assert stuck(call("Good", t), target) == []
