"""Equal-compute comparisons: solved held-out targets with bootstrap intervals. Pure."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RESAMPLES = 2000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one policy did on the held-out targets of one seed, at the agreed budget.

    solved: target to whether it was verified. tries: tactics tried in the whole run.
    """

    seed: int
    solved: Mapping[str, bool]
    tries: int
    heartbeats: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """Solved targets a seed: mean and 95 % bootstrap interval over seeds and targets."""

    mean: float
    low: float
    high: float
    tries: float
    """Tactics tried a seed, at most the budget."""
    total: int
    """Targets a seed."""


def score(outcomes: Sequence[Outcome]) -> Score:
    """Mean and interval; seeds are resampled, and targets within each."""
    if not outcomes:
        return Score(0.0, 0.0, 0.0, 0.0, 0)
    table = [[float(v) for _, v in sorted(o.solved.items())] for o in outcomes]
    mean = sum(map(sum, table)) / len(table)
    low, high = interval(table)
    tries = sum(o.tries for o in outcomes) / len(outcomes)
    return Score(mean, low, high, tries, len(table[0]))


def interval(table: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Percentile bootstrap interval of the mean row sum; the same for equal input."""
    chance = random.Random(0)
    sums = []
    for _ in range(RESAMPLES):
        total = 0.0
        for _ in table:
            row = table[chance.randrange(len(table))]
            total += sum(row[chance.randrange(len(row))] for _ in row) if row else 0.0
        sums.append(total / len(table))
    sums.sort()
    edge = (1 - LEVEL) / 2
    return sums[int(edge * RESAMPLES)], sums[min(RESAMPLES - 1, int((1 - edge) * RESAMPLES))]


def better(candidate: Sequence[Outcome], incumbent: Sequence[Outcome]) -> tuple[bool, str]:
    """Whether a candidate is promoted, and why or why not.

    More verified targets over the same seeds and targets at the same budget; or equally many with
    fewer tries. The reason names the figures. Raises ValueError if the two are not comparable.
    """
    if [(o.seed, sorted(o.solved)) for o in candidate] != [
        (o.seed, sorted(o.solved)) for o in incumbent
    ]:
        raise ValueError("different seeds or targets can't be compared")
    new = sum(sum(o.solved.values()) for o in candidate)
    old = sum(sum(o.solved.values()) for o in incumbent)
    tries, before = sum(o.tries for o in candidate), sum(o.tries for o in incumbent)
    if new != old:
        return new > old, f"{new} verified against {old}"
    if tries != before:
        return tries < before, f"{new} verified by both, with {tries} tries against {before}"
    return False, f"{new} verified by both, with equally many tries"
