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

    Make one with `start` or `launch`; end it with `close` or `end`. Raises `ProcessDied` from any
    request when the process is gone, `GymError` when the server answers with an error.
    """

    hello: HelloAnswer
    start_ms: int

    def __init__(self, settings: ServerSettings) -> None:
        self._scratch = tempfile.TemporaryDirectory(prefix="autoresearch-gym-")
        argv, env = settings.toolchain.gym_command(
            settings.mask, scratch=Path(self._scratch.name), root=settings.root
        )
        self.process = GymProcess(argv, env, cwd=self._scratch.name, memory=settings.memory)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="gym-client")
        self._number = 0

    @classmethod
    async def start(cls, settings: ServerSettings) -> GymClient:
        """Start a server and wait until it is ready.

        Raises `MissingTool` when it does not come up or speaks another protocol.
        """
        client = cls(settings)
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(client._thread, client._greet, settings.start_seconds)
        except BaseException:
            client.process.kill("closed")
            await client.close()
            raise
        return client

    @classmethod
    def launch(cls, settings: ServerSettings) -> GymClient:
        """Like `start`, for callers without an event loop."""
        client = cls(settings)
        try:
            client._greet(settings.start_seconds)
        except BaseException:
            client.end()
            raise
        return client

    def _greet(self, seconds: float) -> None:
        """Read what the server says first."""
        begin = time.monotonic()
        line = b""
        try:
            line = self.process.read_line(seconds)
            self.hello = wire.decode(line, HelloAnswer)
        except (ProcessDied, msgspec.DecodeError) as fault:
            said = line.decode(errors="replace") or str(fault)
            raise MissingTool(
                f"the gym's server does not start ({said[:300]}): "
                "run `autoresearch doctor` and `autoresearch lean build Reconstruct.Gym`"
            ) from fault
        if self.hello.protocol != PROTOCOL:
            raise MissingTool(
                f"the gym's server speaks protocol {self.hello.protocol}, this client {PROTOCOL}: "
                "use the client and the Lean sources of one version"
            )
        self.start_ms = round((time.monotonic() - begin) * 1000)

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self.process.alive

    async def request(self, request: Request, kind: type[A], *, seconds: float | None = None) -> A:
        """Send a request and read its answer as `kind`.

        `seconds` limits the wall time (default: what the request allows, and a grace). A server
        that exceeds it, or answers nonsense, is ended, and `ProcessDied` is raised.
        """
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self.ask, request, kind, seconds)

    def ask(self, request: Request, kind: type[A], seconds: float | None = None) -> A:
        """Like `request`, for callers without an event loop."""
        limit = seconds if seconds is not None else request.seconds + GRACE_SECONDS
        self._number += 1
        line = self.process.ask(wire.encode(request, self._number), limit)
        try:
            echoed = wire.identity(line)
            if echoed == self._number:
                return wire.decode(line, kind)
            fault = f"answer {echoed!r} to request {self._number}"
        except msgspec.DecodeError as error:
            fault = f"not an answer ({error}): {line[:200]!r}"
        self.process.kill("exit")
        raise ProcessDied("exit", fault)

    async def close(self) -> None:
        """End the server and remove its scratch folder."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(None, self.end)

    def end(self) -> None:
        """Like `close`, for callers without an event loop."""
        self.process.close(0)
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
