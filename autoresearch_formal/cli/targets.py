"""`autoresearch targets`: list the statements to reconstruct."""

from __future__ import annotations

import dataclasses

import click
from rich.table import Table

from autoresearch_formal.console import emit_json, out
from autoresearch_formal.options import json_option
from autoresearch_formal.targets import LEVELS, SUITES, Target, load, suite


@click.command(epilog="Example: autoresearch targets --level 1")
@click.option("--level", type=click.IntRange(min(LEVELS), max(LEVELS)), help="Only this level.")
@click.option("--suite", "suite_name", type=click.Choice(list(SUITES)), help="Only this suite.")
@json_option
def command(level: int | None, suite_name: str | None, as_json: bool) -> None:
    """List the statements to reconstruct, with their history.

    The history is for people: it never reaches a policy.
    """
    targets = load()
    if suite_name is not None:
        targets = suite(suite_name, targets)
    if level is not None:
        targets = [target for target in targets if target.level == level]
    if as_json:
        emit_json({"targets": [dataclasses.asdict(target) for target in targets]})
    else:
        out.print(_table(targets))


def _table(targets: list[Target]) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column("level", justify="right")
    width = max((len(target.id) for target in targets), default=0)
    # ids are what people copy: they are never cut, however narrow the terminal
    table.add_column("target", min_width=width, no_wrap=True)
    table.add_column("subject")
    table.add_column("year", justify="right")
    table.add_column("who")
    for target in targets:
        table.add_row(str(target.level), target.id, target.subject, str(target.year), target.who)
    table.caption = f"{len(targets)} targets"
    table.caption_justify = "left"
    return table
