"""Processes under limits: time, memory, stack, output; their whole group is gone afterwards."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_PACKAGE_ROOT = str(Path(__file__).parents[2])
_RUN_MODULE = (
    "import runpy, sys; root, module = sys.argv[1:3]; del sys.argv[1:3]; "
    "root in sys.path or sys.path.insert(0, root); "
    "runpy.run_module(module, run_name='__main__', alter_sys=True)"
)


def python(module: str, *args: str) -> list[str]:
    """The command that runs a module of this very package in an isolated Python."""
    return [sys.executable, "-I", "-c", _RUN_MODULE, _PACKAGE_ROOT, module, *args]


_POLL_SECONDS = 0.1  # looking costs milliseconds, on cores that are busy with the verdict
_WAITING_POLL_SECONDS = 1.0  # of a process that has not been given its input yet


@dataclass(frozen=True)
class ProcessLimits:
    """What a process may use. `memory` counts resident bytes of all processes of the group."""

    seconds: float
    memory: int
    stack: int = 64 << 20
    output: int = 512 << 20


@dataclass(frozen=True)
class ProcessOutcome:
    """How a process ended. `stopped` says which limit ended it, if one did."""

    status: int
    stdout: bytes
    stderr: bytes
    seconds: float
    peak: int
    stopped: str = ""


class Limited:
    """A running process in a session of its own, watched until `finish`.

    The process group is killed in every case, so a child that the process left behind can neither
    outlive the verdict nor race with what follows. A process that `waits` for its input is timed
    from the moment at which `finish` hands it over.
    """

    def __init__(
        self,
        argv: Sequence[str],
        limits: ProcessLimits,
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        waits: bool = False,
    ) -> None:
        self._limits = limits
        self._waiting = waits
        self._started = time.monotonic()
        cpu = int(limits.seconds) + 2
        # The shell sets what must be set before the program starts, then becomes the program.
        script = f'ulimit -c 0 && ulimit -t {4 * cpu} && ulimit -s {limits.stack >> 10}; exec "$@"'
        self._process = subprocess.Popen(
            ["/bin/sh", "-c", script, "sh", *argv],
            env=env,
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._peak = 0
        self._stopped = ""
        self._out: dict[str, bytearray] = {"stdout": bytearray(), "stderr": bytearray()}
        self._spoken, self._ended = threading.Event(), threading.Event()
        self._threads = [
            threading.Thread(target=self._read, args=(name,), daemon=True) for name in self._out
        ]
        self._threads.append(threading.Thread(target=self._watch, daemon=True))
        for thread in self._threads:
            thread.start()

    def _read(self, name: str) -> None:
        stream = getattr(self._process, name)
        kept = self._out[name]
        while data := stream.read1(1 << 20):
            kept += data
            if name == "stdout":
                self._spoken.set()
            if len(kept) > self._limits.output:
                self._stop(f"more than {self._limits.output >> 20} MiB of output")
                return

    def _watch(self) -> None:
        try:
            self._watch_until_the_end(psutil.Process(self._process.pid))
        except psutil.NoSuchProcess:
            pass  # it has ended already
        finally:
            self._spoken.set()

    def _watch_until_the_end(self, process: psutil.Process) -> None:
        def ended() -> bool:
            pause = _WAITING_POLL_SECONDS if self._waiting else _POLL_SECONDS
            return self._ended.wait(pause) or self._process.poll() is not None

        while not ended():
            late = time.monotonic() - self._started > self._limits.seconds
            if late and not self._waiting:
                self._stop(f"more than {self._limits.seconds:g} s")
            used = 0
            with contextlib.suppress(psutil.Error):
                for p in (process, *process.children(recursive=True)):
                    used += p.memory_info().rss
            self._peak = max(self._peak, used)
            if used > self._limits.memory:
                self._stop(f"more than {self._limits.memory >> 20} MiB of memory")

    def _stop(self, why: str) -> None:
        self._stopped = self._stopped or why
        self.kill()

    def kill(self) -> None:
        """End the process and everything it started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)

    def wait_for_output(self) -> None:
        """Wait until it has written something to stdout, or has ended."""
        self._spoken.wait()

    def finish(self, text: bytes = b"") -> ProcessOutcome:
        """Give it `text` on stdin, wait for its end, and say how it ended."""
        stdin = self._process.stdin
        assert stdin is not None
        if self._waiting:
            self._started, self._waiting = time.monotonic(), False
        if not stdin.closed:
            with contextlib.suppress(BrokenPipeError):
                stdin.write(text)
            with contextlib.suppress(BrokenPipeError):
                stdin.close()
        status = self._process.wait()
        self._ended.set()
        seconds = time.monotonic() - self._started
        self.kill()
        for thread in self._threads:
            thread.join(timeout=5)
        out, err = bytes(self._out["stdout"]), bytes(self._out["stderr"])
        return ProcessOutcome(status, out, err, seconds, self._peak, self._stopped)


def run(
    argv: Sequence[str],
    limits: ProcessLimits,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    text: bytes = b"",
) -> ProcessOutcome:
    """Run a process under limits to its end."""
    return Limited(argv, limits, env=env, cwd=cwd).finish(text)
