"""Runs a policy next to the search without blocking it.

Policies compute; the event loop must keep serving gym workers meanwhile. A picklable, stateless
policy runs in processes of its own, so that two searches think on two cores; anything else (a
policy that waits for an HTTP server) runs in threads.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

from autoresearch_formal.policy.base import Action, GoalView, Policy, Situation
from autoresearch_formal.policy.define.compress import compress
from autoresearch_formal.policy.define.corpus import Statement
from autoresearch_formal.policy.define.lean import Learned, definitions
from autoresearch_formal.policy.models import refuted
from autoresearch_formal.policy.symbolic import SymbolicPolicy, goal_tree


def _refuted(view: GoalView) -> bool:
    tree = goal_tree(view)
    return tree is not None and refuted(tree)


def _propose(policy: Policy, batch: Sequence[Situation]) -> list[list[Action]]:
    return policy.propose(batch)


def _learn(goals: Sequence[tuple[str, GoalView]], limit: int) -> Learned:
    corpus = []
    for name, goal in goals:
        tree = goal_tree(goal)
        if tree is not None:
            corpus.append(Statement.of(name, tree))
    chosen, short = compress(corpus, limit)
    before, after = sum(s.length for s in corpus), sum(s.length for s in short)
    return Learned(definitions(chosen), before, after + sum(c.shape.cost for c in chosen))


class Brain:
    """A policy as a coroutine. Use as a context manager."""

    def __init__(self, policy: Policy, workers: int) -> None:
        self.policy = policy
        self.waiting = 0.0
        """Seconds that searches waited for answers."""
        self._learners: list[Executor] = []
        self._pool: Executor
        if isinstance(policy, SymbolicPolicy):
            context = multiprocessing.get_context("forkserver")
            self._pool = ProcessPoolExecutor(workers, mp_context=context)
        else:
            self._pool = ThreadPoolExecutor(workers)

    async def propose(self, batch: Sequence[Situation]) -> list[list[Action]]:
        """Ask the policy."""
        began = time.perf_counter()
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._pool, _propose, self.policy, list(batch))
        finally:
            self.waiting += time.perf_counter() - began

    async def refuted(self, view: GoalView) -> bool:
        """Whether a small finite model makes the goal false."""
        began = time.perf_counter()
        loop = asyncio.get_running_loop()
        try:
            return await loop.run_in_executor(self._pool, _refuted, view)
        finally:
            self.waiting += time.perf_counter() - began

    async def learn(self, goals: Sequence[tuple[str, GoalView]], limit: int) -> Learned:
        """Definitions that shorten a body of statements, in a process of its own."""
        context = multiprocessing.get_context("forkserver")
        learner = ProcessPoolExecutor(1, mp_context=context)
        self._learners.append(learner)
        return await asyncio.get_running_loop().run_in_executor(learner, _learn, goals, limit)

    def __enter__(self) -> Brain:
        return self

    def __exit__(self, *_: object) -> None:
        # nobody waits for an answer any more, so a process that still thinks is ended
        for pool in (self._pool, *self._learners):
            processes = dict(getattr(pool, "_processes", None) or {})
            pool.shutdown(wait=not processes, cancel_futures=True)
            for process in processes.values():
                process.terminate()
