"""Pairs for preference training: a rare success beside frequent failures at the same goal. Pure.

The chosen action is a step of a judged proof. The rejected ones were tried at the same goal (same
fingerprint, same inventions) and refused by Lean; those that the policy keeps proposing elsewhere
come first, because that is the habit to unlearn. Steps that made progress without ending up in
the proof are no failures and are never rejected.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from autoresearch_formal.data.dataset import Example, Row, ingredients_of

FAILURES = frozenset({"elab", "parse", "forbidden", "heartbeats", "timeout", "recursion", "kernel"})
"""Outcomes that are the action's own fault: error kinds of the gym, defects of the server apart."""


@dataclass(frozen=True, slots=True)
class PreferencePair:
    """One preference: at this row's goal, ``chosen`` rather than ``rejected``."""

    row: Row
    chosen: str
    rejected: str
    weight: float


def place(row: Row) -> tuple[str, tuple[str, ...]]:
    """What makes two goals the same for a policy: the goal and the inventions at hand."""
    return row["fingerprint"], tuple(n["type"] for n in row["invented"] or ())


def pairs(
    examples: Sequence[Example], rows: Sequence[Row], per_success: int = 2
) -> list[PreferencePair]:
    """For each positive tactic up to ``per_success`` pairs, the most habitual failures first.

    The weight of a pair is the weight of its success, shared among its pairs.
    """
    habit: Counter[str] = Counter()
    failed: dict[tuple[str, tuple[str, ...]], dict[str, Row]] = defaultdict(dict)
    succeeded: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for row in rows:
        if row["kind"] != "tactic":
            continue
        if row["outcome"] in FAILURES:
            habit.update(ingredients_of(row))
            failed[place(row)].setdefault(row["action"], row)
        elif row["outcome"] in ("proved", "progress"):
            succeeded[place(row)].add(row["action"])

    def frequency(row: Row) -> float:
        names = ingredients_of(row)
        return sum(habit[name] for name in names) / max(1, len(names))

    preferences = []
    for example in examples:
        if example.row["kind"] != "tactic":
            continue
        here = place(example.row)
        # an action that failed with a small budget and worked with a larger one is no failure
        bad = [r for text, r in failed[here].items() if text not in succeeded[here]]
        bad.sort(key=lambda r: (-frequency(r), r["action"]))
        chosen = bad[:per_success]
        preferences += [
            PreferencePair(
                example.row, example.row["action"], r["action"], example.weight / len(chosen)
            )
            for r in chosen
        ]
    return preferences
