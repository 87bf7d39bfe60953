"""The pinned list: every declaration of a toolchain's `Init` and `Std`, by name and content.

The embedded toolchain does not ship the bodies of its theorems, so they reach the judge as bare
types. One may be admitted without proof only if this list, made once from .olean files that match
the toolchain's published checksum and kept in the repository, has that name with that content.
The list also says what belongs to the toolchain at all: whoever declares such a name with another
content has replaced part of Lean.

File format: one JSON line (`PinHeader`), then records sorted by their first part: `KEY` bytes of
the digest of the name, then the digest of the declaration.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from collections.abc import Iterable
from importlib import resources

import msgspec

from autoresearch_formal.judge.digest import SIZE, Digests, name_digest
from autoresearch_formal.judge.export import Segment, declared
from autoresearch_formal.judge.names import Name

KEY = 8
"""Bytes of a name's digest that are kept: they only group records, contents are compared whole."""

RECORD = KEY + SIZE

STANDARD_AXIOMS: frozenset[Name] = frozenset(
    {("propext",), ("Quot", "sound"), ("Classical", "choice")}
)
"""The axioms of classical mathematics in Lean, and the only ones a candidate may rest on."""


class PinHeader(msgspec.Struct):
    """First line of a pin file."""

    toolchain: str
    count: int
    axioms: list[Name]


class Pins:
    """A pinned list in memory."""

    def __init__(self, data: bytes) -> None:
        first, _, self._records = data.partition(b"\n")
        header = msgspec.json.decode(first, type=PinHeader)
        if len(self._records) != header.count * RECORD:
            raise ValueError("the pinned list is damaged")
        self.toolchain = header.toolchain
        self.axioms = frozenset(tuple(n) for n in header.axioms)
        self.count = header.count

    def contents(self, name: Name) -> set[bytes]:
        """The pinned digests of a toolchain declaration; empty if the toolchain has no such name.

        A few names have two: modules that don't import each other derive the same lemma twice.
        """
        key = name_digest(name)[:KEY]
        found = set()
        i = bisect_left(range(self.count), key, key=self._key)
        while i < self.count and self._key(i) == key:
            found.add(self._records[i * RECORD + KEY : (i + 1) * RECORD])
            i += 1
        return found

    def _key(self, i: int) -> bytes:
        return self._records[i * RECORD : i * RECORD + KEY]


def records(segment: Segment) -> Iterable[tuple[Name, bytes]]:
    """Names declared in a segment, each with the digest of its declaration."""
    digests = Digests(segment)
    for d in segment.declarations:
        content = digests.declaration(d)
        for i in declared(d):
            yield segment.names[i], content


def write(commit: str, axioms: Iterable[Name], found: Iterable[tuple[Name, bytes]]) -> bytes:
    """The text of a pin file."""
    rows = sorted({name_digest(name)[:KEY] + content for name, content in found})
    header = PinHeader(toolchain=commit, count=len(rows), axioms=sorted(axioms, key=repr))
    return msgspec.json.encode(header) + b"\n" + b"".join(rows)


def in_toolchain(name: Name) -> bool:
    """Whether some toolchain with a list in this package declares a name."""
    folder = resources.files(__package__) / "data"
    commits = [file.name[:-5] for file in folder.iterdir() if file.name.endswith(".pins")]
    return any(known.contents(name) for known in map(load, commits) if known)


@functools.cache
def load(commit: str) -> Pins | None:
    """The pinned list of a toolchain, by its commit; None if this package has none for it."""
    file = resources.files(__package__) / "data" / f"{commit}.pins"
    return Pins(file.read_bytes()) if file.is_file() else None
