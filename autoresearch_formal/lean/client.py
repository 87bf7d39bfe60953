"""One gym server, spoken to from asyncio.

A client is a process: its states and theories are plain numbers, and when the process dies they
are gone. `pool` adds what survives that.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import msgspec

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.lean import wire
from autoresearch_formal.lean.messages import (
    PROTOCOL,
    Answer,
    Fault,
    GymError,
    HelloAnswer,
    Request,
)
from autoresearch_formal.lean.process import DEFAULT_MEMORY, GymProcess, ProcessDied
from autoresearch_formal.lean.toolchain import Toolchain

A = TypeVar("A", bound=Answer)

GRACE_SECONDS = 3.0
"""A server that is this late with an answer is ended."""


@dataclass(frozen=True)
class ServerSettings:
    """How servers are started.

    `mask` is the file given to the server for life; `memory` the resident bytes after which a
    server is ended; `start_seconds` how long it may take to say hello.
    """

    toolchain: Toolchain
    root: Path
    mask: Path | None = None
    memory: int = DEFAULT_MEMORY
    start_seconds: float = 90.0


class GymClient:
    """A running server. Requests are answered one at a time, in order.

    Make one with `start`; end it with `close`. Raises `ProcessDied` from any request when the
    process is gone, `GymError` when the server answers with an error.
    """

    def __init__(
        self,
        process: GymProcess,
        hello: HelloAnswer,
        scratch: tempfile.TemporaryDirectory[str],
        start_ms: int,
    ) -> None:
        self.process = process
        self.hello = hello
        self.start_ms = start_ms
        self._scratch = scratch
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gym-client")
        self._number = 0

    @classmethod
    async def start(cls, settings: ServerSettings) -> GymClient:
        """Start a server and wait until it is ready.

        Raises `MissingTool` when it does not come up or speaks another protocol.
        """
        return await asyncio.get_running_loop().run_in_executor(None, cls._start, settings)

    @classmethod
    def _start(cls, settings: ServerSettings) -> GymClient:
        begin = time.monotonic()
        scratch = tempfile.TemporaryDirectory(prefix="autoresearch-gym-")
        argv, env = settings.toolchain.gym_command(
            settings.mask, scratch=Path(scratch.name), root=settings.root
        )
        process = GymProcess(argv, env, cwd=scratch.name, memory=settings.memory)
        line = b""
        try:
            line = process.read_line(settings.start_seconds)
            hello = wire.decode(line, HelloAnswer)
        except (ProcessDied, msgspec.DecodeError) as fault:
            process.close(0)
            scratch.cleanup()
            said = line.decode(errors="replace") or str(fault)
            raise MissingTool(
                f"the gym's server does not start ({said[:300]}): "
                "run `autoresearch doctor` and `autoresearch lean build Reconstruct.Gym`"
            ) from fault
        if hello.protocol != PROTOCOL:
            process.close(0)
            scratch.cleanup()
            raise MissingTool(
                f"the gym's server speaks protocol {hello.protocol}, this client {PROTOCOL}: "
                "use the client and the Lean sources of one version"
            )
        return cls(process, hello, scratch, round((time.monotonic() - begin) * 1000))

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process.alive

    async def request(self, request: Request, kind: type[A], *, seconds: float | None = None) -> A:
        """Send a request and read its answer as `kind`.

        `seconds` limits the wall time (default: what the request allows, and a grace). A server
        that exceeds it, or answers nonsense, is ended, and `ProcessDied` is raised.
        """
        limit = seconds if seconds is not None else request.seconds + GRACE_SECONDS
        loop = asyncio.get_running_loop()
        line = await loop.run_in_executor(self._thread, self._ask, request, limit)
        return wire.decode(line, kind)

    def _ask(self, request: Request, seconds: float) -> bytes:
        self._number += 1
        line = self.process.ask(wire.encode(request, self._number), seconds)
        try:
            echoed = wire.identity(line)
        except msgspec.DecodeError as fault:
            self.process.kill("exit")
            raise ProcessDied("exit", f"not an answer: {line[:200]!r}") from fault
        if echoed != self._number:
            self.process.kill("exit")
            raise ProcessDied("exit", f"answer {echoed!r} to request {self._number}")
        return line

    async def close(self) -> None:
        """End the server and remove its scratch folder."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self.end)

    def end(self) -> None:
        """Like `close`, for callers without an event loop."""
        self.process.close()
        self._thread.shutdown(wait=True)
        self._scratch.cleanup()


def fault_of(death: ProcessDied) -> Fault:
    """The error that a request gets when it ended its server."""
    if death.reason == "timeout":
        return Fault("timeout", "the server did not stop at the limit and was ended")
    if death.reason == "memory":
        return Fault("memory", "the server ran out of memory and was ended")
    return Fault("internal", f"the server ended: {death.detail or death.reason}")


__all__ = ["GRACE_SECONDS", "GymClient", "GymError", "ProcessDied", "ServerSettings", "fault_of"]
