"""One export of a candidate with everything below it: for other checkers, and for a replay on
nothing but what is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from autoresearch_formal.judge.compare import Candidate
from autoresearch_formal.judge.export import Segment, declared
from autoresearch_formal.judge.names import Name
from autoresearch_formal.judge.write import Writer

_QUOTIENT: tuple[Name, ...] = (
    ("Eq",), ("Quot",), ("Quot", "mk"), ("Quot", "lift"), ("Quot", "ind"),
)  # fmt: skip
"""The kernel declares these together."""


def below(segments: Iterable[Segment], candidate: Candidate) -> Writer:
    """What the candidate uses of the library's exports, at any depth."""
    needed: set[Name] = set(candidate.reach(candidate.entries)) - set(candidate.entries)
    if any(name[:1] == ("Quot",) for name in needed):
        needed.update(_QUOTIENT)
    assert candidate.segment.lean is not None
    writer = Writer(candidate.segment.lean)
    for segment in segments:
        for d in segment.declarations:
            if any(segment.names[i] in needed for i in declared(d)):
                writer.add(segment, d)
    return writer


def closure(files: Sequence[Path], candidate: Candidate) -> bytes:
    """The text of an export: what the candidate uses of the library's exports, then its own.

    Declarations of the toolchain whose bodies it does not ship stand as axioms.
    """
    writer = below((Segment.parse(file.read_bytes()) for file in files), candidate)
    for d in candidate.segment.declarations:
        writer.add(candidate.segment, d)
    return writer.text()
