"""Where Lean itself speaks of hidden things: names and docstrings of `Init` and `Std`.

Every constant whose name has a hidden word in it must be hidden, or excused by name in
`exceptions.toml` with a reason. Docstrings need no excuse: the gym shows none that contains a
hidden word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.mask.chronology import describe, read_toml
from autoresearch_formal.mask.listing import Listing, public_name
from autoresearch_formal.mask.model import Mask
from autoresearch_formal.mask.scan import scan

EXCEPTIONS = Path(__file__).with_name("exceptions.toml")
"""The table shipped with the package."""


class Excuse(BaseModel):
    """Namespaces or names of the toolchain that use a hidden word in a sense of their own."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names: tuple[str, ...]
    words: tuple[str, ...]
    reason: Annotated[str, Field(min_length=20)]

    def covers(self, name: str) -> bool:
        """Whether `name` is one of the names or lies in one of the namespaces."""
        public = public_name(name)
        return any(public == n or public.startswith(n + ".") for n in self.names)


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    excuse: tuple[Excuse, ...]


@cache
def excuses(path: Path = EXCEPTIONS) -> tuple[Excuse, ...]:
    """Read the table; a fault names file, line and field (`UsageFault`)."""
    text, raw = read_toml(path)
    try:
        return _Table.model_validate(raw).excuse
    except ValidationError as error:
        raise UsageFault(describe(path, text, error)) from None


@dataclass(frozen=True)
class CoreLeak:
    """A name or docstring of the toolchain that speaks of a hidden concept.

    `status`: ``hidden`` (the declaration is masked), ``not shown`` (a docstring of a visible
    declaration), ``excused``, or ``open``.
    """

    name: str
    where: str
    text: str
    concept: str
    status: str
    reason: str = ""

    def __str__(self) -> str:
        return f"{self.status}: {self.name} ({self.where}): {self.text!r}: {self.concept}"

    def as_json(self) -> dict[str, Any]:
        """A plain dictionary."""
        return dict(vars(self))


def core_leaks(listing: Listing, mask: Mask) -> list[CoreLeak]:
    """Every place in a listing where a hidden word occurs, and what is done about it."""
    return sorted(_found(listing, mask), key=lambda leak: (leak.status, leak.name, leak.where))


def _found(listing: Listing, mask: Mask) -> Iterator[CoreLeak]:
    table = excuses()
    for name in listing.declarations:
        hidden = mask.why(name)
        leaks = scan(public_name(name), mask)
        if leaks:
            word, concept = leaks[0].text, str(leaks[0].concept)
            excuse = next((e for e in table if e.covers(name) and _speaks_of(e, word)), None)
            if hidden is not None:
                yield CoreLeak(name, "name", word, concept, "hidden", str(hidden))
            elif excuse is not None:
                yield CoreLeak(name, "name", word, concept, "excused", excuse.reason)
            else:
                yield CoreLeak(name, "name", word, concept, "open")
        for leak in scan(listing.docs.get(name, ""), mask)[:1]:
            status = "not shown" if hidden is None else "hidden"
            yield CoreLeak(name, "docstring", leak.text, str(leak.concept), status)


def _speaks_of(excuse: Excuse, word: str) -> bool:
    return word.casefold().replace("_", "") in excuse.words
