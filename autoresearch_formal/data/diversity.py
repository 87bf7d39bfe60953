"""How varied a policy's actions are, so that a collapse is seen early. Pure."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from autoresearch_formal.data.dataset import Row, ingredients_of


def entropy(counts: Mapping[Any, float]) -> float:
    """Shannon entropy of a distribution given by counts >= 0, in nats; 0 for nothing."""
    total = sum(counts.values())
    if total <= 0:
        return 0.0
    shares = [n / total for n in counts.values()]
    return max(0.0, -sum(p * math.log(p) for p in shares if p > 0))


def kl(p: Mapping[Any, float], q: Mapping[Any, float], smoothing: float = 0.5) -> float:
    """KL(p ‖ q) in nats of two distributions given by counts, smoothed so that it is finite."""
    keys = sorted(set(p) | set(q))  # in one order, so that sums are the same in every process
    if not keys:
        return 0.0
    total_p = sum(p.values()) + smoothing * len(keys)
    total_q = sum(q.values()) + smoothing * len(keys)
    found = 0.0
    for key in keys:
        a = (p.get(key, 0.0) + smoothing) / total_p
        b = (q.get(key, 0.0) + smoothing) / total_q
        found += a * math.log(a / b)
    return max(0.0, found)


def action_counts(rows: Iterable[Row]) -> Counter[str]:
    """How often each combination of ingredients was proposed."""
    return Counter(" ".join(sorted(ingredients_of(row))) for row in rows)


def diversity(rows: Sequence[Row]) -> dict[str, float]:
    """Entropy over combinations of ingredients, distinct texts, and distinct actions a goal."""
    texts = {(row["kind"], row["action"]) for row in rows}
    goals: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for row in rows:
        goals[row["target"], row["seed"], row["round"], row["goal"]].add(row["action"])
    counts = action_counts(rows)
    return {
        "entropy": entropy(counts),
        "combinations": float(len(counts)),
        "distinct_actions": float(len(texts)),
        "actions_a_goal": sum(map(len, goals.values())) / max(1, len(goals)),
    }
