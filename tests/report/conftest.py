"""The toy run of the loop's tests, for pages."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1] / "loop" / "conftest.py"
_spec = importlib.util.spec_from_file_location("toy_runs", SHARED)
assert _spec is not None
assert _spec.loader is not None
toy = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(toy)


@pytest.fixture
def toy_run(tmp_path: Path) -> Path:
    """Four targets with a proof, of which the judge believes one."""
    made: Path = toy.make_run(
        tmp_path / "toy", {"t9": "yes", "t5": "no", "t6": "stale", "t40": "other mask"}
    )
    return made
