"""``autoresearch bench search --easy``: what a run costs before and after its search.

Easy targets are proved in a fraction of a second, so that what a run of one takes is start-up:
Python, the gym, the library, the verdict. Each run is a process of its own, as on the command
line, once as it is and once *cold*: without what earlier runs have left and without anything done
ahead (`RunOptions.cold`).
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from autoresearch_formal.errors import Negative
from autoresearch_formal.search.start import RunOptions, execute
from autoresearch_formal.targets import load, suite

SUITE = "demo"
"""The first warm-ups: whatever proves anything proves them at once."""

Cost = tuple[float, float]
"""Wall seconds and processor seconds, of a process and of all that it started."""


def easy(rounds: int, count: int) -> dict[str, Any]:
    """Seconds of the first target of a run and of each further one, cold and as it is.

    Raises `Negative` if a target is not verified.
    """
    targets = [target.id for target in suite(SUITE, load())][:count]
    cost(targets, cold=False)  # builds what is not built, and leaves what a run leaves
    figures: dict[bool, list[tuple[Cost, Cost]]] = {True: [], False: []}
    for _ in range(rounds):
        for cold in (True, False):
            figures[cold].append((cost(targets[:1], cold=cold), cost(targets, cold=cold)))
    rows = {"cold" if cold else "as_it_is": row(some, count) for cold, some in figures.items()}
    keys = rows["cold"].keys()
    ratios = {key: round(rows["as_it_is"][key] / max(rows["cold"][key], 1e-9), 3) for key in keys}
    return {"targets": targets, "rounds": rounds, **rows, "ratio": ratios}


def row(some: list[tuple[Cost, Cost]], count: int) -> dict[str, float]:
    """Medians: of runs of one target, and of what each of the further targets adds."""

    def median(kind: int, further: bool) -> float:
        pairs = [(first[kind], whole[kind]) for first, whole in some]
        values = [(b - a) / (count - 1) if further else a for a, b in pairs]
        return round(statistics.median(values), 3)

    return {
        "first_s": median(0, further=False),
        "further_s": median(0, further=True),
        "first_cpu_s": median(1, further=False),
        "further_cpu_s": median(1, further=True),
    }


def cost(targets: list[str], *, cold: bool) -> Cost:
    """What a run of these targets costs, in a process of its own."""
    before, began = os.times(), time.monotonic()
    argv = [sys.executable, "-m", __name__, json.dumps({"targets": targets, "cold": cold})]
    done = subprocess.run(argv, stdout=subprocess.PIPE, text=True, check=False)
    seconds, after = time.monotonic() - began, os.times()
    if done.returncode != 0 or json.loads(done.stdout) != len(targets):
        raise Negative(f"not all of {', '.join(targets)} were verified")
    used = after.children_user + after.children_system
    return seconds, used - before.children_user - before.children_system


def main(argument: str) -> None:
    """Run targets and write how many were verified."""
    asked = json.loads(argument)
    with tempfile.TemporaryDirectory() as folder:
        options = RunOptions(
            targets=tuple(asked["targets"]), cold=asked["cold"], out=Path(folder) / "run"
        )
        report = execute(options)
    sys.stdout.write(json.dumps(sum(r["status"] == "verified" for r in report["results"])))


if __name__ == "__main__":
    main(sys.argv[1])
