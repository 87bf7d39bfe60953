"""Equal-compute comparisons: solved held-out targets with bootstrap intervals. Pure.

Two intervals, because they answer two questions. *Over seeds* keeps the targets fixed: would
other seeds give the same on these targets? *Over seeds and targets* resamples both: would the
same be seen on other targets of this kind? The second is the wider one.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autoresearch_formal.errors import MissingTool

RESAMPLES = 2000
LEVEL = 0.95
Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class HeldOutOutcome:
    """What one policy did on the held-out targets of one seed, at the agreed budget.

    solved: target to whether it was verified. tries: tactics tried in the whole run. spent:
    tactics tried target by target.
    """

    seed: int
    solved: Mapping[str, bool]
    tries: int
    heartbeats: int = 0
    spent: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HeldOutScore:
    """Solved targets a seed: mean and 95 % percentile bootstrap intervals."""

    mean: float
    over_seeds: Interval | None
    """Targets fixed, seeds resampled; None with a single seed, which says nothing about others."""
    over_seeds_and_targets: Interval | None
    """Seeds and targets resampled; None if nothing was measured."""
    tries: float
    """Tactics tried a seed, at most the budget."""
    total: int
    """Targets a seed."""
    seeds: int
    alike: bool
    """Whether all seeds solved the same targets with equally many tries, as they do where the
    policy takes no notice of the seed: then the interval over seeds has no width."""


@dataclass(frozen=True, slots=True)
class Paired:
    """Tries on what two policies both solved, pair by pair of the same target and seed."""

    pairs: int
    first: int
    best: int
    ratio: float | None
    """``best / first``: below 1 if the best policy needs fewer tries. None without pairs."""
    fewer: int
    """Pairs in which the best policy needed fewer tries; ``more``: in which it needed more."""
    more: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The policy that a loop ends with against the one that it began with, at equal compute."""

    overlap_over_seeds: bool | None
    """Whether the two intervals over seeds have a point in common; None if one is missing."""
    overlap_over_seeds_and_targets: bool | None
    more: bool
    """Whether the mean is greater at the end."""
    seeds_alike: bool
    """Whether seeds made no difference to either policy."""
    paired: Paired


def score(outcomes: Sequence[HeldOutOutcome]) -> HeldOutScore:
    """Mean and intervals of the solved targets."""
    table = [[float(v) for _, v in sorted(o.solved.items())] for o in outcomes]
    if not outcomes:
        return HeldOutScore(0.0, None, None, 0.0, 0, 0, True)
    first = outcomes[0]
    return HeldOutScore(
        mean=sum(map(sum, table)) / len(table),
        over_seeds=over_seeds(table) if len(table) > 1 else None,
        over_seeds_and_targets=over_seeds_and_targets(table),
        tries=sum(o.tries for o in outcomes) / len(outcomes),
        total=len(table[0]),
        seeds=len(table),
        alike=all((o.solved, o.tries) == (first.solved, first.tries) for o in outcomes),
    )


def over_seeds(table: Sequence[Sequence[float]]) -> Interval:
    """Interval of the mean row sum when rows are resampled; the same for equal input."""
    sums = np.array([sum(row) for row in table])
    return percentile_interval(lambda rows, axis: sums[rows].mean(axis), len(sums))


def over_seeds_and_targets(table: Sequence[Sequence[float]]) -> Interval:
    """Interval of the mean row sum when rows and columns are resampled.

    A resample takes the same targets for all its seeds: a target that is hard is hard with every
    seed, so that more seeds must not make this interval narrower than the targets allow.
    """
    cells = np.array(table)
    if not cells.size:
        return 0.0, 0.0

    def mean(rows: Any, columns: Any, axis: int) -> Any:
        drawn = cells[rows[..., :, None], columns[..., None, :]]
        return drawn.mean((-2, -1)) * cells.shape[1]

    return percentile_interval(mean, *cells.shape)


def percentile_interval(statistic: Callable[..., Any], *sizes: int) -> Interval:
    """The middle 95 % of a statistic of resampled indices, always with the same chances.

    It gets an array of indices for each of ``sizes``, whose last axis is one resample, and
    ``axis=-1``. Resamples without a value (0 by 0) do not count.
    """
    axes = [np.arange(max(2, n)) % n for n in sizes]  # SciPy wants two; twice one is that one
    with warnings.catch_warnings(action="ignore"):  # of resamples without a value
        drawn = scipy_stats().bootstrap(
            axes, statistic, n_resamples=RESAMPLES, method="percentile", vectorized=True, rng=0
        )
    values = drawn.bootstrap_distribution
    values = values[~np.isnan(values)]
    if not values.size:
        return math.nan, math.nan
    low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def scipy_stats() -> Any:
    """SciPy's statistics, which take time to load. Raises `MissingTool`."""
    try:
        from scipy import stats
    except ImportError:
        raise MissingTool("intervals need scipy: pip install 'autoresearch-formal[data]'") from None
    return stats


def overlap(a: Interval | None, b: Interval | None) -> bool | None:
    """Whether two closed intervals have a point in common; None if one is missing."""
    return None if a is None or b is None else a[0] <= b[1] and b[0] <= a[1]


def paired(first: Sequence[HeldOutOutcome], best: Sequence[HeldOutOutcome]) -> Paired:
    """Tries on what both solved; outcomes without ``spent`` give no pairs."""
    known = {o.seed: o for o in first}
    pairs = [
        (known[b.seed].spent[t], b.spent[t])
        for b in best
        if b.seed in known
        for t, yes in sorted(b.solved.items())
        if yes and known[b.seed].solved.get(t) and t in b.spent and t in known[b.seed].spent
    ]
    old, new = sum(a for a, _ in pairs), sum(b for _, b in pairs)
    ratio = new / old if old else None
    fewer, more = sum(b < a for a, b in pairs), sum(b > a for a, b in pairs)
    return Paired(len(pairs), old, new, ratio, fewer, more)


def comparison(first: Sequence[HeldOutOutcome], best: Sequence[HeldOutOutcome]) -> Comparison:
    """The last policy against the first."""
    old, new = score(first), score(best)
    return Comparison(
        overlap(old.over_seeds, new.over_seeds),
        overlap(old.over_seeds_and_targets, new.over_seeds_and_targets),
        new.mean > old.mean,
        old.alike and new.alike,
        paired(first, best),
    )


def better(
    candidate: Sequence[HeldOutOutcome], incumbent: Sequence[HeldOutOutcome]
) -> tuple[bool, str]:
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
