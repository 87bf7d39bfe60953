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
from autoresearch_formal.search.emit.shorten import shorter
from autoresearch_formal.search.graph.events import Note
from autoresearch_formal.search.graph.script import proof_lines
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.session import Session
from autoresearch_formal.search.states import Refused
from autoresearch_formal.search.views import view
from autoresearch_formal.targets import SorryGoal


@dataclass(frozen=True, slots=True)
class Written:
    """A generated file."""

    path: Path
    lemmas: int
    definitions: int
    lines: int


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
    """Write the user's text with one `sorry` replaced. Raises `Refused` if that does not check."""
    place = job.sorry
    assert place is not None
    lines = proof_lines(session.graph, 0)
    proofs = [put(place, shorter) for shorter in in_context(lines) for put in (as_tactics, as_term)]
    for proof in proofs:
        answer = await session.states.worker.request(
            "elab",
            theory=await session.states.theory(0),
            text=proof,
            allow_sorry=True,
            heartbeats=CHECK_HEARTBEATS,
            ms=CHECK_MS,
        )
        if answer.get("ok"):
            imports = "".join(f"import {m}\n" for m in place.imports)
            path = folder.write(job.generated, f"{imports}{proof}")
            return Written(path, 0, 0, len(lines))
    raise Refused("the proof does not check in its place")


def sorry_offset(place: SorryGoal) -> int:
    """Where the `sorry` stands in ``place.body``."""
    text = place.path.read_text(encoding="utf-8")
    before = sum(len(line) for line in text.splitlines(keepends=True)[: place.line - 1])
    return before + place.column - (len(text) - len(place.body))


def in_context(lines: list[str]) -> list[list[str]]:
    """The script with fewer and fewer names introduced, none of them last.

    The gym states a `sorry` as a closed statement, which takes in what the text has in context at
    that place already; how much of the first ``intro`` that is only the place itself can tell.
    """
    head, *rest = lines
    if not head.startswith("intro "):
        return [lines]
    names = head.split()[1:]
    shorter = [[f"intro {' '.join(names[k:])}", *rest] for k in range(len(names))]
    return [*shorter, rest] if rest else shorter


def as_tactics(place: SorryGoal, lines: list[str]) -> str:
    """The body with the `sorry`, a tactic, replaced by tactics at its column."""
    at = sorry_offset(place)
    column = place.column
    start = place.body.rfind("\n", 0, at) + 1
    if place.body[start:at].strip():
        column = len(place.body[start:at]) - len(place.body[start:at].lstrip()) + 2
        script = "\n" + "\n".join(" " * column + line for line in lines)
    else:
        script = ("\n" + " " * column).join(lines)
    return place.body[:at] + script + place.body[at + len("sorry") :]


def as_term(place: SorryGoal, lines: list[str]) -> str:
    """The body with the `sorry`, a term, replaced by ``by`` and tactics."""
    at = sorry_offset(place)
    start = place.body.rfind("\n", 0, at) + 1
    indent = len(place.body[start:at]) - len(place.body[start:at].lstrip()) + 2
    script = "by\n" + "\n".join(" " * indent + line for line in lines)
    return place.body[:at] + script + place.body[at + len("sorry") :]
