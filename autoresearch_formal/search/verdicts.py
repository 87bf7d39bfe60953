"""The judge as a run sees it: a coroutine from a file and its job to a verdict and its papers.

A process judges equal inputs once: the policies of a loop find many proofs to the letter again,
and the same input gives the same certificate apart from times.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import threading
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.interrupts import in_thread
from autoresearch_formal.judge import Judge
from autoresearch_formal.judge.against import AgainstJudge
from autoresearch_formal.judge.lean_side import LeanSide
from autoresearch_formal.judge.library import LibraryStore, visible_parts
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import Toolchain
from autoresearch_formal.search.completed import VerifyFile
from autoresearch_formal.search.job import Job
from autoresearch_formal.targets import PinnedFile

Verify = Callable[[Path, Job], Awaitable[tuple[bool, dict[str, Any]]]]
Input = tuple[str, str, str, str, int]
"""File name, hash of its text, target, key of library and toolchain, cutoff: all that counts."""

_judged: dict[Input, dict[str, Any]] = {}


class TargetJudge:
    """The judge for the files of a run that prove targets; use it as a context manager.

    It is opened beside the search, and while there is something left to judge it has the
    processes of the next verdict waiting. Files are judged one after the other.

    Args:
        toolchain: the Lean that compiles the files.
        cutoff: year of the mask.
        expected: how many files there may be.
        warm: False opens the judge with the first file and starts nothing ahead.
    """

    def __init__(
        self, toolchain: Toolchain, cutoff: int, expected: int = 1, *, warm: bool = True
    ) -> None:
        self._toolchain = toolchain
        self._cutoff = cutoff
        self._expected = expected
        self._warm = warm
        self._turn = asyncio.Lock()
        self._lock = threading.Lock()
        self._judge: Judge | None = None

    def __enter__(self) -> TargetJudge:
        if self._warm and self._expected:
            threading.Thread(target=self._ahead, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._expected = 0
        if self._judge is not None:
            self._judge.close()

    def _ahead(self) -> None:
        """Open the judge, unless its library has to be made first: the search needs the cores."""
        with contextlib.suppress(MissingTool, UsageFault):  # whoever asks for a verdict is told
            lean = LeanSide(self._toolchain, project_root())
            if LibraryStore(lean, lambda text: None, visible_parts()).made():
                self._wait(self._opened())

    def _wait(self, judge: Judge) -> None:
        """Have the next verdict's processes waiting, if there is going to be one."""
        if self._warm and self._expected > 0:
            judge.warm()
        if self._expected <= 0:  # the run has ended meanwhile
            judge.close()

    def _opened(self) -> Judge:
        with self._lock:
            if self._judge is None:
                self._judge = Judge(self._toolchain, cutoff=self._cutoff)
            return self._judge

    async def __call__(self, path: Path, job: Job) -> tuple[bool, dict[str, Any]]:
        """Whether the judge says yes, and its certificate."""
        assert job.target is not None
        name = job.target.name
        async with self._turn:
            certificate = await in_thread(lambda: self._judged(path, name))
        return certificate["verdict"] == "yes", certificate

    def _judged(self, path: Path, name: str) -> dict[str, Any]:
        judge = self._opened()
        text = hashlib.sha256(path.read_bytes()).hexdigest()
        key = (path.name, text, name, judge.library.key, self._cutoff)
        if key not in _judged:
            _judged[key] = judge.verify(path, name).to_json()
        self._expected -= 1
        self._wait(judge)
        return _judged[key]


def file_judge_for(toolchain: Toolchain, trusted: bool) -> VerifyFile:
    """The judge for completions of people's files."""
    holder: list[AgainstJudge] = []

    async def judge(file: PinnedFile, candidate: bytes) -> dict[str, Any]:
        if not holder:
            made = await in_thread(lambda: AgainstJudge(toolchain, trust_original=trusted))
            holder.append(made)
        name = file.path.name
        pin = await in_thread(lambda: holder[0].pin(file.data))
        if pin.finding is not None:
            raise UsageFault(f"{file.path}: {pin.finding}")
        certificate = await in_thread(lambda: holder[0].verify(file.data, candidate, name=name))
        return certificate.to_json()

    return judge
