"""The verdict on a completed file: a candidate compared with the pristine original.

The original is pinned in a process of its own; the candidate is compiled in another, its export is
replayed by the second kernel, and the two are compared term by term (`matching`). Only what a
declaration *says*, what it rests on, and what the kernel accepts decides; no text is compared.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge import second
from autoresearch_formal.judge.assemble import chosen, needed
from autoresearch_formal.judge.certificate import Finding
from autoresearch_formal.judge.compare import Candidate
from autoresearch_formal.judge.completion import (
    STATUSES,
    Addition,
    CompletedFile,
    DeclarationVerdict,
)
from autoresearch_formal.judge.export import Segment
from autoresearch_formal.judge.extras import Extras
from autoresearch_formal.judge.lean_side import LeanSide
from autoresearch_formal.judge.library import LibraryStore, PristineLibrary, visible_parts
from autoresearch_formal.judge.names import Name, parse, show
from autoresearch_formal.judge.own import Mode, OwnFile, PinnedHole, compile_own
from autoresearch_formal.judge.pins import Pins
from autoresearch_formal.judge.second import KernelVerdict, SecondKernel
from autoresearch_formal.judge.source import precheck
from autoresearch_formal.judge.verdict import Budget
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import Toolchain, select

FORMAT = 1


def importable_modules() -> tuple[str, ...]:
    """Modules, with all below them, that a user's file may import."""
    return ("Init", "Std", *visible_parts())


class AgainstCertificate(msgspec.Struct):
    """What the judge found about a completed file; a function of what `hashes` names, of
    `importable` and of `trusted`."""

    format: int
    verdict: str
    name: str
    summary: str
    declarations: list[DeclarationVerdict]
    additions: list[Addition]
    findings: list[Finding]
    axioms: list[str]
    holes: list[PinnedHole]
    imports: list[str]
    importable: list[str]
    trusted: bool
    toolchain: dict[str, str]
    kernel: dict[str, str]
    hashes: dict[str, str]

    @property
    def ok(self) -> bool:
        """Whether everything is verified."""
        return self.verdict == "verified"

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        data = msgspec.to_builtins(self)
        assert isinstance(data, dict)
        return data


@dataclass
class Pin:
    """A pristine original: what it declares with its holes, or why it can't be pinned."""

    data: bytes
    file: OwnFile | None
    finding: Finding | None
    holes: list[PinnedHole] = field(default_factory=list)
    incomplete: list[Name] = field(default_factory=list)

    def line(self, name: Name) -> int:
        """The source line of a declaration, or of its first hole (an example has no place)."""
        line = self.file.line(name) if self.file else 0
        return line or next((h.line for h in self.holes if h.declaration == show(name)), 0)


class AgainstJudge:
    """Judges completions of users' files against their originals.

    Args:
        toolchain: the Lean that compiles both.
        root: the Lean project whose modules may be imported.
        trust_original: let commands of an original run code while it is compiled.
        budget: limits for each process.
        guarded: False leaves the policy about commands out, to test that later steps hold alone.
        importable: modules, with all below them, that files may import; without it,
            `importable_modules()`.
        say: told what is going on, for people.
    """

    def __init__(
        self,
        toolchain: Toolchain | None = None,
        *,
        root: Path | None = None,
        trust_original: bool = False,
        budget: Budget | None = None,
        guarded: bool = True,
        importable: Sequence[str] | None = None,
        say: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.toolchain = toolchain or select()
        self.budget = budget or Budget()
        self.importable = tuple(importable_modules() if importable is None else importable)
        self.trust_original = trust_original
        self._guarded = guarded
        self._lean = LeanSide(self.toolchain, root or project_root())
        self._kernel_hash = second.check_library()
        self._store = LibraryStore(self._lean, say, visible_parts())
        self.library: PristineLibrary = self._store.open()
        self._extras = Extras(self._store, self.library)
        self._segments: dict[Path, Segment] = {}
        self._pins: dict[bytes, Pin] = {}

    def pin(self, original: Path | bytes) -> Pin:
        """What a file declares, with its holes.

        Raises:
            UsageFault: if it can't be read.
        """
        data = _bytes(original)
        key = hashlib.sha256(data).digest()
        if key not in self._pins:
            self._pins[key] = self._make_pin(data)
        return self._pins[key]

    def _make_pin(self, data: bytes) -> Pin:
        finding = _readable(data)
        if finding is not None:
            return Pin(data, None, msgspec.structs.replace(finding, step="original"))
        file, _, finding = self._compile(data, self._original_mode(), "original")
        return pin_of(data, file, finding)

    def _original_mode(self) -> Mode:
        return self._mode(original=True, trusted=self.trust_original)

    def _candidate_mode(self, pin: Pin) -> Mode:
        """A candidate may repeat what is watched in the original, and must show how what had a hole
        unfolds."""
        assert pin.file is not None
        return self._mode(allowed=pin.file.answer.watched, unfold=pin.incomplete)

    def _mode(self, **fields: Any) -> Mode:
        importable = [parse(module) for module in self.importable]
        return Mode(importable, guarded=self._guarded, **fields)

    def _compile(
        self, data: bytes, mode: Mode, step: str
    ) -> tuple[OwnFile | None, bytes, Finding | None]:
        return compile_own(self._lean, data, mode, self.budget.compile, step)

    def verify(
        self, original: Path | bytes, candidate: Path | bytes, *, name: str
    ) -> AgainstCertificate:
        """Judge a completion of a file.

        Args:
            original: the pristine file, with its holes.
            candidate: the completion.
            name: what the certificate calls the file.

        Raises:
            UsageFault: if one of them can't be read.
        """
        pin, data = self.pin(original), _bytes(candidate)
        finding = pin.finding or foreign_characters(pin.data, data)
        file, text = None, b""
        if pin.file is not None and finding is None:
            mode = self._candidate_mode(pin)
            file, text, finding = self._compile(data, mode, "compile")
        done = self._complete(pin, file, text) if pin.file and file else None
        certificate = certificate_of(pin, data, done, finding)
        certificate.name = name
        certificate.importable = list(self.importable)
        certificate.trusted = self.trust_original
        certificate.toolchain = {
            "name": self.toolchain.name,
            "version": self.toolchain.version,
            "commit": self.toolchain.commit,
        }
        certificate.kernel = {"name": second.NAME, "sha256": self._kernel_hash}
        certificate.hashes["library"] = self.library.key
        return certificate

    def _complete(self, pin: Pin, file: OwnFile, text: bytes) -> CompletedFile:
        assert pin.file is not None
        candidate = candidate_of(file, self.library.pins)
        missing, more = self._join_library(candidate)
        verdict = self._replay(candidate, text, more)
        done = CompletedFile(pin.file, file, candidate, pin.incomplete, self.library.pins, verdict)
        done.findings += missing
        return done

    def _join_library(self, candidate: Candidate) -> tuple[list[Finding], list[Path]]:
        """Let the candidate stand on the library, with what it uses of the toolchain: also the
        exports of what the library has not."""
        candidate.library = self.library.entries
        missing = candidate.missing()
        extension = self._extras.needed(missing) if missing else None
        if extension is not None:
            candidate.library = {**extension.entries, **self.library.entries}
        findings = [
            Finding("compare", f"'{show(name)}' is used and is not in the library", show(name))
            for name in candidate.missing()
        ]
        return findings, [extension.export] if extension is not None else []

    def _replay(self, candidate: Candidate, text: bytes, more: list[Path]) -> KernelVerdict:
        """Replay on nothing but what is used: no other name of the library can be in the way.

        Some proofs compute through the proof of a library theorem, which the interface lacks.
        """
        verdict = self._replay_on(candidate, text, [self.library.export(full=False), *more])
        if verdict.ok or verdict.file != "-":
            return verdict
        return self._replay_on(candidate, text, [self.library.export(full=True), *more])

    def _replay_on(self, candidate: Candidate, text: bytes, files: list[Path]) -> KernelVerdict:
        lean = candidate.segment.lean
        assert lean is not None
        base = chosen(map(self._segment, files), needed(candidate), lean).text()
        with tempfile.TemporaryDirectory(prefix="autoresearch-base-") as folder:
            file = Path(folder) / "base.ndjson"
            file.write_bytes(base)
            return SecondKernel([file], self.budget.kernel).finish(text)

    def _segment(self, file: Path) -> Segment:
        if file not in self._segments:
            self._segments[file] = Segment.parse(file.read_bytes())
        return self._segments[file]


def _bytes(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        return source
    try:
        return source.read_bytes()
    except OSError as error:
        raise UsageFault(f"{source}: {error.strerror or 'cannot be read'}") from None


def _readable(data: bytes) -> Finding | None:
    """Whether the bytes of an original are a text of acceptable size: which characters it has is
    its owner's business."""
    finding = precheck(data)
    return finding if finding is not None and "U+" not in finding.text else None


def foreign_characters(original: bytes, candidate: bytes) -> Finding | None:
    """Invisible and control characters of a candidate in lines that the original does not have."""
    finding = precheck(candidate)
    if finding is None or "U+" not in finding.text:
        return finding
    known = set(original.split(b"\n"))
    lines = candidate.split(b"\n")
    return precheck(b"\n".join(b"" if line in known else line for line in lines))


def pin_of(data: bytes, file: OwnFile | None, finding: Finding | None) -> Pin:
    """The pin of an original, from what its compilation gave."""
    if file is None:
        return Pin(data, None, finding)
    incomplete = [name for name in file.required() if file.incomplete(name)]
    pin = Pin(data, file, None, file.holes(), incomplete)
    incomplete.sort(key=lambda name: (pin.line(name), repr(name)))
    return pin


def candidate_of(file: OwnFile, pins: Pins | None) -> Candidate:
    """What a file declares, ready to be put on a library."""
    lines = {name: first for name, (first, _) in file.places.items()}
    return Candidate(file.segment, {}, pins, lines, file.written)


def certificate_of(
    pin: Pin, data: bytes, done: CompletedFile | None, finding: Finding | None
) -> AgainstCertificate:
    """The certificate of a completion, or of what was refused before it could be compared."""
    additions: list[Addition] = []
    axioms: list[str] = []
    verdicts: set[str] = set()
    if done is not None:
        declarations = [done.judge(name, pin.line(name)) for name in pin.incomplete]
        additions = done.additions()
        axioms, verdicts = done.rest()
    else:
        declarations = [
            DeclarationVerdict(show(n), "rejected", [], str(finding), pin.line(n))
            for n in pin.incomplete
        ]
    findings = ([finding] if finding else []) + (done.findings if done else [])
    verdicts |= {d.status for d in declarations}
    verdicts |= {"rejected"} if findings else {"verified"}
    verdict = next(status for status in STATUSES if status in verdicts)
    imports = [show(tuple(n)) for n in done.new.answer.imports] if done else []
    return AgainstCertificate(
        format=FORMAT,
        verdict=verdict,
        name="",
        summary=_summary(verdict, declarations, findings),
        declarations=declarations,
        additions=additions,
        findings=findings,
        axioms=axioms,
        holes=pin.holes,
        imports=imports,
        importable=[],
        trusted=False,
        toolchain={},
        kernel={},
        hashes={
            "original": hashlib.sha256(pin.data).hexdigest(),
            "candidate": hashlib.sha256(data).hexdigest(),
        },
    )


def _summary(
    verdict: str, declarations: Sequence[DeclarationVerdict], findings: Sequence[Finding]
) -> str:
    if findings:
        return str(findings[0])
    counts = [(s, sum(d.status == s for d in declarations)) for s in reversed(STATUSES)]
    told = ", ".join(f"{count} {status}" for status, count in counts if count)
    first = next((d for d in declarations if d.status == verdict != "verified"), None)
    if first is not None:
        return f"{told}: line {first.line}: '{first.name}': {first.reason}"
    return told or ("nothing to prove, and nothing changed" if verdict == "verified" else verdict)
