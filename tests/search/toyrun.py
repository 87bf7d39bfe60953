"""A whole run on the toy gym: ``python toyrun.py FOLDER START DELAY`` says how it ended."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from autoresearch_formal.actions.base import Action, Policy, Situation
from autoresearch_formal.interrupts import on_interrupt
from autoresearch_formal.lean.client import ServerSettings
from autoresearch_formal.search.executor import PolicyExecutor
from autoresearch_formal.search.graph.events import NamedProposition, encode
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.runner import Run, RunBudget
from autoresearch_formal.search.runs.folder import RUN_FILE, RunFolder
from autoresearch_formal.search.runs.store import Store
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import StatementSource
from autoresearch_formal.search.verdicts import Verify

GYM = Path(__file__).with_name("toygym.py")
GRAPH = ("TheoryAdded", "GoalAdded", "EdgeAdded", "GoalClosed", "Expanded")


class Toys:
    """Starts the toy gym where a toolchain starts Lean."""

    def __init__(self, delay: float) -> None:
        self.delay = delay

    def gym_command(self, *_: Any, **__: Any) -> tuple[list[str], dict[str, str]]:
        return [sys.executable, str(GYM), str(self.delay)], {}


class Counting(Policy):
    """Takes one, or says that nothing is left."""

    name = "counting"

    def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        return [[Action("tactic", t, p, (t,)) for t, p in (("zero", -0.1), ("take", -1.0))]] * len(
            batch
        )


def job(start: int) -> Job:
    target = SimpleNamespace(id="toy", name="Toy", statement="Toy.Statement", module="Toy")
    source = StatementSource(("Init",), NamedProposition(str(start)))
    return Job("Toy", source, 0, cast(Any, target))


def make(
    folder: Path,
    start: int,
    delay: float,
    limits: RunBudget | None = None,
    judge: Verify | None = None,
) -> Run:
    """A run in a folder, begun or continued."""
    opened = RunFolder.open(folder) if (folder / RUN_FILE).exists() else RunFolder.create(folder)
    opened.write_run({"asked": {}})
    gym = ServerSettings(cast(Any, Toys(delay)), folder)
    executor = PolicyExecutor(Counting(), 1)
    settings = SearchSettings(definitions=False)
    return Run(opened, [job(start)], settings, limits or RunBudget(), gym, 1, executor, judge)


def graph_of(folder: Path) -> list[bytes]:
    """The graph of a run as events."""
    with Store(folder / "events.sqlite") as store:
        return [encode(event) for event in store.read("toy", GRAPH)]


if __name__ == "__main__":
    run = make(Path(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
    with on_interrupt(run.interrupt):
        print("ready", flush=True)
        asyncio.run(run.execute())
    print(run.entries[0].status, run.stopped)
