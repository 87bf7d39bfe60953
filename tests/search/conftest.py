"""The holes of files as the real gym reads them; one server for the session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from autoresearch_formal.lean.toolchain import select
from autoresearch_formal.search.job import HoleRules
from autoresearch_formal.search.ownfiles import FileReader


@pytest.fixture(scope="session")
def reader() -> Iterator[FileReader]:
    with FileReader(select()) as running:
        yield running


@pytest.fixture(scope="session")
def rules(reader: FileReader) -> HoleRules:
    return HoleRules(reader)
