"""A run folder without Lean: the toy gym of the search tests, judged by hand-made certificates."""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from autoresearch_formal.actions.base import Action, Situation
from autoresearch_formal.data.trajectories import write_trajectories
from autoresearch_formal.search.graph.events import NamedProposition
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.store import Store
from autoresearch_formal.search.session import Propose, Session
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import StatementSource
from tests.search.toy import ToyGym

MASK = "sha256:mask"


async def propose(batch: Sequence[Situation]) -> list[list[Action]]:
    tactics = [("halve", -0.5), ("zero", -0.1), ("take", -1.0), ("nonsense", -2.0)]
    return [[Action("tactic", t, p, (f"toy.{t}",)) for t, p in tactics] for _ in batch]


def make_run(
    path: Path,
    verdicts: dict[str, str],
    round_: int | None = None,
    seed: int = 0,
    number: Callable[[str], int] = lambda target: int(target[1:]),
    policy: Propose = propose,
    steps: int = 10**9,
) -> Path:
    """A run over numbers as targets. ``verdicts``: target to yes, no, stale or other mask.

    Each target gets at most about ``steps`` tries.
    """
    folder = RunFolder.create(path)
    results, certificates = [], {}
    with Store(folder.events) as store:
        for target, verdict in verdicts.items():
            source = StatementSource(("Init",), NamedProposition(str(number(target))))
            one = Session(target, source, ToyGym(), store, policy, SearchSettings())

            async def search(session: Session = one) -> None:
                await session.begin()
                await session.turn(10**9, lambda: session.tally.steps >= steps)

            asyncio.run(search())
            if not one.proved:
                results.append(result(target, one, "exhausted"))
                continue
            text = f"theorem {target} := toy\n"
            folder.write(f"Generated/{target}.lean", text)
            digest = hashlib.sha256(text.encode()).hexdigest()
            certificates[target] = {
                "verdict": "no" if verdict == "no" else "yes",
                "targets": [{"target": target, "name": target, "line": 1}],
                "hashes": {
                    "source": "0" * 64 if verdict == "stale" else digest,
                    "library": "l",
                    "mask": "sha256:another" if verdict == "other mask" else MASK,
                },
            }
            status = "rejected" if verdict == "no" else "verified"
            results.append(result(target, one, status))
    folder.write_run(
        {
            "asked": {"policy": "symbolic", "seed": seed, "round": round_, "cutoff": 1823},
            "resolved": {
                "targets": list(verdicts),
                "modules": {t: ["Init"] for t in verdicts},
                "mask": MASK,
                "lean": "4.28.0",
            },
        }
    )
    folder.write("certificate.json", json.dumps(certificates))
    report = {"results": results, "seconds": 2.0, "steps": 1, "workers": 1, "levels": {}}
    folder.write("report.json", json.dumps(report))
    write_trajectories(path)
    return path


def result(target: str, session: Session, status: str) -> dict[str, Any]:
    """A line of report.json."""
    found = status in ("verified", "rejected")
    return {
        "target": target,
        "name": target,
        "level": 0,
        "status": status,
        "note": "",
        "seconds": 1.0,
        "steps": session.tally.steps,
        "heartbeats": 0,
        "goals": len(session.graph.goals),
        "lemmas_tried": 0,
        "lemmas": 0,
        "definitions": 0,
        "file": f"Generated/{target}.lean" if found else None,
    }


@pytest.fixture
def toy_run(tmp_path: Path) -> Path:
    """Four targets with a proof, of which the judge believes one."""
    verdicts = {"t9": "yes", "t5": "no", "t6": "stale", "t7": "other mask"}
    return make_run(tmp_path / "toy", verdicts)
