"""Preference resetting: how much a verified step counts in the next round's training. Pure.

    weight = clip(value^beta · rarity^alpha),  normalised so that a batch's positive rows average 1

*Rarity* is how unusual a step's combination of ingredients is in everything the policy was
trained on; *value* is the verified effect of the step. Rarity lies in (0, 1], so it can only take
weight away: a step without verified effect has weight 0 however rare it is, and no step weighs
more than its value alone would make it before the batch is normalised. That is the difference to
rewarding novelty: BFS-Prover-V2 (arXiv 2509.06493) throws rare tactics out as noise, and the
unlikeliness reward (arXiv 2506.02355) raises rare samples only among correct ones.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from autoresearch_formal.errors import UsageFault

Combination = tuple[str, ...]

MAX_INGREDIENTS = 12
"""Of one step: more would make the number of triples explode; the alphabetically first count."""


@dataclass(frozen=True, slots=True)
class Resetting:
    """The knobs; ``autoresearch loop`` records them in every round's manifest.

    alpha: exponent of rarity; 0 switches rarity off. beta: exponent of value; 0 makes all
    verified steps equal. smoothing: pseudo-count of a combination that was never seen.
    floor, ceiling: bounds of the weight of a step with a verified effect, before normalising.
    enabled, saved: what enabling another target, and a bit saved, count beside closing a goal.
    """

    alpha: float = 0.5
    beta: float = 1.0
    smoothing: float = 1.0
    floor: float = 0.05
    ceiling: float = 5.0
    enabled: float = 0.5
    saved: float = 0.25

    def __post_init__(self) -> None:
        if not (self.alpha >= 0 and self.beta >= 0 and self.smoothing > 0):
            raise UsageFault("alpha and beta must be >= 0, smoothing > 0")
        if not 0 <= self.floor <= self.ceiling < math.inf:
            raise UsageFault("0 <= floor <= ceiling is needed, both finite")
        if self.enabled < 0 or self.saved < 0:
            raise UsageFault("enabled and saved must be >= 0")


@dataclass(slots=True)
class Counts:
    """How often each combination of ingredients occurred in what the policy was trained on."""

    rows: int = 0
    seen: Counter[Combination] = field(default_factory=Counter)

    def add(self, ingredients: Iterable[str]) -> None:
        """Count one row."""
        self.rows += 1
        self.seen.update(combos(ingredients))

    def update(self, rows: Iterable[Iterable[str]]) -> Counts:
        """Count many rows."""
        for ingredients in rows:
            self.add(ingredients)
        return self

    def to_json(self) -> dict[str, Any]:
        """Plain data, smallest keys first, so that equal counts give equal bytes."""
        return {"rows": self.rows, "seen": [[list(k), n] for k, n in sorted(self.seen.items())]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Counts:
        """Inverse of `to_json`."""
        return cls(int(data["rows"]), Counter({tuple(k): int(n) for k, n in data["seen"]}))


def combos(ingredients: Iterable[str]) -> list[Combination]:
    """Pairs and triples of distinct ingredients; the ingredient itself where there is only one."""
    names = sorted(set(ingredients))[:MAX_INGREDIENTS]
    if len(names) < 2:
        return [tuple(names)] if names else []
    return [*combinations(names, 2), *combinations(names, 3)]


def rarity(ingredients: Iterable[str], counts: Counts, smoothing: float = 1.0) -> float:
    """How unusual a combination is, in (0, 1]: 1 was never seen, near 0 is in every row.

    The mean, over the step's pairs and triples, of the information content
    ``-log((n + s) / (N + s))`` relative to that of a combination never seen. A step without
    ingredients says nothing about rarity and gets 1/2.
    """
    parts = combos(ingredients)
    if not parts:
        return 0.5
    if counts.rows == 0:
        return 1.0
    most = math.log((counts.rows + smoothing) / smoothing)
    total = 0.0
    for part in parts:
        n = min(counts.seen.get(part, 0), counts.rows)
        total += math.log((counts.rows + smoothing) / (n + smoothing)) / most
    # a combination that is in every row still has a rarity above 0, so that a power of it is one
    return max(total / len(parts), 1e-3)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a step of a judged proof did; every figure is >= 0.

    closed: goals closed a step of the proof (1 / number of steps, for the target itself).
    enabled: how many other verified proofs use what the step introduced.
    saved: bits by which the proof is shorter than the shortest known before, as a share of it,
    or that an invention saves by being used more than once.
    """

    closed: float = 0.0
    enabled: float = 0.0
    saved: float = 0.0


def value(effect: Effect, knobs: Resetting) -> float:
    """Verified effect as one number >= 0, growing in each part."""
    return effect.closed + knobs.enabled * effect.enabled + knobs.saved * effect.saved


@dataclass(frozen=True, slots=True)
class Weighed:
    """A row to be weighed."""

    verified: bool
    value: float
    rarity: float


def raw_weight(row: Weighed, knobs: Resetting) -> float:
    """Weight before normalising: 0 for what is not verified or had no effect."""
    if not row.verified or not row.value > 0:
        return 0.0
    weight = math.pow(row.value, knobs.beta) * math.pow(row.rarity, knobs.alpha)
    return min(max(weight, knobs.floor), knobs.ceiling)


def weights(rows: Sequence[Weighed], knobs: Resetting) -> list[float]:
    """Weights of a batch: rows with a positive raw weight average 1, all others are 0."""
    raw = [raw_weight(row, knobs) for row in rows]
    positive = [w for w in raw if w > 0]
    if not positive:
        return raw
    mean = sum(positive) / len(positive)
    return [w / mean for w in raw]
