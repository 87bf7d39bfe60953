"""Ctrl-C: one line, exit code 130, no traceback, nothing left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
HANG = """
import concurrent.futures, subprocess, sys, time
from autoresearch_formal.cli import main

@main.cli.command()
def hang():
    child = subprocess.Popen(["sleep", "1000"], start_new_session=True)
    same_group = subprocess.Popen(["sleep", "1000"])
    print(child.pid, same_group.pid, flush=True)
    {work}

main.main()
"""
WAITS = "time.sleep(1000)"
WAITS_FOR_A_THREAD = """
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        pool.submit(child.wait).result()
"""
STUBBORN = """
    while True:
        try:
            time.sleep(1000)
        except KeyboardInterrupt:
            pass
"""


def start(argv: Sequence[str], cwd: Path | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        argv,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )


def ended(pids: Sequence[int]) -> bool:
    """Whether processes are gone, or are soon."""
    alive = [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)]
    return all(p.status() == psutil.STATUS_ZOMBIE for p in psutil.wait_procs(alive, timeout=20)[1])


@pytest.mark.parametrize(
    ("work", "presses"),
    [(WAITS, 1), (WAITS_FOR_A_THREAD, 1), (STUBBORN, 2), (STUBBORN, 1)],
    ids=["waiting", "a thread waits", "pressed twice", "does not end by itself"],
)
def test_a_command_ends_with_all_that_it_started(work: str, presses: int) -> None:
    process = start([sys.executable, "-c", HANG.format(work=work), "hang"])
    assert process.stdout is not None
    children = [int(pid) for pid in process.stdout.readline().split()]
    for _ in range(presses):
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert said == "interrupted\n"
    assert ended(children)


@pytest.mark.parametrize("presses", [1, 2])
def test_a_search_stops_in_good_order(tmp_path: Path, presses: int) -> None:
    argv = [sys.executable, str(ROOT / "tests/search/toyrun.py"), str(tmp_path / "r"), "12", "600"]
    process = start(argv)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(1.0)
    for _ in range(presses):
        process.send_signal(signal.SIGINT)
    told, said = process.communicate(timeout=60)
    assert "Traceback" not in said
    if presses == 1:
        assert told.split(maxsplit=1)[1] == "interrupted; continue with --resume\n"
        assert (process.returncode, said) == (0, "")
    else:
        assert (process.returncode, said) in ((130, "interrupted\n"), (0, ""))


def test_while_the_server_of_a_policy_is_waited_for(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "autoresearch_formal.cli.main", "run", "inverse-of-product"]
    process = start([*argv, "--policy", "http://127.0.0.1:9"], tmp_path)
    time.sleep(2.5)
    process.send_signal(signal.SIGINT)
    told, said = process.communicate(timeout=60)
    assert (process.returncode, told, said) == (130, "", "interrupted\n")
    assert list(tmp_path.iterdir()) == []
