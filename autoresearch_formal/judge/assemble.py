"""One export of a candidate with everything below it, for checkers other than this project's."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from autoresearch_formal.judge.compare import Candidate
from autoresearch_formal.judge.export import Segment, declared
from autoresearch_formal.judge.write import Writer


def closure(files: Sequence[Path], candidate: Candidate) -> bytes:
    """The text of an export: what the candidate uses of the library's exports, then its own.

    Declarations of the toolchain whose bodies it does not ship stand as axioms.
    """
    needed = candidate.reach(candidate.entries)
    own = candidate.segment
    assert own.lean is not None
    writer = Writer(own.lean)
    for file in files:
        segment = Segment.parse(file.read_bytes())
        for d in segment.declarations:
            if any(segment.names[i] in needed for i in declared(d)):
                writer.add(segment, d)
    for d in own.declarations:
        writer.add(own, d)
    return writer.text()
