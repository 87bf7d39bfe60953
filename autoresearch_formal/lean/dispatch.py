"""Which of several gym servers answers a request, and what happens when one dies of it.

`pool` gives this the shape of the protocol's operations.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Self, TypeVar

from autoresearch_formal.errors import MissingTool, Negative
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.client import GRACE_SECONDS, GymClient, ServerSettings, fault_of
from autoresearch_formal.lean.handles import Handle, State, Theory
from autoresearch_formal.lean.messages import (
    Answer,
    Drop,
    DropAnswer,
    Fault,
    GymError,
    HelloAnswer,
    Request,
    Stats,
    StatsAnswer,
)
from autoresearch_formal.lean.process import DEFAULT_MEMORY, ProcessDied
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, Toolchain, select
from autoresearch_formal.lean.worker import Worker

A = TypeVar("A", bound=Answer)

EXTRA_SECONDS = 5.0
"""What a request may take beyond its own limits, all restarts and replays included."""

_QUEUE_PER_WORKER = 4
_HEALTH_SECONDS = 15.0


class Deadly(GymError):
    """A request that ended its server, or found none in time."""

    def __init__(self, fault: Fault, reason: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.reason = reason


class Dispatcher:
    """Servers, their queue, and the handles that live on them.

    `mask` is the gym's mask file. `modules` are project modules to build first, besides the gym
    itself; they can then be imported.
    """

    def __init__(
        self,
        *,
        workers: int = 1,
        toolchain: Toolchain | None = None,
        mask: Path | None = None,
        modules: Sequence[str] = (),
        memory: int = DEFAULT_MEMORY,
        root: Path | None = None,
    ) -> None:
        self.settings = ServerSettings(toolchain or select(), root or project_root(), mask, memory)
        self._modules = modules
        self._workers = [Worker(self.settings) for _ in range(workers)]
        self._places = asyncio.Semaphore(workers * _QUEUE_PER_WORKER)
        self._health: asyncio.Task[None] | None = None
        self._restarting: set[asyncio.Task[Any]] = set()
        self.hello: HelloAnswer | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def start(self) -> None:
        """Build what is needed and start all servers."""
        loop = asyncio.get_running_loop()
        names = [GYM_MAIN, *self._modules]
        settings = self.settings
        built = await loop.run_in_executor(
            None, lambda: build(names, settings.toolchain, root=settings.root)
        )
        if not built.ok:
            bad = next(module for module in built.modules.values() if not module.ok)
            said = bad.messages[0].text if bad.messages else "no message"
            raise Negative(f"{bad.source}: does not compile: {said}")
        try:
            clients = await asyncio.gather(*(worker.client() for worker in self._workers))
        except BaseException:
            await self.close()
            raise
        self.hello = clients[0].hello
        self._health = asyncio.create_task(self._watch_health())

    async def close(self) -> None:
        """End all servers."""
        tasks = [*self._restarting, *([self._health] if self._health else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(worker.close() for worker in self._workers))

    def drop(self, handles: Iterable[Handle]) -> None:
        """Free theories and states. Takes effect with the next request to each server.

        What was made from them keeps working.
        """
        for handle in handles:
            handle.dropped = True
            for worker in self._workers:
                local = handle.places.pop(worker.serial, None)
                if local is not None:
                    worker.garbage.append((worker.serial, handle, local))
            handle.places.clear()

    async def stats(self) -> list[StatsAnswer | None]:
        """Counters of every server; None for one that is being restarted."""

        async def one(worker: Worker) -> StatsAnswer | None:
            async with worker.lock:
                if not worker.alive:
                    return None
                client = await worker.client()
                await self._sweep(worker, client)
                with contextlib.suppress(ProcessDied):
                    return await client.request(Stats(), StatsAnswer)
                return None

        return list(await asyncio.gather(*(one(worker) for worker in self._workers)))

    @property
    def workers(self) -> list[dict[str, Any]]:
        """Each server: process number, resident bytes, restarts, time its start took."""
        return [
            {
                "pid": worker.pid,
                "resident": worker.resident,
                "restarts": max(worker.restarts, 0),
                "start_ms": worker.start_ms[-1] if worker.start_ms else None,
            }
            for worker in self._workers
        ]

    def _choose(self, handle: Handle | None, avoid: Worker | None) -> Worker:
        """The server that has `handle`, unless it is busy while another is idle; never `avoid`
        if there is a choice."""
        candidates = [worker for worker in self._workers if worker is not avoid] or self._workers
        ready = [worker for worker in candidates if worker.alive] or candidates
        least = min(ready, key=lambda worker: worker.pending)
        if handle is None:
            return least
        homes = [worker for worker in ready if worker.serial in handle.places]
        home = min(homes, key=lambda worker: worker.pending, default=least)
        return least if home.pending and not least.pending else home

    async def _ask(
        self,
        handle: Handle | None,
        make: Callable[[int | None], Request],
        kind: type[A],
        *,
        retries: int = 2,
    ) -> tuple[A, int]:
        """Make a request on a handle wherever that is or can be; the answer and its server."""
        async with self._places:
            end = time.monotonic() + make(0).seconds + EXTRA_SECONDS
            avoid: Worker | None = None
            while True:
                worker = self._choose(handle, avoid)
                worker.pending += 1
                waited = time.monotonic()
                try:
                    async with worker.lock:
                        end += time.monotonic() - waited  # others' requests are not ours
                        async with asyncio.timeout(max(end - time.monotonic(), 0.1)):
                            client = await worker.client()
                        await self._sweep(worker, client)
                        local = await self._locate(worker, client, handle, end)
                        limit = end - time.monotonic()
                        request = make(local)
                        seconds = min(request.seconds + GRACE_SECONDS, limit)
                        answer = await client.request(request, kind, seconds=max(seconds, 0.1))
                        return answer, worker.serial
                except ProcessDied as death:
                    self._restart(worker)
                    spent = time.monotonic() >= end - 0.5
                    # a server can also have been ended from outside, hence more than one retry;
                    # what exhausted the memory once will do so again
                    retries -= 2 if death.reason == "memory" else 1
                    if death.reason == "timeout" or retries < 0 or spent:
                        raise Deadly(fault_of(death), death.reason) from death
                    avoid = worker
                except TimeoutError:
                    late = Fault("timeout", "no server could be started in time")
                    raise Deadly(late, "timeout") from None
                finally:
                    worker.pending -= 1

    async def _locate(
        self, worker: Worker, client: GymClient, handle: Handle | None, end: float
    ) -> int | None:
        """The server's number for a handle, rebuilt from its nearest known ancestor if need be."""
        missing: list[Handle] = []
        while handle is not None and worker.serial not in handle.places:
            missing.append(handle)
            handle = handle.parent
        local = handle.places[worker.serial] if handle is not None else None
        for step in reversed(missing):
            request, kind = step.recipe(local)
            seconds = min(request.seconds + GRACE_SECONDS, end - time.monotonic())
            answer = await client.request(request, kind, seconds=max(seconds, 0.1))
            local = step.pick(answer)
            step.places[worker.serial] = local
            worker.garbage += [(worker.serial, step, n) for n in step.leftovers(answer)]
            if step.dropped and step is not missing[0]:
                worker.garbage.append((worker.serial, step, local))
        return local

    async def _sweep(self, worker: Worker, client: GymClient) -> None:
        """Tell the server to free what was dropped."""
        garbage, worker.garbage = worker.garbage, []
        now = [(handle, local) for serial, handle, local in garbage if serial == worker.serial]
        for handle, local in now:
            if handle.places.get(worker.serial) == local:
                del handle.places[worker.serial]
        states = [local for handle, local in now if isinstance(handle, State)]
        theories = [local for handle, local in now if isinstance(handle, Theory)]
        if states or theories:
            await client.request(Drop(states=states, theories=theories), DropAnswer)

    def _restart(self, worker: Worker) -> None:
        """Start the successor of a dead server in the background."""

        async def start() -> None:
            async with worker.lock:
                with contextlib.suppress(MissingTool):
                    await worker.client()

        task = asyncio.create_task(start())
        self._restarting.add(task)
        task.add_done_callback(self._restarting.discard)

    async def _watch_health(self) -> None:
        """Find idle servers that died or no longer answer, before a request does."""
        while True:
            await asyncio.sleep(_HEALTH_SECONDS)
            for worker in self._workers:
                if worker.pending or worker.lock.locked():
                    continue
                try:
                    async with worker.lock:
                        client = await worker.client()
                        await client.request(Stats(), StatsAnswer)
                except ProcessDied:
                    self._restart(worker)
                except MissingTool:
                    continue
