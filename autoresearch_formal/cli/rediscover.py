"""``autoresearch rediscover``: which known concept an invented definition is, shown by theorems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from autoresearch_formal.bounds import FiniteRange
from autoresearch_formal.console import emit_json, err, out, progress, styled
from autoresearch_formal.errors import Negative, UsageFault
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import Toolchain, select
from autoresearch_formal.options import json_option, toolchain_option
from autoresearch_formal.rediscovery.calibration import CalibrationScore, load, run
from autoresearch_formal.rediscovery.engine import InventionBudget
from autoresearch_formal.rediscovery.score import score
from autoresearch_formal.rediscovery.session import ComparisonSession, SessionOutcome
from autoresearch_formal.rediscovery.sources import ComparisonJob, open_jobs


@click.command(epilog="Example: autoresearch rediscover runs/first --json")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--cutoff", type=int, metavar="YEAR", help="Judge the file under this mask first.")
@click.option(
    "--out", "folder", type=click.Path(path_type=Path), help="Folder for X.Rediscovery.lean."
)
@click.option(
    "--seconds",
    type=FiniteRange(min=0.5),
    default=InventionBudget().seconds,
    show_default=True,
    help="CPU time for each proof that is tried.",
)
@click.option("--calibration", is_flag=True, help="Compare pairs whose answer is known (in PATH).")
@click.option("--whole", is_flag=True, help="With --calibration: against all references.")
@toolchain_option
@json_option
def command(
    path: Path | None,
    cutoff: int | None,
    folder: Path | None,
    seconds: float,
    calibration: bool,
    whole: bool,
    toolchain: str | None,
    as_json: bool,
) -> None:
    """Compare the definitions of PATH, a Lean file, a run folder or a folder of runs that the judge
    accepts, with the masked originals, and write what they are as theorems. Exit status 1 if the
    judge refuses the input or a theorem."""
    if calibration:
        calibrate(path, select(toolchain), InventionBudget.of(seconds), whole, as_json)
        return
    if whole:
        raise UsageFault("--whole goes with --calibration")
    if path is None:
        raise UsageFault("name a Lean file, a run folder or a folder of runs")
    jobs = open_jobs(path, cutoff)
    session = ComparisonSession(select(toolchain), InventionBudget.of(seconds), err.print)
    told = session.run(jobs, folder)
    outcomes = [o for run in told for o in run]
    targets = [t for job in jobs for t in job.targets]
    figures = score([row.invention for o in outcomes for row in o.rows], targets)
    if as_json:
        emit_json(comparison_document(jobs, told, figures))
    else:
        for outcome in outcomes:
            show(outcome)
        if len(jobs) > 1:
            show_runs(jobs, told)
        show_score(figures)
    if not all(o.ok for o in outcomes):
        bad = [str(o.file) for o in outcomes if not o.ok]
        raise Negative(f"the judge refuses {', '.join(bad)}")


def comparison_document(
    jobs: Sequence[ComparisonJob],
    told: Sequence[Sequence[SessionOutcome]],
    figures: Mapping[str, Any],
) -> dict[str, Any]:
    """What ``--json`` prints; of several runs the score of each besides that of all."""
    outcomes = [o for run in told for o in run]
    document = {
        "ok": all(o.ok for o in outcomes),
        "score": figures,
        "files": [o.to_json() for o in outcomes],
    }
    if len(jobs) > 1:
        document["runs"] = [
            {
                "run": str(job.run),
                "score": score([r.invention for o in run for r in o.rows], job.targets),
            }
            for job, run in zip(jobs, told, strict=True)
        ]
    return document


def calibrate(
    path: Path | None, toolchain: Toolchain, budget: InventionBudget, whole: bool, as_json: bool
) -> None:
    """Compare the pairs of a folder and print precision and recall.

    Raises:
        Negative: if a pair that is not equivalent was called so, or recall is below `RECALL`.
    """
    folder = path or project_root() / "tests" / "rediscovery" / "calibration"
    answers = []
    cases = load(folder)
    with progress() as bar:
        task = bar.add_task("pairs", total=len(cases))
        for answer in run(cases, toolchain, budget, whole):
            answers.append(answer)
            bar.advance(task)
            mark = "[green]right[/]" if answer.right else "[red]WRONG[/]"
            c = answer.case
            text = f"{c.file.stem}.{c.invention} and {c.concept}: {answer.relation}"
            err.print(styled(f"{mark} {{}} ({answer.seconds:.1f} s)", text))
    score = CalibrationScore(answers)
    document = score.to_json()
    if as_json:
        emit_json(document)
    else:
        out.print(
            f"{document['equivalent']} pairs, {document['near']} near misses: precision "
            f"{score.precision:.2f}, recall {score.recall:.2f}; CPU seconds a pair: "
            f"{document['seconds']['mean']} on average, {document['seconds']['max']} at most"
        )
    if score.precision < 1 or score.recall < RECALL:
        raise Negative("the calibration is not met")


RECALL = 0.9
"""The share of equivalent pairs that a calibration must find."""

COLOURS = {"equivalent": "green", "new": "magenta", "undecided": "yellow"}


def show_runs(jobs: Sequence[ComparisonJob], told: Sequence[Sequence[SessionOutcome]]) -> None:
    """What each run of a suite rediscovered."""
    table = Table("run", "definitions", "rediscovered", "of those hidden", title="runs")
    for job, outcomes in zip(jobs, told, strict=True):
        found = [row.invention for o in outcomes for row in o.rows]
        figures = score(found, job.targets)
        table.add_row(
            str(job.run),
            str(len(found)),
            str(sum(i.relation == "equivalent" for i in found)),
            f"{len(figures['rediscovered'])} of {len(figures['hidden'])}",
        )
    out.print(table)


def show_score(figures: dict[str, Any]) -> None:
    """How much of what the targets hide was found, by year, and the two paths."""
    if figures["hidden"]:
        table = Table("year", "hidden", "rediscovered", title="what the targets hide")
        for year, row in figures["by_year"].items():
            table.add_row(year, ", ".join(row["hidden"]), ", ".join(row["rediscovered"]))
        out.print(table)
        out.print(f"rediscovered {len(figures['rediscovered'])} of {len(figures['hidden'])}")
    paths = figures["paths"]
    if paths["machine"]:
        table = Table("history", "this run")
        human = [f"{p['concept']} ({p['year']})" for p in paths["human"]]
        machine = [f"{p['concept']}: {p['invention']}" for p in paths["machine"]]
        for k in range(max(len(human), len(machine))):
            table.add_row(
                human[k] if k < len(human) else "", machine[k] if k < len(machine) else ""
            )
        out.print(table)


def show(outcome: SessionOutcome) -> None:
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
            table.add_row(invention.name, styled(f"[{colour}]new[/]"), "", "", evidence)
        for finding in invention.findings:
            name = finding.theorem.name if finding.theorem else ""
            colour = COLOURS.get(finding.relation, "cyan")
            evidence = name.rpartition(".")[2] or f"{finding.models} models, no proof"
            if finding.separating:
                evidence += f"; apart in {finding.separating[:80]}"
            table.add_row(
                invention.name,
                styled(f"[{colour}]{{}}[/]", finding.relation),
                finding.reference.concept,
                str(finding.reference.year or ""),
                evidence,
            )
    out.print(table)
    if outcome.certificate is not None:
        said = outcome.certificate
        out.print(f"{said.verdict}: {outcome.file}: {said.summary}", soft_wrap=True)
