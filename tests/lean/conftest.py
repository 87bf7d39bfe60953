"""Real Lean for all tests here: one toolchain, one gym."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autoresearch_formal.lean.embedded import install
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.lean.toolchain import Embedded


@pytest.fixture(scope="session")
def embedded() -> Embedded:
    return Embedded("asked for by the tests", install.install())


@pytest.fixture(scope="session")
def gym(embedded: Embedded) -> Iterator[Gym]:
    with Gym(toolchain=embedded) as running:
        yield running


@pytest.fixture
def project(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Makes a Lean project in a temporary folder from module names and texts."""

    def make(sources: dict[str, str]) -> Path:
        (tmp_path / "lakefile.lean").touch()
        (tmp_path / "Reconstruct").mkdir(exist_ok=True)
        for module, text in sources.items():
            file = tmp_path.joinpath(*module.split(".")).with_suffix(".lean")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(textwrap.dedent(text), encoding="utf-8")
        return tmp_path

    return make
