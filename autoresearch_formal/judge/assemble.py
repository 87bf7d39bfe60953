"""One export of a candidate with everything below it: for other checkers, and for a replay on
nothing but what is used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from autoresearch_formal.judge.compare import Candidate
from autoresearch_formal.judge.export import Segment, declared
from autoresearch_formal.judge.format import LeanVersion
from autoresearch_formal.judge.names import Name
from autoresearch_formal.judge.write import ExportWriter

_QUOTIENT: tuple[Name, ...] = (
    ("Eq",), ("Quot",), ("Quot", "mk"), ("Quot", "lift"), ("Quot", "ind"),
)  # fmt: skip
"""The kernel declares these together."""


def needed(candidate: Candidate) -> set[Name]:
    """What the candidate uses of the library, at any depth."""
    names = set(candidate.reach(candidate.entries)) - set(candidate.entries)
    return names.union(_QUOTIENT) if any(name[:1] == ("Quot",) for name in names) else names


def chosen(segments: Iterable[Segment], names: set[Name], lean: LeanVersion) -> ExportWriter:
    """The declarations of some names, in the order of the exports that have them."""
    writer = ExportWriter(lean)
    for segment in segments:
        for d in segment.declarations:
            if any(segment.names[i] in names for i in declared(d)):
                writer.add(segment, d)
    return writer


def closure(files: Sequence[Path], candidate: Candidate) -> bytes:
    """The text of an export: what the candidate uses of the library's exports, then its own.

    Declarations of the toolchain whose bodies it does not ship stand as axioms.
    """
    own = candidate.segment
    assert own.lean is not None
    segments = (Segment.parse(file.read_bytes()) for file in files)
    writer = chosen(segments, needed(candidate), own.lean)
    for d in own.declarations:
        writer.add(own, d)
    return writer.text()
