"""``autoresearch bench ratings``: does a model know what Lean will say?

The tries of earlier runs are put to the model as questions, and its answers are compared with what
happened. AUC is the chance that of two tries the better one has the better rating (A. P. Bradley,
Pattern Recognition 30, 1997, pp. 1145-1159); *within* goals it says whether a list of proposals is
put in a good order, which is what a search needs.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.bounds import SEED
from autoresearch_formal.console import emit_json, out, progress
from autoresearch_formal.data.dataset import Row, action_of, read_rows, situation_of
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference.local import LocalEngine
from autoresearch_formal.loop.compare import scipy_stats
from autoresearch_formal.options import json_option
from autoresearch_formal.policy.choose import DEFAULT_MODEL
from autoresearch_formal.policy.mixed import Shares
from autoresearch_formal.policy.neural import NeuralPolicy
from autoresearch_formal.symbolic.ingredients import is_proof

Judged = tuple[float, float, bool, bool]
"""A try: the proposer's log-probability, the model's rating, whether Lean accepted it, whether it
is on the minimal path of a judged proof."""

LABELS: dict[str, Callable[[Judged], bool]] = {
    "accepted by Lean": lambda j: j[2],
    "on a judged minimal path": lambda j: j[3],
}
ORDERS: dict[str, Callable[[Judged], float]] = {
    "proposer": lambda j: j[0],
    "rating": lambda j: j[1],
    "both": lambda j: j[0] + j[1],
}


def auc(good: Sequence[float], bad: Sequence[float]) -> float:
    """Share of pairs in which the good one is greater; ties count half. Both must be non-empty."""
    return float(scipy_stats().mannwhitneyu(good, bad).statistic) / (len(good) * len(bad))


def within(groups: Iterable[Sequence[Judged]], label: str, order: str) -> float | None:
    """AUC over pairs of tries at the same goal; None if there is no such pair."""
    wins = pairs = 0.0
    is_good, key = LABELS[label], ORDERS[order]
    for group in groups:
        good = [key(j) for j in group if is_good(j)]
        bad = [key(j) for j in group if not is_good(j)]
        if good and bad:
            count = len(good) * len(bad)
            wins += auc(good, bad) * count
            pairs += count
    return wins / pairs if pairs else None


def expansions(rows: Iterable[Row], count: int, seed: int) -> list[list[Row]]:
    """Guesses of at most ``count`` expansions with more than one, drawn among all."""
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        if row["kind"] == "tactic" and not is_proof(row["ingredients"] or ()):
            found[row["target"], row["goal"], row["expansion"]].append(row)
    groups = [group for group in found.values() if len(group) > 1]
    return random.Random(seed).sample(groups, min(count, len(groups)))


def figures(groups: Sequence[Sequence[Judged]]) -> dict[str, Any]:
    """Everything the table shows."""
    tries = [j for group in groups for j in group]
    table = {label: {order: within(groups, label, order) for order in ORDERS} for label in LABELS}
    least = Shares().least(1)

    def waiting(which: Callable[[Judged], bool]) -> float | None:
        chosen = [j for j in tries if which(j)]
        return sum(j[1] < least for j in chosen) / len(chosen) if chosen else None

    return {
        "expansions": len(groups),
        "tries": len(tries),
        "auc_within_goals": table,
        "doubt": math.exp(least),
        "waiting": {
            "refused by Lean": waiting(lambda j: not j[2]),
            **{label: waiting(test) for label, test in LABELS.items()},
        },
    }


@click.command(
    name="ratings", epilog="Example: autoresearch bench ratings runs/first --model models/nano"
)
@click.argument("runs", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--model", type=click.Path(path_type=Path), default=DEFAULT_MODEL, show_default=True)
@click.option("--expansions", "count", type=click.IntRange(1), default=400, show_default=True)
@click.option("--seed", type=SEED, default=0, show_default=True)
@json_option
def command(runs: tuple[Path, ...], model: Path, count: int, seed: int, as_json: bool) -> None:
    """Compare a model's ratings with what Lean said in runs that are over.

    For an honest figure the runs' targets must not be among what the model was trained on.
    """
    policy = NeuralPolicy(LocalEngine(model))
    chosen = expansions(read_rows(runs), count, seed)
    if not chosen:
        raise UsageFault(f"{runs[0]}: no goal at which two guesses were tried")
    groups: list[list[Judged]] = []
    with progress() as bar:
        for group in bar.track(chosen, description="rating"):
            ratings = policy.rate(situation_of(group[0]), [action_of(row) for row in group])
            groups.append(
                [
                    (
                        float(row["logprob"]),
                        rating,
                        row["outcome"] in ("proved", "progress"),
                        bool(row["positive"]),
                    )
                    for row, rating in zip(group, ratings, strict=True)
                ]
            )
    document = figures(groups)
    if as_json:
        emit_json(document)
        return
    table = Table("AUC within goals", *ORDERS)
    for label, row in document["auc_within_goals"].items():
        table.add_row(label, *("–" if v is None else f"{v:.3f}" for v in row.values()))
    waits = ", ".join(f"{k} {v:.0%}" for k, v in document["waiting"].items() if v is not None)
    table.caption = f"{document['tries']} tries; below {document['doubt']:.2f} wait: {waits}"
    out.print(table)
