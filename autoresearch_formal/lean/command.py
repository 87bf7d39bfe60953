"""A prepared command line: program, arguments, the whole environment; nothing is inherited."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Sandbox:
    """What a Lean process may touch, besides the Lean library itself.

    `read` and `write` are folders or files (`write` implies reading). No process can be started
    and no connection opened under a sandbox.
    """

    read: tuple[Path, ...] = ()
    write: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Command:
    """What to execute; `env` is the complete environment."""

    argv: list[str]
    env: dict[str, str] = field(default_factory=dict)

    def run(
        self, *, cwd: Path | None = None, timeout: float | None = None, text: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run to the end with `text` on stdin.

        Raises `subprocess.TimeoutExpired` after `timeout` seconds, having ended the process.
        """
        return subprocess.run(
            self.argv,
            env=self.env,
            cwd=cwd,
            input=text,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout,
            check=False,
        )
