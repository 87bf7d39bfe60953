"""Runs a policy next to the search without blocking it.

Policies compute; the event loop must keep serving gym workers meanwhile. The symbolic policy is
picklable and stateless and runs in processes of its own, so that two searches think on two cores;
a model (which computes outside the interpreter, or waits for a server) runs in threads. Of a
mixture each half runs where it belongs.
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
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.policy.formats.own import Own
from autoresearch_formal.policy.mixed import MixedPolicy
from autoresearch_formal.policy.neural import NeuralPolicy
from autoresearch_formal.policy.symbolic import SymbolicPolicy, goal_tree
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


def _propose(policy: Policy, batch: Sequence[Situation]) -> list[list[Action]]:
    return policy.propose(batch)


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
    """A policy as a coroutine. Use as a context manager."""

    def __init__(self, policy: Policy, workers: int) -> None:
        self.policy = policy
        self.waiting = 0.0
        """Seconds that searches waited for answers."""
        neural = policy.neural if isinstance(policy, MixedPolicy) else policy
        self._engine = neural.engine if isinstance(neural, NeuralPolicy) else None
        self._workers = workers
        self._symbolic: Executor = _processes(workers)
        self._models: Executor = ThreadPoolExecutor(workers)
        self._compressors: list[Executor] = []

    @property
    def places(self) -> int:
        """Situations that the policy works on at a time; more than one for a served model."""
        alone = isinstance(self.policy, NeuralPolicy)
        return self._engine.places if alone and isinstance(self._engine, HttpEngine) else 1

    @property
    def corrects(self) -> bool:
        """Whether the policy reads what Lean said of its earlier tries."""
        neural = self.policy.neural if isinstance(self.policy, MixedPolicy) else self.policy
        return isinstance(neural, NeuralPolicy) and neural.format.name != Own.name

    async def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """Ask the policy."""
        began = time.perf_counter()
        loop = asyncio.get_running_loop()
        policy, situations = self.policy, list(batch)
        try:
            if isinstance(policy, SymbolicPolicy):
                return await self._think(_propose, policy, situations)
            if isinstance(policy, NeuralPolicy) and isinstance(self._engine, HttpEngine):
                return await self._engine.submit(policy.propose_async(situations))
            if not isinstance(policy, MixedPolicy):
                return await loop.run_in_executor(self._models, _propose, policy, situations)
            made: list[list[Action]] = [[] for _ in situations]
            if policy.shares.symbolic:
                made = await self._think(_propose, policy.other, situations)
            return await loop.run_in_executor(self._models, policy.combine, situations, made)
        finally:
            self.waiting += time.perf_counter() - began

    async def refuted(self, view: GoalView) -> bool:
        """Whether a small finite model makes the goal false."""
        began = time.perf_counter()
        try:
            return await self._think(_refuted, view)
        finally:
            self.waiting += time.perf_counter() - began

    async def _think(self, work: Callable[..., T], *given: object) -> T:
        """Work in a process of the symbolic policy. Raises `ProcessDied` if the process dies."""
        pool = self._symbolic
        try:
            return await asyncio.get_running_loop().run_in_executor(pool, work, *given)
        except BrokenProcessPool:
            if self._symbolic is pool:
                self._symbolic = _processes(self._workers)
            raise ProcessDied("exit", "a process of the policy") from None

    async def compress(self, goals: Sequence[tuple[str, GoalView]], limit: int) -> Compression:
        """Definitions that shorten a body of statements, in a process of its own."""
        process = _processes(1)
        self._compressors.append(process)
        return await asyncio.get_running_loop().run_in_executor(process, _compress, goals, limit)

    def __enter__(self) -> PolicyExecutor:
        return self

    def __exit__(self, *_: object) -> None:
        if isinstance(self._engine, HttpEngine):
            self._engine.close()  # requests in flight end, and with them the threads that wait
        # nobody waits for an answer any more, so a process that still thinks is ended
        for pool in (self._symbolic, self._models, *self._compressors):
            processes = dict(getattr(pool, "_processes", None) or {})
            pool.shutdown(wait=not processes, cancel_futures=True)
            for process in processes.values():
                process.terminate()
