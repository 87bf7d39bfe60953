"""A gym process as a `Worker`: starts it, speaks JSON lines, restarts it when it dies."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import time
from collections.abc import Mapping, Sequence
from typing import Any

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.search.gym import WorkerLost

LINE_LIMIT = 64 * 1024 * 1024
GRACE = 20.0
"""Seconds beyond a request's own limit before the process counts as hung."""


class SearchGymProcess:
    """One gym server process. Created by `start`; never used by two requests at once."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str]) -> None:
        self._argv = list(argv)
        self._env = dict(env)
        self._process: asyncio.subprocess.Process | None = None
        self._next = 0
        self.generation = 0
        self.waiting = 0.0
        """Seconds spent waiting for answers."""
        self.hello: dict[str, Any] = {}

    @classmethod
    async def start(cls, argv: Sequence[str], env: Mapping[str, str]) -> SearchGymProcess:
        """Start the server and read its greeting. Raises `MissingTool` if it does not come."""
        worker = cls(argv, env)
        await worker._spawn()
        return worker

    async def _spawn(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *self._argv,
            env=self._env,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=LINE_LIMIT,
            start_new_session=True,
        )
        self.generation += 1
        try:
            self.hello = await self._read(60.0)
        except WorkerLost as fault:
            await self._kill()
            raise MissingTool(
                "the gym does not start; `autoresearch doctor` says what is missing"
            ) from fault
        except asyncio.CancelledError:
            await self._kill()
            raise

    async def _read(self, timeout: float) -> dict[str, Any]:
        assert self._process is not None
        assert self._process.stdout is not None
        try:
            line = await asyncio.wait_for(self._process.stdout.readline(), timeout)
            answer = json.loads(line)
        except (TimeoutError, ValueError, OSError):
            raise WorkerLost("no answer") from None
        if not isinstance(answer, dict):
            raise WorkerLost("not an answer")
        return answer

    async def request(self, op: str, **fields: Any) -> dict[str, Any]:
        """See `Worker.request`. A hung or dead process is replaced first."""
        if self._process is None:
            await self._spawn()
        assert self._process is not None
        assert self._process.stdin is not None
        self._next += 1
        count = len(fields.get("tactics", ())) or 1
        seconds = fields.get("total_ms", fields.get("ms", 60_000) * count) / 1000 + GRACE
        line = json.dumps({"op": op, "id": self._next, **fields}, ensure_ascii=False) + "\n"
        began = time.perf_counter()
        try:
            self._process.stdin.write(line.encode())
            await self._process.stdin.drain()
            answer = await self._read(seconds)
            if answer.get("id") != self._next:
                raise WorkerLost("answer to another request")
            return answer
        except (WorkerLost, OSError) as fault:
            await self._kill()
            await self._spawn()
            raise WorkerLost(str(fault)) from None
        except asyncio.CancelledError:
            await self._kill()
            raise
        finally:
            self.waiting += time.perf_counter() - began

    async def _kill(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        # it leads the group; to signal it by itself, too, would reap it behind asyncio's back
        await process.wait()

    async def close(self) -> None:
        """End the process and everything it started."""
        await self._kill()
