"""A run: many targets, several gym workers, one budget.

Every target gets a short first turn; those that remain get longer and longer ones, so that easy
targets are never starved by hard ones and hard ones get what is left.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.inference.engine import Unavailable
from autoresearch_formal.lean.client import ServerSettings
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.lean.worker import Worker
from autoresearch_formal.search.completed import VerifyFile, judge_holes
from autoresearch_formal.search.emit.write import WrittenFile, write_file
from autoresearch_formal.search.entry import NOT_STARTED, JobProgress, sha256
from autoresearch_formal.search.executor import PolicyExecutor
from autoresearch_formal.search.graph.events import AnyEvent, Concluded, Note
from autoresearch_formal.search.job import Job
from autoresearch_formal.search.library import VisibleFacts
from autoresearch_formal.search.replay import Unwritten, taken_back
from autoresearch_formal.search.runs.folder import RunFolder
from autoresearch_formal.search.runs.store import DiskFull, Store
from autoresearch_formal.search.session import Session, slice_work
from autoresearch_formal.search.settings import SearchSettings
from autoresearch_formal.search.states import Refused
from autoresearch_formal.search.verdicts import Verify
from autoresearch_formal.search.vocabulary import accepted, survey, write
from autoresearch_formal.symbolic.concepts.lean import Compression
from autoresearch_formal.targets.worlds import FOUNDATION

MAX_WIDTH = 16
"""Goals of one target about which a served model is asked at a time, at most."""


@dataclass(frozen=True, slots=True)
class RunBudget:
    """Budget of a whole run; None means unlimited."""

    seconds: float | None = None
    steps: int | None = None


class Run:
    """See the module docstring. `execute` returns when all is done or the budget is spent."""

    def __init__(
        self,
        folder: RunFolder,
        jobs: Sequence[Job],
        settings: SearchSettings,
        limits: RunBudget,
        gym: ServerSettings,
        workers: int,
        executor: PolicyExecutor,
        judge: Verify | None,
        judge_file: VerifyFile | None = None,
        indexes: Path | None = None,
    ) -> None:
        self.folder = folder
        self.settings = settings
        self.limits = limits
        self.gym = gym
        self.count = workers
        self.executor = executor
        self.judge = judge
        self.judge_file = judge_file
        self.indexes = indexes
        """Where indexes of the library are kept between runs."""
        self.store = Store(folder.events)
        judged = judge is not None
        self.entries = [JobProgress.restored(j, self.store, settings, folder, judged) for j in jobs]
        self.workers: list[Worker] = []
        self.beside = True
        """Whether the search goes on while a target's proof is being judged."""
        self.began = time.monotonic()
        self.stopped = ""
        """Why the run ended early, "" if it did not."""
        self.interrupted = False
        self.changed: list[str] = []
        """Users' files that no longer said at the end what they had said when the run began."""
        self.busy = 0.0
        """Seconds that workers were at work, all of them together."""
        self.queued = 0.0
        """Of these, seconds for which a worker waited until another's gym had listed a library."""
        self.listing = 0.0
        """Seconds until workers had a library, waiting for each other included."""
        self._libraries: dict[tuple[str, ...], VisibleFacts] = {}
        self._compression: asyncio.Task[Compression] | None = None
        self._reading = asyncio.Lock()
        self._working: dict[int, int] = {}
        """Entries that each worker is at; several where a served model is asked."""
        self._work: asyncio.Task[None] | None = None
        self._verdicts: list[asyncio.Task[None]] = []
        self._unjudged: set[str] = set()
        """Files of people's with proofs that the judge has not seen yet."""

    def _conclude(self, entry: JobProgress) -> None:
        """Put on disk what came of a target, before anything more is done about it."""
        digest = sha256(entry.written.path) if entry.written else ""
        self._note(entry, Concluded(entry.row(), entry.certificate, digest))

    def _note(self, entry: JobProgress, event: AnyEvent) -> None:
        self.store.append(entry.job.label, [event])
        entry.history.take(event)

    @property
    def seconds(self) -> float:
        """Wall time so far."""
        return time.monotonic() - self.began

    @property
    def steps(self) -> int:
        """Tactics tried so far, those from before a resume included."""
        return sum(e.history.tally.steps for e in self.entries)

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

    def interrupt(self) -> None:
        """End cleanly: the batch in flight is dropped. May be called from anywhere."""
        self.interrupted, self.stopped = True, "interrupted; continue with --resume"
        if self._work is not None:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                self._work.get_loop().call_soon_threadsafe(self._work.cancel)

    async def execute(self) -> None:
        """Work until done, the budget is spent, or `interrupt` is called."""
        self.began = time.monotonic()
        self._work = asyncio.create_task(self._serve_all())
        try:
            if self.interrupted:
                self._work.cancel()
            await self._work
        except asyncio.CancelledError:
            if not self.interrupted:
                raise
        except DiskFull as fault:
            self.stopped = f"the disk is full ({fault}); free some space, then --resume"
        finally:
            await asyncio.gather(*(worker.close() for worker in self.workers))
            self.store.close()
            files = {goal.path: goal.file for e in self.entries if (goal := e.job.sorry)}
            self.changed = [str(p) for p, file in files.items() if not file.unchanged()]

    async def _serve_all(self) -> None:
        """Start workers, as many as there is work for, and let them work."""
        waiting = [number for number, entry in enumerate(self.entries) if not entry.over]
        self._unjudged = {e.job.completed for e in self.entries if e.job.sorry and e.history.proved}
        unfinished = [self.entries[n] for n in waiting if self.entries[n].history.proved]
        if not waiting or (self.stop() and not unfinished):
            return
        queue: asyncio.PriorityQueue[tuple[int, int]] = asyncio.PriorityQueue()
        for number in waiting:
            if not self.entries[number].history.proved:
                queue.put_nowait((0, number))
        self.workers = [Worker(self.gym) for _ in range(min(self.count, len(waiting)))]
        await asyncio.gather(*(worker.client() for worker in self.workers))
        turns = self._turns(len(self.workers), len(waiting))
        tasks: list[asyncio.Task[Any]] = []
        for worker in self.workers:
            for _ in range(turns):
                serving = self._serve(worker, queue, unfinished, first=not tasks)
                tasks.append(asyncio.create_task(serving))
        try:
            await asyncio.gather(*tasks)
            await asyncio.gather(*self._verdicts, self._write_definitions(self.workers[0]))
            for name in sorted(self._unjudged):
                await self._judge_holes(name)
        finally:
            await self._end([*tasks, *self._verdicts])

    async def _end(self, tasks: list[asyncio.Task[Any]]) -> None:
        """Wait for nothing any more: searches, their policy's answers, verdicts, compression."""
        for entry in self.entries:
            if entry.session is not None:
                entry.session.close()
        if self._compression is not None:
            tasks = [*tasks, cast(Any, self._compression)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _turns(self, workers: int, waiting: int) -> int:
        """Targets that a worker is at together: as many as keep a served model busy."""
        return max(1, min(-(-self.executor.policy.places // workers), -(-waiting // workers)))

    def _width(self) -> int:
        """Goals of one target about which the policy is asked at a time."""
        if self.executor.policy.places == 1:
            return 1
        open_ = sum(not e.over for e in self.entries)
        return max(1, min(MAX_WIDTH, -(-self.executor.policy.places // max(1, open_))))

    async def _start_compression(self, worker: Worker) -> None:
        """Start the compression of all statements; searches go on meanwhile."""
        began = time.monotonic()
        goals = await survey(worker, [entry.job for entry in self.entries])
        self.busy += time.monotonic() - began
        compressing = self.executor.compress(goals, self.settings.vocabulary)
        self._compression = asyncio.create_task(compressing)

    async def _write_definitions(self, worker: Worker) -> None:
        """Write down the definitions that Lean accepts, if the run was long enough to have any."""
        if self._compression is None or (self.stopped and not self._compression.done()):
            return
        compression = await self._compression
        began = time.monotonic()
        with contextlib.suppress(ProcessDied):
            kept = await accepted(worker, compression.definitions)
            used = {d.name: self._using(d.name) for d in kept}
            write(self.folder, kept, compression, used)
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
        queue: asyncio.PriorityQueue[tuple[int, int]],
        unfinished: list[JobProgress],
        first: bool,
    ) -> None:
        while unfinished:  # found earlier: written and judged however short the time
            entry = unfinished.pop(0)
            await self._guarded(entry, worker, self._finish)
            if not entry.over:
                queue.put_nowait((0, self.entries.index(entry)))
        learns = first and "definition" in self.settings.invents
        if learns and not self.stop():
            with contextlib.suppress(ProcessDied):
                await self._start_compression(worker)
        while not self.stop():
            try:
                _, number = queue.get_nowait()
            except asyncio.QueueEmpty:
                if all(e.over for e in self.entries):
                    return
                await asyncio.sleep(0.05)
                continue
            entry = self.entries[number]
            await self._guarded(entry, worker, self._turn)
            if not entry.over:
                entry.turn += 1
                queue.put_nowait((entry.turn, number))

    async def _guarded(
        self,
        entry: JobProgress,
        worker: Worker,
        work: Callable[[JobProgress, Worker], Awaitable[None]],
    ) -> None:
        """Work on an entry; what goes wrong is told of the entry, and the run goes on."""
        began = time.monotonic()
        if not self._working.get(id(worker)):
            self.busy -= began
        self._working[id(worker)] = self._working.get(id(worker), 0) + 1
        try:
            await work(entry, worker)
        except Refused as fault:
            self._refuse(entry, str(fault))
        except ProcessDied:
            entry.lost += 1
            entry.note = "the worker died"
            if entry.lost > 1:
                self._refuse(entry, "two workers died of it")
        except Unavailable as fault:
            self.stopped = f"{fault}; continue with --resume"
        finally:
            ended = time.monotonic()
            spent = ended - began
            self._working[id(worker)] -= 1
            if not self._working[id(worker)]:
                self.busy += ended
            with contextlib.suppress(DiskFull):
                self._note(entry, Note("turn over", "", {"seconds": spent}))

    def _refuse(self, entry: JobProgress, reason: str) -> None:
        entry.status, entry.note, entry.over = "refused", " ".join(reason.split()), True
        self._conclude(entry)

    async def _turn(self, entry: JobProgress, worker: Worker) -> None:
        session = await self._session(entry, worker)
        try:
            async with asyncio.timeout(self.left):
                await session.begin()
                await session.turn(slice_work(self.settings, entry.turn), self.stop)
        except TimeoutError:  # the batch in flight is dropped; nothing of it was written
            if not session.proved:
                return
        if session.proved:
            await self._finish(entry, worker)
        elif session.exhausted:
            entry.status, entry.over = "exhausted", True
            self._conclude(entry)
        with contextlib.suppress(ProcessDied):
            await session.states.release()

    async def _session(self, entry: JobProgress, worker: Worker) -> Session:
        """The entry's session, at work with this worker."""
        if entry.status == NOT_STARTED:
            entry.status = "open"
        if entry.session is None:
            library = await self._library(entry.job, worker)
            entry.session = Session(
                entry.job.label,
                source=entry.job.source,
                worker=worker,
                store=self.store,
                propose=self.executor.propose,
                settings=self.settings,
                library=library,
                refute=self.executor.refuted,
                history=entry.history,
                errors=self.executor.policy.reads_errors,
                bounded=self.limits.seconds is not None or self.limits.steps is not None,
            )
        entry.session.states.attach(worker)
        entry.session.width = self._width()
        return entry.session

    async def _library(self, job: Job, worker: Worker) -> VisibleFacts:
        modules = job.source.modules
        if FOUNDATION in modules:  # all of it is visible, whatever else is imported
            modules = (FOUNDATION,)
        began = time.monotonic()
        async with self._reading:
            self.queued += time.monotonic() - began
            if modules not in self._libraries:
                self._libraries[modules] = await VisibleFacts.read(worker, modules, self.indexes)
        self.listing += time.monotonic() - began
        return self._libraries[modules]

    async def _write(self, entry: JobProgress, session: Session) -> WrittenFile:
        """Write a proof down; a worker that dies of it gets one successor."""
        try:
            return await write_file(session, entry.job, self.folder, self.judge is not None)
        except ProcessDied:
            session.states.forget()
            return await write_file(session, entry.job, self.folder, self.judge is not None)

    async def _finish(self, entry: JobProgress, worker: Worker) -> None:
        """Write a proof that was found, and have it judged; each is on disk before the next."""
        entry.status = "found"
        if entry.written is None:
            session = await self._session(entry, worker)
            try:
                entry.written = await self._write(entry, session)
            except Unwritten as fault:  # then nothing was found yet, and the search goes on
                session.commit(taken_back(session.graph, fault))
                entry.status, entry.note = "open", f"a proof could not be written out: {fault}"
                return
            except (Refused, ProcessDied) as fault:
                entry.note, entry.over = f"the proof could not be written out: {fault}", True
                self._conclude(entry)
                return
            entry.note = ""
            self._conclude(entry)
        entry.over = True
        if entry.job.sorry is not None:
            self._unjudged.add(entry.job.completed)
            if all(e.over for e in self._of_file(entry.job.completed)):
                await self._judge_holes(entry.job.completed)
        elif self.judge is not None:
            verdict = asyncio.create_task(self._judge_target(entry))
            self._verdicts.append(verdict)
            if not self.beside:
                await verdict

    async def _judge_target(self, entry: JobProgress) -> None:
        """Have a target's proof judged, while the search goes on with others."""
        assert self.judge is not None
        assert entry.written is not None
        try:
            _, entry.certificate = await self.judge(entry.written.path, entry.job)
            entry.settle(self.folder)
        except (MissingTool, UsageFault) as fault:
            entry.note = f"not judged: {fault.message}"
        self._conclude(entry)

    def _of_file(self, completed: str) -> list[JobProgress]:
        """The holes of a person's file."""
        return [e for e in self.entries if e.job.sorry and e.job.completed == completed]

    async def _judge_holes(self, completed: str) -> None:
        """Have the proofs of a person's file judged together; the verdicts are put on disk."""
        self._unjudged.discard(completed)
        entries = [e for e in self._of_file(completed) if e.written]
        if self.judge_file is None or not entries:
            return
        try:
            await judge_holes(entries, self.judge_file, self.folder)
        except (MissingTool, UsageFault) as fault:
            for entry in entries:
                entry.note = f"not judged: {fault.message}"
        for entry in entries:
            if entry.certificate:
                entry.settle(self.folder)
            self._conclude(entry)
