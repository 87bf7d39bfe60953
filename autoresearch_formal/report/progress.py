"""What people see while a run goes on, and the table at its end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

from rich.live import Live
from rich.table import Table

from autoresearch_formal.console import err
from autoresearch_formal.policy.choose import reading, warning
from autoresearch_formal.search.entry import JobProgress
from autoresearch_formal.search.runner import Run
from autoresearch_formal.search.runs.status import PROVED, UNJUDGED

REFRESH = 0.5


async def watch(run: Run) -> None:
    """Show progress on stderr until cancelled; one line a target's end if it is no terminal."""
    if not err.is_terminal:
        await _log(run)
        return
    with Live(console=err, refresh_per_second=4, transient=True) as live:
        while True:
            live.update(progress_table(run))
            await asyncio.sleep(REFRESH)


async def _log(run: Run) -> None:
    told = {entry.job.label for entry in run.entries if entry.over}
    while True:
        for entry in run.entries:
            if entry.over and entry.job.label not in told:
                told.add(entry.job.label)
                line = f"{run.seconds:7.1f} s  {entry.status:10} {entry.job.label}"
                err.print(line, markup=False, soft_wrap=True)
        await asyncio.sleep(REFRESH)


def progress_table(run: Run) -> Table:
    """Goals, steps a second, inventions, the best open goals, time left."""
    histories = [e.history for e in run.entries]
    done = [e for e in run.entries if e.over]
    proved = [e for e in done if e.status in PROVED]
    goals = sum(len(h.graph.goals) for h in histories)
    closed = sum(g.proved for h in histories for g in h.graph.goals.values())
    tried = sum(h.tally.lemmas_tried for h in histories)
    kept = sum(h.tally.lemmas_kept for h in histories)
    defined = sum(h.tally.definitions_kept for h in histories)
    left = run.limits.seconds - run.seconds if run.limits.seconds is not None else None
    table = Table.grid(padding=(0, 2))
    table.add_row("targets", f"{len(proved)} proved, {len(done)} over, of {len(run.entries)}")
    table.add_row("goals", f"{closed} closed, {goals - closed} open")
    table.add_row("steps", f"{run.steps}  ({run.steps / max(run.seconds, 0.1):.1f}/s)")
    table.add_row("lemmas", f"{kept} kept of {tried} tried; definitions kept {defined}")
    if said := model_words(run):
        table.add_row("model", said)
    if left is not None:
        table.add_row("time left", f"{max(0, left):.0f} s")
    for label, target in best_goals(run):
        if table.row_count > 12:
            break
        table.add_row(label, target[:90])
    return table


def best_goals(run: Run) -> Iterator[tuple[str, str]]:
    """For each target that is worked on, its label and the target of its best open goal."""
    for entry in run.entries:
        if entry.status == "open" and entry.session and entry.session.graph.goals:
            for goal in entry.session.frontier.best(1):
                text = entry.session.graph.goals[goal].added.text
                yield entry.job.label, text.rpartition("⊢")[2].strip()


COLUMNS = ("status", "seconds", "steps", "lemmas", "defs", "level")
"""Of the result table; the target comes last, so that no other column takes room from it."""


def cells(entry: JobProgress) -> list[str]:
    """A target's line in the result table, without the target."""
    row = entry.row()
    shown = ("status", "seconds", "steps", "lemmas", "definitions", "level")
    values = [row[name] for name in shown]
    values[1] = f"{entry.seconds:.1f}"
    return ["" if value is None else str(value) for value in values]


def result_lines(entries: Sequence[JobProgress], width: int) -> list[str]:
    """The table at the end of a run, and what there is to say of single targets.

    Names are never cut. Where they are too long for the width, what all have in common stands
    once above them.
    """
    table = [list(COLUMNS), *(cells(entry) for entry in entries)]
    widths = [max(len(row[k]) for row in table) for k in range(len(COLUMNS))]
    lines = ["  ".join(_set(row, widths)) for row in table]
    labels = [entry.job.label for entry in entries]
    shared = common_start(labels)
    room = width - len(lines[0]) - 2
    if shared and max(map(len, labels)) > room:
        labels = [f"…{label.removeprefix(shared)}" for label in labels]
        lines[0] = f"{lines[0]}  target: {shared}…"
    else:
        lines[0] = f"{lines[0]}  target"
    lines[1:] = [f"{line}  {label}" for line, label in zip(lines[1:], labels, strict=True)]
    for entry in entries:
        if entry.note or entry.status == "refused":
            place = f"{entry.job.place}: " if entry.job.sorry else ""
            note = " ".join(entry.note.split())
            lines.append(f"{place}{entry.job.label}: {entry.status}: {note}")
    return lines


def _set(row: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Words to the left, numbers to the right."""
    return [
        cell.ljust(width) if k == 0 else cell.rjust(width)
        for k, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]


def common_start(labels: Sequence[str]) -> str:
    """What all labels begin with, up to a dot, colon or slash; "" if there are fewer than two."""
    if len(set(labels)) < 2:
        return ""
    first, last = min(labels), max(labels)
    same = next((k for k, (a, b) in enumerate(zip(first, last, strict=False)) if a != b), None)
    start = first[:same]
    return start[: max(start.rfind(mark) for mark in ".:/") + 1]


def model_words(run: Run) -> str:
    """The readable share of a model's answers, with a warning if it is small; "" without one."""
    found = reading(run.executor.policy)
    if not found:
        return ""
    share = found["readable"]
    said = "no answers" if share is None else f"{share:.0%} of {found['answers']} answers readable"
    return f"{said}. {warning(share)}".rstrip(" .") + "."


def show(run: Run) -> None:
    """Print what came of a run."""
    for line in result_lines(run.entries, err.width):
        err.print(line, markup=False, soft_wrap=True)
    found = [e for e in run.entries if e.status in PROVED]
    verified = [e for e in run.entries if e.status == "verified"]
    err.print(f"{len(found)} found, {len(verified)} verified, of {len(run.entries)}")
    if unwritten := sum(int(e.row()["unwritten"]) for e in run.entries):
        err.print(f"{unwritten} found but not written: this is a defect, please report it")
    if said := model_words(run):
        err.print(said, markup=False, soft_wrap=True)
    for path in run.changed:
        err.print(
            f"{path}: changed while the run went on; the results are about the file as it was",
            markup=False,
            soft_wrap=True,
        )
    if run.judge is None and found:
        err.print(UNJUDGED + " (--no-verify)")
    if run.stopped and not run.interrupted:
        err.print(f"stopped: {run.stopped}", markup=False, soft_wrap=True)
