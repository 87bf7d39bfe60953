"""``autoresearch data synth`` and ``tries``: chunks, workers, resuming, merging.

Chunk *k* is a function of (seed, k) and of the foundation: its statements come from a generator
seeded with both, and limits are in heartbeats. Chunks are files; a finished one is never made
again, so a run can be killed and continued, and the result takes chunks in order of their numbers.
"""

from __future__ import annotations

import concurrent.futures
import hashlib
import json
import multiprocessing
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec
import psutil

from autoresearch_formal.actions import prompt as prompts
from autoresearch_formal.actions.base import NameView
from autoresearch_formal.console import progress
from autoresearch_formal.data.rows import Row, check, read_rows, write_rows
from autoresearch_formal.data.synth import algebra, excluded, numbers
from autoresearch_formal.data.synth.mutate import mutate
from autoresearch_formal.data.synth.prover import ChunkTally, ConjectureProver, distinct
from autoresearch_formal.data.synth.traces import scoped, traces
from autoresearch_formal.data.synth.tries import along, around
from autoresearch_formal.data.tokenizer import sources
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.process import die_with_parent
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.mask import DEFAULT_CUTOFF, Mask
from autoresearch_formal.targets import load as load_targets
from autoresearch_formal.targets.worlds import FOUNDATION

STATEMENTS = 200
"""Statements a chunk."""

TRACES = 4
"""The first chunks are traces of the foundation's proofs; each has every fourth file."""

MIX: tuple[tuple[float, str], ...] = (
    (0.48, "rewrite"),
    (0.14, "conjecture"),
    (0.16, "lists"),
    (0.16, "logic"),
    (0.05, "numbers"),
    (0.01, "mutation"),
)
"""Shares of statements by generator."""


@dataclass(frozen=True, slots=True)
class SynthOptions:
    """What to make."""

    out: Path
    rows: int | None = None
    seconds: float | None = None
    seed: int = 0
    cutoff: int = DEFAULT_CUTOFF
    workers: int = 2
    resume: bool = False
    tries: bool = False
    """Rows about what Lean says to proposals, instead of steps of proofs."""

    @property
    def name(self) -> str:
        """What the file is called."""
        return "tries" if self.tries else "synth"


def statement(chance: random.Random, names: list[NameView]) -> algebra.Conjecture | None:
    """The next statement of a chunk."""
    match chance.choices([kind for _, kind in MIX], [share for share, _ in MIX])[0]:
        case "rewrite":
            return algebra.by_rewriting(chance)
        case "conjecture":
            return algebra.at_random(chance)
        case "lists":
            return numbers.about_lists(chance)
        case "logic":
            return numbers.about_logic(chance)
        case "numbers":
            return numbers.about_numbers(chance)
    facts = [n for n in names if n.kind == "theorem"]
    fact = chance.choice(facts) if facts else None
    return mutate(fact.name, fact.type, chance) if fact else None


# -- in a worker process -------------------------------------------------------------------------

_prover: ConjectureProver | None = None


def _start(mask_file: str, bans: frozenset[str]) -> None:
    global _prover
    die_with_parent()
    gym = Gym(workers=1, mask=Path(mask_file), modules=[FOUNDATION])
    theory = gym.theory([FOUNDATION])
    listed = gym.names(theory, modules=[f"{FOUNDATION}.*"]).names
    names = sorted((NameView(n.name, n.kind, n.type) for n in listed), key=lambda n: n.name)
    _prover = ConjectureProver(gym, theory, names, bans.__contains__)


def _chunk(number: int, options: SynthOptions) -> dict[str, Any]:
    """Make one chunk and write it; what happened."""
    prover = _prover
    assert prover is not None
    prover.begin()
    mask = _mask(options.cutoff)
    began, cpu = time.monotonic(), _cpu_seconds()
    rows: list[Row] = []
    for made in (_tried if options.tries else _made)(prover, number, options.seed):
        rows += [row for row in made if check(row, mask) is None]
    rows = distinct(rows)
    facts = {
        "chunk": number,
        "rows": len(rows),
        "seconds": time.monotonic() - began,
        "cpu_seconds": _cpu_seconds() - cpu,
        **asdict(prover.tally),
    }
    path = options.out / "chunks" / f"chunk-{number:05}.parquet"
    write_rows(rows, path)
    path.with_suffix(".json").write_text(json.dumps(facts) + "\n", encoding="utf-8")
    return facts


def _made(prover: ConjectureProver, number: int, seed: int) -> Iterator[list[Row]]:
    if number < TRACES:
        files = list(sources(project_root()))[number::TRACES]
        yield from traces(prover.gym, prover.theory, prover, files)
        return
    chance = random.Random(f"{seed}:{number}")
    for _ in range(STATEMENTS):
        conjecture = statement(chance, list(prover.names))
        if conjecture is not None:
            yield prover.prove(conjecture)


def _tried(prover: ConjectureProver, number: int, seed: int) -> Iterator[list[Row]]:
    if number < TRACES:
        for _, text in list(sources(project_root()))[number::TRACES]:
            for scope, stated in scoped(text):
                yield from along(prover, scope, stated)
                prover.forget()
        return
    chance = random.Random(f"{seed}:tries:{number}")
    for _ in range(STATEMENTS // 4):
        conjecture = statement(chance, list(prover.names))
        if conjecture is not None:
            yield from around(prover, conjecture, chance)
            prover.forget()


_masks: dict[int, Mask] = {}


def _mask(cutoff: int) -> Mask:
    if cutoff not in _masks:
        _masks[cutoff] = Mask.compute(cutoff)
    return _masks[cutoff]


def _cpu_seconds() -> float:
    """User and system time of this process and of the gym below it."""
    total = 0.0
    me = psutil.Process()
    for process in [me, *me.children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


# -- in the main process -------------------------------------------------------------------------


def synthesise(options: SynthOptions) -> dict[str, Any]:
    """Make rows until there are enough or time is up; the report, also ``synth.json``.

    Raises `UsageFault` for a folder that holds another run.
    """
    if options.rows is None and options.seconds is None:
        raise UsageFault("say when to stop: --rows N or --seconds S")
    chunks = options.out / "chunks"
    identity: dict[str, Any] = {
        "seed": options.seed,
        "cutoff": options.cutoff,
        "prompt": prompts.VERSION,
    }
    if options.tries:
        identity["tries"] = "true"
    _open(options, identity)
    mask = Mask.compute(options.cutoff)
    mask_file = options.out / "mask.json"
    mask.write_gym_file(mask_file)
    bans = bans_for(mask_file)
    done = {int(p.stem.split("-")[1]): json.loads(p.read_text()) for p in chunks.glob("*.json")}
    began = time.monotonic()
    made: list[int] = []

    def enough() -> bool:
        late = options.seconds is not None and time.monotonic() - began >= options.seconds
        count = 0
        number = 0
        while number in done:
            count += done[number]["rows"]
            number += 1
        # a few rows of different chunks will turn out to be the same
        full = options.rows is not None and count >= 1.05 * options.rows + 50
        return late or full

    context = multiprocessing.get_context("spawn")
    with (
        progress() as bar,
        concurrent.futures.ProcessPoolExecutor(
            options.workers, context, _start, (str(mask_file), frozenset(bans))
        ) as pool,
    ):
        already = sum(d["rows"] for d in done.values())
        task = bar.add_task("proving", total=options.rows, completed=already)
        waiting: set[concurrent.futures.Future[dict[str, Any]]] = set()
        upcoming = (k for k in range(10**9) if k not in done)
        while not enough():
            while len(waiting) < options.workers:
                number = next(upcoming)
                waiting.add(pool.submit(_chunk, number, options))
            left = None
            if options.seconds is not None:
                left = max(0.1, options.seconds - (time.monotonic() - began))
            finished, waiting = concurrent.futures.wait(
                waiting, left, concurrent.futures.FIRST_COMPLETED
            )
            for future in finished:
                facts = future.result()
                done[facts["chunk"]] = facts
                made.append(facts["chunk"])
                bar.update(task, advance=facts["rows"])
        bar.update(task, description="finishing the chunks in flight")
        for future in concurrent.futures.as_completed(waiting):
            facts = future.result()
            done[facts["chunk"]] = facts
            made.append(facts["chunk"])
    return _merge(options, identity, done, made, bans, mask.hash, time.monotonic() - began)


def _open(options: SynthOptions, identity: dict[str, Any]) -> None:
    note = options.out / f"{options.name}.toml"
    text = "".join(f"{key} = {value}\n" for key, value in identity.items())
    if note.is_file():
        if not options.resume:
            raise UsageFault(f"{options.out} holds a run; give --resume or another --out")
        if note.read_text(encoding="utf-8") != text:
            said = ", ".join(note.read_text(encoding="utf-8").split("\n")[:-1])
            raise UsageFault(f"{options.out} was made with {said}; use another --out")
    elif options.out.exists() and any(options.out.iterdir()):
        raise UsageFault(f"{options.out} is not empty; use another --out")
    (options.out / "chunks").mkdir(parents=True, exist_ok=True)
    note.write_text(text, encoding="utf-8")


def bans_for(mask_file: Path) -> dict[str, str]:
    """Fingerprint → what it belongs to, of all that may not become a row."""
    targets = load_targets()
    modules = sorted({t.module for t in targets})
    with Gym(workers=1, mask=mask_file, modules=[FOUNDATION, *modules]) as gym:
        theory = excluded.target_theory(gym, targets)
        found = excluded.target_fingerprints(gym, theory, targets)
        files = excluded.solution_files(project_root())
        return {**excluded.solution_fingerprints(gym, theory, files), **found}


def _merge(
    options: SynthOptions,
    identity: dict[str, Any],
    done: dict[int, dict[str, Any]],
    made: list[int],
    bans: dict[str, str],
    mask: str,
    seconds: float,
) -> dict[str, Any]:
    """One file of all chunks up to the first that is missing, each row once."""
    rows: list[Row] = []
    number = 0
    while number in done:
        path = options.out / "chunks" / f"chunk-{number:05}.parquet"
        rows += [row for _, _, row in read_rows([path])]
        number += 1
    rows = distinct(rows)
    if options.rows is not None:
        rows = rows[: options.rows]
    path = options.out / f"{options.name}.parquet"
    write_rows(rows, path)
    fresh = [done[k] for k in made]
    cpu = sum(f["cpu_seconds"] for f in fresh)
    new = sum(f["rows"] for f in fresh)
    document = {
        **identity,
        "file": str(path),
        "mask": mask,
        "rows": len(rows),
        "goals": len({r.fingerprint for r in rows}),
        "digest": digest(rows),
        "chunks": number,
        "sources": dict(Counter(r.source for r in rows)),
        "excluded_statements": len(bans),
        "seconds": round(seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "new_rows": new,
        "rows_per_cpu_second": round(new / cpu, 3) if cpu else None,
        "rows_per_hour": round(3600 * new / seconds) if seconds else None,
        "counts": {
            key: sum(f[key] for f in done.values())
            for key in asdict(ChunkTally())
            if key in done[0]
        }
        if done
        else {},
    }
    note = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    (options.out / f"{options.name}.json").write_text(note, encoding="utf-8")
    return document


def digest(rows: list[Row]) -> str:
    """SHA-256 of rows in order: two runs that say the same made the same data."""
    hasher = hashlib.sha256()
    for row in rows:
        hasher.update(msgspec.json.encode(row))
    return hasher.hexdigest()


__all__ = ["SynthOptions", "bans_for", "digest", "statement", "synthesise"]
