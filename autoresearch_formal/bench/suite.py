"""``autoresearch bench suite``: what a suite yields, and what it yields without a faculty."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.bounds import SEED, FiniteRange
from autoresearch_formal.console import emit_json, out
from autoresearch_formal.report.observer import RunReporter
from autoresearch_formal.search.start import RunOptions, execute


@click.command(name="suite", epilog="Example: autoresearch bench suite --ablate invention --json")
@click.option("--suite", default="level1", show_default=True, help="Targets to run.")
@click.option("--target", "targets", multiple=True, help="A target instead of a suite (repeat).")
@click.option("--seconds", type=FiniteRange(min=1), default=600.0, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--seed", type=SEED, default=0, show_default=True)
@click.option("--ablate", type=click.Choice(["invention"]), help="Run again without this.")
@click.option("--no-verify", is_flag=True, help="Leave the judge out.")
@click.option("--out", "folder", type=click.Path(path_type=Path), help="Keep the run folders here.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    suite: str,
    targets: tuple[str, ...],
    seconds: float,
    workers: int,
    seed: int,
    ablate: str | None,
    no_verify: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Run a suite; with --ablate twice, at the same budget, with and without a faculty."""
    with tempfile.TemporaryDirectory() as temporary:
        base = folder or Path(temporary)
        arms = {"full": False} | ({f"without {ablate}": True} if ablate else {})
        reports: dict[str, dict[str, Any]] = {}
        for arm, without in arms.items():
            options = RunOptions(
                targets=targets,
                suite=None if targets else suite,
                seconds=seconds,
                workers=workers,
                seed=seed,
                no_invent=without,
                no_verify=no_verify,
                out=base / arm.replace(" ", "-"),
            )
            reports[arm] = execute(options, RunReporter(quiet=True))
    document = compare(reports)
    if as_json:
        emit_json(document)
    else:
        show(document)


def solved(report: dict[str, Any]) -> set[str]:
    """Targets with a proof; those that the judge refused do not count."""
    return {r["target"] for r in report["results"] if r["status"] in ("found", "verified")}


def compare(reports: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Solved targets of each arm, and those that only the full arm solved with an invention."""
    arms = {
        name: {
            "seconds": report["seconds"],
            "steps": report["steps"],
            "levels": report["levels"],
            "solved": sorted(solved(report)),
            "found_not_written": report["found_not_written"],
        }
        for name, report in reports.items()
    }
    document: dict[str, Any] = {"arms": arms}
    if len(reports) > 1:
        full, other = list(reports.values())[:2]
        lost = solved(full) - solved(other)
        document["only_full"] = sorted(lost)
        document["needed_an_invention"] = sorted(
            r["target"]
            for r in full["results"]
            if r["target"] in lost and r["lemmas"] + r["definitions"] > 0
        )
    return document


def show(document: dict[str, Any]) -> None:
    """The comparison as a table."""
    table = Table("arm", "solved", "steps", "seconds", "found but not written")
    for name, arm in document["arms"].items():
        solved, unwritten = len(arm["solved"]), arm["found_not_written"]
        steps, seconds = str(arm["steps"]), f"{arm['seconds']:.0f}"
        table.add_row(name, str(solved), steps, seconds, str(unwritten))
    out.print(table)
    for target in document.get("needed_an_invention", ()):
        out.print(f"needed an invention: {target}")
