"""Training the table of `autoresearch_formal.policy.tuned`: weighted log-odds, KL bounded. Pure.

For a feature f, with P(f) the training weight of the positives that have it and T(f) the number
of tries that have it, the score is ``log((P(f) + k·p) / (T(f) + k) / p)``, where p is the overall
weight a try and k a pseudo-count. Features seen a few times stay near 0.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from autoresearch_formal.data.dataset import Example, Row
from autoresearch_formal.policy.tuned import BOUND, PreferenceTable, features_of, probabilities

PSEUDO = 8.0


@dataclass(frozen=True, slots=True)
class Tuned:
    """A trained table, and how far it is from the one before.

    kl: mean over goals of KL(new ‖ old), in nats. entropy: mean entropy of the new distribution.
    limited: whether the bound made the strength smaller than 1.
    """

    table: PreferenceTable
    kl: float
    entropy: float
    limited: bool


def row_features(row: Row) -> list[str]:
    """Features of a row's action."""
    return features_of(row["kind"], row["action"], row["ingredients"] or (), row["situation"] or "")


def fit(
    examples: Iterable[Example],
    rows: Sequence[Row],
    previous: PreferenceTable | None,
    kl_bound: float,
) -> Tuned:
    """Train on the positives and everything that was tried; at most ``kl_bound`` nats away."""
    gained: dict[str, float] = defaultdict(float)
    tried: dict[str, float] = defaultdict(float)
    total = 0.0
    for example in examples:
        total += example.weight
        for feature in row_features(example.row):
            gained[feature] += example.weight
    for row in rows:
        for feature in row_features(row):
            tried[feature] += 1.0
    scores = {}
    if total > 0:
        p = total / len(rows)
        for feature, count in sorted(tried.items()):
            odds = (gained[feature] + PSEUDO * p) / (count + PSEUDO) / p
            scores[feature] = max(-BOUND, min(BOUND, math.log(odds)))
    rounds = (previous.rounds if previous else 0) + 1
    old = previous or PreferenceTable({})
    goals = by_goal(rows)
    strength = 1.0
    found = PreferenceTable(scores, strength, rounds=rounds)
    divergence = mean_kl(found, old, goals)
    limited = divergence > kl_bound
    if limited:
        low, high = 0.0, 1.0
        # a strength of 0 is the untuned policy, which may itself be further from the old table
        # than the bound; then the smallest divergence on the grid is taken
        for _ in range(20):
            strength = (low + high) / 2
            found = PreferenceTable(scores, strength, rounds=rounds)
            divergence = mean_kl(found, old, goals)
            low, high = (strength, high) if divergence <= kl_bound else (low, strength)
        found = PreferenceTable(scores, low, rounds=rounds)
        divergence = mean_kl(found, old, goals)
        if divergence > kl_bound:
            found, divergence = old, 0.0
    return Tuned(found, divergence, mean_entropy(found, goals), limited)


def by_goal(rows: Sequence[Row]) -> list[list[tuple[float, list[str]]]]:
    """For each expansion of a goal its tries, as base log-probability and features."""
    found: dict[Any, dict[str, tuple[float, list[str]]]] = defaultdict(dict)
    for row in rows:
        if row["kind"] == "tactic":
            key = (row["target"], row["seed"], row["round"], row["goal"], row["expansion"])
            base = row["logprob"] if math.isfinite(row["logprob"] or 0.0) else -50.0
            found[key][row["action"]] = (base, row_features(row))
    return [list(actions.values()) for actions in found.values() if len(actions) > 1]


def distribution(table: PreferenceTable, goal: Sequence[tuple[float, list[str]]]) -> list[float]:
    """Probabilities of a goal's actions under a table."""
    return probabilities([base + table.shift(features) for base, features in goal])


def mean_kl(
    new: PreferenceTable, old: PreferenceTable, goals: Sequence[Sequence[tuple[float, list[str]]]]
) -> float:
    """Mean over goals of KL(new ‖ old), in nats.

    The recorded log-probabilities are those of the policy that searched, so they are the common
    base of both tables.
    """
    if not goals:
        return 0.0
    total = 0.0
    for goal in goals:
        p, q = distribution(new, goal), distribution(old, goal)
        total += sum(a * math.log(a / b) for a, b in zip(p, q, strict=True) if a > 0 and b > 0)
    return max(0.0, total / len(goals))


def mean_entropy(
    table: PreferenceTable, goals: Sequence[Sequence[tuple[float, list[str]]]]
) -> float:
    """Mean entropy over goals, in nats."""
    if not goals:
        return 0.0
    total = 0.0
    for goal in goals:
        total -= sum(p * math.log(p) for p in distribution(table, goal) if p > 0)
    return total / len(goals)
