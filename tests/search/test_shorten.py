"""A definition for what lemmas share: only if the file gets shorter, and never a wrong text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.search.emit.generate import GeneratedDeclaration
from autoresearch_formal.search.emit.shorten import (
    applied,
    arguments,
    shorter,
    size,
)
from autoresearch_formal.search.emit.statement import StatedGoal, take_apart
from autoresearch_formal.terms import Expr, GoalTree, Hypothesis, Local, Pi, Sort
from tests.symbolic.formulas import formula

G: Expr = Local("G")
LAWS = {
    "h": "∀ a b c, m (m a b) c = m a (m b c)",
    "h_1": "∀ a, m e a = a",
    "h_2": "∀ a, m (i a) a = e",
    "h_3": "∀ a b, m a b = m b a",
}
GOAL = GoalTree(
    [
        Hypothesis("G", Sort("1"), False),
        Hypothesis("m", Pi("x", G, Pi("y", G, G)), False),
        Hypothesis("e", G, False),
        Hypothesis("i", Pi("x", G, G), False),
        *[Hypothesis(n, formula(t), True) for n, t in LAWS.items()],
    ],
    formula("m e e = e"),
)
VARIABLES = "(G : Type) (m : G → G → G) (e : G) (i : G → G)"


def lemma(name: str, facts: list[str], proof: str = "grind") -> GeneratedDeclaration:
    binders = " ".join(f"({f} : {LAWS[f]})" for f in facts)
    head = f"intro G m e i {' '.join(facts)} x"
    return GeneratedDeclaration(
        name, f"∀ {VARIABLES} {binders} (x : G), m e x = x", [head, proof], "Doc."
    )


def theorem(*uses: str) -> GeneratedDeclaration:
    lines = [f"intro G m e i {' '.join(LAWS)}", *[f"have := {u}" for u in uses], "grind"]
    return GeneratedDeclaration("Target", "Target.Statement", lines, "Doc.")


THREE = ["h", "h_1", "h_2"]
USE = "@{} G m e i h h_1 h_2 (m e e)"


def test_what_lemmas_share_is_defined_once() -> None:
    made = [*[lemma(n, THREE) for n in ("one", "two", "three")], theorem(USE.format("one"))]
    found = shorter(made, GOAL)
    assert found is not None
    after, definition = found
    assert size(after) < size(made)
    assert after[0].kind == "def"
    assert f"(laws : {definition.name} m e i)" in after[1].statement
    assert after[1].lines[:2] == ["intro G m e i laws x", "obtain ⟨h, h_1, h_2⟩ := laws"]
    assert after[4].lines[1] == f"have laws : {definition.name} m e i := ⟨h, h_1, h_2⟩"
    assert after[4].lines[2] == "have := @one G m e i laws (m e e)"


def test_a_lemma_that_uses_another_keeps_the_bundle_whole() -> None:
    using = lemma("two", THREE, f"exact {USE.format('one')}")
    made = [lemma("one", THREE), using, lemma("three", THREE), theorem()]
    found = shorter(made, GOAL)
    assert found is not None
    assert found[0][2].lines[1].startswith("have ⟨h, h_1, h_2⟩ := laws")
    assert found[0][2].lines[2] == "exact @one G m e i laws (m e e)"


def test_one_lemma_is_not_worth_a_definition() -> None:
    assert shorter([lemma("one", THREE), theorem(USE.format("one"))], GOAL) is None


def test_small_bundles_are_not_worth_a_definition() -> None:
    made = [lemma("one", ["h_1", "h_2"]), lemma("two", ["h_1", "h_3"]), theorem()]
    assert shorter(made, GOAL) is None


def test_a_use_with_other_arguments_is_left_alone() -> None:
    odd = theorem("@one G m e i (fun a => h a) h_1 h_2 e")
    assert shorter([lemma("one", THREE), lemma("two", THREE), odd], GOAL) is None


def test_applications_inside_brackets_are_found() -> None:
    stated = take_apart(lemma("one", THREE).statement)
    assert stated is not None
    line = f"_ = e := by rw [({USE.format('one')}).symm, {USE.format('one')}]"
    assert applied(line, {"one": stated}, ["one"], THREE) == (
        "_ = e := by rw [(@one G m e i laws (m e e)).symm, @one G m e i laws (m e e)]"
    )


names = st.from_regex(r"[a-z][a-z0-9_]{0,3}", fullmatch=True)
types = st.sampled_from(["Nat", "G → G", "∀ (a : G), m a a = a", "(a, b) = c"])


@given(st.lists(st.tuples(names, types), min_size=1), types)
def test_taking_a_statement_apart_loses_nothing(
    binders: list[tuple[str, str]], conclusion: str
) -> None:
    stated = StatedGoal(tuple(binders), conclusion)
    assert take_apart(stated.text) == stated


@given(st.lists(st.sampled_from(["a", "(f a)", "⟨x, y⟩", "h₁", "_", "(fun z => g (z))"])))
def test_arguments_are_read_one_by_one(args: list[str]) -> None:
    line = " ".join(args)
    found, end = arguments(line + ")", 0, 10**6)
    assert found == args
    assert end == len(line)
