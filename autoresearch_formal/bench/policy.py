"""``autoresearch bench policy``: does the client keep the server busy?

The search's client and a bare load generator ask the same server for the same samples in the same
run, in turns, so that both see the same load of the machine. The bare one holds a connection for
each situation, sends the body and reads the bytes; it neither retries nor reads what came.
"""

from __future__ import annotations

import asyncio
import contextlib
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import httpx

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import GoalView, Situation, TheoryView
from autoresearch_formal.bench.fake import FakeServer, Script
from autoresearch_formal.bounds import FiniteRange
from autoresearch_formal.console import emit_json, err, out, progress
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference import vllm
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.engine import Sampling
from autoresearch_formal.inference.wire import completion
from autoresearch_formal.options import json_option
from autoresearch_formal.report.observer import RunReporter
from autoresearch_formal.search.start import RunOptions, execute


def situations(count: int) -> list[Situation]:
    """Different goals of usual length."""
    found = []
    for number in range(count):
        terms = " ".join(f"(m a{number % 7} " for _ in range(1 + number % 4))
        target = f"{terms}b{')' * (1 + number % 4)} = m b a{number}"
        goal = f"G : Type\nm : G → G → G\nh : ∀ (a b c : G), m (m a b) c = m a (m b c)\n⊢ {target}"
        found.append(Situation(TheoryView(), (GoalView(goal, target, fingerprint=str(number)),)))
    return found


async def bare(url: str, bodies: list[dict[str, Any]]) -> int:
    """Send all requests at once; tokens that came."""
    limits = httpx.Limits(max_connections=len(bodies), max_keepalive_connections=len(bodies))
    async with httpx.AsyncClient(timeout=600.0, limits=limits) as http:
        answers = await asyncio.gather(
            *(http.post(f"{url}/v1/completions", json=body) for body in bodies)
        )
    return sum(completion(c).tokens for a in answers for c in a.json()["choices"])


def compare(url: str, count: int, samples: int, tokens: int, rounds: int) -> dict[str, Any]:
    """Tokens a second of both, in alternating rounds."""
    engine = HttpEngine(url)
    try:
        engine.warm_up()
        texts = [prompts.prompt(s) for s in situations(count)]
        rates: dict[str, list[float]] = {"client": [], "bare": []}
        with progress() as bar:
            task = bar.add_task("sampling", total=2 * (rounds + 1))
            for number in range(rounds + 1):
                how = Sampling(samples, tokens, seed=1000 + number)
                bodies = [engine.body(t, how) for t in texts]
                for who in ("client", "bare") if number % 2 else ("bare", "client"):
                    began = time.perf_counter()
                    if who == "client":
                        made = engine.generate(texts, how)
                        total = sum(c.tokens for cs in made for c in cs)
                    else:
                        total = asyncio.run(bare(engine.root, bodies))
                    if number:  # the first round warms up
                        rates[who].append(total / (time.perf_counter() - began))
                    bar.advance(task)
    finally:
        engine.close()
    client, other = (statistics.median(rates[w]) for w in ("client", "bare"))
    return {
        "situations": count,
        "samples": samples,
        "max_tokens": tokens,
        "rounds": rounds,
        "client_tokens_per_second": round(client, 1),
        "bare_tokens_per_second": round(other, 1),
        "ratio": round(client / other, 3),
        "all": {who: [round(r, 1) for r in found] for who, found in rates.items()},
    }


@contextlib.contextmanager
def a_server(url: str | None, model: Path | None) -> Iterator[str]:
    """The given server, or vLLM on a free port for as long as this lasts."""
    if url is not None:
        yield url
        return
    if model is None or not (model / "config.json").is_file():
        raise UsageFault(f"{model}: no model there; give --model DIR or --url URL")
    port = vllm.free_port()
    argv = vllm.command(model, "127.0.0.1", port, vllm.has_gpu(), 768)
    log = Path(tempfile.mkdtemp(prefix="bench-policy-")) / "vllm.log"
    with err.status("starting vLLM"):
        server = vllm.Server.start(argv, vllm.environment(), f"http://127.0.0.1:{port}", log)
    with server:
        yield server.url


ANSWERS = ("intro x", "simp_all", "constructor", "rw [h]", "cases h", "omega", "exact h", "grind")
"""What the fake server says: steps of which some lead on."""


def occupied(
    suite: str, seconds: float, latency: float, slots: int, workers: int, folder: Path
) -> dict[str, Any]:
    """How busy a search keeps a slow server of many slots, from a fifth of its time on."""
    script = Script([(text, True) for text in ANSWERS], latency, slots, "bfs-prover")
    seen: list[tuple[int, int]] = []
    with FakeServer(script) as server:
        ended = threading.Event()

        def look() -> None:
            while not ended.wait(0.1):
                seen.append((server.meter.open, server.meter.busy))

        watch = threading.Thread(target=look, daemon=True)
        policy = f"{server.url}?format=tactic-state&n=1&in_flight={slots}"
        options = RunOptions(
            suite=suite, policy=policy, seconds=seconds, workers=workers, out=folder, no_verify=True
        )
        watch.start()
        document = execute(options, RunReporter(quiet=True))
        ended.set()
        watch.join()
    first = next((i for i, (open_, _) in enumerate(seen) if open_), len(seen))
    steady = seen[first + (len(seen) - first) // 5 :]
    if not steady:
        raise UsageFault(f"no request came within {seconds} s; give --seconds more")
    return {
        "targets": len(document["results"]),
        "workers": workers,
        "latency": latency,
        "slots": slots,
        "requests": server.meter.requests,
        "in_flight": round(statistics.mean(open_ for open_, _ in steady), 2),
        "slots_busy": round(statistics.mean(busy for _, busy in steady) / slots, 4),
        "steps": document["steps"],
        "seconds": document["seconds"],
    }


@click.command(
    name="policy", epilog="Example: autoresearch bench policy --model models/nano --json"
)
@click.option("--url", help="A running server.")
@click.option(
    "--model", type=click.Path(path_type=Path), default=Path("models/nano"), show_default=True
)
@click.option("--situations", "count", type=click.IntRange(1), default=32, show_default=True)
@click.option("--samples", type=click.IntRange(1), default=8, show_default=True)
@click.option("--tokens", type=click.IntRange(1), default=64, show_default=True)
@click.option("--rounds", type=click.IntRange(1), default=5, show_default=True)
@click.option("--fake", is_flag=True, help="A search against a slow server without a model.")
@click.option("--suite", default="all", show_default=True, help="With --fake: what is searched.")
@click.option("--latency", type=FiniteRange(min=0), default=3.0, show_default=True)
@click.option("--slots", type=click.IntRange(1), default=64, show_default=True)
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
@click.option("--seconds", type=FiniteRange(min=1), default=60.0, show_default=True)
@json_option
def command(
    url: str | None,
    model: Path,
    count: int,
    samples: int,
    tokens: int,
    rounds: int,
    fake: bool,
    suite: str,
    latency: float,
    slots: int,
    workers: int,
    seconds: float,
    as_json: bool,
) -> None:
    """Tokens a second of the search's client against a bare load generator, same server.

    With --fake: requests in flight and slots busy, for a search that asks a slow server.
    """
    if fake:
        with tempfile.TemporaryDirectory(prefix="bench-policy-") as place:
            found = occupied(suite, seconds, latency, slots, workers, Path(place) / "run")
        if as_json:
            emit_json(found)
        else:
            out.print(
                f"{found['in_flight']} requests in flight, {found['slots_busy']:.1%} of "
                f"{slots} slots busy"
            )
        return
    with a_server(url, model) as where:
        document = compare(where, count, samples, tokens, rounds)
    if as_json:
        emit_json(document)
        return
    out.print(
        f"client {document['client_tokens_per_second']} tokens/s, bare "
        f"{document['bare_tokens_per_second']}: {document['ratio']:.1%}"
    )
