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
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import httpx

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import GoalView, Situation, TheoryView
from autoresearch_formal.console import emit_json, err, out, progress
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.inference import vllm
from autoresearch_formal.inference.client import HttpEngine
from autoresearch_formal.inference.engine import Sampling
from autoresearch_formal.inference.wire import completion


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
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def command(
    url: str | None,
    model: Path,
    count: int,
    samples: int,
    tokens: int,
    rounds: int,
    as_json: bool,
) -> None:
    """Tokens a second of the search's client against a bare load generator, same server."""
    with a_server(url, model) as where:
        document = compare(where, count, samples, tokens, rounds)
    if as_json:
        emit_json(document)
        return
    out.print(
        f"client {document['client_tokens_per_second']} tokens/s, bare "
        f"{document['bare_tokens_per_second']}: {document['ratio']:.1%}"
    )
