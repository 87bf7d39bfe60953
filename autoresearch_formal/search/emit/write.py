"""From a proved session to a file on disk, checked in the gym on the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.lean.messages import Elab, ElabAnswer, GymError
from autoresearch_formal.policy.symbolic import goal_tree
from autoresearch_formal.search.emit.assemble import (
    CHECK_HEARTBEATS,
    CHECK_MS,
    Checker,
    settled,
    unwritten,
)
from autoresearch_formal.search.emit.generate import (
    Check,
    GeneratedDeclaration,
    clean,
    declarations,
    inventions,
    render_file,
)
from autoresearch_formal.search.emit.naming import words
from autoresearch_formal.search.emit.place import Filling, filled, fillings
from autoresearch_formal.search.emit.shorten import shorter
from autoresearch_formal.search.graph.events import Note
from autoresearch_formal.search.graph.script import proof_lines
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.replay import Replay
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.session import Session
from autoresearch_formal.search.states import view
from autoresearch_formal.targets import SorryGoal

OPENED = re.compile(
    r"(?:(?:open|set_option|universe|variable|include|omit|attribute|local|scoped)\b[^\n]*?\bin\s+)+"
)
"""What a command says for itself alone."""

UNCHECKED = "Written by a search that did not ask the judge: this file has not been checked."


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """A generated file."""

    path: Path
    lemmas: int
    definitions: int
    lines: int
    edits: tuple[tuple[int, int, str], ...] = ()
    """What is put into a user's file: start, end and new text, in characters of what Lean reads."""


async def write_file(
    session: Session, job: Job, folder: RunFolder, judged: bool = True
) -> WrittenFile:
    """Write ``Generated/<name>.lean``. Raises `Refused` if the whole does not check.

    `judged` says whether the judge is going to see it.
    """
    if job.target is None:
        return await write_sorry(session, job, folder, judged)
    statement = job.target.statement
    tally = session.tally
    tried = f"{tally.steps} tactic{'s' if tally.steps != 1 else ''}"
    goals = f"{len(session.graph.goals)} goal{'s' if len(session.graph.goals) != 1 else ''}"
    doc = f"Found by a search that tried {tried} and saw {goals}."
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
        "Written by a search. The judge trusts neither the search nor this file; its verdict is in"
        "\ncertificate.json."
        if judged
        else UNCHECKED,
        made,
    )
    path = folder.write(job.generated, text)
    definitions = sum(d.kind == "def" for d in made)
    return WrittenFile(path, len(made) - 1 - definitions, definitions, text.count("\n"))


async def shortened(
    session: Session, made: list[GeneratedDeclaration], check: Check
) -> list[GeneratedDeclaration]:
    """The declarations with a definition for what the lemmas share, where that is shorter."""
    goal = goal_tree(view((await session.states.shown(0))[0]))
    found = shorter(made, goal) if goal is not None else None
    if found is None:
        return made
    after, definition = found
    works = await check(after)
    kind = "definition kept" if works else "definition not kept"
    session.commit([Note(kind, definition.text)])
    return after if works else made


async def write_sorry(
    session: Session, job: Job, folder: RunFolder, judged: bool = True
) -> WrittenFile:
    """Write the user's file with one `sorry` replaced, and what its proof needs in front.

    A file that the judge is not going to see says so in its last line. Raises `Unwritten` if the
    proof does not check.
    """
    goal = job.sorry
    assert goal is not None
    checker = Checker(session.states)
    home = await session.inventor.home() if session.graph.introductions() else ""
    made = await settled(session, inventions(session.graph, home), checker)
    checker.spent = 0
    for position, decl in enumerate(made):
        if decl.kind == "theorem":
            await clean(made[:position], decl, checker.cleaner)
    await checker.close()
    said = ""
    for again in (False, True):
        lines = proof_lines(session.graph, 0)
        if again:
            lines = await Replay(session.graph, session.states).lines(0)
        for front in fronts(goal, made):
            for filling in fillings(goal, lines, front):
                fault = await refusal(session, job, filling)
                if fault is None:
                    data = filled(goal.file, [filling])
                    if not judged:
                        data = noted(data, goal.file.newline)
                    path = folder.write_bytes(job.generated, data)
                    defined = sum(d.kind == "def" for d in made)
                    return WrittenFile(
                        path, len(made) - defined, defined, len(lines), tuple(filling.edits)
                    )
                said = said or fault
    raise unwritten(session, 0, said)


def noted(data: bytes, newline: str) -> bytes:
    """A file with a last line that says that nobody has checked it."""
    between = b"" if data.endswith(b"\n") else newline.encode()
    return data + between + f"-- {UNCHECKED}{newline}".encode()


async def refusal(session: Session, job: Job, filling: Filling) -> str | None:
    """Why Lean refuses a proof in its place; None if it does not."""
    request = Elab(
        theory=await session.states.around(),
        text=filling.command,
        own_file=True,
        trusted=job.source.trusted,
        heartbeats=CHECK_HEARTBEATS,
        ms=CHECK_MS,
    )
    try:
        answer = await session.states.worker.request(request, ElabAnswer)
    except GymError as error:
        return error.message
    await session.states.drop(theories=[answer.theory])
    return None


def fronts(goal: SorryGoal, made: Sequence[GeneratedDeclaration]) -> list[str]:
    """Declarations in front of the command that a hole is in, at its column.

    What the command opens for itself alone (``open … in``) they may need as well.
    """
    if not made:
        return [""]
    first, last = goal.command
    pad = " " * goal.file.place(first)[1]
    opened = OPENED.match(goal.file.text[first:last])
    heads = ["", opened[0]] if opened else [""]
    return [
        "\n\n".join(f"{head}{d.render()}" for d in made).replace("\n", f"\n{pad}").rstrip()
        for head in heads
    ]
