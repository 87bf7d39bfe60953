"""Steps read off the shape of a goal, and hypotheses about all predicates."""

from __future__ import annotations

from autoresearch_formal.symbolic.facts import monomorphic
from autoresearch_formal.symbolic.forward import functions, pointwise, solutions
from autoresearch_formal.symbolic.hammer import pure
from autoresearch_formal.symbolic.induction import NAT, numeral
from autoresearch_formal.symbolic.second_order import inductions, instances, least
from autoresearch_formal.symbolic.steps import (
    comparisons,
    differences,
    generalisations,
    safe_rules,
    strong_inductions,
    witnesses,
)
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
    beta,
    bind,
    instantiate,
    show,
)
from tests.symbolic.formulas import const, formula, goal

PREDICATE: Expr = Pi("a", Local("G"), PROP)


def number(name: str) -> Hypothesis:
    return Hypothesis(name, NAT, False)


def relation(symbol: str, left: Expr, right: Expr) -> Expr:
    return App(Const(symbol), (NAT, Const("inst"), left, right), (False, False, True, True))


def least_closed() -> GoalTree:
    """``A`` is the least predicate that holds ``S`` and products; ``A a`` is known."""
    closed = formula("∀ a b, Q a → Q b → Q (m a b)")
    holds = formula("∀ a, S a → Q a")
    inner: Expr = Pi("h", closed, Pi("h", holds, const_of("Q", Bound(2))))
    inner = bind(inner, "Q")
    law: Expr = Pi(
        "x", Local("G"), const("Iff", const_of("A", Bound(0)), Pi("Q", PREDICATE, inner))
    )
    hyps = [
        Hypothesis("G", Sort("1"), False),
        *[Hypothesis(n, PREDICATE, False) for n in ("S", "A", "P")],
        Hypothesis("a", Local("G"), False),
        Hypothesis("h", law, True),
        Hypothesis("ha", const_of("A", Local("a")), True),
    ]
    return GoalTree(hyps, const_of("P", Local("a")))


def const_of(name: str, arg: Expr) -> Expr:
    return App(Local(name), (arg,), (True,))


def test_settling_takes_apart_all_that_can_be_taken_apart() -> None:
    tree = goal(["∃ a, P a ∧ Q a"], "∀ b, P b → Q b")
    assert safe_rules(tree).split("\n")[0].startswith("obtain ⟨a, ⟨")
    assert safe_rules(tree).split("\n")[1].startswith("intro b ")
    assert safe_rules(goal([], "P a")) == ""


def test_earlier_parts_serve_later_ones_unless_they_only_say_that_something_exists() -> None:
    text = safe_rules(goal([], "(∀ a, P a) ∧ (∃ b, Q b) ∧ P e"))
    assert text == "refine (have part : ∀ a : G, P a := ?_; ⟨part, ?_, ?_⟩)"


def test_numbers_are_compared_split_and_inducted_on() -> None:
    j, k = Local("j"), Local("k")
    tree = GoalTree(
        [number("j"), number("k"), Hypothesis("h", relation("LT.lt", j, k), True)],
        relation("Dvd.dvd", j, k),
    )
    (step,) = differences(tree)
    assert step.text == "obtain ⟨c, rfl⟩ : ∃ c, k = j + c + 1 := ⟨k - j - 1, by omega⟩"
    assert "rcases Nat.lt_trichotomy j k with less | same | more" in {
        a.text for a in comparisons(tree)
    }
    assert {a.text.split()[1] for a in strong_inductions(tree)} == {"j", "k"}


def test_a_number_is_halved_where_two_occurs() -> None:
    tree = GoalTree([number("n")], relation("Eq", Local("n"), numeral(2)))
    assert "n / 2" in witnesses(tree, NAT)


def test_what_occurs_twice_is_generalised() -> None:
    twice = const("Foo.bar", Local("n"))
    tree = GoalTree(
        [number("n")],
        App(Const("Eq"), (NAT, const("Foo.baz", twice), twice), (False, True, True)),
    )
    assert [a.text for a in generalisations(tree)] == ["generalize Foo.bar n = general"]


def test_the_least_predicate_is_an_induction_principle() -> None:
    tree = least_closed()
    (law,) = least(tree)
    assert law.both
    texts = [a.text for a in inductions(tree)]
    assert "refine ((h a).mp ha) (fun z => P z) ?_ ?_ <;> try dsimp only" in texts
    assert any(t.startswith("have k := (h a).mp ha P (by assumption)") for t in texts)
    facts = {text: show(statement) for text, statement in instances(tree)}
    assert "(fun x0 known => (h x0).mp known P)" in facts
    assert "P (m a b)" in facts["(fun x0 known => (h x0).mp known P)"]


def test_a_function_is_put_in_wherever_a_fact_asks_for_one() -> None:
    arrow: Expr = Pi("a", NAT, NAT)
    applied: Expr = App(Bound(0), (Local("n"),), (True,))
    body: Expr = Pi("f", arrow, App(Const("Eq"), (NAT, applied, applied), (False, True, True)))
    fact: Expr = Pi("h", relation("LE.le", numeral(1), numeral(2)), shifted(body))
    tree = GoalTree([number("n"), Hypothesis("g", arrow, False)], Local("n"))
    ((text, statement),) = monomorphic("@thm", fact, tree)
    assert text == "(fun p0 => @thm p0 g)"
    assert show(statement) == "1 ≤ 2 → g n = g n"


def shifted(expr: Expr) -> Expr:
    return bind(expr, "no such variable")


def test_beta_and_bind_undo_each_other() -> None:
    term: Expr = App(Local("g"), (Local("x"), Local("y")), (True, True))
    function: Expr = Lambda("x", NAT, bind(term, "x"))
    assert beta(App(function, (Local("x"),), (True,))) == term
    assert instantiate(bind(term, "y"), Local("y")) == term


def test_goals_about_their_own_context_are_told_from_others() -> None:
    assert pure(goal(["∀ a, P a → Q a"], "∀ a, P a → ∃ b, Q b"))
    assert not pure(GoalTree([number("n")], relation("LE.le", Local("n"), Local("n"))))


def test_equal_things_have_equal_components_and_different_ones_a_different_one() -> None:
    boxes: Expr = Const("Box")
    equal: Expr = App(Const("Eq"), (boxes, Local("s"), Local("t")), (False, True, True))
    differ: Expr = App(Const("Ne"), (boxes, Local("s"), Local("t")), (False, True, True))
    context = [Hypothesis(n, boxes, False) for n in "st"]
    tree = GoalTree([*context, Hypothesis("h", equal, True)], Const("False"))
    assert [a.text for a in pointwise(tree, {"Box.ext_iff"})] == ["have each := Box.ext_iff.mp h"]
    assert not list(pointwise(tree, set()))
    tree = GoalTree([*context, Hypothesis("h", differ, True)], Const("False"))
    assert [a.text for a in pointwise(tree, {"Box.ext_iff"})] == [
        "obtain ⟨i, hi⟩ := Classical.not_forall.mp (mt Box.ext_iff.mpr h)"
    ]


def test_what_a_hypothesis_gives_is_named_where_something_is_to_be_found() -> None:
    tree = goal(["∀ a, ∃ b, m b a = a"], "∃ b, m b b = b")
    assert [a.text for a in solutions(tree)] == ["obtain ⟨b, hb⟩ := h1 e"]
    assert not list(solutions(goal(["∀ a, ∃ b, m b a = a"], "m e e = e")))


def test_a_law_about_functions_is_applied_to_those_of_the_target() -> None:
    unary: Expr = Pi("g", Local("G"), Local("G"))

    def of(function: Expr, argument: Expr) -> Expr:
        return App(function, (argument,), (True,))

    def composed(outer: Expr, *inner: str) -> Expr:
        body: Expr = Bound(0)
        for name in reversed(inner):
            body = of(Local(name), body)
        return Lambda("g", Local("G"), of(outer, body))

    def same(left: Expr, right: Expr) -> Expr:
        sides = (of(Local("f"), left), of(Local("f"), right))
        return App(Const("Eq"), (Local("G"), *sides), (False, True, True))

    law: Expr = Pi("x", unary, same(composed(Bound(1), "t"), Bound(0)))
    hyps = [
        Hypothesis("G", Sort("1"), False),
        Hypothesis("f", Pi("x", unary, Local("G")), False),
        *[Hypothesis(n, unary, False) for n in "stx"],
        Hypothesis("h", law, True),
    ]
    tree = GoalTree(hyps, same(composed(Local("x"), "s", "t"), Local("x")))
    assert next(functions(tree)).text.split("\n") == [
        "have k := h (fun g => x (s (t g)))",
        "have k1 := h (fun g => x (s g))",
        "have k2 := h s",
        "have k3 := h t",
        "have k4 := h x",
    ]
    assert not list(functions(goal(["∀ a, m a a = a"], "m e e = e")))
