"""The processes that think: they end with the run, however it ends."""

from __future__ import annotations

import subprocess
import sys
import time

import psutil

SCRIPT = """
import asyncio, psutil, time
from autoresearch_formal.actions.base import GoalView, Situation, TheoryView
from autoresearch_formal.policy.symbolic import SymbolicPolicy
from autoresearch_formal.search.executor import PolicyExecutor

if __name__ == "__main__":
    with PolicyExecutor(SymbolicPolicy(), 1) as executor:
        asyncio.run(executor.propose([Situation(TheoryView(), (GoalView("⊢ True", "True"),))]))
        print(*(p.pid for p in psutil.Process().children(recursive=True)), flush=True)
        time.sleep(60)
"""


def test_a_run_that_is_killed_leaves_no_process(tmp_path: object) -> None:
    script = f"{tmp_path}/script.py"
    with open(script, "w", encoding="utf-8") as file:
        file.write(SCRIPT)
    run = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    pids = [int(pid) for pid in run.stdout.readline().split()]
    assert len(pids) >= 2  # the server of forks, and a process that thinks
    run.kill()
    run.wait()
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        left = [pid for pid in pids if psutil.pid_exists(pid) and alive(pid)]
        if not left:
            return
        time.sleep(0.2)
    raise AssertionError(f"still there: {left}")


def alive(pid: int) -> bool:
    """Whether a process is more than an entry that nobody has collected."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
