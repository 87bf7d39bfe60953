"""What a loop needs done: a search in a folder, and a policy from a dataset."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from autoresearch_formal.data.trajectories import write_trajectories
from autoresearch_formal.errors import MissingTool
from autoresearch_formal.judge import Judge
from autoresearch_formal.lean.project import PACKAGE, project_root
from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.loop.curriculum import Auxiliary
from autoresearch_formal.loop.sharing import code, hash_of
from autoresearch_formal.loop.statements import read_back
from autoresearch_formal.mask import DEFAULT_CUTOFF
from autoresearch_formal.policy import tuned
from autoresearch_formal.search.runs.folder import RUN_FILE, RunFolder
from autoresearch_formal.search.start import Observer, RunOptions, execute
from autoresearch_formal.train.folders import digest
from autoresearch_formal.train.neural import train as train_neural
from autoresearch_formal.train.request import Trained, TrainRequest
from autoresearch_formal.train.table import fit


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One run: what to prove, with which policy, how much may be tried."""

    targets: tuple[str, ...]
    policy: str
    steps: int
    seed: int
    round: int
    workers: int = 1
    cutoff: int = DEFAULT_CUTOFF
    judge: bool = True
    without: tuple[str, ...] = ()
    toolchain: str | None = None


class LoopEngine(Protocol):
    """Searches and trains. Tests have one without Lean."""

    def identity(self, toolchain: str | None) -> str:
        """What results depend on besides requests: equal for engines that give the same."""
        ...

    def search(self, request: SearchRequest, folder: Path) -> None:
        """Fill a run folder, going on with what is there already."""
        ...

    def read_back(
        self, made: Sequence[Auxiliary], cutoff: int, toolchain: str | None
    ) -> tuple[list[str | None], set[str]]:
        """Fingerprints of statements (None: refused by Lean), and those of all targets."""
        ...

    def train(self, request: TrainRequest, out: Path) -> Trained:
        """Write a candidate policy into an empty folder."""
        ...


class LeanEngine:
    """The real thing.

    Args:
        observer: follows each search.
    """

    def __init__(self, observer: Observer | None = None) -> None:
        self._observer = observer

    def identity(self, toolchain: str | None) -> str:
        """The Lean that is used, the Lean library's sources and this package's own."""
        return f"{select(toolchain).id} {lean_sources()} {code()}"

    def search(self, request: SearchRequest, folder: Path) -> None:
        """Run or resume `autoresearch run`, and have the judge confirm auxiliary statements."""
        done = folder.parent / f"{folder.name}.done"
        if done.exists():
            return
        settings = folder.parent / f"{folder.name}.toml"
        begun = (folder / RUN_FILE).exists()
        if not begun:
            settings.write_text(search_settings(request.without), encoding="utf-8")
        options = RunOptions(
            targets=request.targets,
            policy=request.policy,
            steps=request.steps,
            workers=request.workers,
            cutoff=request.cutoff,
            seed=request.seed,
            no_verify=not request.judge,
            settings=None if begun else settings,
            out=None if begun else folder,
            resume=folder if begun else None,
            toolchain=request.toolchain,
            round=request.round,
        )
        stopped = str(execute(options, self._observer)["stopped"])
        if "--resume" in stopped:  # it could not go on, and is not done
            raise MissingTool(stopped.replace("continue with --resume", "then --resume the loop"))
        judged = request.judge and judge_auxiliaries(folder, request)
        if judged or self._observer is None:  # else the observer has written them
            write_trajectories(folder)
        done.touch()

    def read_back(
        self, made: Sequence[Auxiliary], cutoff: int, toolchain: str | None
    ) -> tuple[list[str | None], set[str]]:
        """Ask the gym."""
        return read_back(made, cutoff, toolchain)

    def train(self, request: TrainRequest, out: Path) -> Trained:
        """Train with the trainer that the settings name."""
        return TRAINERS[request.settings.trained_by](request, out)


@functools.cache
def lean_sources() -> str:
    """One hash for all Lean files of the project."""
    root = project_root() / PACKAGE
    return hash_of({str(path.relative_to(root)): digest(path) for path in root.rglob("*.lean")})


def search_settings(without: Sequence[str]) -> str:
    """Search settings after ablations, as TOML."""
    return "".join(f"{name} = false\n" for name in ("lemmas", "definitions") if name in without)


def judge_auxiliaries(folder: Path, request: SearchRequest) -> bool:
    """Certificates for proofs of statements that are no targets; whether there were any.

    A run only compiles those; the loop wants the same verdict as for targets.
    """
    run = RunFolder(folder)
    certificates = json.loads((folder / "certificate.json").read_text(encoding="utf-8"))
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    waiting = [
        r
        for r in report["results"]
        if r["level"] is None and r["file"] and "verdict" not in certificates.get(r["target"], {})
    ]
    if waiting:
        judge = Judge(select(request.toolchain), cutoff=request.cutoff)
        for result in waiting:
            certificate = judge.verify(folder / result["file"])
            certificates[result["target"]] = certificate.to_json()
        run.write_json("certificate.json", certificates)
    return bool(waiting)


def train_table(request: TrainRequest, out: Path) -> Trained:
    """Learned preferences for the symbolic policy; needs no torch."""
    name, _, place = request.previous.partition(":")
    before = tuned.load(Path(place)) if name == "tuned" else None
    made = fit(request.examples, request.rows, before, request.settings.kl_bound)
    tuned.save(made.table, out)
    metrics = {
        "kl": made.kl,
        "entropy": made.entropy,
        "limited": made.limited,
        "strength": made.table.strength,
        "features": len(made.table.scores),
    }
    return Trained("tuned:{}", metrics)


TRAINERS: dict[str, Callable[[TrainRequest, Path], Trained]] = {
    "table": train_table,
    "sft": train_neural,
    "sft+dpo": train_neural,
    "grpo": train_neural,
}
