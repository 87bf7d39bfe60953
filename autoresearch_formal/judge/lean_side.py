"""Running `Reconstruct.Judge.Main`: each call is a fresh, sandboxed, limited Lean process."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

import msgspec
from filelock import FileLock

from autoresearch_formal.errors import MissingTool, UsageFault
from autoresearch_formal.judge import process
from autoresearch_formal.judge.names import Name
from autoresearch_formal.lean import plan
from autoresearch_formal.lean.command import Sandbox
from autoresearch_formal.lean.toolchain import Embedded, Toolchain

MAIN = "Reconstruct.Judge.Main"

_START = Path(__file__).parent / "resources" / "Judge.lean"
"""A file that only imports the compiled `MAIN`, so that a start has nothing to elaborate."""

_PROGRAM = "JudgeProgram"
_START_PROGRAM = _START.with_name("Program.lean")
"""The module that `link` writes, and a file that imports it and nothing else."""

LINK_LIMITS = process.ProcessLimits(seconds=300, memory=4 << 30)

_BEGIN = b'{"begin":true}\n'
_REPORT = b'{"report":'


class LeanAnswer(msgspec.Struct):
    """The last line of the judge's Lean side."""

    ok: bool
    step: str = ""
    line: int = 0
    column: int = 0
    text: str = ""
    imports: list[Name] = []
    places: list[tuple[Name, int, int, bool]] = []
    axioms: list[Name] = []
    remarks: list[tuple[Name, str]] = []
    modules: list[Name] = []
    symbols: list[str] = []
    unsafe: list[tuple[Name, int, int, bool]] = []
    equations: list[tuple[Name, Name]] = []
    watched: list[str] = []
    code_holes: list[Name] = msgspec.field(name="codeHoles", default_factory=list)


class _Line(msgspec.Struct):
    report: LeanAnswer


class LeanSide:
    """The judge's Lean program under one toolchain, in one project."""

    def __init__(self, toolchain: Toolchain, root: Path) -> None:
        self.toolchain = toolchain
        self.root = root
        self._linked: Path | None = None

    def link(self) -> None:
        """Start from one linked module from now on (`Reconstruct/Judge/Link.lean`).

        It is made where it is missing, or is not what was made. Official Lean needs none: it maps
        into memory the modules that the embedded one has to read.

        Raises:
            MissingTool: if the program does not run.
            UsageFault: if it cannot be linked.
        """
        if not isinstance(self.toolchain, Embedded):
            return
        main = plan.plan(self.root, [MAIN], self.toolchain.id)[-1]
        folder = self.root / "build" / "judge" / f"program-{main.hash[:32]}"
        folder.mkdir(parents=True, exist_ok=True)
        module, record = folder / f"{_PROGRAM}.olean", folder / "sha256"
        with FileLock(folder / "lock"):
            if not (record.is_file() and record.read_text() == _sha256(module)):
                running = self.start("link", str(module), limits=LINK_LIMITS, write=(folder,))
                must(running.finish(), "the judge's Lean program cannot be linked")
                record.write_text(_sha256(module))
        self._linked = folder

    def start(
        self,
        *args: str,
        limits: process.ProcessLimits,
        read: tuple[Path, ...] = (),
        write: tuple[Path, ...] = (),
    ) -> Running:
        """Start the program with `args`; it may read the libraries and the files of `read`."""
        build = self.toolchain.build_folder(self.root)
        file = _START_PROGRAM if self._linked else _START
        folder = tempfile.TemporaryDirectory(prefix="autoresearch-judge-")
        command = self.toolchain.command(
            ["--tstack=65536", "--run", str(file), *args],
            lean_path=[self._linked, build] if self._linked else [build],
            sandbox=Sandbox((file, *read), write),
        )
        running = process.Limited(command.argv, limits, env=command.env, cwd=Path(folder.name))
        return Running(running, folder)


class Running:
    """A Lean process under way."""

    def __init__(self, running: process.Limited, folder: tempfile.TemporaryDirectory[str]) -> None:
        self._running = running
        self._folder = folder

    def wait_for_begin(self) -> None:
        """Wait until the program has been loaded and begins (or has ended)."""
        self._running.wait_for_output()

    def finish(self, text: bytes = b"") -> tuple[process.ProcessOutcome, bytes, LeanAnswer | None]:
        """Wait for the end: how it ended, the export, and the report (None if it is missing).

        Raises:
            MissingTool: if the program never began: that says nothing about the candidate.
        """
        outcome = self._running.finish(text)
        self._folder.cleanup()
        if not outcome.stdout.startswith(_BEGIN) and not outcome.stopped:
            raise MissingTool(
                f"the judge's Lean program does not start: {last_words(outcome)}; "
                f"build it again with: autoresearch lean build {MAIN}"
            )
        body, found, last = outcome.stdout.removeprefix(_BEGIN).rpartition(_REPORT)
        if not found:
            return outcome, body or last, None
        try:
            answer = msgspec.json.decode(_REPORT + last, type=_Line).report
        except msgspec.DecodeError:
            return outcome, body, None
        return outcome, body, answer


def own_hash(lean: LeanSide) -> str:
    """The SHA-256 of everything that makes up this judge: its Lean program, its Python files and
    tables, and those of the mask, whose step is one of its own."""
    package = Path(__file__).parents[1]
    files = sorted(
        file
        for folder in ("judge", "mask")
        for file in (package / folder).rglob("*")
        if file.is_file() and file.suffix != ".pyc"
    )
    total = hashlib.sha256(plan.plan(lean.root, [MAIN], lean.toolchain.id)[-1].hash.encode())
    for file in files:
        total.update(f"\n{file.relative_to(package).as_posix()} {_sha256(file)}".encode())
    return total.hexdigest()


def last_words(outcome: process.ProcessOutcome) -> str:
    """What a dead process left on stderr, in one line."""
    if outcome.stopped:
        return outcome.stopped
    lines = [line for line in outcome.stderr.decode(errors="replace").splitlines() if line.strip()]
    return lines[-1][:300] if lines else f"status {outcome.status}"


def _sha256(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def must(
    result: tuple[process.ProcessOutcome, bytes, LeanAnswer | None],
    otherwise: str = "the library cannot be exported",
) -> tuple[bytes, LeanAnswer]:
    """The export and report of a run over trusted modules, which has no business failing.

    Raises:
        MissingTool: if Lean died.
        UsageFault: if it said no; `otherwise` says what that means.
    """
    outcome, body, answer = result
    if answer is None:
        raise MissingTool(f"the judge's Lean program did not finish: {last_words(outcome)}")
    if not answer.ok:
        raise UsageFault(f"{otherwise}: {answer.text}")
    return body, answer
