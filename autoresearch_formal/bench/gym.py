"""`autoresearch bench gym`: what a gym worker does in a second, and what it costs.

Everything is measured in one run on one machine, next to a plain implementation of the tactic mode
that Lean servers commonly offer (`lean/resources/PlainTacticMode.lean`), so that the ratios mean
something where the seconds don't.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from autoresearch_formal.bounds import FiniteRange
from autoresearch_formal.console import emit_json, err, out
from autoresearch_formal.errors import Negative
from autoresearch_formal.lean.build import build
from autoresearch_formal.lean.client import GymClient, ServerSettings
from autoresearch_formal.lean.messages import (
    Drop,
    DropAnswer,
    Goal,
    GoalAnswer,
    Import,
    ImportAnswer,
    Stats,
    StatsAnswer,
    Try,
    TryAnswer,
)
from autoresearch_formal.lean.process import GymProcess
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, Toolchain, select
from autoresearch_formal.options import json_option, toolchain_option

STATEMENT = (
    "∀ (p q r s : Prop) (a b c : Nat) (xs ys : List Nat), (p → q → p ∧ q) ∧ (a + b = b + a) ∧ "
    "(xs ++ ys).length = ys.length + xs.length"
)
MIX = (
    "constructor",
    "refine ⟨fun hp hq => ⟨hp, hq⟩, ?_⟩",
    "constructor <;> simp",
    "omega",
    "refine ⟨?_, ?_, ?_⟩",
    "exact bad",
    "skip",
    "simp",
    "rcases p",
    "have h : a + b = b + a := by omega",
)
"""Ten tactics on one state, two of which fail: the mix that all figures refer to."""

CLASSES = {
    "structure": (STATEMENT, "constructor"),
    "term": (STATEMENT, "refine ⟨fun hp hq => ⟨hp, hq⟩, ?_⟩"),
    "nothing": (STATEMENT, "skip"),
    "failure": (STATEMENT, "exact bad"),
    "rewriting": ("∀ a b c : Nat, a + b + c = c + (b + a)", "rw [Nat.add_comm]"),
    "simplification": ("∀ xs ys : List Nat, (xs ++ ys).reverse.length = 0", "simp"),
    "arithmetic": ("∀ a b c : Nat, a < b → b < c → a + 2 ≤ c", "omega"),
    "decision": ("(123 * 457) % 11 = 1", "decide"),
    "congruence": ("∀ (f : Nat → Nat) (a b c : Nat), a = b → f b = c → f a = c", "grind"),
    "induction": ("∀ n : Nat, 0 + n = n", "induction n"),
}
"""For each class of tactics a statement and a tactic."""

_LIMITS: dict[str, Any] = {"heartbeats": 200_000, "ms": 10_000}


@dataclass(frozen=True)
class BenchSize:
    """How much to do."""

    batch: int = 100
    seconds: float = 5.0
    kept: int = 3000
    dropped: int = 20_000
    starts: int = 3


class BenchWorker:
    """A server with a theory and the mix's state."""

    def __init__(self, client: GymClient, theory: int, state: int) -> None:
        self.client = client
        self.theory = theory
        self.state = state

    @classmethod
    async def start(cls, settings: ServerSettings) -> BenchWorker:
        """Start a server, import `Init` and open the mix's statement."""
        client = await GymClient.start(settings)
        theory = (await client.request(Import(modules=["Init"]), ImportAnswer)).theory
        state = await cls.goal(client, theory, STATEMENT)
        return cls(client, theory, state)

    @staticmethod
    async def goal(client: GymClient, theory: int, statement: str) -> int:
        """The state for a statement."""
        return (await client.request(Goal(theory=theory, statement=statement), GoalAnswer)).state

    async def batch(self, state: int, tactics: list[str], *, keep: bool = False) -> TryAnswer:
        """Try tactics in one round trip and drop the children unless they are to be kept."""
        request = Try(state=state, tactics=tactics, split=False, **_LIMITS)
        answer = await self.client.request(request, TryAnswer)
        if not keep:
            children = [child.state for result in answer.results for child in result.children]
            await self.client.request(Drop(states=children), DropAnswer)
        return answer

    async def rate(self, state: int, tactics: tuple[str, ...], size: BenchSize) -> float:
        """Steps a second, in batches, over about `size.seconds`."""
        texts = list(tactics) * (size.batch // len(tactics))
        await self.batch(state, texts)
        steps, begin = 0, time.perf_counter()
        while (spent := time.perf_counter() - begin) < size.seconds:
            steps += len((await self.batch(state, texts)).results)
        return steps / spent

    @property
    def resident(self) -> int:
        """Resident bytes of the server."""
        return self.client.process.resident


@contextmanager
def _plain(toolchain: Toolchain) -> Iterator[GymProcess]:
    """The yardstick's server, after its first line."""
    file = Path(__file__).parents[1] / "lean" / "resources" / "PlainTacticMode.lean"
    command = toolchain.command(["--tstack=32768", "--run", str(file)], threads=2)
    with tempfile.TemporaryDirectory() as scratch:
        process = GymProcess(command.argv, command.env, cwd=scratch)
        try:
            process.read_line(120)
            yield process
        finally:
            process.close()


def _plain_figures(toolchain: Toolchain, size: BenchSize) -> dict[str, float]:
    with _plain(toolchain) as process:

        def ask(**request: Any) -> dict[str, Any]:
            line = json.dumps(request, ensure_ascii=False).encode() + b"\n"
            answer: dict[str, Any] = json.loads(process.ask(line, 120))
            return answer

        state = ask(goal=STATEMENT)["proofState"]
        for tactic in MIX:
            ask(tactic=tactic, proofState=state)
        before, kept, steps = process.resident, 0, 0
        begin = time.perf_counter()
        while (spent := time.perf_counter() - begin) < size.seconds:
            for tactic in MIX:
                kept += "proofState" in ask(tactic=tactic, proofState=state)
                steps += 1
        return {
            "steps_per_second": steps / spent,
            "bytes_per_kept_state": (process.resident - before) / max(kept, 1),
        }


async def _starts(settings: ServerSettings, size: BenchSize) -> dict[str, Any]:
    times, imports = [], []
    for _ in range(size.starts):
        client = await GymClient.start(settings)
        begin = time.perf_counter()
        await client.request(Import(modules=["Init"]), ImportAnswer)
        imports.append(time.perf_counter() - begin)
        times.append(client.start_ms / 1000)
        await client.close()
    return {
        "cold_seconds": times[0],
        "warm_seconds": statistics.median(times[1:] or times),
        "import_init_seconds": statistics.median(imports),
    }


async def _one_worker(settings: ServerSettings, size: BenchSize) -> dict[str, Any]:
    worker = await BenchWorker.start(settings)
    try:
        err.print("classes of tactics")
        classes = {}
        short = BenchSize(batch=size.batch // 2, seconds=size.seconds / 3)
        for name, (statement, tactic) in CLASSES.items():
            state = await worker.goal(worker.client, worker.theory, statement)
            classes[name] = await worker.rate(state, (tactic,), short)
        err.print("the mix")
        mix = await worker.rate(worker.state, MIX, size)
        single = 0
        begin = time.perf_counter()
        while (spent := time.perf_counter() - begin) < size.seconds:
            for tactic in MIX:
                await worker.batch(worker.state, [tactic])
                single += 1
        err.print("round trips")
        trips = 500
        begin = time.perf_counter()
        for _ in range(trips):
            await worker.client.request(Stats(), StatsAnswer)
        trips_rate = trips / (time.perf_counter() - begin)
        err.print("memory of dropped steps")
        memory = await _dropped(worker, size)
        err.print("memory of kept states")
        kept = await _kept(worker, size)
        return {
            "steps_per_second": {"mix": mix, "mix_one_by_one": single / spent, **classes},
            "round_trips_per_second": trips_rate,
            "kept_states": kept,
            "dropped_steps": memory,
        }
    finally:
        await worker.client.close()


async def _dropped(worker: BenchWorker, size: BenchSize) -> dict[str, Any]:
    """Resident bytes before and after many steps whose states are dropped."""
    texts = list(MIX) * (size.batch // len(MIX))
    for _ in range(max(1, size.dropped // 10 // len(texts))):
        await worker.batch(worker.state, texts)
    before, done = worker.resident, 0
    while done < size.dropped:
        done += len((await worker.batch(worker.state, texts)).results)
    after = worker.resident
    return {
        "steps": done,
        "before_bytes": before,
        "after_bytes": after,
        "growth": after / before - 1,
    }


async def _kept(worker: BenchWorker, size: BenchSize) -> dict[str, Any]:
    """Resident bytes that kept states cost, each made by the mix from one state."""
    texts = list(MIX) * (size.batch // len(MIX))
    before, states = worker.resident, 0
    while states < size.kept:
        answer = await worker.batch(worker.state, texts, keep=True)
        states += sum(len(result.children) for result in answer.results)
    each = (worker.resident - before) / states
    return {"states": states, "bytes_each": each, "per_megabyte": 1e6 / each if each > 0 else None}


async def _scaling(settings: ServerSettings, size: BenchSize) -> dict[str, float]:
    """The mix on one worker and on two at once."""
    workers = list(await asyncio.gather(BenchWorker.start(settings), BenchWorker.start(settings)))
    try:
        one = await workers[0].rate(workers[0].state, MIX, size)
        two = sum(await asyncio.gather(*(w.rate(w.state, MIX, size) for w in workers)))
        return {"one": one, "two": two, "ratio": two / one}
    finally:
        await asyncio.gather(*(worker.client.close() for worker in workers))


async def measure(toolchain: Toolchain, size: BenchSize) -> dict[str, Any]:
    """All figures; see the keys. Raises `Negative` if the gym does not compile."""
    root = project_root()
    if not build([GYM_MAIN], toolchain, root=root).ok:
        raise Negative("the gym does not compile: run `autoresearch lean build Reconstruct.Gym`")
    settings = ServerSettings(toolchain, root)
    err.print("starting")
    starts = await _starts(settings, size)
    figures = await _one_worker(settings, size)
    err.print("two workers")
    scaling = await _scaling(settings, size)
    err.print("the plain tactic mode")
    plain = await asyncio.to_thread(_plain_figures, toolchain, size)
    rates = figures["steps_per_second"]
    each = figures["kept_states"]["bytes_each"]
    return {
        "toolchain": {"name": toolchain.name, "version": toolchain.version},
        "start": starts,
        **figures,
        "scaling": scaling,
        "plain_tactic_mode": plain,
        "ratios": {
            "mix_to_plain": rates["mix"] / plain["steps_per_second"],
            "one_by_one_to_plain": rates["mix_one_by_one"] / plain["steps_per_second"],
            "plain_bytes_to_ours": plain["bytes_per_kept_state"] / each if each > 0 else None,
        },
    }


@click.command(epilog="Example: autoresearch bench gym --json > gym.json")
@toolchain_option
@click.option("--seconds", type=FiniteRange(0.1), default=5.0, help="Time for each rate.")
@click.option(
    "--dropped", type=click.IntRange(100), default=20_000, help="Steps of the memory test."
)
@click.option("--kept", type=click.IntRange(100), default=3000, help="States to keep.")
@json_option
def command(toolchain: str | None, seconds: float, dropped: int, kept: int, as_json: bool) -> None:
    """Measure tactic steps per second, start-up, memory and scaling of the gym."""
    size = BenchSize(seconds=seconds, dropped=dropped, kept=kept)
    figures = asyncio.run(measure(select(toolchain), size))
    if as_json:
        emit_json(figures)
        return
    start, rates = figures["start"], figures["steps_per_second"]
    out.print(
        f"start {start['cold_seconds']:.1f} s cold, {start['warm_seconds']:.1f} s warm; "
        f"import Init {start['import_init_seconds']:.2f} s"
    )
    for name, rate in rates.items():
        out.print(f"{name:>16} {rate:8.0f} steps/s")
    kept_states, memory = figures["kept_states"], figures["dropped_steps"]
    out.print(f"{figures['round_trips_per_second']:.0f} round trips/s")
    out.print(f"{kept_states['bytes_each'] / 1000:.1f} KB a kept state")
    out.print(f"memory {memory['growth']:+.1%} over {memory['steps']} dropped steps")
    out.print(f"two workers {figures['scaling']['ratio']:.2f}×")
    plain, ratios = figures["plain_tactic_mode"], figures["ratios"]
    out.print(
        f"plain tactic mode {plain['steps_per_second']:.0f} steps/s: the gym does "
        f"{ratios['mix_to_plain']:.1f}× of that in batches, "
        f"{ratios['one_by_one_to_plain']:.1f}× one by one"
    )
