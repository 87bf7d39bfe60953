"""The pristine library: what a candidate may build on, exported without any candidate around.

The foundations and targets of all worlds (and the references, for files about them) are exported
in a process of their own, every declaration of the toolchain in that export is compared with the
pinned list, and all of it is replayed once by the second kernel. What is kept, keyed by the hash
of all sources involved:

* ``full.ndjson``, the export with all bodies;
* ``interface.ndjson``, the same with the library's theorems as bare types: a candidate can't see
  into a proof, so this is what its declarations are replayed on;
* ``index.msgpack``: of each declaration its kind, its content hash and what it uses.

Declarations of the toolchain that a candidate uses beyond those are no part of it: see
`autoresearch_formal.judge.extras`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
from filelock import FileLock

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.judge import pins, process
from autoresearch_formal.judge.digest import Digests
from autoresearch_formal.judge.export import MalformedExport, Segment, declared, expressions
from autoresearch_formal.judge.format import Axiom, Block, Declaration, Definition, Theorem
from autoresearch_formal.judge.lean_kernel import LIBRARY_SHA256
from autoresearch_formal.judge.lean_side import MAIN, LeanSide, must
from autoresearch_formal.judge.ledger import Ledger, Undeclarable
from autoresearch_formal.judge.names import Name, show
from autoresearch_formal.judge.second import SecondKernel
from autoresearch_formal.judge.write import ExportWriter
from autoresearch_formal.lean import build, plan
from autoresearch_formal.lean.project import PACKAGE, modules
from autoresearch_formal.targets.worlds import worlds


def visible_parts() -> tuple[str, ...]:
    """The modules, with all below them, that a candidate may import besides Lean's own."""
    return tuple(part for world in worlds() for part in (world.foundation, world.target))


def reference_parts() -> tuple[str, ...]:
    """The same for a file about the references, which no target is proved by."""
    return (*visible_parts(), *(world.reference for world in worlds()))


EXPORTER = f"{PACKAGE}.Judge.Export"
"""The module that writes exports; the library's key depends on it."""

LIMITS = process.ProcessLimits(seconds=600, memory=4 << 30, stack=512 << 20)
"""For work on the trusted library: only a safeguard."""

Say = Callable[[str], None]


class LibraryEntry(msgspec.Struct, array_like=True, frozen=True):
    """What the judge remembers of a library declaration.

    `kind` is axiom, admitted (a toolchain declaration whose body is not shipped), def, thm,
    opaque, quot, type, ctor or rec. `value` is the digest of a definition's value.
    """

    kind: str
    content: bytes
    type: bytes
    value: bytes
    uses: tuple[Name, ...]


class _Index(msgspec.Struct):
    entries: list[tuple[Name, LibraryEntry]]


def decode_index(data: bytes) -> list[tuple[Name, LibraryEntry]]:
    """The entries of a library, from the text of its ``index.msgpack``."""
    return msgspec.msgpack.decode(data, type=_Index).entries


_DONE_FILE = "done.json"


class _Done(msgspec.Struct):
    key: str
    files: dict[str, str]
    declarations: int
    bodies: int
    admitted: int
    kernel: str


@dataclass
class PristineLibrary:
    """The library, ready to be built on."""

    folder: Path
    key: str
    entries: dict[Name, LibraryEntry]
    pins: pins.Pins | None
    full: Path
    interface: Path
    bodies: int
    full_sha256: str

    def export(self, *, full: bool) -> Path:
        """The export to replay before a candidate's own.

        Raises:
            MissingTool: if the full one is not what was replayed when it was made.
        """
        if not full:
            return self.interface
        if not self._whole and sha256(self.full.read_bytes()) != self.full_sha256:
            raise MissingTool(
                f"{self.full} is damaged; have it made again with: rm -r {self.folder}"
            )
        self._whole = True
        return self.full

    _whole: bool = False


def kind_of(d: Declaration, name: Name, index: int, known: pins.Pins | None) -> str:
    """The `LibraryEntry.kind` of the name number `index` that a declaration declares."""
    if isinstance(d, Block):
        if any(t.name == index for t in d.types):
            return "type"
        return "ctor" if any(c.name == index for c in d.ctors) else "rec"
    if isinstance(d, Axiom):
        real = known is None or name in known.axioms or not known.contents(name)
        return "axiom" if real else "admitted"
    return {"Definition": "def", "Theorem": "thm", "Opaque": "opaque", "Quot": "quot"}[
        type(d).__name__
    ]


def entries_of(segment: Segment, known: pins.Pins | None) -> list[tuple[Name, LibraryEntry]]:
    """The entries of everything that a segment declares."""
    digests = Digests(segment)
    found = []
    for d in segment.declarations:
        content = digests.declaration(d)
        value = digests.exprs[d.value] if isinstance(d, Definition) else b""
        uses = segment.constants(expressions(d))
        constants = d.constants if isinstance(d, Block) else [d]
        types = {x.name: x.type for x in constants}
        ordered = tuple(sorted(uses, key=repr))
        for i in declared(d):
            name = segment.names[i]
            kind = kind_of(d, name, i, known)
            entry = LibraryEntry(kind, content, digests.exprs[types[i]], value, ordered)
            found.append((name, entry))
    return found


def foreign(name: Name, entry: LibraryEntry, known: pins.Pins | None) -> str:
    """Why a declaration of a pristine export is not acceptable; empty if it is."""
    pinned = known.contents(name) if known else set()
    if pinned and entry.content not in pinned and entry.kind != "thm":
        return "it differs from the pinned toolchain declaration of that name"
    if entry.kind == "axiom" and name not in pins.STANDARD_AXIOMS and not pinned:
        return "it is an axiom"
    return ""


class LibraryStore:
    """Finds or makes the pristine library of a project under one toolchain."""

    def __init__(self, lean: LeanSide, say: Say, parts: tuple[str, ...]) -> None:
        self._lean = lean
        self._parts = parts
        self._say = say
        self._pins = pins.load(lean.toolchain.commit)

    def open(self) -> PristineLibrary:
        """The library, built, exported and replayed if that has not been done for these sources.

        Raises:
            UsageFault: if a module does not compile or the library itself is not acceptable.
            MissingTool: if Lean or the second kernel cannot be run.
        """
        wanted = self._wanted()
        key = self._key(wanted)
        folder = self._folder(key)
        folder.mkdir(parents=True, exist_ok=True)
        result = build.build([*wanted, MAIN], self._lean.toolchain, self._progress)
        for compiled in result.modules.values():
            if not compiled.ok:
                first = next((m for m in compiled.messages if m.severity == "error"), None)
                said = f"{compiled.source}:{first.line}: {first.text}" if first else "errors"
                raise UsageFault(f"the library does not compile: {compiled.module}: {said}")
        self._lean.link()
        with FileLock(folder / "lock"):
            return self._load(folder, key) or self._make(folder, key, wanted)

    def made(self) -> bool:
        """Whether it has been made for these sources, so that opening it takes no time."""
        return (self._folder(self._key(self._wanted())) / _DONE_FILE).is_file()

    def _wanted(self) -> list[str]:
        """A part is also a module that imports all below it: candidates name it, so it is built."""
        below = tuple(f"{p}." for p in self._parts)
        return [m for m in modules(self._lean.root) if m in self._parts or m.startswith(below)]

    def _key(self, wanted: list[str]) -> str:
        units = plan.plan(self._lean.root, [*wanted, EXPORTER], self._lean.toolchain.id)
        basis = [self._lean.toolchain.id, LIBRARY_SHA256, *(f"{u.module} {u.hash}" for u in units)]
        return hashlib.sha256("\n".join(basis).encode()).hexdigest()

    def _folder(self, key: str) -> Path:
        return self._lean.root / "build" / "judge" / key[:32]

    def _progress(self, compiled: build.Compiled, done: int, total: int) -> None:
        self._say(f"library: compiled {compiled.module} ({done}/{total})")

    def _load(self, folder: Path, key: str) -> PristineLibrary | None:
        try:
            done = msgspec.json.decode((folder / _DONE_FILE).read_bytes(), type=_Done)
            index = (folder / "index.msgpack").read_bytes()
            for name, digest in done.files.items():
                if name != "full.ndjson" and sha256((folder / name).read_bytes()) != digest:
                    return None
        except (OSError, msgspec.DecodeError):
            return None
        return self._library(folder, key, decode_index(index), done)

    def _library(
        self, folder: Path, key: str, entries: list[tuple[Name, LibraryEntry]], done: _Done
    ) -> PristineLibrary:
        return PristineLibrary(
            folder=folder,
            key=key,
            entries=dict(entries),
            pins=self._pins,
            full=folder / "full.ndjson",
            interface=folder / "interface.ndjson",
            bodies=done.bodies,
            full_sha256=done.files["full.ndjson"],
        )

    def _make(self, folder: Path, key: str, wanted: list[str]) -> PristineLibrary:
        self._say("library: exporting it")
        arguments = ("library", "Init", "Std", *wanted, "--own", *self._parts)
        running = self._lean.start(*arguments, limits=LIMITS)
        text, _ = must(running.finish())
        segment = self._parse(text)
        entries = entries_of(segment, self._pins)
        self._accept(segment, entries)
        assert segment.lean is not None
        interface = ExportWriter(segment.lean)
        for d in segment.declarations:
            interface.add(segment, d, bare=isinstance(d, Theorem))
        files = {
            "full.ndjson": text,
            "interface.ndjson": interface.text(),
            "index.msgpack": msgspec.msgpack.encode(_Index(entries)),
        }
        for name, data in files.items():
            (folder / name).write_bytes(data)
        self._say("library: replaying it by the second kernel")
        verdict = SecondKernel([], LIMITS).finish(text)
        if not verdict.ok:
            raise UsageFault(
                f"the second kernel does not accept the library: {verdict.name} {verdict.why}"
            )
        done = _Done(
            key=key,
            files={name: sha256(data) for name, data in files.items()},
            declarations=verdict.declarations,
            bodies=verdict.bodies,
            admitted=sum(entry.kind == "admitted" for _, entry in entries),
            kernel=LIBRARY_SHA256,
        )
        (folder / _DONE_FILE).write_bytes(msgspec.json.encode(done))
        return self._library(folder, key, entries, done)

    def _parse(self, text: bytes) -> Segment:
        try:
            return Segment.parse(text)
        except MalformedExport as error:
            raise MissingTool(f"Lean's export of the library is malformed: {error}") from error

    def _accept(self, segment: Segment, entries: Iterable[tuple[Name, LibraryEntry]]) -> None:
        ledger = Ledger()
        try:
            for d in segment.declarations:
                ledger.declare(segment, d)
        except Undeclarable as error:
            raise UsageFault(f"the library is not acceptable: {error}") from error
        for name, entry in entries:
            why = foreign(name, entry, self._pins)
            if why:
                raise UsageFault(f"the library is not acceptable: '{show(name)}': {why}")

    def toolchain_declarations(
        self, roots: Iterable[Name]
    ) -> tuple[Segment, list[tuple[Name, LibraryEntry]]]:
        """An export of declarations of the toolchain with all below them, parsed and accepted.

        Names that the toolchain has not are left out. Axioms are admitted: a candidate that uses
        one is refused for that.
        """
        wanted = list(roots)
        self._say(f"library: asking the toolchain for {len(wanted)} declarations")
        running = self._lean.start("library", "Init", "Std", limits=LIMITS)
        text, _ = must(running.finish(msgspec.json.encode(wanted)))
        segment = self._parse(text)
        entries = entries_of(segment, self._pins)
        self._accept(segment, [(n, e) for n, e in entries if e.kind != "axiom"])
        return segment, entries


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
