"""Several gym servers behind one interface that survives the death of any of them.

A state lives where it was made. If that server is busy while another is idle, or is gone, the
state is rebuilt elsewhere from its lineage, and the caller sees only a delay. A request that ends
one server after the other is answered with an error; when it carried several tactics, they are
tried one by one, so that only the guilty one fails. No request takes longer than its own limits and
`EXTRA_SECONDS`, waiting for a free place in the queue aside.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import itertools
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, TypeVar

from autoresearch_formal.errors import MissingTool, Negative
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.client import GRACE_SECONDS, GymClient, Settings, fault_of
from autoresearch_formal.lean.handles import Handle, State, Step, Theory, step_of
from autoresearch_formal.lean.messages import (
    Add,
    AddAnswer,
    Answer,
    Audit,
    AuditAnswer,
    Describe,
    DescribeAnswer,
    Drop,
    DropAnswer,
    Elab,
    ElabAnswer,
    Fault,
    Goal,
    GoalAnswer,
    GymError,
    HelloAnswer,
    Import,
    ImportAnswer,
    Names,
    NamesAnswer,
    Request,
    Search,
    SearchAnswer,
    Stats,
    StatsAnswer,
    Try,
    TryAnswer,
)
from autoresearch_formal.lean.process import DEFAULT_MEMORY, ProcessDied
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, Toolchain, select

A = TypeVar("A", bound=Answer)

EXTRA_SECONDS = 5.0
"""What a request may take beyond its own limits, all restarts and replays included."""

_QUEUE_PER_WORKER = 4
_HEALTH_SECONDS = 15.0


class _Worker:
    """A server, its successor when it dies, and who waits for it."""

    _serials = itertools.count(1)

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._client: GymClient | None = None
        self._starting: asyncio.Task[GymClient] | None = None
        self.serial = 0
        self.lock = asyncio.Lock()
        self.pending = 0
        self.restarts = -1
        self.start_ms: list[int] = []
        self.garbage: list[tuple[int, Handle, int]] = []

    @property
    def alive(self) -> bool:
        """Whether a server is running."""
        return self._client is not None and self._client.alive

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
            client = await GymClient.start(self._settings)
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


class GymPool:
    """Use as ``async with GymPool(workers=2) as pool``.

    `mask` is the gym's mask file. `modules` are project modules to build first, besides the gym
    itself; they can then be imported. Methods raise `GymError` for errors of the request.
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
        self.settings = Settings(toolchain or select(), root or project_root(), mask, memory)
        self._modules = modules
        self._workers = [_Worker(self.settings) for _ in range(workers)]
        self._places = asyncio.Semaphore(workers * _QUEUE_PER_WORKER)
        self._health: asyncio.Task[None] | None = None
        self._restarting: set[asyncio.Task[Any]] = set()
        self.hello: HelloAnswer | None = None

    async def __aenter__(self) -> GymPool:
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

    # -- what can be asked ---------------------------------------------------------------------

    async def theory(
        self, modules: Sequence[str] = ("Init",), options: dict[str, bool] | None = None
    ) -> Theory:
        """The theory of some modules."""
        origin = Import(modules=list(modules), options=options or {})
        made = Theory(origin=origin)
        answer, server = await self._ask(None, lambda _: origin, ImportAnswer)
        made.places[server] = answer.theory
        return made

    async def elab(
        self,
        theory: Theory,
        text: str,
        *,
        heartbeats: int | None = None,
        ms: int | None = None,
        allow_sorry: bool = False,
    ) -> tuple[Theory, ElabAnswer]:
        """Add declarations to a theory; the extended theory, and what Lean said."""
        origin = Elab(theory=0, text=text, heartbeats=heartbeats, ms=ms, allow_sorry=allow_sorry)
        made = Theory(origin=origin, source=theory)
        answer, server = await self._ask(theory, _maker(made), ElabAnswer)
        made.places[server] = answer.theory
        return made, answer

    async def goal(
        self,
        theory: Theory,
        *,
        statement: str | None = None,
        prop: str | None = None,
        sorry: dict[str, Any] | None = None,
        name: str | None = None,
        intro: bool = True,
        tree: bool = False,
        heartbeats: int | None = None,
        ms: int | None = None,
    ) -> tuple[State, GoalAnswer]:
        """Open a proof of a statement, a named proposition, or a `sorry`."""
        origin = Goal(
            theory=0,
            statement=statement,
            prop=prop,
            sorry=sorry,
            name=name,
            intro=intro,
            tree=tree,
            heartbeats=heartbeats,
            ms=ms,
        )
        # asked for with a theory, never with this placeholder
        asked = State(goals=(), origin=origin, source=theory)
        answer, server = await self._ask(theory, _maker(asked), GoalAnswer)
        made = State(goals=answer.goals, origin=origin, source=theory)
        made.places[server] = answer.state
        return made, answer

    async def try_(
        self,
        state: State,
        tactics: Sequence[str],
        *,
        heartbeats: int | None = None,
        ms: int | None = None,
        total_ms: int | None = None,
        first_success: bool = False,
        split: bool = True,
        tree: bool = False,
        pp: bool = True,
    ) -> list[Step]:
        """Try tactics on a state, each from the same start; one step a tactic, in order.

        Fewer steps after a first success. A tactic that ends its server is an error of its own;
        the others are unaffected.
        """
        request = Try(
            state=0,
            tactics=list(tactics),
            heartbeats=heartbeats,
            ms=ms,
            total_ms=total_ms,
            first_success=first_success,
            split=split,
            tree=tree,
            pp=pp,
        )
        begin = time.monotonic()

        def make(local: int | None, tactics: list[str] = request.tactics) -> Try:
            copy = _copy(request)
            copy.state = local or 0
            copy.tactics = tactics
            return copy

        try:
            answer, server = await self._ask(state, make, TryAnswer)
        except _Deadly as deadly:
            if len(tactics) == 1 or deadly.reason == "timeout":
                return [Step(False, error=deadly.fault)] * len(tactics)
        else:
            return [
                step_of(result, request, tactic, state, server)
                for result, tactic in zip(answer.results, request.tactics, strict=False)
            ]
        steps = []
        for tactic in request.tactics:
            left = begin + request.seconds + EXTRA_SECONDS - time.monotonic()
            if left <= 0:
                steps.append(
                    Step(False, error=Fault("timeout", "time limit of the request reached"))
                )
                continue
            try:
                only = functools.partial(make, tactics=[tactic])
                alone, server = await self._ask(state, only, TryAnswer, retries=0)
            except _Deadly as deadly:
                steps.append(Step(False, error=deadly.fault))
                continue
            steps.append(step_of(alone.results[0], request, tactic, state, server))
            if first_success and steps[-1].proved:
                break
        return steps

    async def add(
        self,
        state: State,
        name: str,
        *,
        heartbeats: int | None = None,
        ms: int | None = None,
    ) -> tuple[Theory, AddAnswer]:
        """Turn a finished proof into a theorem of a new theory; the kernel checks it."""
        origin = Add(state=0, name=name, heartbeats=heartbeats, ms=ms)
        made = Theory(origin=origin, source=state)
        answer, server = await self._ask(state, _maker(made), AddAnswer)
        made.places[server] = answer.theory
        return made, answer

    async def search(
        self,
        state: State,
        kind: Literal["exact?", "apply?", "rw?"] = "exact?",
        *,
        limit: int = 20,
        heartbeats: int | None = None,
        ms: int | None = None,
    ) -> SearchAnswer:
        """Ask Lean's library search for tactics."""

        def make(local: int | None) -> Search:
            return Search(state=local or 0, kind=kind, limit=limit, heartbeats=heartbeats, ms=ms)

        return (await self._ask(state, make, SearchAnswer))[0]

    async def describe(
        self, what: State | Theory, names: Sequence[str] = (), *, tree: bool = False
    ) -> DescribeAnswer:
        """The goals of a state, or the declarations of a theory called `names`."""

        def make(local: int | None) -> Describe:
            if isinstance(what, State):
                return Describe(state=local, tree=tree)
            return Describe(theory=local, names=list(names), tree=tree)

        return (await self._ask(what, make, DescribeAnswer))[0]

    async def names(
        self,
        theory: Theory,
        *,
        modules: Sequence[str] = (),
        prefix: str | None = None,
        ms: int | None = 60_000,
    ) -> NamesAnswer:
        """Visible declarations of a theory."""

        def make(local: int | None) -> Names:
            return Names(theory=local or 0, modules=list(modules), prefix=prefix, ms=ms)

        return (await self._ask(theory, make, NamesAnswer))[0]

    async def audit(self, theory: Theory, names: Sequence[str]) -> AuditAnswer:
        """The axioms behind declarations."""

        def make(local: int | None) -> Audit:
            return Audit(theory=local or 0, names=list(names))

        return (await self._ask(theory, make, AuditAnswer))[0]

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

        async def one(worker: _Worker) -> StatsAnswer | None:
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

    # -- how it is done ------------------------------------------------------------------------

    def _choose(self, handle: Handle | None, avoid: _Worker | None) -> _Worker:
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
            avoid: _Worker | None = None
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
                        raise _Deadly(fault_of(death), death.reason) from death
                    avoid = worker
                except TimeoutError:
                    late = Fault("timeout", "no server could be started in time")
                    raise _Deadly(late, "timeout") from None
                finally:
                    worker.pending -= 1

    async def _locate(
        self, worker: _Worker, client: GymClient, handle: Handle | None, end: float
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

    async def _sweep(self, worker: _Worker, client: GymClient) -> None:
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

    def _restart(self, worker: _Worker) -> None:
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


class _Deadly(GymError):
    """A request that ended its server, or found none in time."""

    def __init__(self, fault: Fault, reason: str) -> None:
        super().__init__(fault)
        self.fault = fault
        self.reason = reason


def _maker(handle: Handle) -> Callable[[int | None], Request]:
    return lambda local: handle.recipe(local)[0]


def _copy(request: Try) -> Try:
    return Try(**{name: getattr(request, name) for name in request.__struct_fields__})
