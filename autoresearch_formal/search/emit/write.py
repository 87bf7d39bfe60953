"""From a proved session to a file on disk, checked in the gym on the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.policy.symbolic import goal_tree
from autoresearch_formal.search.emit.assemble import CHECK_HEARTBEATS, CHECK_MS, Checker, settled
from autoresearch_formal.search.emit.generate import (
    Check,
    Declaration,
    clean,
    declarations,
    render_file,
)
from autoresearch_formal.search.emit.naming import words
from autoresearch_formal.search.emit.place import filled, fillings
from autoresearch_formal.search.emit.shorten import shorter
from autoresearch_formal.search.graph.events import Note
from autoresearch_formal.search.graph.script import proof_lines
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.session import Session
from autoresearch_formal.search.states import Refused
from autoresearch_formal.search.views import view


@dataclass(frozen=True, slots=True)
class Written:
    """A generated file."""

    path: Path
    lemmas: int
    definitions: int
    lines: int
    edits: tuple[tuple[int, int, str], ...] = ()
    """What is put into a user's file: start, end and new text, in characters of what Lean reads."""


async def write_file(session: Session, job: Job, folder: RunFolder) -> Written:
    """Write ``Generated/<name>.lean``. Raises `Refused` if the whole does not check."""
    if job.target is None:
        return await write_sorry(session, job, folder)
    statement = job.target.statement
    tally = session.tally
    doc = (
        f"Found by search after {tally.steps} steps in a graph of {len(session.graph.goals)} goals."
    )
    name = job.name.replace(".", "_").replace("#", "_")
    checker = Checker(session.states, "Reconstruct.Generated")
    made = declarations(session.graph, name, statement, doc)
    made = await settled(session, made, checker)
    checker.spent = 0
    if len(made) > 2 and "definition" in session.settings.invents:
        made = await shortened(session, made, checker.accepts)
    for position, decl in enumerate(made):
        if decl.kind == "theorem":
            await clean(made[:position], decl, checker.cleaner)
    await checker.close()
    text = render_file(
        session.source.modules,
        words(name),
        "Written by a search; every line was checked again by the judge, which trusts neither"
        "\nthe search nor this file.",
        made,
    )
    path = folder.write(job.generated, text)
    definitions = sum(d.kind == "def" for d in made)
    return Written(path, len(made) - 1 - definitions, definitions, text.count("\n"))


async def shortened(session: Session, made: list[Declaration], check: Check) -> list[Declaration]:
    """The declarations with a definition for what the lemmas share, where that is shorter."""
    state = await session.states.state(0)
    shown = await session.states.ask("describe", state=state, tree=True)
    goal = goal_tree(view(shown["goals"][0]))
    found = shorter(made, goal) if goal is not None else None
    if found is None:
        return made
    after, definition = found
    works = await check(after)
    kind = "definition kept" if works else "definition not kept"
    session.commit([Note(kind, definition.text)])
    return after if works else made


async def write_sorry(session: Session, job: Job, folder: RunFolder) -> Written:
    """Write the user's file with one `sorry` replaced. Raises `Refused` if that does not check."""
    goal = job.sorry
    assert goal is not None
    lines = proof_lines(session.graph, 0)
    around = await session.states.around()
    said = ""
    for filling in fillings(goal, lines):
        answer = await session.states.worker.request(
            "elab",
            theory=around,
            text=filling.command,
            own_file=True,
            trusted=job.source.trusted,
            heartbeats=CHECK_HEARTBEATS,
            ms=CHECK_MS,
        )
        if answer.get("ok"):
            await session.states.worker.request("drop", theories=[answer["theory"]])
            path = folder.write_bytes(job.generated, filled(goal.file, [filling]))
            return Written(path, 0, 0, len(lines), tuple(filling.edits))
        said = said or str(answer.get("error", {}).get("message", ""))
    raise Refused(f"the proof does not check in its place: {said}")
