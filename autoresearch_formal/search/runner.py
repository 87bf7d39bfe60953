"""A run: many targets, several gym workers, one budget.

Every target gets a short first turn; those that remain get longer and longer ones, so that easy
targets are never starved by hard ones and hard ones get what is left.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.inference.engine import Unavailable
from autoresearch_formal.search.brain import Brain
from autoresearch_formal.search.emit.write import Written, write_file
from autoresearch_formal.search.gym import SharedWorker, Worker, WorkerLost
from autoresearch_formal.search.job import FOUNDATION, Job
from autoresearch_formal.search.library import Library
from autoresearch_formal.search.process import GymProcess
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.store import DiskFull, Store
from autoresearch_formal.search.session import Session, slice_work
from autoresearch_formal.search.settings import Settings
from autoresearch_formal.search.states import Refused
from autoresearch_formal.search.verdicts import Verify
from autoresearch_formal.search.vocabulary import accepted, survey, write
from autoresearch_formal.symbolic.concepts.lean import Learned

MAX_WIDTH = 16
"""Goals of one target about which a served model is asked at a time, at most."""


@dataclass(slots=True)
class Entry:
    """A target and how far it is."""

    job: Job
    session: Session | None = None
    turn: int = 0
    seconds: float = 0.0
    status: str = "waiting"
    """waiting, open, found, verified, rejected, exhausted, refused."""
    note: str = ""
    written: Written | None = None
    certificate: dict[str, Any] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether nothing more will be done about it."""
        return self.status in ("found", "verified", "rejected", "exhausted", "refused")


@dataclass(frozen=True, slots=True)
class Limits:
    """Budget of a whole run; None means unlimited."""

    seconds: float | None = None
    steps: int | None = None


class Run:
    """See the module docstring. `go` returns when all is done or the budget is spent."""

    def __init__(
        self,
        folder: RunFolder,
        jobs: Sequence[Job],
        settings: Settings,
        limits: Limits,
        gym: tuple[Sequence[str], Mapping[str, str]],
        workers: int,
        brain: Brain,
        judge: Verify | None,
    ) -> None:
        self.folder = folder
        self.settings = settings
        self.limits = limits
        self.gym = gym
        self.count = workers
        self.brain = brain
        self.judge = judge
        self.entries = [Entry(job) for job in jobs]
        self.store = Store(folder.events)
        self._before = self.store.count("Tried")
        self.workers: list[GymProcess] = []
        self.began = time.monotonic()
        self.stopped = ""
        """Why the run ended early, "" if it did not."""
        self.busy = 0.0
        """Seconds that workers were at work, all of them together."""
        self.queued = 0.0
        """Of these, seconds for which a worker waited until another's gym had listed a library."""
        self.listing = 0.0
        """Seconds until workers had a library, waiting for each other included."""
        self._libraries: dict[tuple[str, ...], Library] = {}
        self._learning: asyncio.Task[Learned] | None = None
        self._reading = asyncio.Lock()
        self._working: dict[int, int] = {}
        """Targets that each worker is at, by its number; several where a served model is asked."""

    @property
    def seconds(self) -> float:
        """Wall time so far."""
        return time.monotonic() - self.began

    @property
    def steps(self) -> int:
        """Tactics tried so far, those from before a resume included."""
        return sum(
            e.session.tally.steps if e.session else self._before.get(e.job.label, 0)
            for e in self.entries
        )

    @property
    def left(self) -> float | None:
        """Seconds left, None if there is no limit."""
        if self.limits.seconds is None:
            return None
        return max(0.0, self.limits.seconds - self.seconds)

    def stop(self) -> bool:
        """Whether the budget is spent or the run was told to stop."""
        if not self.stopped:
            if self.limits.seconds is not None and self.seconds >= self.limits.seconds:
                self.stopped = "time is up"
            elif self.limits.steps is not None and self.steps >= self.limits.steps:
                self.stopped = "the steps are spent"
        return bool(self.stopped)

    async def go(self) -> None:
        """Work until done. Ctrl-C ends it cleanly: the batch in flight is dropped."""
        self.began = time.monotonic()
        count = max(1, min(self.count, len(self.entries)))
        queue: asyncio.PriorityQueue[tuple[int, int]] = asyncio.PriorityQueue()
        for number in range(len(self.entries)):
            queue.put_nowait((0, number))
        tasks: list[asyncio.Task[Any]] = []
        try:
            argv, env = self.gym
            self.workers = list(
                await asyncio.gather(*(GymProcess.start(argv, env) for _ in range(count)))
            )
            turns = self._turns(count)
            for number, process in enumerate(self.workers):
                worker: Worker = process if turns == 1 else SharedWorker(process)
                for place in range(turns):
                    first = number == place == 0
                    serving = self._serve(worker, number, queue, first)
                    tasks.append(asyncio.create_task(serving))
            await asyncio.gather(*tasks)
            await self._write_definitions(self.workers[0])
        except DiskFull as fault:
            self.stopped = f"the disk is full ({fault}); free some space, then --resume"
        finally:
            for entry in self.entries:
                if entry.session is not None:
                    entry.session.close()
            if self._learning is not None:
                tasks.append(self._learning)
            for task in tasks:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, return_exceptions=True)
            for worker in self.workers:
                await worker.close()
            self.store.close()

    def _turns(self, workers: int) -> int:
        """Targets that a worker is at together: as many as keep a served model busy."""
        wanted = -(-self.brain.places // workers)
        return max(1, min(wanted, -(-len(self.entries) // workers)))

    def _width(self) -> int:
        """Goals of one target about which the policy is asked at a time."""
        if self.brain.places == 1:
            return 1
        open_ = sum(not e.over for e in self.entries)
        return max(1, min(MAX_WIDTH, -(-self.brain.places // max(1, open_))))

    async def _learn(self, worker: Worker) -> None:
        """Start the compression of all statements; searches go on meanwhile."""
        began = time.monotonic()
        goals = await survey(worker, [entry.job for entry in self.entries])
        self.busy += time.monotonic() - began
        learning = self.brain.learn(goals, self.settings.vocabulary)
        self._learning = asyncio.create_task(learning)

    async def _write_definitions(self, worker: GymProcess) -> None:
        """Write down the definitions that Lean accepts, if the run was long enough to have any."""
        if self._learning is None or (self.stopped and not self._learning.done()):
            return
        learned = await self._learning
        began = time.monotonic()
        with contextlib.suppress(WorkerLost):
            kept = await accepted(worker, learned.definitions)
            used = {d.name: self._using(d.name) for d in kept}
            write(self.folder, kept, learned, used)
        self.busy += time.monotonic() - began

    def _using(self, name: str) -> list[str]:
        """The generated files that use a definition."""
        return [
            e.written.path.name
            for e in self.entries
            if e.written and name in e.written.path.read_text(encoding="utf-8").split()
        ]

    async def _serve(
        self,
        worker: Worker,
        place: int,
        queue: asyncio.PriorityQueue[tuple[int, int]],
        first: bool,
    ) -> None:
        if first and "definition" in self.settings.invents:
            with contextlib.suppress(WorkerLost):
                await self._learn(worker)
        while not self.stop():
            try:
                _, number = queue.get_nowait()
            except asyncio.QueueEmpty:
                if all(e.over for e in self.entries):
                    return
                await asyncio.sleep(0.05)
                continue
            entry = self.entries[number]
            began = time.monotonic()
            if self._working.get(place, 0) == 0:
                self.busy -= began
            self._working[place] = self._working.get(place, 0) + 1
            try:
                await self._turn(entry, worker)
            except Refused as fault:
                entry.status, entry.note = "refused", str(fault)
            except WorkerLost:
                entry.note = "the worker died"
            except Unavailable as fault:
                self.stopped = f"{fault}; continue with --resume"
            finally:
                ended = time.monotonic()
                entry.seconds += ended - began
                self._working[place] -= 1
                if self._working[place] == 0:
                    self.busy += ended
            if not entry.over:
                entry.turn += 1
                queue.put_nowait((entry.turn, number))

    async def _turn(self, entry: Entry, worker: Worker) -> None:
        entry.status = "open"
        if entry.session is None:
            library = await self._library(entry.job, worker)
            entry.session = Session(
                entry.job.label,
                entry.job.source,
                worker,
                self.store,
                self.brain.propose,
                self.settings,
                library,
                self.brain.refuted,
                errors=self.brain.corrects,
            )
        session = entry.session
        session.states.attach(worker)
        session.width = self._width()
        try:
            async with asyncio.timeout(self.left):
                await session.begin()
                await session.turn(slice_work(self.settings, entry.turn), self.stop)
        except TimeoutError:  # the batch in flight is dropped; nothing of it was written
            if not session.proved:
                return
        if session.proved:
            await self._found(entry, session)
        elif session.exhausted:
            entry.status = "exhausted"
        with contextlib.suppress(WorkerLost):
            await session.states.release()

    async def _library(self, job: Job, worker: Worker) -> Library:
        modules = job.source.modules
        if FOUNDATION in modules:  # all of it is visible, whatever else is imported
            modules = (FOUNDATION,)
        began = time.monotonic()
        async with self._reading:
            self.queued += time.monotonic() - began
            if modules not in self._libraries:
                self._libraries[modules] = await Library.read(worker, modules)
        self.listing += time.monotonic() - began
        return self._libraries[modules]

    async def _found(self, entry: Entry, session: Session) -> None:
        entry.status = "found"
        try:
            entry.written = await write_file(session, entry.job, self.folder)
        except (Refused, WorkerLost) as fault:
            entry.note = f"the proof could not be written out: {fault}"
            return
        if self.judge is None or entry.written is None:
            return
        try:
            verdict, certificate = await self.judge(entry.written.path, entry.job)
        except MissingTool as fault:
            entry.note = f"not judged: {fault.message}"
            return
        entry.certificate = certificate
        entry.status = "verified" if verdict else "rejected"
