"""The extra checker of official toolchains, with stand-ins for the two programs it runs.

No official toolchain is needed: what is tested is who is asked, and what is made of the answer.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from autoresearch_formal.judge import official, process
from autoresearch_formal.lean.toolchain import Official

LIMITS = process.ProcessLimits(seconds=20, memory=1 << 30)


def program(folder: Path, name: str, script: str) -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)
    return file


@pytest.fixture
def toolchain(tmp_path: Path) -> Official:
    """A folder that answers like an installed Lean."""
    folder = tmp_path / "bin"
    folder.mkdir()
    answers = (
        'case "$1" in --version) echo "Lean (version 4.30.0, commit abc)";; '
        f'--print-prefix) echo {tmp_path};; -o) : > "$2";; esac'
    )
    return Official("a stand-in", program(folder, "lean", answers))


def test_without_a_checker_nothing_is_asked(toolchain: Official, tmp_path: Path) -> None:
    assert official.complaints(toolchain, tmp_path, b"", LIMITS) == []


@pytest.mark.parametrize(("script", "count"), [("exit 0", 0), ("echo 'no: x' >&2; exit 1", 1)])
def test_its_no_is_used(toolchain: Official, tmp_path: Path, script: str, count: int) -> None:
    program(tmp_path / "bin", official.CHECKER, script)
    found = official.complaints(toolchain, tmp_path, b"theorem x : True := trivial", LIMITS)
    assert len(found) == count
    assert all("no: x" in f.text for f in found)
