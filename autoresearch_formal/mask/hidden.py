"""What is behind a mask, as messages and the leak scan speak of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Hidden:
    """A concept behind the mask, as messages speak of it."""

    id: str
    label: str
    who: str
    year: int | None
    source: str

    def __str__(self) -> str:
        if self.year is None:
            return f"{self.label} ({self.who})"
        when = f"{-self.year} BC" if self.year < 0 else str(self.year)
        return f"{self.label} ({self.who}, {when})"


@dataclass(frozen=True)
class Why:
    """Why one name is hidden: the concept, and the next name on the way to it if indirect."""

    concept: Hidden
    via: str | None = None

    def __str__(self) -> str:
        return str(self.concept) if self.via is None else f"{self.concept}, through {self.via}"


@dataclass(frozen=True)
class Lexicon:
    """What the leak scan looks for; each entry with the id of its concept."""

    words: Mapping[str, str] = field(default_factory=dict)
    fragments: Mapping[str, str] = field(default_factory=dict)
    symbols: Mapping[str, str] = field(default_factory=dict)
    everyday: tuple[str, ...] = ()
