"""The symbolic policy: what it proposes, and that it proposes the same again."""

from __future__ import annotations

import tomllib

import pytest

from autoresearch_formal.actions.base import GoalView, NameView, Situation, TheoryView
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.policy.symbolic import SymbolicPolicy
from autoresearch_formal.symbolic.conjectures import propose_lemmas
from autoresearch_formal.symbolic.facts import monomorphic
from autoresearch_formal.symbolic.first_order.clauses import ProverLimits
from autoresearch_formal.symbolic.induction import NAT, prove_by_induction, successor
from autoresearch_formal.symbolic.ingredients import ingredients, parse
from autoresearch_formal.symbolic.steps import destructure, introduce, is_core
from autoresearch_formal.terms import (
    App,
    BadTree,
    Bound,
    Const,
    Hypothesis,
    Local,
    NatLiteral,
    Pi,
    alpha_key,
    build_nodes,
    show,
)
from tests.symbolic.formulas import ASSOC, LEFT_ONE, RIGHT_ONE, G, arrow, formula, goal


def situation(**changes: object) -> Situation:
    view = GoalView("n : Nat\n⊢ n + 0 = n", "n + 0 = n", consts=("Nat", "Eq"), head="Eq")
    return Situation(TheoryView(), (view,), **changes)  # type: ignore[arg-type]


def test_the_same_situation_gets_the_same_answer() -> None:
    policy = SymbolicPolicy()
    first, second = policy.propose([situation(), situation()])
    assert first == second
    assert [a.logprob for a in first] == sorted((a.logprob for a in first), reverse=True)


def test_effort_brings_more_and_every_action_names_its_ingredient() -> None:
    policy = SymbolicPolicy()
    names = (NameView("Foo.bar", "theorem", "n = n"),)
    early, late = policy.propose([situation(names=names), situation(names=names, expansion=3)])
    assert {a.text for a in early} < {a.text for a in late}
    assert "rw [Foo.bar]" in {a.text for a in late}
    for action in late:
        assert any(i in ingredients() for i in action.ingredients)


def test_a_damaged_tree_is_ignored() -> None:
    with pytest.raises(BadTree):
        build_nodes([["a", 3, [], []]], [])
    view = GoalView("⊢ x", "x", tree={"nodes": [["a", 3, [], []]], "hyps": [], "target": 0})
    assert SymbolicPolicy().propose([Situation(TheoryView(), (view,))])[0]


@pytest.mark.parametrize(
    "text", ['[a.b]\ntext = "x"', '[a.b]\ntext = "x"\nlogprob = 0.0\ncolour = "red"', "[a]\nb = 1"]
)
def test_a_bad_table_is_refused_by_name(text: str) -> None:
    with pytest.raises(UsageFault, match=r"here: \[a\.b\]"):
        parse(tomllib.loads(text), "here")


def test_text_of_trees() -> None:
    shown = show(formula("∀ a b, m (m a e) b = a → ∃ c, ¬P c ∧ Q (i c)"))
    assert shown == "∀ a : G, ∀ b : G, m (m a e) b = a → (∃ c : G, ¬(P c) ∧ Q (i c))"


def test_names_for_what_is_introduced() -> None:
    target = formula("∀ a a, P a → Q a")
    assert introduce(target, {"h"}) == "intro a a1 h1"
    inner = formula("∃ a, P a ∧ ∃ b, Q b")
    assert destructure(inner, {"h"}, "h") == "⟨a, ⟨ha1, ⟨b, hb⟩⟩⟩"


def test_core_names_are_told_from_a_users() -> None:
    assert is_core("Nat.add")
    assert is_core("HAdd.hAdd")
    assert not is_core("Exercises.total")


def powers() -> list[Hypothesis]:
    """``pw : G → Nat → G`` with its two laws."""
    zero = App(Const("OfNat.ofNat"), (NAT, NatLiteral(0), Const("inst")), (False, True, False))

    def pw(x: object, k: object) -> tuple[object, ...]:
        return App(Local("pw"), (x, k), (True, True))

    def eq(left: object, right: object) -> tuple[object, ...]:
        return App(Const("Eq"), (G, left, right), (False, True, True))

    step = eq(
        pw(Bound(1), successor(Bound(0))),
        App(Local("m"), (pw(Bound(1), Bound(0)), Bound(1)), (True, True)),
    )
    return [
        Hypothesis("pw", Pi("_", G, Pi("_", NAT, G)), False),
        Hypothesis("pw_zero", Pi("a", G, eq(pw(Bound(0), zero), Local("e"))), True),
        Hypothesis("pw_step", Pi("a", G, Pi("k", NAT, step)), True),
    ]


def test_lemmas_are_proved_before_they_are_proposed() -> None:
    problem = goal([ASSOC, LEFT_ONE, RIGHT_ONE], "P (m e (pw a k))")
    variables = [Hypothesis("a", G, False), Hypothesis("k", NAT, False)]
    problem.hyps += [*powers(), *variables]
    problem.types |= {h.name: h.type for h in problem.hyps}
    lemmas = list(propose_lemmas(problem, GoalView("", ""), ()))
    stated = [lemma.text.rpartition(", ")[2] for lemma in lemmas]
    assert "pw e k = e" in stated
    assert "m a (pw a k) = m (pw a k) a" in stated
    assert all(lemma.proof.startswith("induction k with") for lemma in lemmas)


def test_an_induction_that_does_not_go_through_gives_no_script() -> None:
    problem = goal([LEFT_ONE], "P e")
    problem.hyps += [*powers(), Hypothesis("k", NAT, False)]
    problem.types |= {h.name: h.type for h in problem.hyps}
    assert prove_by_induction(problem, "k", ProverLimits(given=50, generated=500), ()) is None


def test_a_lemma_fits_where_its_laws_are() -> None:
    law = formula(LEFT_ONE)
    assert alpha_key(law) == alpha_key(formula("∀ x, m e x = x"))
    statement = Pi("f", arrow(2, G), Pi("law", law, Const("True")))
    here = goal(["∀ x, m e x = x"], "e = e")
    assert [text for text, _ in monomorphic("@lemma", statement, here)] == ["@lemma m h1"]
    elsewhere = goal(["∀ x, m x x = x"], "e = e")
    assert not list(monomorphic("@lemma", statement, elsewhere))
