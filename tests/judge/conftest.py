from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autoresearch_formal.judge.export import MalformedExport, Segment
from autoresearch_formal.judge.lean_kernel import Kernel, library_path
from autoresearch_formal.judge.ledger import Ledger
from autoresearch_formal.judge.replay import Rejected, replay

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def library_text() -> bytes:
    """A small pristine library, exported by Lean: what `candidate.ndjson` stands on."""
    return (DATA / "library.ndjson").read_bytes()


@pytest.fixture(scope="session")
def candidate_text() -> bytes:
    """A small honest candidate, exported by Lean."""
    return (DATA / "candidate.ndjson").read_bytes()


@pytest.fixture(scope="session")
def library(library_text: bytes) -> Segment:
    return Segment.parse(library_text)


@pytest.fixture(scope="session")
def second_kernel(library: Segment) -> tuple[Kernel, Ledger]:
    """The second kernel in this process, with the small library replayed.

    The product runs it in a process of its own; here a child forked for each question does.
    """
    kernel, ledger = Kernel(library_path()), Ledger()
    replay(kernel, ledger, library)
    return kernel, ledger


@pytest.fixture(scope="session")
def accepts(second_kernel: tuple[Kernel, Ledger]) -> Callable[[bytes], str]:
    """Ask a forked child to replay an export: "yes", "no", or "died N"; or "malformed"."""
    kernel, ledger = second_kernel

    def ask(text: bytes) -> str:
        try:
            segment = Segment.parse(text)
        except MalformedExport:
            return "malformed"
        child = os.fork()
        if child == 0:
            status = 3
            try:
                replay(kernel, ledger, segment)
                status = 0
            except Rejected:
                status = 1
            finally:
                os._exit(status)
        _, raw = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(raw)
        return {0: "yes", 1: "no"}.get(code, f"died {code}")

    return ask
