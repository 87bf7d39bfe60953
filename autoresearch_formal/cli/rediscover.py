"""``autoresearch rediscover``: what invented definitions are, by theorems."""

from __future__ import annotations

from pathlib import Path

import click
from rich.markup import escape
from rich.table import Table

from autoresearch_formal.console import emit_json, err, out
from autoresearch_formal.errors import Negative, UsageFault
from autoresearch_formal.lean.toolchain import NAMES, select
from autoresearch_formal.rediscovery.engine import Budget
from autoresearch_formal.rediscovery.session import Outcome, Session
from autoresearch_formal.rediscovery.sources import open_job


@click.command(epilog="Example: autoresearch rediscover runs/first --json")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--cutoff", type=int, metavar="YEAR", help="Judge the file under this mask first.")
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), help="Folder for X.Rediscovery.lean."
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.5),
    default=Budget().seconds,
    show_default=True,
    help="For each proof that is tried.",
)
@click.option("--toolchain", type=click.Choice(NAMES), help="Which Lean.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    path: Path | None,
    cutoff: int | None,
    folder: Path | None,
    seconds: float,
    toolchain: str | None,
    as_json: bool,
) -> None:
    """Compare the definitions of PATH, a Lean file or a run folder that the judge accepts, with the
    masked originals, and write what they are as theorems. Exit status 1 if the judge refuses the
    input or a theorem."""
    if path is None:
        raise UsageFault("name a Lean file or a run folder")
    job = open_job(path, cutoff)
    session = Session(
        select(toolchain), Budget(seconds=seconds), lambda text: err.print(escape(text))
    )
    outcomes = session.run(job, folder)
    if as_json:
        emit_json({"ok": all(o.ok for o in outcomes), "files": [o.to_json() for o in outcomes]})
    else:
        for outcome in outcomes:
            show(outcome)
    if not all(o.ok for o in outcomes):
        bad = [str(o.file) for o in outcomes if not o.ok]
        raise Negative(f"the judge refuses {', '.join(bad)}")


COLOURS = {"equivalent": "green", "new": "magenta", "undecided": "yellow"}


def show(outcome: Outcome) -> None:
    """The table of one file."""
    table = Table(
        "invention", "relation", "concept", "year", "evidence", title=outcome.source.path.name
    )
    for row in outcome.rows:
        invention = row.invention
        colour = COLOURS.get(invention.relation, "cyan")
        if not invention.findings:
            used = ", ".join(f"{k} ×{n}" for k, n in sorted(row.worth.uses.items())[:4])
            saved = f"saves {row.worth.saved} symbols" if row.worth.saved else ""
            evidence = "; ".join(t for t in (invention.note, saved, used) if t)
            table.add_row(escape(invention.name), f"[{colour}]new[/]", "", "", escape(evidence))
        for finding, name in zip(invention.findings, row.theorems, strict=True):
            colour = COLOURS.get(finding.relation, "cyan")
            evidence = name.rpartition(".")[2] or f"{finding.models} models, no proof"
            if finding.separating:
                evidence += f"; apart in {finding.separating[:80]}"
            table.add_row(
                escape(invention.name),
                f"[{colour}]{finding.relation}[/]",
                escape(finding.reference.concept),
                str(finding.reference.year or ""),
                escape(evidence),
            )
    out.print(table)
    if outcome.certificate is not None:
        said = outcome.certificate
        out.print(f"{said.verdict}: {outcome.file}: {escape(said.summary)}", soft_wrap=True)
