"""Forms of induction that a goal suggests."""

from __future__ import annotations

from autoresearch_formal.actions.base import GoalView
from autoresearch_formal.policy.symbolic import fixed
from autoresearch_formal.symbolic.induction import NAT
from autoresearch_formal.symbolic.schemes import schemes
from autoresearch_formal.terms import App, Const, Expr, GoalTree, Hypothesis, Local

TREE: Expr = App(Const("Mine.Tree"), (NAT,), (True,))
LIST: Expr = App(Const("List"), (NAT,), (True,))


def call(name: str, *args: Expr) -> Expr:
    return App(Const(name), args, (True,) * len(args))


def equal(left: Expr, right: Expr) -> Expr:
    return App(Const("Eq"), (NAT, left, right), (False, True, True))


def starts(target: Expr, *hyps: Hypothesis, expansion: int = 1) -> set[str]:
    view = GoalView("", "", consts=("Eq", "Mine.size"))
    actions = schemes(GoalTree(list(hyps), target), view, expansion)
    return {a.text for a in actions}


def test_the_users_types_are_taken_apart_with_the_users_definitions() -> None:
    t = Hypothesis("t", TREE, False)
    found = starts(equal(call("Mine.size", Local("t")), Local("n")), t, Hypothesis("n", NAT, False))
    assert "induction t <;> simp_all [Mine.size]" in found
    assert "induction t generalizing n <;> grind [Mine.size]" in found
    assert "induction t" in found
    assert not {f for f in found if f.startswith("induction n")}


def test_the_cases_of_an_induction_are_those_of_a_function() -> None:
    found = starts(equal(call("Mine.size", Local("t")), Local("t")), Hypothesis("t", LIST, False))
    assert "fun_induction Mine.size t <;> (simp_all [Mine.size] <;> omega)" in found
    assert "fun_cases Mine.size t" in found
    assert not {f for f in found if "List" in f}


def test_a_predicate_of_the_user_is_a_ground_for_induction() -> None:
    even = Hypothesis("h", call("Mine.Even", Local("n")), True)
    found = starts(equal(Local("n"), Local("n")), Hypothesis("n", NAT, False), even)
    assert "induction h" in found


def test_rarer_forms_come_later() -> None:
    n, k = Hypothesis("n", NAT, False), Hypothesis("l", LIST, False)
    target = equal(call("List.foldr", Local("n"), Local("l")), Local("n"))
    assert not starts(target, n, k)
    found = starts(target, n, k, expansion=2)
    assert any(f.startswith("suffices pair : ") and f.endswith("\ninduction n") for f in found)
    assert any("List.reverse_reverse l" in f and f.endswith("induction turned") for f in found)
    assert any("using Nat.strongRecOn generalizing l" in f for f in found)


def test_a_bound_is_a_place_to_begin() -> None:
    order = (NAT, Const("inst"), Local("k"), Local("n"))
    bound = App(Const("LE.le"), order, (False, False, True, True))
    names = [Hypothesis(n, NAT, False) for n in ("k", "n")]
    found = starts(
        equal(Local("k"), Local("n")), *names, Hypothesis("hk", bound, True), expansion=2
    )
    assert "induction hk" in found


def test_an_induction_over_what_hypotheses_speak_of_is_known_as_such() -> None:
    h = Hypothesis("h", equal(Local("n"), Local("n")), True)
    tree = GoalTree([Hypothesis("n", NAT, False), h], equal(Local("n"), Local("n")))
    assert fixed("induction n with\n| zero => ?_", tree)
    assert not fixed("induction k", tree)


def test_the_least_number_of_which_the_same_is_known() -> None:
    k = Hypothesis("k", NAT, False)
    h = Hypothesis("h", equal(call("f", Local("k")), Local("k")), True)
    target = equal(Local("a"), Local("a"))
    [text] = [t for t in starts(target, k, h, expansion=2) if t.startswith("obtain")]
    wanted = "∃ k, ((f k = k)) ∧ ∀ other, ((f other = other)) → k ≤ other"
    assert text.split("\n")[0] == f"obtain ⟨least, fact, minimal⟩ : {wanted} := by"
    assert text.endswith("exact descend k h")
