"""The first-order prover and its way back to Lean."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.symbolic.finite_models.countermodels import refuted
from autoresearch_formal.symbolic.first_order import prove as prove_module
from autoresearch_formal.symbolic.first_order.clauses import ProverLimits
from autoresearch_formal.symbolic.first_order.herbrand import Closure
from autoresearch_formal.symbolic.first_order.order import Order
from autoresearch_formal.symbolic.first_order.prove import prove
from autoresearch_formal.symbolic.first_order.terms import match, resolve, unify, variables
from tests.symbolic.formulas import (
    ASSOC,
    CONTEXT,
    LAWS,
    LEFT_INVERSE,
    LEFT_ONE,
    RIGHT_ONE,
    goal,
)

CLOSED = ["∃ a, P a", "∀ a b, P a → P b → P (m a (i b))"]

TRUE = {
    "inverse_on_the_right": ([ASSOC, LEFT_ONE, LEFT_INVERSE], "∀ a, m a (i a) = e"),
    "cancel": ([ASSOC, LEFT_ONE, LEFT_INVERSE], "∀ a b c, m a b = m a c → b = c"),
    "inverse_of_product": (LAWS, "∀ a b, i (m a b) = m (i b) (i a)"),
    "exponent_two": ([ASSOC, LEFT_ONE, RIGHT_ONE, "∀ a, m a a = e"], "∀ a b, m a b = m b a"),
    "solvable": (
        [ASSOC, LEFT_ONE, "∀ a, ∃ b, m b a = e ∧ m a b = e"],
        "∀ a b, ∃ x, m a x = b",
    ),
    "one_test_unit": (LAWS + CLOSED, "P e"),
    "one_test_inverse": (LAWS + CLOSED, "∀ a, P a → P (i a)"),
    "identity_of_part": (
        [ASSOC, LEFT_ONE, LEFT_INVERSE],
        "∀ f, P f → (∀ a, P a → m f a = a) → f = e",
    ),
    "contradiction": (["∀ a, ¬P a", "P e"], "Q e"),
    "two_cases": (["∀ a, P a ∨ Q a", "∀ a, P a → m a a = e", "∀ a, Q a → m a a = e"], "m e e = e"),
    "itself_or_not": (["∀ a, ¬a = e → m a a = e", "m e e = e"], "∀ a, m a a = e"),
    "the_other_way_round": (["∀ a, P a ∨ Q a"], "∀ a, Q a ∨ P a"),
    "one_of_two_is_enough": (["∀ a, P a ∨ Q a → m a a = e", "∀ a, P a"], "∀ a, m a a = e"),
    "not_both": (["∀ a, ¬(P a ∧ Q a)", "∀ a, P a"], "∀ a, ¬Q a"),
    "fixed_once_or_twice": (["∀ a, i a = a ∨ i (i a) = a"], "∀ a, i (i (i (i a))) = i (i a)"),
}

FALSE = {
    "commutes": (["∀ a b, m a b = a"], "∀ a b, m a b = m b a"),
    "inverse": ([ASSOC, LEFT_ONE, RIGHT_ONE], "∀ a, ∃ b, m a b = e"),
    "other_unit": ([ASSOC, LEFT_ONE], "∀ a, m a e = a"),
    "predicate": (["∀ a, P a → Q a"], "∀ a, Q a → P a"),
}


@pytest.mark.parametrize("name", TRUE)
def test_finds_a_proof_and_no_countermodel(name: str) -> None:
    assert prove(goal(*TRUE[name])).scripts
    assert not refuted(goal(*TRUE[name]))


@pytest.mark.parametrize("name", FALSE)
def test_finds_no_proof_but_a_countermodel(name: str) -> None:
    assert not prove(goal(*FALSE[name]), ProverLimits(given=150, generated=5_000)).found
    assert refuted(goal(*FALSE[name]))


@pytest.mark.parametrize("name", ["two_cases", "itself_or_not", "fixed_once_or_twice"])
def test_cases_are_written_out_and_need_no_automation(name: str) -> None:
    script = prove(goal(*TRUE[name])).scripts[0]
    assert "rcases" in script or "by_cases" in script
    assert "grind" not in script


def test_the_same_problem_gives_the_same_scripts() -> None:
    assert prove(goal(*TRUE["inverse_of_product"])) == prove(goal(*TRUE["inverse_of_product"]))


def test_nothing_is_called_exhausted_where_clauses_were_thrown_away() -> None:
    small = goal(["∀ a, i (i a) = a"], "∀ a, i a = a")
    assert prove(small).saturated
    grows = goal(["P e", "∀ a, P a → P (i a)"], "Q e")
    assert not prove(grows, ProverLimits(weight=6)).saturated


def test_facts_that_are_used_again_are_stated_once(monkeypatch: pytest.MonkeyPatch) -> None:
    target = "∀ a b, i (m a b) = m (i b) (i a)"
    monkeypatch.setattr(prove_module, "MANY", 0)
    laws = [ASSOC, LEFT_ONE, LEFT_INVERSE]
    script = prove(goal(laws, target), ProverLimits(engine=0)).scripts[0]
    stated = [line for line in script.split("\n") if line.startswith("have step")]
    assert stated
    assert all(script.count(line.split()[1]) > 1 for line in stated)
    assert all(" : ∀ (x" in line for line in stated)


@pytest.mark.lean
@pytest.mark.slow
def test_lean_accepts_every_script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ""
    for way, many in (("at_once", prove_module.MANY), ("in_steps", 0)):
        monkeypatch.setattr(prove_module, "MANY", many)
        for name, (hypotheses, target) in TRUE.items():
            facts = " ".join(f"(h{k} : {h})" for k, h in enumerate(hypotheses, start=1))
            for number, script in enumerate(prove(goal(hypotheses, target)).scripts):
                body = "\n".join("  " + line for line in script.split("\n"))
                head = f"theorem {name}_{way}_{number} {CONTEXT} {facts}"
                text += f"{head} : {target} := by\n{body}\n\n"
    assert "have step" in text
    file = tmp_path / "Scripts.lean"
    file.write_text(text, encoding="utf-8")
    done = select().run_lean([str(file)], timeout=300)
    assert "error" not in done.stdout + done.stderr
    assert done.returncode == 0


terms = st.recursive(
    st.one_of(st.integers(0, 2), st.sampled_from([("a",), ("b",)])),
    lambda inner: st.one_of(st.tuples(st.just("f"), inner), st.tuples(st.just("g"), inner, inner)),
    max_leaves=6,
)


@given(terms, terms)
@settings(deadline=None)
def test_a_unifier_unifies(left: object, right: object) -> None:
    sub: dict[int, object] = {}
    if unify(left, right, sub):
        assert resolve(left, sub) == resolve(right, sub)
    elif not variables(left):
        assert not match(right, left, {})


@given(terms, terms, terms)
@settings(deadline=None)
def test_the_order_is_strict_and_transitive(a: object, b: object, c: object) -> None:
    order = Order({"a": 0, "b": 1, "g": 2, "f": 3}, "f")
    assert not order.greater(a, a)
    assert not (order.greater(a, b) and order.greater(b, a))
    if order.greater(a, b) and order.greater(b, c):
        assert order.greater(a, c)


ground = st.recursive(
    st.sampled_from([("a",), ("b",), ("c",)]),
    lambda inner: st.one_of(st.tuples(st.just("f"), inner), st.tuples(st.just("g"), inner, inner)),
    max_leaves=4,
)


@given(st.lists(st.tuples(ground, ground), max_size=5))
@settings(deadline=None)
def test_explanations_are_chains_of_single_replacements(
    equations: list[tuple[object, object]],
) -> None:
    closure = Closure(equations)
    seen = {t for pair in equations for t in pair}
    for left, right in itertools.product(seen, repeat=2):
        if not closure.equal(left, right):
            continue
        current = left
        for move in closure.explain(left, right):
            assert move.before == current
            source, result = equations[move.equation][:: -1 if move.backwards else 1]
            here, there = move.before, move.after
            for step in move.path:
                assert here[:step] == there[:step]
                assert here[step + 1 :] == there[step + 1 :]
                here, there = here[step], there[step]
            assert (here, there) == (source, result)
            current = move.after
        assert current == right
