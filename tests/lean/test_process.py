"""The process wrapper, with small programs that misbehave."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psutil
import pytest

from autoresearch_formal.lean.process import GymProcess, ProcessDied

ECHO = "import sys\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(line); sys.stdout.flush()"


@contextmanager
def running(program: str, **settings: int) -> Iterator[GymProcess]:
    env = {"PATH": os.environ["PATH"]}
    process = GymProcess([sys.executable, "-c", program], env, **settings)
    try:
        yield process
    finally:
        process.close(0.5)
        assert not _exists(process.pid)


def _exists(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _gone_within(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while _exists(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_lines_of_any_length_come_back() -> None:
    with running(ECHO) as process:
        for line in (b"", b"x", "∀ 𝔊".encode(), b"\xff\xfe", b"y" * 10_000_000, b"end"):
            assert process.ask(line + b"\n", 60) == line


@pytest.mark.parametrize(
    "program",
    [
        "import time; time.sleep(100)",  # never reads
        "import os, signal; os.kill(os.getpid(), signal.SIGSTOP)",  # stopped
        "import sys, time; sys.stdin.readline(); sys.stdout.write('no end'); sys.stdout.flush();"
        "time.sleep(99)",
    ],
)
def test_one_that_does_not_answer_is_ended(program: str) -> None:
    with running(program) as process:
        begin = time.monotonic()
        with pytest.raises(ProcessDied) as death:
            process.ask(b"x" * 1_000_000 + b"\n", 0.5)  # more than a pipe holds
        assert death.value.reason == "timeout"
        assert time.monotonic() - begin < 5.5
        assert not process.alive
        with pytest.raises(ProcessDied):
            process.ask(b"again\n", 0.5)


def test_one_that_grows_is_ended() -> None:
    program = "import time; time.sleep(0.2); x = bytearray(400_000_000); time.sleep(100)"
    with running(program, memory=200_000_000) as process, pytest.raises(ProcessDied) as death:
        process.ask(b"x\n", 60)
    assert death.value.reason == "memory"


def test_last_words_are_kept() -> None:
    program = "import sys; sys.exit('INTERNAL PANIC: out of memory')"
    with running(program) as process, pytest.raises(ProcessDied) as death:
        process.read_line(30)
    assert death.value.reason == "memory"
    assert "PANIC" in death.value.detail


def test_what_it_started_ends_with_it() -> None:
    program = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(100)'])\n"
        "print(child.pid, flush=True); time.sleep(100)"
    )
    with running(program) as process:
        child = int(process.read_line(30))
        assert _exists(child)
        process.kill("closed")
        assert _gone_within(child, 5)


@pytest.mark.skipif(sys.platform != "linux", reason="parent-death signals are Linux's")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT, None])
def test_none_outlives_its_parent(how: signal.Signals | None) -> None:
    """Even one that is busy and never looks at its input."""
    parent = (
        "import signal, sys, time\n"
        # Where this test runs in the background, interrupts are ignored and that is inherited.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from autoresearch_formal.lean.process import GymProcess\n"
        "busy = 'print(1, flush=True)\\nwhile True: pass'\n"
        "process = GymProcess([sys.executable, '-c', busy], {})\n"
        "process.read_line(30); print(process.pid, flush=True)\n"
        + ("" if how is None else "time.sleep(100)")
    )
    running = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE)
    assert running.stdout is not None
    child = int(running.stdout.readline())
    if how is not None:
        assert _exists(child)
        running.send_signal(how)
    running.wait(30)
    running.stdout.close()
    assert _gone_within(child, 5)
