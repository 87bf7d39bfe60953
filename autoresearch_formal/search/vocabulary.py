"""The definitions of a run: what its statements have in common, found once for all of them.

At the start all statements are read, compressed (`policy.define`) and the definitions that pay
for themselves are offered to every search of the run; at the end they are written down as
``definitions.json`` and ``Definitions.lean``, those that Lean accepts.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

from autoresearch_formal.actions.base import GoalView
from autoresearch_formal.lean.messages import (
    Drop,
    DropAnswer,
    Elab,
    ElabAnswer,
    Goal,
    GoalAnswer,
    GymError,
    Import,
    ImportAnswer,
)
from autoresearch_formal.lean.worker import Worker
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.states import view
from autoresearch_formal.symbolic.concepts.lean import Compression, ConceptDefinition
from autoresearch_formal.targets.worlds import FOUNDATION

HEARTBEATS = 200_000
MS = 60_000
NAMESPACE = "Reconstruct.Generated"


async def survey(worker: Worker, jobs: Sequence[Job]) -> list[tuple[str, GoalView]]:
    """The statements of all targets as goals; those that the gym refuses are left out.

    So are holes of people's files: what those have in common, their authors have named.
    """
    found: list[tuple[str, GoalView]] = []
    targets = {job.label: job.target for job in jobs if job.target}
    if not targets:
        return []
    modules = [FOUNDATION, *sorted({target.module for target in targets.values()})]
    try:
        theory = (await worker.request(Import(modules=modules), ImportAnswer)).theory
    except GymError:
        return []
    states = []
    for label, target in targets.items():
        request = Goal(
            theory=theory, prop=target.statement, tree=True, heartbeats=HEARTBEATS, ms=MS
        )
        with contextlib.suppress(GymError):
            answer = await worker.request(request, GoalAnswer)
            found.append((label, view(answer.goals[0])))
            states.append(answer.state)
    await worker.request(Drop(states=states, theories=[theory]), DropAnswer)
    return found


async def accepted(worker: Worker, found: Sequence[ConceptDefinition]) -> list[ConceptDefinition]:
    """The definitions that Lean accepts, with what they depend on, each in front of its uses."""
    kept: list[ConceptDefinition] = []
    if not found:
        return kept
    try:
        theory = (await worker.request(Import(modules=[FOUNDATION]), ImportAnswer)).theory
    except GymError:
        return []
    for one in found:
        if set(one.depends) <= {d.name for d in kept}:
            text = f"namespace {NAMESPACE}\n{one.text}\n\n{one.lemma}\nend {NAMESPACE}"
            request = Elab(theory=theory, text=text, heartbeats=HEARTBEATS, ms=MS)
            with contextlib.suppress(GymError):
                theory = (await worker.request(request, ElabAnswer)).theory
                kept.append(one)
    return kept


def document(
    kept: Sequence[ConceptDefinition],
    compression: Compression,
    used_in: Mapping[str, Sequence[str]],
) -> dict[str, Any]:
    """What ``definitions.json`` says; lengths are numbers of symbols."""
    return {
        "description_length": {"before": compression.before, "after": compression.after},
        "definitions": [
            {
                "name": one.name,
                "text": one.text,
                "parameters": [
                    {"name": p.name, "type": p.type, "implicit": p.implicit} for p in one.parameters
                ],
                "result": one.result,
                "depends": list(one.depends),
                "uses": dict(one.uses),
                "length": one.shape.cost,
                "saved": one.saved,
                "used_in": list(used_in.get(one.name, ())),
            }
            for one in kept
        ],
    }


def lean_text(kept: Sequence[ConceptDefinition]) -> str:
    """``Definitions.lean``."""
    body = "\n\n".join(f"/-- {one.doc} -/\n{one.text}\n\n{one.lemma}" for one in kept)
    return (
        f"import {FOUNDATION}\n\n/-!\n# Definitions\n\nWhat recurs in the statements of a run and"
        " is shorter with a name; most useful first,\neach after what it needs.\n-/\n\n"
        f"namespace {NAMESPACE}\n\n{body}\n\nend {NAMESPACE}\n"
    )


def write(
    folder: RunFolder,
    kept: Sequence[ConceptDefinition],
    compression: Compression,
    used_in: Mapping[str, Sequence[str]],
) -> None:
    """Write both files into the run folder."""
    folder.write_json("definitions.json", document(kept, compression, used_in))
    folder.write("Definitions.lean", lean_text(kept))
