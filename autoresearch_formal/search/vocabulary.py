"""The definitions of a run: what its statements have in common, found once for all of them.

At the start all statements are read, compressed (`policy.define`) and the definitions that pay
for themselves are offered to every search of the run; at the end they are written down as
``definitions.json`` and ``Definitions.lean``, those that Lean accepts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autoresearch_formal.actions.base import GoalView
from autoresearch_formal.search.gym import SearchWorker
from autoresearch_formal.search.job import FOUNDATION, Job
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.views import view
from autoresearch_formal.symbolic.concepts.lean import Compression, ConceptDefinition

HEARTBEATS = 200_000
MS = 60_000
NAMESPACE = "Reconstruct.Generated"


async def survey(worker: SearchWorker, jobs: Sequence[Job]) -> list[tuple[str, GoalView]]:
    """The statements of all targets as goals; those that the gym refuses are left out.

    So are holes of people's files: what those have in common, their authors have named.
    """
    found: list[tuple[str, GoalView]] = []
    targets = {job.label: job.target for job in jobs if job.target}
    if not targets:
        return []
    modules = [FOUNDATION, *sorted({target.module for target in targets.values()})]
    answer = await worker.request("import", modules=modules)
    if not answer.get("ok"):
        return []
    theory = int(answer["theory"])
    for label, target in targets.items():
        said = await worker.request(
            "goal", theory=theory, tree=True, heartbeats=HEARTBEATS, ms=MS, prop=target.statement
        )
        if said.get("ok"):
            found.append((label, view(said["goals"][0])))
            await worker.request("drop", states=[said["state"]])
    await worker.request("drop", theories=[theory])
    return found


async def accepted(
    worker: SearchWorker, found: Sequence[ConceptDefinition]
) -> list[ConceptDefinition]:
    """The definitions that Lean accepts, with what they depend on, each in front of its uses."""
    kept: list[ConceptDefinition] = []
    answer = await worker.request("import", modules=[FOUNDATION])
    if not answer.get("ok"):
        return []
    theory = int(answer["theory"])
    for one in found:
        if set(one.depends) <= {d.name for d in kept}:
            text = f"namespace {NAMESPACE}\n{one.text}\n\n{one.lemma}\nend {NAMESPACE}"
            said = await worker.request(
                "elab", theory=theory, text=text, heartbeats=HEARTBEATS, ms=MS
            )
            if said.get("ok"):
                kept.append(one)
                theory = int(said["theory"])
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
