"""What people see while a run goes on, and the table at its end."""

from __future__ import annotations

import asyncio

from rich.live import Live
from rich.table import Table

from autoresearch_formal.console import err
from autoresearch_formal.policy.choose import reading, warning
from autoresearch_formal.search.runner import Entry, Run

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
    told: set[str] = set()
    while True:
        for entry in run.entries:
            if entry.over and entry.job.label not in told:
                told.add(entry.job.label)
                err.print(f"{run.seconds:7.1f} s  {entry.status:10} {entry.job.label}")
        await asyncio.sleep(REFRESH)


def progress_table(run: Run) -> Table:
    """Goals, steps a second, inventions, the best open goals, time left."""
    sessions = [e.session for e in run.entries if e.session]
    done = [e for e in run.entries if e.over]
    proved = [e for e in done if e.status in ("found", "verified")]
    goals = sum(len(s.graph.goals) for s in sessions)
    closed = sum(g.proved for s in sessions for g in s.graph.goals.values())
    tried = sum(s.tally.lemmas_tried for s in sessions)
    kept = sum(s.tally.lemmas_kept for s in sessions)
    defined = sum(s.tally.definitions_kept for s in sessions)
    left = run.limits.seconds - run.seconds if run.limits.seconds is not None else None
    table = Table.grid(padding=(0, 2))
    table.add_row("targets", f"{len(proved)} proved, {len(done)} over, of {len(run.entries)}")
    table.add_row("goals", f"{closed} closed, {goals - closed} open")
    table.add_row("steps", f"{run.steps}  ({run.steps / max(run.seconds, 0.1):.1f}/s)")
    table.add_row("lemmas", f"{kept} kept of {tried} tried; definitions kept {defined}")
    said = model_words(run)
    if said:
        table.add_row("model", said)
    if left is not None:
        table.add_row("time left", f"{max(0, left):.0f} s")
    for entry in run.entries:
        if entry.status == "open" and entry.session and entry.session.graph.goals:
            for goal in entry.session.frontier.best(1):
                text = entry.session.graph.goals[goal].added.text.rpartition("⊢")[2].strip()
                table.add_row(entry.job.label, text[:90])
            if table.row_count > 12:
                break
    return table


def row(entry: Entry) -> list[str]:
    """A target's line in the result table."""
    tally = entry.session.tally if entry.session else None
    written = entry.written
    return [
        entry.job.label,
        "" if entry.job.level is None else str(entry.job.level),
        "yes" if entry.status in ("found", "verified", "rejected") else "no",
        {"verified": "yes", "rejected": "NO"}.get(entry.status, ""),
        f"{entry.seconds:.1f}",
        str(tally.steps if tally else 0),
        str(written.lemmas if written else 0),
        str(written.definitions if written else 0),
    ]


def result_table(run: Run) -> Table:
    """The table at the end of a run."""
    table = Table("target", "level", "found", "verified", "seconds", "steps", "lemmas", "defs")
    for entry in run.entries:
        table.add_row(*row(entry))
    found = [e for e in run.entries if e.status in ("found", "verified", "rejected")]
    verified = [e for e in run.entries if e.status == "verified"]
    table.caption = f"{len(found)} found, {len(verified)} verified, of {len(run.entries)}"
    said = model_words(run)
    if said:
        table.caption += f"\n{said}"
    return table


def model_words(run: Run) -> str:
    """The readable share of a model's answers, with a warning if it is small; "" without one."""
    found = reading(run.brain.policy)
    if not found:
        return ""
    share = found["readable"]
    said = "no answers" if share is None else f"{share:.0%} of {found['answers']} answers readable"
    return f"{said}. {warning(share)}".rstrip(" .") + "."
