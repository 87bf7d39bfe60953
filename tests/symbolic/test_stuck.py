"""Lemmas from stuck inductions."""

from __future__ import annotations

from autoresearch_formal.actions.base import GoalView, HypView
from autoresearch_formal.symbolic.stuck import stuck_lemmas
from autoresearch_formal.terms import App, Const, Expr, GoalTree, Hypothesis, Local

T: Expr = Const("Seq")


def call(name: str, *args: Expr) -> Expr:
    return App(Const(name), args, (True,) * len(args))


def equal(left: Expr, right: Expr) -> Expr:
    return App(Const("Eq"), (T, left, right), (False, True, True))


def stuck(hypothesis: Expr, target: Expr) -> list[str]:
    names = ("c", "t")
    hyps = [Hypothesis(n, T, False) for n in names] + [Hypothesis("ih", hypothesis, True)]
    view = GoalView("", "", tuple(HypView(n, "Seq") for n in names))
    return [a.text for a in stuck_lemmas(GoalTree(hyps, target), view)]


def test_the_induction_hypothesis_is_used_up_and_the_rest_generalised() -> None:
    c, t = Local("c"), Local("t")
    back = call("rev", t)
    target = equal(call("rev", call("app", back, c)), call("put", c, t))
    assert stuck(equal(call("rev", back), t), target) == [
        "∀ (c : Seq) (y : _), rev (app y c) = put c (rev y)"
    ]


def test_without_a_fitting_hypothesis_nothing_is_proposed() -> None:
    c, t = Local("c"), Local("t")
    target = equal(call("rev", call("app", call("rev", t), c)), call("put", c, t))
    assert stuck(equal(call("flip", t), t), target) == []
    assert stuck(call("Good", t), target) == []


def test_a_list_that_is_built_up_on_both_sides_becomes_any_list() -> None:
    c, t = Local("c"), Local("t")
    one = App(Const("List.cons"), (T, c, Const("List.nil")), (False, True, True))
    target = equal(call("onto", t, one), call("app", call("rev", t), one))
    found = stuck(equal(call("onto", t, Const("List.nil")), call("rev", t)), target)
    assert "∀ (t : Seq) (y : _), onto t y = app (rev t) y" in found


def test_a_hypothesis_between_two_calls_is_used_up_from_right_to_left() -> None:
    c, t = Local("c"), Local("t")
    back = call("rev", t)
    target = equal(call("sum", call("app", back, c)), call("plus", c, call("sum", t)))
    found = stuck(equal(call("sum", back), call("sum", t)), target)
    assert "∀ (c : Seq) (y : _), sum (app y c) = plus c (sum y)" in found
