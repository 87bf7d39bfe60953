"""Figures on ratings, from tries alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autoresearch_formal.bench.ratings import auc, expansions, figures, within

NUMBERS = st.lists(st.integers(-5, 5).map(float), min_size=1, max_size=12)


@given(NUMBERS, NUMBERS)
def test_auc_counts_pairs(good: list[float], bad: list[float]) -> None:
    wins = sum((a > b) + (a == b) / 2 for a in good for b in bad)
    assert auc(good, bad) == pytest.approx(wins / (len(good) * len(bad)))


def test_only_tries_at_the_same_goal_are_compared() -> None:
    easy = [(-1.0, -0.1, True, True), (-0.5, -0.2, False, False)]
    hard = [(-1.0, -3.0, True, False), (-0.5, -4.0, False, False)]
    groups = [easy, hard]
    assert within(groups, "accepted by Lean", "rating") == 1.0
    assert within(groups, "accepted by Lean", "proposer") == 0.0
    assert within([hard], "on a judged minimal path", "rating") is None
    found = figures(groups)
    assert found["tries"] == 4
    assert found["waiting"]["refused by Lean"] == 0.5
    assert found["waiting"]["on a judged minimal path"] == 0.0


def test_guesses_of_one_expansion_belong_together() -> None:
    def row(goal: int, action: str, ingredient: str = "close.simp") -> dict[str, object]:
        return {
            "kind": "tactic",
            "target": "t",
            "goal": goal,
            "expansion": 1,
            "action": action,
            "logprob": -1.0,
            "ingredients": [ingredient],
        }

    rows = [
        row(0, "simp"),
        row(0, "omega"),
        row(1, "simp"),
        row(2, "a"),
        row(2, "b", "hammer.chain"),
    ]
    (group,) = expansions(rows, 10, 0)
    assert [r["action"] for r in group] == ["simp", "omega"]
