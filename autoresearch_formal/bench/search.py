"""``autoresearch bench search``: where the time of a search goes, and how it scales."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.bench import startup
from autoresearch_formal.bounds import FiniteRange
from autoresearch_formal.console import emit_json, out
from autoresearch_formal.options import json_option
from autoresearch_formal.report.observer import RunReporter
from autoresearch_formal.search.start import RunOptions, execute

EASY = 5
"""Targets of a run with --easy."""


@click.command(name="search", epilog="Example: autoresearch bench search --seconds 60 --json")
@click.option("--suite", default="level2", show_default=True, help="Targets to work on.")
@click.option("--seconds", type=FiniteRange(min=1), default=60.0, show_default=True)
@click.option("--workers", type=click.IntRange(2, 64), default=2, show_default=True)
@click.option("--easy", is_flag=True, help="Measure start-up instead, on easy targets.")
@click.option("--rounds", type=click.IntRange(1), default=1, help="With --easy: how often.")
@json_option
def command(
    suite: str, seconds: float, workers: int, easy: bool, rounds: int, as_json: bool
) -> None:
    """Run the same targets with one worker and with several, and compare.

    Overhead is the share of worker time spent neither in the gym nor in the policy. With --easy:
    what the first target of a run costs and what each further one adds, cold and as it is.
    """
    if easy:
        show_easy(startup.easy(rounds, EASY), as_json)
        return
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        for count in (1, workers):
            options = RunOptions(
                suite=suite,
                seconds=seconds,
                workers=count,
                no_verify=True,
                out=Path(folder) / str(count),
            )
            rows[count] = measure(execute(options, RunReporter(quiet=True)))
    document = {
        "suite": suite,
        "runs": list(rows.values()),
        "speed_up": round(
            rows[workers]["steps_per_second"] / max(rows[1]["steps_per_second"], 1e-9), 3
        ),
        "found_not_written": sum(row["found_not_written"] for row in rows.values()),
    }
    if as_json:
        emit_json(document)
        return
    table = Table("workers", "steps/s", "in the gym", "in the policy", "overhead")
    for row in rows.values():
        table.add_row(
            str(row["workers"]),
            f"{row['steps_per_second']:.1f}",
            f"{row['gym_share']:.1%}",
            f"{row['policy_share']:.1%}",
            f"{row['overhead']:.1%}",
        )
    out.print(table)
    out.print(f"{workers} workers are {document['speed_up']} × one")
    out.print(f"found but not written: {document['found_not_written']}")


def show_easy(document: dict[str, Any], as_json: bool) -> None:
    """The figures of `startup.easy`."""
    if as_json:
        emit_json(document)
        return
    table = Table("", "first target", "each further", "processor, first", "processor, further")
    keys = ("first_s", "further_s", "first_cpu_s", "further_cpu_s")
    for name, unit in (("cold", " s"), ("as_it_is", " s"), ("ratio", "")):
        table.add_row(name.replace("_", " "), *(f"{document[name][key]:g}{unit}" for key in keys))
    out.print(table)


def measure(report: dict[str, Any]) -> dict[str, Any]:
    """Steps a second of search and shares of worker time, from the report of a run.

    Getting ready (listing the library, reading all statements) is not search: it is done once
    however long a run is, and by one worker.
    """
    available = report["busy_seconds"]
    gym = report["gym_seconds"] / available
    policy = report["policy_seconds"] / available
    return {
        "workers": report["workers"],
        "seconds": report["seconds"],
        "steps": report["steps"],
        "steps_per_second": round(
            report["steps"] * report["workers"] / max(report["search_seconds"], 1e-9), 3
        ),
        "gym_share": round(gym, 4),
        "policy_share": round(policy, 4),
        "overhead": round(max(0.0, 1.0 - gym - policy), 4),
        "found_not_written": report["found_not_written"],
    }
