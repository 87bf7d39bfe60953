from __future__ import annotations

import sys
import time

import psutil

from autoresearch_formal.judge.process import ProcessLimits, run

SMALL = ProcessLimits(seconds=30, memory=1 << 30)


def test_input_output_and_status() -> None:
    outcome = run(
        [sys.executable, "-c", "import sys; print(sys.stdin.read()[::-1]); sys.exit(7)"],
        SMALL,
        text=b"abc",
    )
    assert (outcome.status, outcome.stdout, outcome.stopped) == (7, b"cba\n", "")


def test_time() -> None:
    outcome = run(
        [sys.executable, "-c", "while True: pass"], ProcessLimits(seconds=1, memory=1 << 30)
    )
    assert outcome.stopped == "more than 1 s"
    assert outcome.status != 0


def test_memory() -> None:
    code = "import time; x = bytearray(400 << 20); time.sleep(60)"
    outcome = run([sys.executable, "-c", code], ProcessLimits(seconds=60, memory=200 << 20))
    assert outcome.stopped == "more than 200 MiB of memory"


def test_output() -> None:
    code = "import sys\nwhile True: sys.stdout.write('x' * 65536)"
    outcome = run([sys.executable, "-c", code], ProcessLimits(60, 1 << 30, output=1 << 20))
    assert outcome.stopped == "more than 1 MiB of output"


def test_a_child_left_behind_is_gone() -> None:
    code = (
        "import subprocess, sys\n"
        "p = subprocess.Popen(['sleep', '600'], stdout=subprocess.DEVNULL)\n"
        "print(p.pid)"
    )
    outcome = run([sys.executable, "-c", code], SMALL)
    child = int(outcome.stdout)
    for _ in range(100):
        if not psutil.pid_exists(child) or psutil.Process(child).status() == "zombie":
            return
        time.sleep(0.05)
    raise AssertionError("the child outlived its parent's verdict")
