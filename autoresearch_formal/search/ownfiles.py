"""What the gym says of people's own files, asked before anything of a run is on disk."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.process import GymProcess, ProcessDied
from autoresearch_formal.lean.project import module_file, project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, Toolchain
from autoresearch_formal.mask import Mask
from autoresearch_formal.targets import PinnedFile, SorryGoal
from autoresearch_formal.targets.sorries import goals_of

READ_MS = 300_000
"""Milliseconds that Lean gets for a file."""
READ_HEARTBEATS = 10_000_000
GRACE = 10.0


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
        self._gym: GymProcess | None = None
        self._scratch = tempfile.TemporaryDirectory(prefix="autoresearch-own-")

    def __enter__(self) -> FileReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._gym is not None:
            self._gym.close()
        self._scratch.cleanup()

    def __call__(self, file: PinnedFile) -> list[SorryGoal]:
        """The holes of a file, in order. Raises `UsageFault` with the line of what is wrong."""
        answer = self._ask(
            "file",
            modules=list(file.modules),
            text=file.text,
            trusted=self.trusted,
            assume_holes=self.assume,
            heartbeats=READ_HEARTBEATS,
            ms=READ_MS,
        )
        if not answer.get("ok"):
            raise UsageFault(_complaint(file, answer))
        goals = goals_of(file, answer)
        if not goals:
            raise UsageFault(f"{file.path}: no `sorry` in this file, nothing to prove")
        return goals

    def _ask(self, op: str, **fields: Any) -> dict[str, Any]:
        if self._gym is None:
            self._gym = self._start(fields["modules"])
        line = json.dumps({"id": 0, "op": op, **fields}, ensure_ascii=False) + "\n"
        try:
            answer = json.loads(self._gym.ask(line.encode(), READ_MS / 1000 + GRACE))
        except ProcessDied as death:
            self._gym = None
            raise UsageFault(f"Lean ended while it read the file ({death.reason})") from None
        assert isinstance(answer, dict)
        return answer

    def _start(self, modules: list[str]) -> GymProcess:
        own = {m for m in modules if module_file(project_root(), m).is_file()}
        build(sorted({GYM_MAIN, *own}), self.toolchain)
        mask: Path | None = None
        if self.mask is not None:
            mask = Path(self._scratch.name) / "mask.json"
            mask.write_text(json.dumps(self.mask.gym_file()), encoding="utf-8")
        argv, env = self.toolchain.gym_command(mask)
        try:
            gym = GymProcess(argv, env, cwd=self._scratch.name)
            gym.read_line(60.0)
        except ProcessDied as death:
            raise MissingTool(
                "the gym does not start; `autoresearch doctor` says what is missing"
            ) from death
        return gym


def _complaint(file: PinnedFile, answer: dict[str, Any]) -> str:
    """What is wrong with a file, with its place, in one line."""
    error = answer.get("error", {})
    said = str(error.get("message", "refused")).split("\n")[0]
    if error.get("kind") == "forbidden":
        return f"{file.path}:{said}; --trust-file lets it, inside the sandbox"
    wrong = [m for m in answer.get("messages", ()) if m.get("severity") == "error"]
    if wrong:
        first = wrong[0]
        return f"{file.path}:{first['line']}:{first['column']}: {first['text'].splitlines()[0]}"
    if error.get("kind") == "unknown_module":
        return f"{file.path}:1: {said}"
    return f"{file.path}: {said}"
