"""One gym server process: started, spoken to line by line, limited, ended.

The process gets its own session, so that ending it ends everything it might have started. Three
things end it besides `close`: a deadline, too much memory, and the end of this process (however
that comes about: on Linux the kernel kills it, elsewhere it sees the end of its input).

The threads here block; `client` keeps them off the event loop.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import io
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any

import psutil

DEFAULT_MEMORY = 2_600_000_000
"""Resident bytes after which a process is ended. An embedded Lean can't exceed about 3 GB."""

_FILE_BYTES = 256 * 1024 * 1024  # no file that a worker writes may grow beyond this
_POLL_SECONDS = 0.05
_MEMORY_POLL_SECONDS = 0.25
_PR_SET_PDEATHSIG = 1


class ProcessDied(Exception):
    """The process is gone. `reason` is ``timeout``, ``memory``, ``exit`` or ``closed``."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason
        self.detail = detail


class _Spawner:
    """Starts processes from one thread that lives as long as this process.

    Linux sends the parent-death signal when the *thread* that forked ends, so short-lived threads
    must not fork.
    """

    def __init__(self) -> None:
        self._jobs: queue.Queue[tuple[Callable[[], Any], Future[Any]]] = queue.Queue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def run(self, job: Callable[[], Any]) -> Any:
        """Do `job` in the spawning thread; its result or exception."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, daemon=True, name="gym-spawn")
                self._thread.start()
        future: Future[Any] = Future()
        self._jobs.put((job, future))
        return future.result()

    def _loop(self) -> None:
        while True:
            job, future = self._jobs.get()
            try:
                future.set_result(job())
            except BaseException as fault:
                future.set_exception(fault)


class _Watchdog:
    """One thread that ends processes which are late or too large."""

    def __init__(self) -> None:
        self._processes: weakref.WeakSet[GymProcess] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def watch(self, process: GymProcess) -> None:
        """Watch a process until it is closed or forgotten."""
        with self._lock:
            self._processes.add(process)
            if self._thread is None:
                self._thread = threading.Thread(target=self._loop, daemon=True, name="gym-watch")
                self._thread.start()

    def all(self) -> list[GymProcess]:
        """The processes under watch."""
        with self._lock:
            return list(self._processes)

    def _loop(self) -> None:
        next_memory = 0.0
        while True:
            time.sleep(_POLL_SECONDS)
            now = time.monotonic()
            weigh = now >= next_memory
            if weigh:
                next_memory = now + _MEMORY_POLL_SECONDS
            for process in self.all():
                process.check(now, weigh)


_spawner = _Spawner()
_watchdog = _Watchdog()


@atexit.register
def _end_all() -> None:
    for process in _watchdog.all():
        process.kill("closed")


def die_with_parent() -> None:
    """Have this process killed when its parent dies, however it dies. Linux only; else nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _prepare_child(parent: int) -> Callable[[], None]:
    """What the child does between fork and exec; everything is looked up beforehand."""
    linux = sys.platform == "linux"
    prctl = ctypes.CDLL(None, use_errno=True).prctl if linux else None
    import resource

    def prepare() -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (_FILE_BYTES, _FILE_BYTES))
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # the parent died first
                os._exit(1)

    return prepare


class GymProcess:
    """A server process that answers each line with one line.

    `memory` is the number of resident bytes after which it is ended. Not safe for two threads at
    once except for `kill` and `check`.
    """

    def __init__(
        self,
        argv: Sequence[str],
        env: Mapping[str, str],
        *,
        cwd: str | None = None,
        memory: int = DEFAULT_MEMORY,
    ) -> None:
        self._memory = memory
        self._deadline: float | None = None
        self._reason: str | None = None
        self._lock = threading.Lock()
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115  closed in _release
        prepare = _prepare_child(os.getpid())

        def start() -> subprocess.Popen[bytes]:
            return subprocess.Popen(
                list(argv),
                cwd=cwd,
                env=dict(env),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._errors,
                start_new_session=True,
                preexec_fn=prepare,
                bufsize=0,
            )

        self._process: subprocess.Popen[bytes] = _spawner.run(start)
        assert self._process.stdin is not None
        assert isinstance(self._process.stdout, io.RawIOBase)
        self._input = self._process.stdin
        self._output = io.BufferedReader(self._process.stdout, 1 << 18)
        self.pid = self._process.pid
        self._usage = psutil.Process(self.pid)
        _watchdog.watch(self)

    # -- speaking ------------------------------------------------------------------------------

    def read_line(self, seconds: float) -> bytes:
        """The next line, without its end; `ProcessDied` if none comes within `seconds`."""
        with self._until(seconds):
            return self._read()

    def ask(self, line: bytes, seconds: float) -> bytes:
        """Send a line and read one; `ProcessDied` if the answer doesn't come within `seconds`."""
        with self._until(seconds):
            self._write(line)
            return self._read()

    def _write(self, data: bytes) -> None:
        try:
            view = memoryview(data)
            while view:
                view = view[self._input.write(view) :]
        except (OSError, ValueError) as fault:  # ValueError: closed meanwhile
            raise self._obituary() from fault

    def _read(self) -> bytes:
        """A line; where there is none in time, the watchdog ends the process and so the wait."""
        try:
            line = self._output.readline()
        except (OSError, ValueError) as fault:
            raise self._obituary() from fault
        if not line.endswith(b"\n"):
            raise self._obituary()
        return line[:-1]

    @contextlib.contextmanager
    def _until(self, seconds: float) -> Any:
        if self._reason is not None:
            raise self._obituary()
        self._deadline = time.monotonic() + seconds
        try:
            yield
        finally:
            self._deadline = None

    # -- ending --------------------------------------------------------------------------------

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._reason is None and self._process.poll() is None

    @property
    def resident(self) -> int:
        """Resident bytes; 0 when it is gone."""
        try:
            return int(self._usage.memory_info().rss)
        except psutil.Error:
            return 0

    def check(self, now: float, weigh: bool) -> None:
        """End the process if its deadline is over or, with `weigh`, it has grown too large."""
        deadline = self._deadline
        if deadline is not None and now > deadline:
            self.kill("timeout")
        elif weigh and self.resident > self._memory:
            self.kill("memory")

    def kill(self, reason: str) -> None:
        """End the process and all of its group at once; the first reason given is kept."""
        with self._lock:
            if self._reason is not None:
                return
            self._reason = reason
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)

    def close(self, seconds: float = 2.0) -> None:
        """End the process: by the end of its input, by force after `seconds`."""
        with contextlib.suppress(OSError):
            self._input.close()
        if self._reason is None and seconds > 0:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=seconds)
        self.kill("closed")
        self._process.wait()
        self._output.close()
        self._errors.close()

    def _obituary(self) -> ProcessDied:
        """Why the process is gone, with its last words."""
        self.kill("exit")
        self._process.wait()
        words = ""
        with contextlib.suppress(OSError, ValueError):
            self._errors.seek(0, os.SEEK_END)
            self._errors.seek(max(0, self._errors.tell() - 500))
            words = self._errors.read().decode(errors="replace").strip()
        reason = self._reason or "exit"
        if reason == "exit" and "out of memory" in words:
            reason = "memory"
        return ProcessDied(reason, words[-300:])
