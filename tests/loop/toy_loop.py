"""A whole loop without Lean, as a program that can kill itself at any write.

    python toy_loop.py FOLDER [KILL_AT [SIBLING]]

Goes on with the loop in FOLDER, or begins it. With KILL_AT above 0 the process is killed (-9) at
that write to the folder; without, it prints how many writes there were. Phases are shared with the
loop in SIBLING.
"""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autoresearch_formal.actions.base import Action, Situation
from autoresearch_formal.loop.curriculum import Auxiliary
from autoresearch_formal.loop.engine import SearchRequest, train_table
from autoresearch_formal.loop.rounds import Loop
from autoresearch_formal.policy import tuned
from autoresearch_formal.report.loop import write_page
from autoresearch_formal.train.folders import LoopFolder
from autoresearch_formal.train.request import Trained, TrainRequest
from autoresearch_formal.train.settings import LoopSettings

_spec = importlib.util.spec_from_file_location("toy_runs", Path(__file__).with_name("conftest.py"))
assert _spec is not None
assert _spec.loader is not None
toy = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(toy)

LEARN = ("inverse-of-product", "power-of-power", "division-determines")
HELD = ("casting-out-nines", "own-square-is-identity")
SETTINGS = LoopSettings(
    rounds=2,
    targets=LEARN,
    held_out=HELD,
    steps=80,
    evaluation_steps=40,
    auxiliary=0.0,
    kl_bound=3.0,
)


def number(target: str) -> int:
    """Every target is a number to be taken to 0."""
    return 5 + len(target) % 7


class ToyEngine:
    """Searches numbers; trains the table. Idempotent, as engines must be."""

    def __init__(self, name: str = "toy") -> None:
        self.name = name
        self.calls: list[str] = []

    def identity(self, toolchain: str | None) -> str:
        return self.name

    def search(self, request: SearchRequest, folder: Path) -> None:
        if (folder / "trajectories.parquet").exists():
            return
        self.calls.append(folder.name)
        for leftover in ("run.toml", "events.sqlite", "events.sqlite-wal", "events.sqlite-shm"):
            (folder / leftover).unlink(missing_ok=True)
        name, _, place = request.policy.partition(":")
        policy = tuned.TunedPolicy(tuned.load(Path(place))) if name == "tuned" else None

        async def propose(batch: Sequence[Situation]) -> list[list[Action]]:
            found: list[list[Action]] = await toy.propose(batch)
            if policy is None:
                return [[*actions, *distractors()] for actions in found]
            return [
                policy.arrange(situation, [*actions, *distractors()])
                for situation, actions in zip(batch, found, strict=True)
            ]

        toy.make_run(
            folder,
            dict.fromkeys(request.targets, "yes"),
            request.round,
            request.seed,
            number,
            propose,
            request.steps // len(request.targets),
        )

    def read_back(
        self, made: Sequence[Auxiliary], cutoff: int, toolchain: str | None
    ) -> tuple[list[str | None], set[str]]:
        return [], set()

    def train(self, request: TrainRequest, out: Path) -> Trained:
        self.calls.append("train")
        return train_table(request, out)


def distractors() -> list[Action]:
    """What an untrained policy likes and nothing comes of."""
    return [Action("tactic", f"useless {k}", -0.2 - k / 100, ("toy.useless",)) for k in range(6)]


def arm(folder: Path, kill_at: int) -> list[int]:
    """Count writes below a folder from now on, and die at one of them."""
    writes = [0]
    below = str(folder.resolve())

    def hook(event: str, args: tuple[Any, ...]) -> None:
        written = event in ("os.rename", "os.remove", "os.mkdir", "sqlite3.connect") or (
            event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
        )
        if written and any(below in str(a) for a in args[:2]):
            writes[0] += 1
            if writes[0] == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hook)
    return writes


def main() -> None:
    path = Path(sys.argv[1])
    writes = arm(path, int(sys.argv[2]) if len(sys.argv) > 2 else 0)
    begun = (path / "loop.toml").exists()
    folder = LoopFolder.open(path) if begun else LoopFolder.create(path, SETTINGS)
    siblings = [LoopFolder.open(Path(place)) for place in sys.argv[3:]]
    with folder:
        Loop(folder, ToyEngine(), siblings=siblings).run()
        write_page(folder.path)
    print(writes[0])


if __name__ == "__main__":
    main()
