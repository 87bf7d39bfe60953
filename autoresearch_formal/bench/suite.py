"""``autoresearch bench suite``: what a suite yields, and what it yields without a faculty."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.actions.base import FACULTIES, Faculty
from autoresearch_formal.bounds import SEED, FiniteRange
from autoresearch_formal.console import emit_json, out
from autoresearch_formal.options import json_option
from autoresearch_formal.report.observer import RunReporter
from autoresearch_formal.search.start import RunOptions, execute


@click.command(name="suite", epilog="Example: autoresearch bench suite --ablate invention --json")
@click.option("--suite", default="level1", show_default=True, help="Targets to run.")
@click.option("--target", "targets", multiple=True, help="A target instead of a suite (repeat).")
@click.option("--seconds", type=FiniteRange(min=1), default=600.0, show_default=True)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
@click.option("--seed", type=SEED, default=0, show_default=True)
@click.option(
    "--ablate",
    multiple=True,
    type=click.Choice(FACULTIES),
    help="Run again without this faculty (repeat).",
)
@click.option("--no-verify", is_flag=True, help="Leave the judge out.")
@click.option("--out", "folder", type=click.Path(path_type=Path), help="Keep the run folders here.")
@json_option
def command(
    suite: str,
    targets: tuple[str, ...],
    seconds: float,
    workers: int,
    seed: int,
    ablate: tuple[Faculty, ...],
    no_verify: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """Run a suite; with --ablate again, at the same budget, without each faculty named."""
    with tempfile.TemporaryDirectory() as temporary:
        base = folder or Path(temporary)
        arms: dict[str, tuple[Faculty, ...]] = {"full": ()}
        arms |= {f"without {faculty}": (faculty,) for faculty in ablate}
        reports: dict[str, dict[str, Any]] = {}
        for arm, without in arms.items():
            options = RunOptions(
                targets=targets,
                suite=None if targets else suite,
                seconds=seconds,
                workers=workers,
                seed=seed,
                without=without,
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
    """Solved targets of each arm; of the others, what only the full arm solved, and how."""
    arms: dict[str, dict[str, Any]] = {
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
    full = reports["full"]
    for name, report in reports.items():
        if report is full:
            continue
        lost = solved(full) - solved(report)
        arms[name]["only_full"] = sorted(lost)
        arms[name]["needed_an_invention"] = sorted(
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
    for name, arm in document["arms"].items():
        for target in arm.get("only_full", ()):
            invented = " (with an invention)" if target in arm["needed_an_invention"] else ""
            out.print(f"not {name}: {target}{invented}", markup=False)
