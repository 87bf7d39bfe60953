"""A gym server behind a mask, spoken to in raw JSON lines: what an adversary would do."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.toolchain import GYM_MAIN, select
from autoresearch_formal.mask import Mask


class Talker:
    """One server process; `ask` sends a request and waits for its answer."""

    def __init__(self, mask: Mask) -> None:
        toolchain = select()
        build([GYM_MAIN], toolchain)
        self._folder = tempfile.TemporaryDirectory(prefix="autoresearch-gymtalk-")
        folder = Path(self._folder.name)
        mask_file = folder / "mask.json"
        mask.write_gym_file(mask_file)
        argv, env = toolchain.gym_command(mask_file, scratch=folder)
        self._process = subprocess.Popen(
            argv, env=env, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.hello = self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the gym ended"
        answer: dict[str, Any] = json.loads(line)
        return answer

    def ask(self, **request: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"id": 0, **request}) + "\n")
        self._process.stdin.flush()
        return self._read()

    def close(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()
