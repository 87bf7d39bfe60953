"""The judge as a run sees it: a coroutine from a file and its job to a verdict and its papers.

A process judges equal inputs once: the policies of a loop find many proofs to the letter again,
and the same input gives the same certificate apart from times.
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.interrupts import in_thread
from autoresearch_formal.judge import Judge
from autoresearch_formal.judge.against import AgainstJudge
from autoresearch_formal.lean.toolchain import Toolchain
from autoresearch_formal.search.completed import VerifyFile
from autoresearch_formal.search.job import Job
from autoresearch_formal.targets import PinnedFile

Verify = Callable[[Path, Job], Awaitable[tuple[bool, dict[str, Any]]]]
Input = tuple[str, str, str, str, int]
"""File name, hash of its text, target, key of library and toolchain, cutoff: all that counts."""

_judged: dict[Input, dict[str, Any]] = {}


def judge_for(toolchain: Toolchain, cutoff: int) -> Verify:
    """The judge for the files of a run that prove targets."""
    holder: list[Judge] = []

    async def judge(path: Path, job: Job) -> tuple[bool, dict[str, Any]]:
        assert job.target is not None
        if not holder:
            holder.append(await in_thread(lambda: Judge(toolchain, cutoff=cutoff)))
        text = hashlib.sha256(path.read_bytes()).hexdigest()
        key = (path.name, text, job.target.name, holder[0].library.key, cutoff)
        if key not in _judged:
            name = job.target.name
            certificate = await in_thread(lambda: holder[0].verify(path, name))
            _judged[key] = certificate.to_json()
        return _judged[key]["verdict"] == "yes", _judged[key]

    return judge


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
