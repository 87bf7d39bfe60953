"""What the gym says of people's own files, asked before anything of a run is on disk."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.client import GymClient, ServerSettings
from autoresearch_formal.lean.messages import (
    Answer,
    Elab,
    ElabAnswer,
    File,
    FileAnswer,
    GymError,
    Import,
    ImportAnswer,
    Request,
)
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.lean.project import module_file, project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, Toolchain
from autoresearch_formal.mask import Mask
from autoresearch_formal.mask.imports import parse_header
from autoresearch_formal.targets import PinnedFile, SorryGoal
from autoresearch_formal.targets.sorries import goals_of

A = TypeVar("A", bound=Answer)

READ_MS = 300_000
"""Milliseconds that Lean gets for a file."""
READ_HEARTBEATS = 10_000_000


class FileReader:
    """Reads people's files with a gym of its own; use it as a context manager.

    Args:
        toolchain: the Lean that reads.
        mask: what is hidden from the run.
        trusted: whether what runs code while a file is compiled is let through.
        assume: whether a hole may be taken as given when another is proved.
    """

    def __init__(
        self,
        toolchain: Toolchain,
        mask: Mask | None = None,
        *,
        trusted: bool = False,
        assume: bool = False,
    ) -> None:
        self.toolchain = toolchain
        self.mask = mask
        self.trusted = trusted
        self.assume = assume
        self.gym: GymClient | None = None
        self._scratch = tempfile.TemporaryDirectory(prefix="autoresearch-own-")

    def __enter__(self) -> FileReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.gym is not None:
            self.gym.end()
        self._scratch.cleanup()

    def __call__(self, file: PinnedFile) -> list[SorryGoal]:
        """The holes of a file, in order. Raises `UsageFault` with the line of what is wrong."""
        request = File(
            modules=list(file.modules),
            text=file.text,
            trusted=self.trusted,
            assume_holes=self.assume,
            heartbeats=READ_HEARTBEATS,
            ms=READ_MS,
        )
        goals = goals_of(file, self.ask(file, request, FileAnswer))
        if not goals:
            raise UsageFault(f"{file.path}: no `sorry` in this file, nothing to prove")
        return goals

    def declarations(self, file: PinnedFile) -> ElabAnswer:
        """What a whole file declares, in a theory of its own. Raises `UsageFault` likewise."""
        header = parse_header(file.text).end
        modules = list(file.modules)
        theory = self.ask(file, Import(modules=modules), ImportAnswer).theory
        request = Elab(
            theory=theory,
            text="\n" * file.text.count("\n", 0, header) + file.text[header:],
            own_file=True,
            trusted=self.trusted,
            heartbeats=READ_HEARTBEATS,
            ms=READ_MS,
        )
        return self.ask(file, request, ElabAnswer)

    def ask(self, file: PinnedFile, request: Request, kind: type[A]) -> A:
        """Ask the gym, which is started for the file's modules if there is none yet.

        Raises `UsageFault`, with the line of the file where it has one, for what Lean refuses.
        """
        self.gym = self.gym or self._start(list(file.modules))
        try:
            return self.gym.ask(request, kind)
        except GymError as error:
            raise UsageFault(_complaint(file, error)) from None
        except ProcessDied as death:
            self.gym.end()
            self.gym = None
            raise UsageFault(f"Lean ended while it read the file ({death.reason})") from None

    def _start(self, modules: list[str]) -> GymClient:
        own = {m for m in modules if module_file(project_root(), m).is_file()}
        build(sorted({GYM_MAIN, *own}), self.toolchain)
        mask: Path | None = None
        if self.mask is not None:
            mask = Path(self._scratch.name) / "mask.json"
            mask.write_text(json.dumps(self.mask.gym_file()), encoding="utf-8")
        return GymClient.launch(ServerSettings(self.toolchain, project_root(), mask))


def _complaint(file: PinnedFile, error: GymError) -> str:
    """What is wrong with a file, with its place, in one line."""
    said = error.message.split("\n")[0]
    if error.kind == "forbidden":
        return f"{file.path}:{said}; --trust-file lets it, inside the sandbox"
    wrong = [m for m in error.extra.get("messages", ()) if m.get("severity") == "error"]
    if wrong:
        first = wrong[0]
        return f"{file.path}:{first['line']}:{first['column']}: {first['text'].splitlines()[0]}"
    if error.kind == "unknown_module":
        return f"{file.path}:1: {said}"
    return f"{file.path}: {said}"
