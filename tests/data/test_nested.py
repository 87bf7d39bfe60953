"""Traced proofs: pieces of pieces are taken once, and a path leads to its goal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.data.nested import goals_of, proof_steps

A, B, G, P = "h : p\n⊢ a", "h : p\n⊢ b", "h : p\n⊢ a ∧ b", "⊢ p"
BOTH = f"case left\n{A}\n\ncase right\n{B}"
NONE = "no goals"


def steps(*records: tuple[str, str, str]) -> list[tuple[str, list[str]]]:
    """Tactics that are kept, each with its path."""
    made = [{"tactic": t, "state_before": b, "state_after": a} for t, b, a in records]
    return [(record["tactic"], path) for _, record, path in proof_steps(made)]


def test_a_whole_and_its_pieces() -> None:
    assert steps(
        ("constructor <;> simp", G, NONE),
        ("constructor", G, BOTH),
        ("simp", A, NONE),
        ("simp", B, NONE),
    ) == [("constructor", []), ("simp", ["constructor"]), ("simp", ["constructor"])]


def test_bullets() -> None:
    assert steps(
        ("constructor", G, BOTH),
        ("· rw [h]\n  simp [h]", BOTH, B),
        ("rw [h]", A, "⊢ a'"),
        ("simp [h]", "⊢ a'", NONE),
        ("· simp", B, NONE),
        ("simp", B, NONE),
    ) == [
        ("constructor", []),
        ("rw [h]", ["constructor"]),
        ("simp [h]", ["constructor", "rw [h]"]),
        ("simp", ["constructor"]),
    ]


def test_what_only_the_whole_states_stays_in_it() -> None:
    assert steps(
        ("have h : p := by intro x; simp", "⊢ a", A),
        ("intro x; simp", P, NONE),
        ("intro x", P, "x : q\n⊢ p"),
        ("simp", "x : q\n⊢ p", NONE),
        ("exact h.a", A, NONE),
    ) == [("have h : p := by intro x; simp", []), ("exact h.a", ["have h : p := by intro x; simp"])]


def test_the_same_record_twice() -> None:
    assert steps(("simp", G, NONE), ("simp", G, NONE)) == [("simp", [])]


def test_one_after_another_in_one_line_of_goals() -> None:
    assert steps(("constructor", G, BOTH), ("simp [h]", BOTH, B), ("simp", B, NONE)) == [
        ("constructor", []),
        ("simp [h]", ["constructor"]),
        ("simp", ["constructor"]),
    ]


def test_a_step_that_says_what_an_earlier_one_said_within_is_a_step() -> None:
    assert steps(("simp [simp_fact]", G, A), ("simp", A, NONE)) == [
        ("simp [simp_fact]", []),
        ("simp", ["simp [simp_fact]"]),
    ]


def test_records_without_a_goal_are_no_rows() -> None:
    assert steps(("skip", NONE, NONE), ("simp", G, NONE), ("done", "", NONE)) == [("simp", [])]


@pytest.mark.parametrize(("state", "count"), [("no goals", 0), ("", 0), (BOTH, 2), (G, 1)])
def test_goals_of_a_state(state: str, count: int) -> None:
    assert len(goals_of(state)) == count


goal = st.sampled_from([A, B, G, P, "⊢ c"])
state = st.one_of(st.just(NONE), goal, st.tuples(goal, goal).map("\n\n".join))
tactic = st.sampled_from(["simp", "constructor", "constructor <;> simp", "· simp", "simp [h]"])


@given(st.lists(st.tuples(tactic, state, state), max_size=8))
def test_no_path_goes_through_a_step_that_left_nothing(records: list[tuple[str, str, str]]) -> None:
    made = [{"tactic": t, "state_before": b, "state_after": a} for t, b, a in records]
    found = proof_steps(made)
    numbers = [number for number, _, _ in found]
    assert numbers == sorted(set(numbers))
    leaving = {r["tactic"] for r in made if goals_of(r["state_after"])}
    for _, record, path in found:
        assert goals_of(record["state_before"])
        assert set(path) <= leaving
