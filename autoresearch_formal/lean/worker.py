"""One gym server at a time, and its successor when it dies."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import TypeVar

from autoresearch_formal.lean.client import GymClient, ProcessDied, ServerSettings
from autoresearch_formal.lean.handles import Handle
from autoresearch_formal.lean.messages import Answer, Request

A = TypeVar("A", bound=Answer)


class Worker:
    """A server, its successor when it dies, and who waits for it.

    `request` is for callers that keep their own record of how a state came about; the pool, whose
    handles do that, deals with the client itself.

    `serial` names the running server among all that a process has started; `pending` counts the
    requests that wait for it or are in work; `garbage` is what it is to free before its next
    request, as (serial, handle, number).
    """

    _serials = itertools.count(1)

    def __init__(self, settings: ServerSettings) -> None:
        self.settings = settings
        self._client: GymClient | None = None
        self._starting: asyncio.Task[GymClient] | None = None
        self.serial = 0
        self.lock = asyncio.Lock()
        self.pending = 0
        self.restarts = -1
        self.start_ms: list[int] = []
        self.garbage: list[tuple[int, Handle, int]] = []
        self.waiting = 0.0
        """Seconds that `request` waited for answers."""

    @property
    def alive(self) -> bool:
        """Whether a server is running."""
        return self._client is not None and self._client.alive

    @property
    def generation(self) -> int:
        """Which of its servers the next request reaches; numbers of earlier ones mean nothing."""
        return self.restarts + (not self.alive)

    async def request(self, request: Request, kind: type[A]) -> A:
        """One request at a time, whoever asks, within its limits and a grace.

        Raises `ProcessDied` when the server died, now or since the last request: what it held is
        gone, and the next request reaches a new one. A caller that stops waiting ends the server,
        because nobody knows what it is at.
        """
        async with self.lock:
            client = self._client or await self.client()
            began = time.perf_counter()
            try:
                return await client.request(request, kind)
            except (ProcessDied, asyncio.CancelledError):
                await self._give_up(client)
                raise
            finally:
                self.waiting += time.perf_counter() - began

    async def _give_up(self, client: GymClient) -> None:
        client.process.kill("closed")
        self._client = None
        await client.close()

    async def client(self) -> GymClient:
        """The running server, started if there is none.

        A caller that gives up waiting leaves the start to go on, for the next one to use.
        """
        if self._client is not None and self._client.alive:
            return self._client
        if self._starting is None:
            self._starting = asyncio.create_task(self._start())
        return await asyncio.shield(self._starting)

    async def _start(self) -> GymClient:
        try:
            if self._client is not None:
                await self._client.close()
            self._client = None
            client = await GymClient.start(self.settings)
            self._client = client
            self.serial = next(self._serials)
            self.restarts += 1
            self.start_ms.append(client.start_ms)
            self.garbage.clear()
            return client
        finally:
            self._starting = None

    async def close(self) -> None:
        """End the server."""
        if self._starting is not None:
            self._starting.cancel()
            await asyncio.wait([self._starting])
        if self._client is not None:
            await self._client.close()
            self._client = None

    @property
    def resident(self) -> int:
        """Resident bytes of the server."""
        return self._client.process.resident if self._client is not None else 0

    @property
    def pid(self) -> int | None:
        """The server's process number."""
        return self._client.process.pid if self._client is not None else None
