"""What a person sees in a terminal: progress while it goes, whole names, one line at Ctrl-C."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pexpect
import pytest

from autoresearch_formal.printable import printable
from autoresearch_formal.targets import load, suite
from tests.cli.test_interrupts import HANG, ROOT, WAITS

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
ESCAPE = "\x1b"


def terminal(argv: list[str], columns: int = 60, cwd: Path | None = None) -> pexpect.spawn[str]:
    """A command in a terminal of so many columns."""
    return pexpect.spawn(
        argv[0],
        argv[1:],
        dimensions=(40, columns),
        env=ENVIRONMENT,
        cwd=cwd,
        timeout=60,
        encoding="utf-8",
    )


def test_ctrl_c_is_one_line() -> None:
    seen = terminal([sys.executable, "-c", HANG.format(work=WAITS), "hang"])
    seen.expect(r"\d+ \d+\r\n")
    seen.sendcontrol("c")
    seen.expect(pexpect.EOF)
    assert seen.before is not None
    assert "interrupted" in seen.before
    assert "Traceback" not in seen.before
    seen.close()
    assert seen.exitstatus == 130


@pytest.mark.parametrize("columns", [60, 200])
def test_names_of_targets_are_whole(columns: int) -> None:
    argv = [sys.executable, "-m", "autoresearch_formal.cli.main", "targets", "--suite", "demo"]
    seen = terminal(argv, columns)
    seen.expect(pexpect.EOF)
    assert [t.id for t in suite("demo", load()) if t.id not in (seen.before or "")] == []


def test_bad_input_is_one_line_without_escapes_of_the_input() -> None:
    name = f"a{ESCAPE}[2Kb.lean"
    seen = terminal([sys.executable, "-m", "autoresearch_formal.cli.main", "report", name], 200)
    seen.expect(pexpect.EOF)
    told = seen.before or ""
    seen.close()
    assert seen.exitstatus == 2
    assert printable(name) in told
    assert f"{ESCAPE}[2K" not in told
