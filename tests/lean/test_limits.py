"""Texts that no limit inside Lean stops: the pool ends their server and goes on."""

from __future__ import annotations

import asyncio
import time

import psutil
import pytest

from autoresearch_formal.lean.messages import GymError
from autoresearch_formal.lean.pool import EXTRA_SECONDS, GymPool
from autoresearch_formal.lean.toolchain import Embedded

pytestmark = pytest.mark.lean

# The compiler works through a type of 2²⁸ nodes without looking at the clock.
NESTED = (
    "def dup {α : Type} (a : α) : α × α := (a, a)\n"
    "def big := " + "dup (" * 28 + "(0 : Nat)" + ")" * 28
)  # fmt: skip
# The kernel's own numbers: squares of squares, each twice as long as the one before.
SQUARES = (
    "have : (let a := 2 ^ 16777215; let b := a * a; let c := b * b; let d := c * c; let e := d * d;"
    " let f := e * e; let g := f * f; let h := g * g; h % 2) = 0 := by decide +kernel"
)
STATEMENT = "∀ a b : Nat, a + b = b + a"
SLACK = 10.0
"""Seconds that a loaded machine may need to see that time is over."""


@pytest.mark.slow
def test_a_text_that_cannot_be_interrupted(embedded: Embedded) -> None:
    async def scenario() -> None:
        async with GymPool(toolchain=embedded) as pool:
            theory = await pool.theory()
            begin = time.monotonic()
            with pytest.raises(GymError) as fault:
                await pool.elab(theory, NESTED, ms=1000)
            assert fault.value.kind in {"timeout", "heartbeats", "recursion", "elab"}
            assert time.monotonic() - begin < 1 + EXTRA_SECONDS + SLACK
            state, _ = await pool.goal(theory, statement=STATEMENT, ms=60_000)
            assert (await pool.try_(state, ["omega"], ms=60_000))[0].proved

    asyncio.run(asyncio.wait_for(scenario(), 300))


@pytest.mark.slow
def test_memory_is_a_limit_of_each_tactic(embedded: Embedded) -> None:
    """The tactic that takes too much fails alone, and no process is left behind."""

    async def scenario() -> set[int]:
        async with GymPool(toolchain=embedded, memory=1_500_000_000) as pool:
            state, _ = await pool.goal(await pool.theory(), statement=STATEMENT)
            pids = {worker["pid"] for worker in pool.workers}
            steps = await pool.try_(state, ["skip", SQUARES, "omega"], ms=20_000)
            assert [step.ok for step in steps] == [True, False, True]
            assert steps[1].error is not None
            assert steps[1].error.kind in {"memory", "timeout", "internal", "elab", "recursion"}
            pids |= {worker["pid"] for worker in pool.workers}
            assert (await pool.try_(state, ["omega"], ms=60_000))[0].proved
            return pids | {worker["pid"] for worker in pool.workers}

    pids = asyncio.run(asyncio.wait_for(scenario(), 300))
    assert not any(psutil.pid_exists(pid) for pid in pids if pid)
