"""``autoresearch bench compare``: policies at equal compute, over seeds, with intervals.

Every arm gets the same targets, the same wall time, the same workers and the same seeds. A
figure's interval is the percentile bootstrap over (target, seed) cells resampled by target
(B. Efron, R. J. Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13), because outcomes of
one target hang together.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from autoresearch_formal.bench.suite import solved
from autoresearch_formal.bounds import FiniteRange
from autoresearch_formal.console import emit_json, err
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.loop.blocks import put
from autoresearch_formal.loop.compare import LEVEL, percentile_interval
from autoresearch_formal.options import json_option
from autoresearch_formal.report.observer import RunReporter
from autoresearch_formal.search.job import jobs_for
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.record import read_json
from autoresearch_formal.search.start import RunOptions, execute

MARK = "autoresearch bench compare"


def bootstrap(by_target: Sequence[Sequence[tuple[float, float]]]) -> list[float]:
    """Ratio of sums of (numerator, denominator) cells, with its interval: [value, low, high]."""
    above, below = np.array([np.sum(cells, 0) for cells in by_target] or [(0.0, 0.0)]).T

    def ratio(targets: Any, axis: int) -> Any:
        with np.errstate(invalid="ignore"):
            return above[targets].sum(axis) / below[targets].sum(axis)

    value = float(ratio(np.arange(len(above)), -1))
    return [round(x, 3) for x in (value, *percentile_interval(ratio, len(above)))]


def summary(reports: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Solved share and steps per solved target of one arm's runs."""
    names = [r["target"] for r in reports[0]["results"]]
    won: dict[str, list[tuple[float, float]]] = {n: [] for n in names}
    cost: dict[str, list[tuple[float, float]]] = {n: [] for n in names}
    for report in reports:
        good = solved(report)
        for row in report["results"]:
            hit = float(row["target"] in good)
            won[row["target"]].append((hit, 1.0))
            cost[row["target"]].append((hit * row["steps"], hit))
    spent = sum(r["steps"] for r in reports)
    wins = sum(len(solved(r)) for r in reports)
    return {
        "solved": [len(solved(r)) for r in reports],
        "of": len(names),
        "policy_seconds": round(sum(r["policy_seconds"] for r in reports), 1),
        "wall_seconds": round(sum(r["seconds"] for r in reports), 1),
        "share": bootstrap(list(won.values())),
        "steps_per_solved": bootstrap(list(cost.values())),
        "all_steps_per_solved": round(spent / wins, 1) if wins else None,
    }


def against(reports: Sequence[dict[str, Any]], base: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """An arm beside the first one, seed by seed, on the same targets.

    won, lost: solved by this arm only and by the first only, over all seeds. steps: kernel steps
    of this arm by those of the first on what both solved, with its interval over targets: unlike
    an arm's own mean it does not fall because hard targets were left unsolved.
    """
    pairs: dict[str, list[tuple[float, float]]] = {}
    won = lost = 0
    for mine, other in zip(reports, base, strict=True):
        a, b = solved(mine), solved(other)
        won, lost = won + len(a - b), lost + len(b - a)
        spent = {row["target"]: row["steps"] for row in other["results"]}
        for row in mine["results"]:
            if row["target"] in a & b:
                cell = (float(row["steps"]), float(spent[row["target"]]))
                pairs.setdefault(row["target"], []).append(cell)
    return {"won": won, "lost": lost, "steps": bootstrap(list(pairs.values()))}


def table(document: dict[str, Any]) -> str:
    """The comparison in Markdown."""
    lines = [
        f"Targets: {document['what']} ({document['targets']}). {document['budget']} "
        f"a run, {document['workers']} workers, seeds {document['seeds']}. Brackets: "
        f"{LEVEL:.0%} bootstrap intervals.",
        "",
        "| policy | solved, by seed | share solved | kernel steps of a solved target | all kernel "
        "steps by solved targets | wall time (of it in the policy) | solved only by this, only by "
        "the first | its kernel steps by the first's, where both solve |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, arm in document["arms"].items():
        share, low, high = arm["share"]
        steps, less, more = arm["steps_per_solved"]
        lines.append(
            f"| `{name}` | {', '.join(map(str, arm['solved']))} of {arm['of']} | {share:.1%} "
            f"[{low:.1%}, {high:.1%}] | {steps:.0f} [{less:.0f}, {more:.0f}] | "
            f"{arm['all_steps_per_solved'] or '–'} | {arm['wall_seconds']:.0f} s "
            f"({arm['policy_seconds']:.0f} s) | {beside(arm.get('against'))} |"
        )
    return "\n".join(lines) + "\n"


def beside(found: dict[str, Any] | None) -> str:
    """The last two columns; dashes for the first arm."""
    if found is None:
        return "– | –"
    ratio, low, high = found["steps"]
    return f"{found['won']}, {found['lost']} | {ratio:.2f} [{low:.2f}, {high:.2f}]"


def finished(options: RunOptions) -> dict[str, Any] | None:
    """The report of a run that an earlier, interrupted comparison completed in the same place.

    Raises `UsageFault` if what is there was asked for otherwise, or was cut short.
    """
    place = options.out
    if place is None or not place.exists():
        return None
    asked = RunFolder.open(place).read_run().get("asked", {})
    for key in ("policy", "seconds", "steps", "seed"):
        if asked.get(key) != getattr(options, key):
            raise UsageFault(f"{place}: a run with another {key}; use another --out")
    report = read_json(place / "report.json")
    if tuple(asked.get("targets", ())) != options.targets or not report:
        raise UsageFault(f"{place}: not this comparison's run, or unfinished; remove it")
    return report


@click.command(
    name="compare",
    epilog="Example: autoresearch bench compare --policy symbolic --policy mixed:models/nano "
    "--suite level0 --suite level1 --suite level2 --seconds 1800 "
    "--out runs/compare --results docs/results.md",
)
@click.argument("targets", nargs=-1)
@click.option("--suite", "suites", multiple=True, help="May be given more than once.")
@click.option("--policy", "policies", multiple=True, required=True, help="An arm; repeatable.")
@click.option("--seeds", type=click.IntRange(1), default=3, show_default=True)
@click.option("--seconds", type=FiniteRange(min=1), help="Wall time a run. [600]")
@click.option(
    "--steps",
    type=click.IntRange(1),
    help="Kernel steps a target, on average, instead of wall time: the same on a busy machine.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--out", type=click.Path(path_type=Path), required=True, help="For run folders.")
@click.option("--results", type=click.Path(path_type=Path), help="Page to write the table into.")
@json_option
def command(
    targets: tuple[str, ...],
    suites: tuple[str, ...],
    policies: tuple[str, ...],
    seeds: int,
    seconds: float | None,
    steps: int | None,
    workers: int,
    out: Path,
    results: Path | None,
    as_json: bool,
) -> None:
    """Run the same targets with several policies, seeds and equal budgets, and compare.

    Arms take turns within a seed, so that a machine that slows down slows all of them. A comparison
    that was interrupted goes on in the same --out: runs that are over are not repeated.
    """
    if seconds and steps:
        raise UsageFault("--seconds and --steps are two ways to say what is equal; give one")
    chosen = list(targets)
    for suite in suites:
        chosen += [job.label for job in jobs_for((), suite)]
    chosen = list(dict.fromkeys(chosen))
    budget = {"steps": steps * len(chosen)} if steps else {"seconds": seconds or 600.0}
    reports: dict[str, list[dict[str, Any]]] = {p: [] for p in policies}
    for seed in range(seeds):
        for number, policy in enumerate(policies):
            if seed and steps and workers == 1 and policy == "symbolic":
                reports[policy].append(reports[policy][0])  # takes no notice of the seed
                continue
            err.print(f"{policy}, seed {seed}")
            options = RunOptions(
                targets=tuple(chosen),
                policy=policy,
                workers=workers,
                seed=seed,
                no_verify=True,
                out=out / f"arm{number}-seed{seed}",
                **budget,
            )
            reports[policy].append(finished(options) or execute(options, RunReporter(quiet=True)))
    document: dict[str, Any] = {
        "what": ", ".join([*suites, *targets]),
        "targets": len(chosen),
        "budget": f"{steps} kernel steps a target"
        if steps
        else f"{seconds or 600:g} s of wall time",
        "workers": workers,
        "seeds": list(range(seeds)),
        "arms": {p: summary(found) for p, found in reports.items()},
    }
    for policy in policies[1:]:
        document["arms"][policy]["against"] = against(reports[policy], reports[policies[0]])
    if results is not None:
        put(results, MARK, table(document))
    if as_json:
        emit_json(document)
    else:
        err.print(table(document), markup=False)
