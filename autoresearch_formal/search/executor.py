"""Runs a policy next to the search without blocking it.

Policies compute; the event loop must keep serving gym workers meanwhile. Each policy says where it
works (`Policy.propose_on`): in a process of its own, or in a thread.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from autoresearch_formal.actions.base import Action, GoalView, Policy, Situation
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.policy.symbolic import goal_tree
from autoresearch_formal.symbolic.concepts.compress import compress
from autoresearch_formal.symbolic.concepts.corpus import CorpusStatement
from autoresearch_formal.symbolic.concepts.lean import Compression, definitions
from autoresearch_formal.symbolic.finite_models.countermodels import refuted

T = TypeVar("T")


def _end_with(parent: int) -> None:
    """End this process soon after another one: a run that is killed leaves nobody behind.

    The forkserver between them does not pass the death on. Ctrl-C in a terminal reaches every
    process; what to make of it the run decides.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while True:
            try:
                os.kill(parent, 0)
            except OSError:
                os._exit(1)
            time.sleep(1.0)

    threading.Thread(target=watch, daemon=True).start()


def _refuted(view: GoalView) -> bool:
    tree = goal_tree(view)
    return tree is not None and refuted(tree)


def _compress(goals: Sequence[tuple[str, GoalView]], limit: int) -> Compression:
    corpus = []
    for name, goal in goals:
        tree = goal_tree(goal)
        if tree is not None:
            corpus.append(CorpusStatement.of(name, tree))
    chosen, short = compress(corpus, limit)
    before, after = sum(s.length for s in corpus), sum(s.length for s in short)
    return Compression(definitions(chosen), before, after + sum(c.shape.cost for c in chosen))


def _processes(count: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(count, context, _end_with, (os.getpid(),))


class PolicyExecutor:
    """A policy as a coroutine, and the `Pools` that it works in. Use as a context manager."""

    def __init__(self, policy: Policy, workers: int) -> None:
        self.policy = policy
        self.waiting = 0.0
        """Seconds that searches waited for answers."""
        self._workers = workers
        self._processes: Executor = _processes(workers)
        self._threads: Executor = ThreadPoolExecutor(workers)
        self._compressors: list[Executor] = []

    async def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """Ask the policy."""
        began = time.perf_counter()
        try:
            return await self.policy.propose_on(self, list(batch))
        finally:
            self.waiting += time.perf_counter() - began

    async def refuted(self, view: GoalView) -> bool:
        """Whether a small finite model makes the goal false."""
        began = time.perf_counter()
        try:
            return await self.in_process(_refuted, view)
        finally:
            self.waiting += time.perf_counter() - began

    async def in_process(self, work: Callable[..., T], *arguments: object) -> T:
        """See `Pools`. Raises `ProcessDied` if the process dies."""
        pool = self._processes
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work, *arguments)
        except BrokenProcessPool:
            if self._processes is pool:
                self._processes = _processes(self._workers)
            raise ProcessDied("exit", "a process of the policy") from None

    async def in_thread(self, work: Callable[..., T], *arguments: object) -> T:
        """See `Pools`."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *arguments)

    async def compress(self, goals: Sequence[tuple[str, GoalView]], limit: int) -> Compression:
        """Definitions that shorten a body of statements, in a process of its own."""
        process = _processes(1)
        self._compressors.append(process)
        return await asyncio.get_running_loop().run_in_executor(process, _compress, goals, limit)

    def __enter__(self) -> PolicyExecutor:
        return self

    def __exit__(self, *_: object) -> None:
        self.policy.close()
        # nobody waits for an answer any more, so a process that still thinks is ended
        for pool in (self._processes, self._threads, *self._compressors):
            processes = dict(getattr(pool, "_processes", None) or {})
            pool.shutdown(wait=not processes, cancel_futures=True)
            for process in processes.values():
                process.terminate()
