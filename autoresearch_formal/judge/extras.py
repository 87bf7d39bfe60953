"""Toolchain declarations that the library itself does not use: what one candidate needs of them.

They are exported on demand, checked like the library, and kept beside it. What is kept only saves
time: a candidate is given exactly the declarations below the names that it asks for, whatever
other candidates asked for before, so no verdict can depend on what was judged earlier.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge.export import Segment, declared
from autoresearch_formal.judge.library import LibraryEntry, LibraryStore, PristineLibrary, sha256
from autoresearch_formal.judge.names import Name, show
from autoresearch_formal.judge.write import ExportWriter


class _Kept(msgspec.Struct):
    """The record on disk: names asked for, those that the toolchain has not, and all entries."""

    roots: list[Name]
    unknown: list[Name]
    sha256: str
    entries: list[tuple[Name, LibraryEntry]]


@dataclass(frozen=True)
class Extension:
    """The toolchain declarations that a candidate needs beyond the library.

    `index` is a file with their entries, `export` one with the declarations in dependency order.
    """

    entries: Mapping[Name, LibraryEntry]
    index: Path
    export: Path


class Extras:
    """Finds, or asks Lean for, declarations of the toolchain beyond a library's own.

    `folder` is where they are kept; by default beside the library.
    """

    def __init__(
        self, store: LibraryStore, library: PristineLibrary, folder: Path | None = None
    ) -> None:
        self._store = store
        self._library = library
        self._folder = folder or library.folder / "extras"
        self._folder.mkdir(exist_ok=True)
        self._mutex = threading.Lock()

    def needed(self, names: Iterable[Name]) -> Extension | None:
        """What stands below some names in the toolchain; None if it has none of them.

        Raises:
            UsageFault: if the toolchain's own declarations are not acceptable.
            MissingTool: if Lean cannot be run.
        """
        wanted = sorted(set(names), key=repr)
        key = hashlib.sha256(msgspec.json.encode(wanted)).hexdigest()[:32]
        index, export = self._folder / f"{key}.msgpack", self._folder / f"{key}.ndjson"
        with self._mutex, FileLock(self._folder / "lock"):
            entries = _read_made(index, export)
            if entries is None:
                entries = self._make(wanted, index, export)
        return Extension(entries, index, export) if entries else None

    def _make(self, wanted: list[Name], index: Path, export: Path) -> dict[Name, LibraryEntry]:
        kept = self._kept()
        have = dict(kept.entries)
        asked = {*have, *self._library.entries, *kept.unknown}
        if not asked.issuperset(wanted):
            kept = self._ask(sorted({*kept.roots, *wanted}, key=repr))
            have = dict(kept.entries)
        entries = _below(wanted, have)
        data = b""
        if entries:
            segment = Segment.parse(self._union(kept).read_bytes())
            assert segment.lean is not None
            writer = ExportWriter(segment.lean)
            for d in segment.declarations:
                if any(segment.names[i] in entries for i in declared(d)):
                    writer.add(segment, d)
            data = writer.text()
        export.write_bytes(data)
        made = ExtensionIndex(sha256(data), list(entries.items()))
        index.write_bytes(msgspec.msgpack.encode(made))
        return entries

    def _ask(self, roots: list[Name]) -> _Kept:
        """Export the toolchain's declarations of these names and all below them."""
        segment, found = self._store.toolchain_declarations(roots)
        base = self._library.entries
        for name, entry in found:
            known = base.get(name)
            if known is not None and known.content != entry.content:
                raise UsageFault(f"two exports disagree about '{show(name)}'")
        new = {name: entry for name, entry in found if name not in base}
        assert segment.lean is not None
        writer = ExportWriter(segment.lean)
        for d in segment.declarations:
            if segment.names[declared(d)[0]] in new:
                writer.add(segment, d)
        data = writer.text()
        unknown = [name for name in roots if name not in new and name not in base]
        kept = _Kept([n for n in roots if n in new], unknown, sha256(data), list(new.items()))
        self._union(kept).write_bytes(data)
        (self._folder / "kept.msgpack").write_bytes(msgspec.msgpack.encode(kept))
        return kept

    def _kept(self) -> _Kept:
        try:
            data = (self._folder / "kept.msgpack").read_bytes()
            kept = msgspec.msgpack.decode(data, type=_Kept)
            if sha256(self._union(kept).read_bytes()) == kept.sha256:
                return kept
        except (OSError, msgspec.DecodeError):
            pass
        return _Kept([], [], "", [])

    def _union(self, kept: _Kept) -> Path:
        return self._folder / f"union-{kept.sha256[:32]}.ndjson"


class ExtensionIndex(msgspec.Struct):
    """The file `Extension.index`: the SHA-256 of the export beside it, and its entries."""

    sha256: str
    entries: list[tuple[Name, LibraryEntry]]


def read_index(path: Path) -> dict[Name, LibraryEntry]:
    """The entries in a file `Extension.index`."""
    return dict(msgspec.msgpack.decode(path.read_bytes(), type=ExtensionIndex).entries)


def _read_made(index: Path, export: Path) -> dict[Name, LibraryEntry] | None:
    try:
        made = msgspec.msgpack.decode(index.read_bytes(), type=ExtensionIndex)
        return dict(made.entries) if sha256(export.read_bytes()) == made.sha256 else None
    except (OSError, msgspec.DecodeError):
        return None


def _below(wanted: Iterable[Name], have: Mapping[Name, LibraryEntry]) -> dict[Name, LibraryEntry]:
    """The entries at and below some names."""
    found: dict[Name, LibraryEntry] = {}
    stack = list(wanted)
    while stack:
        name = stack.pop()
        if name in have and name not in found:
            found[name] = have[name]
            stack += have[name].uses
    return found
