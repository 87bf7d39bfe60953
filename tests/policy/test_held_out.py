"""A sample of the held-out statements against the real Lean: a share of them has to be proved.

The whole of `HeldOut.lean` is a measurement (``autoresearch run
tests/lean_sources/HeldOut.lean``), not a test. The sample has one statement a kind, no budget of
time but one of steps, so that it says the same on any machine.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from autoresearch_formal.cli.run import command

pytestmark = pytest.mark.lean

FILE = Path(__file__).parents[1] / "lean_sources" / "HeldOut.lean"
SAMPLE = (
    "reached_back",
    "cube_by_three",
    "undo_substitution",
    "same_members_same_count",
)
NEEDED = 3
STEPS = 80


@pytest.mark.slow
def test_most_of_a_sample_of_held_out_statements_is_proved(tmp_path: Path) -> None:
    targets = [f"{FILE}:HeldOut.{name}" for name in SAMPLE]
    options = ["--workers", "1", "--no-verify", "--json", "--steps", str(STEPS)]
    done = CliRunner().invoke(command, [*targets, *options, "--out", str(tmp_path / "run")])
    report = json.loads(done.stdout)
    found = [r["target"] for r in report["results"] if r["status"] == "found"]
    assert len(found) >= NEEDED, found
