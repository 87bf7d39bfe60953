"""The mask, applied to a candidate: its imports, its words, and every constant it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.judge.certificate import Finding
from autoresearch_formal.judge.compare import Candidate
from autoresearch_formal.judge.export import declared, expressions
from autoresearch_formal.judge.format import Block, Theorem
from autoresearch_formal.judge.names import Name, show
from autoresearch_formal.mask import DescribedLibrary, Mask
from autoresearch_formal.mask.check import Uses, check_text, check_uses


@dataclass(frozen=True)
class MaskCheck:
    """A mask as the judge uses it; None applies no mask."""

    mask: Mask | None

    @classmethod
    def at(cls, cutoff: int | None, root: Path) -> MaskCheck:
        """The mask of a cutoff year for the project in `root`.

        Raises:
            UsageFault: for a year that the chronology does not reach.
        """
        return cls(
            None if cutoff is None else Mask.compute(cutoff, DescribedLibrary.of_project(root))
        )

    @property
    def hash(self) -> str:
        """The hash of the mask; empty if none is applied."""
        return self.mask.hash if self.mask else ""

    @property
    def description(self) -> str:
        """What is applied, in a few words."""
        return f"cutoff {self.mask.cutoff}" if self.mask else "no mask"

    def findings(self, candidate: Candidate, text: str) -> list[Finding]:
        """Masked imports and words in the text, and masked constants at any depth: each of the
        candidate's declarations is looked at, and the library below them is the visible one."""
        if self.mask is None:
            return []
        found = [
            Finding("mask", f"{f.look}: '{f.what}': {f.why}", f.what, f.line)
            for f in check_text("", text, self.mask)
        ]
        lines = {show(name): line for name, line in candidate.places.items()}
        for user, name, why in check_uses(uses(candidate), self.mask):
            said = f"'{user.name}' uses '{name}': {why}"
            found.append(Finding("mask", said, name, lines.get(user.name, 0)))
        return found


def uses(candidate: Candidate) -> Iterator[Uses]:
    """What each declaration of a candidate uses, in its type and in its value."""
    segment = candidate.segment
    for d in candidate.segment.declarations:
        types = [x.type for x in d.types] if isinstance(d, Block) else [d.type]
        names = segment.constants(types)
        rest = segment.constants(expressions(d)) - names
        kind = "theorem" if isinstance(d, Theorem) else "definition"
        for i in declared(d)[:1]:
            yield Uses(show(segment.names[i]), kind, _text(names), _text(rest))


def _text(names: set[Name]) -> tuple[str, ...]:
    return tuple(sorted(map(show, names)))
