"""The pool when servers die, stop, or are given nonsense. All servers here are real."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psutil
import pytest

from autoresearch_formal.lean.client import GymClient
from autoresearch_formal.lean.handles import State, TacticOutcome
from autoresearch_formal.lean.messages import GymError, Request, Try
from autoresearch_formal.lean.pool import GymPool
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.lean.toolchain import Embedded

pytestmark = pytest.mark.lean

STATEMENT = "∀ (p q : Prop) (a b : Nat), p ∧ q → (q ∧ p) ∧ a + b = b + a"
TACTICS = ["constructor", "omega", "refine ⟨?_, by omega⟩", "no_such_tactic", "simp", "rename_i h"]


@asynccontextmanager
async def _pool(embedded: Embedded, workers: int) -> AsyncIterator[GymPool]:
    pids: set[int] = set()
    async with GymPool(workers=workers, toolchain=embedded) as pool:
        try:
            yield pool
        finally:
            pids |= {worker["pid"] for worker in pool.workers if worker["pid"]}
    assert not any(psutil.pid_exists(pid) for pid in pids)


def _shape(steps: list[TacticOutcome]) -> list[Any]:
    """What must not depend on who answers, and when."""
    return [
        (
            step.ok,
            step.proved,
            [[goal.fingerprint for goal in child.goals] for child in step.children],
            step.error and step.error.kind,
        )
        for step in steps
    ]


def _signal(pool: GymPool, chance: random.Random, number: signal.Signals) -> None:
    pid = chance.choice([worker["pid"] for worker in pool.workers])
    if pid is not None:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            return


@pytest.mark.slow
def test_answers_don_t_depend_on_servers_living(embedded: Embedded) -> None:
    """kill -9 at random moments: no wrong answer, no hang, nothing left."""
    chance = random.Random(0)

    async def scenario() -> None:
        async with _pool(embedded, 2) as pool:
            theory, _ = await pool.elab(
                await pool.theory(), "theorem swap (p q : Prop) (h : p ∧ q) : q ∧ p := ⟨h.2, h.1⟩"
            )
            start, _ = await pool.goal(theory, statement=STATEMENT)
            expected = _shape(await pool.try_(start, TACTICS))
            left = (await pool.try_(start, ["constructor"]))[0].children[0].state
            deep = _shape(await pool.try_(left, ["exact swap _ _ (by assumption)", "exact bad"]))
            assert deep[0][1]
            for _ in range(2):
                loop = asyncio.get_running_loop()
                for _ in range(2):
                    loop.call_later(chance.random(), _signal, pool, chance, signal.SIGKILL)
                answers = await asyncio.gather(
                    pool.try_(start, TACTICS, total_ms=60_000),
                    pool.try_(left, ["exact swap _ _ (by assumption)", "exact bad"]),
                    pool.try_(start, TACTICS, total_ms=60_000),
                )
                assert [_shape(answer) for answer in answers] == [expected, deep, expected]

    asyncio.run(asyncio.wait_for(scenario(), 400))


@pytest.mark.slow
def test_one_that_stops_answering_is_replaced(embedded: Embedded) -> None:
    async def scenario() -> None:
        async with _pool(embedded, 1) as pool:
            start, _ = await pool.goal(await pool.theory(), statement=STATEMENT)
            before = pool.workers[0]["pid"]
            _signal(pool, random.Random(0), signal.SIGSTOP)
            steps = await pool.try_(start, ["constructor"], ms=500)
            assert steps[0].error is not None
            assert steps[0].error.kind == "timeout"
            again = await pool.try_(start, ["constructor"], ms=60_000)
            assert again[0].ok
            assert pool.workers[0]["pid"] != before

    asyncio.run(asyncio.wait_for(scenario(), 300))


@pytest.mark.slow
def test_only_the_deadly_tactic_fails(embedded: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    """A tactic that ends its server every time, among innocent ones."""
    honest = GymClient.request

    async def poisoned(self: GymClient, request: Request, kind: Any, **rest: Any) -> Any:
        if isinstance(request, Try) and "poison" in request.tactics:
            self.process.kill("memory")
            raise ProcessDied("memory")
        return await honest(self, request, kind, **rest)

    async def scenario() -> None:
        async with _pool(embedded, 1) as pool:
            start, _ = await pool.goal(await pool.theory(), statement=STATEMENT)
            monkeypatch.setattr(GymClient, "request", poisoned)
            steps = await pool.try_(start, ["constructor", "poison", "omega"], ms=60_000)
            assert [step.ok for step in steps] == [True, False, False]
            assert [step.error and step.error.kind for step in steps] == [None, "memory", "elab"]
            after = await pool.try_(steps[0].children[0].state, ["constructor"], ms=60_000)
            assert after[0].ok

    asyncio.run(asyncio.wait_for(scenario(), 300))


@pytest.mark.slow
def test_two_servers_share_one_proof(embedded: Embedded) -> None:
    """States move to an idle server; dropping frees them everywhere; giving up harms nobody."""

    async def scenario() -> None:
        async with _pool(embedded, 2) as pool:
            start, _ = await pool.goal(await pool.theory(), statement=STATEMENT)
            rounds = await asyncio.gather(*(pool.try_(start, TACTICS) for _ in range(6)))
            assert all(_shape(steps) == _shape(rounds[0]) for steps in rounds)
            stats = await pool.stats()
            assert all(one is not None and one.steps > 0 for one in stats)
            children = [c.state for steps in rounds for step in steps for c in step.children]
            pool.drop([start, *children])
            assert [one and one.states for one in await pool.stats()] == [0, 0]
            # what was dropped can still be worked with: it is made again
            assert (await pool.try_(children[0], ["skip"]))[0].ok

            given_up = asyncio.create_task(pool.try_(start, ["simp"] * 200))
            await asyncio.sleep(0.2)
            given_up.cancel()
            assert (await pool.try_(start, ["constructor"], ms=60_000))[0].ok

    asyncio.run(asyncio.wait_for(scenario(), 300))


def test_a_state_that_is_not_rebuilt_as_it_was_is_an_error(embedded: Embedded) -> None:
    """A wrong state is worse than none."""

    async def scenario() -> None:
        async with _pool(embedded, 1) as pool:
            theory = await pool.theory()
            start, _ = await pool.goal(theory, statement=STATEMENT)
            other, _ = await pool.goal(theory, statement="True")
            forged = State(goals=other.goals, origin=start.origin, source=theory)
            with pytest.raises(GymError, match="could not be rebuilt") as fault:
                await pool.try_(forged, ["trivial"])
            assert fault.value.kind == "gone"

    asyncio.run(asyncio.wait_for(scenario(), 300))
