"""From a proved session to a file on disk, checked in the gym on the way."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.search.folder import RunFolder
from autoresearch_formal.search.generate import clean, declarations, render_file
from autoresearch_formal.search.gym import WorkerLost
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.naming import words
from autoresearch_formal.search.session import Session
from autoresearch_formal.search.states import Refused

CHECK_HEARTBEATS = 200_000
CHECK_MS = 60_000


@dataclass(frozen=True, slots=True)
class Written:
    """A generated file."""

    path: Path
    lemmas: int
    definitions: int
    lines: int


async def write_file(session: Session, job: Job, folder: RunFolder) -> Written:
    """Write ``Generated/<name>.lean``. Raises `Refused` if the whole does not check."""
    statement = f"{job.target.statement}" if job.target else session.source.statement
    tally = session.tally
    doc = (
        f"Found by search after {tally.steps} steps in a graph of {len(session.graph.goals)} goals."
    )
    name = job.name.replace(".", "_").replace("#", "_")
    made = declarations(session.graph, name, statement, doc)
    theory = await session.states.theory(0)

    async def check(text: str) -> bool:
        try:
            answer = await session.states.worker.request(
                "elab",
                theory=theory,
                text=f"namespace Reconstruct.Generated\n{text}\nend Reconstruct.Generated",
                heartbeats=CHECK_HEARTBEATS,
                ms=CHECK_MS,
            )
        except WorkerLost:
            return False
        if answer.get("ok"):
            await session.states.worker.request("drop", theories=[answer["theory"]])
        return bool(answer.get("ok"))

    if job.target is not None:
        if not await check("\n\n".join(d.render() for d in made)):
            raise Refused("the assembled proof does not check")
        for position, decl in enumerate(made):
            if decl.kind == "theorem":
                await clean(made[:position], decl, check)
        text = render_file(
            session.source.modules,
            words(name),
            "Written by a search; every line was checked again by the judge, which trusts neither"
            "\nthe search nor this file.",
            made,
        )
    else:
        text = "\n\n".join(d.render() for d in made) + "\n"
    path = folder.generated / f"{name}.lean"
    folder.write(f"Generated/{name}.lean", text)
    definitions = sum(d.kind == "def" for d in made)
    return Written(path, len(made) - 1 - definitions, definitions, text.count("\n"))
