"""Build the project's .olean files: incremental by content, many modules in one process.

A module is up to date when the hash recorded with its .olean file equals the hash of its source
text, of all modules it imports, and of the toolchain. Neither times nor file dates matter. With
official Lean the work is Lake's.
"""

from __future__ import annotations

import hashlib
import queue
import subprocess
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import msgspec
import psutil
from filelock import FileLock

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.lean.plan import Unit, plan
from autoresearch_formal.lean.project import module_file, modules, project_root
from autoresearch_formal.lean.toolchain import GYM_MAIN, Official, Toolchain, select

SERVER = Path(__file__).parent / "resources" / "BuildServer.lean"

# A server with more resident bytes than this is replaced: Lean does not free all environments of
# finished modules, and the embedded one has 2 GiB of address space.
_SERVER_BYTES = 1_500_000_000

_LAST_WORDS = 20  # lines of a server's stderr that are kept


class Message(msgspec.Struct, frozen=True):
    """What Lean said about a place in a source file; `line` from 1, `column` from 0."""

    severity: Literal["info", "warning", "error"]
    line: int
    column: int
    text: str


class _Answer(msgspec.Struct):
    id: str
    ok: bool
    messages: list[Message]
    ms: int


@dataclass(frozen=True)
class Compiled:
    """The outcome for one module. `fresh` is true if it was up to date already."""

    module: str
    source: Path
    ok: bool
    fresh: bool = False
    messages: tuple[Message, ...] = ()
    ms: int = 0


@dataclass
class BuildResult:
    """The build folder and what happened to every module that was asked for or needed."""

    folder: Path
    modules: dict[str, Compiled] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether every module is built."""
        return all(compiled.ok for compiled in self.modules.values())


Progress = Callable[[Compiled, int, int], None]
"""Called after each module with the number of modules done and the number of all."""


def stale(root: Path, toolchain: Toolchain) -> int:
    """How many modules of the project a build would compile. Lake keeps its own books: 0 there."""
    if isinstance(toolchain, Official):
        return 0
    folder = toolchain.build_folder(root)
    units = plan(root, modules(root), toolchain.id)
    return sum(_recorded(folder, unit) is None for unit in units)


class _Server:
    """A Lean process that compiles one module after the other."""

    def __init__(self, toolchain: Toolchain, folder: Path) -> None:
        command = toolchain.command(
            ["--tstack=65536", "--run", str(SERVER)], lean_path=[folder], threads=2
        )
        self._process = subprocess.Popen(
            command.argv,
            env=command.env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._errors: list[bytes] = []
        self._drain = threading.Thread(target=self._read_errors, daemon=True)
        self._drain.start()
        self.compiled = 0
        self.died = False
        first = self._line()
        if first != b'{"ready":true}\n':
            said = (first or b"").decode(errors="replace").strip()
            self.close()
            raise MissingTool(f"the build server does not start: {said} {self._last_words()}")

    def _read_errors(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            if len(self._errors) < _LAST_WORDS:  # the first lines of a crash say most
                self._errors.append(line)

    def _last_words(self) -> str:
        self._drain.join(timeout=2)
        return b"".join(self._errors).decode(errors="replace").strip()[:500] or "no message"

    def _line(self) -> bytes | None:
        assert self._process.stdout is not None
        return self._process.stdout.readline() or None

    def compile(self, unit: Unit, olean: Path) -> Compiled:
        """Compile one module. If Lean dies of it, that is the module's error."""
        assert self._process.stdin is not None
        request = {
            "id": unit.module,
            "module": unit.module,
            "source": str(unit.source),
            "olean": str(olean),
        }
        self.compiled += 1
        try:
            self._process.stdin.write(msgspec.json.encode(request) + b"\n")
            self._process.stdin.flush()
            line = self._line()
        except BrokenPipeError:
            line = None
        if line is None:
            self.died = True
            said = Message("error", 1, 0, f"Lean stopped while compiling: {self._last_words()}")
            return Compiled(unit.module, unit.source, ok=False, messages=(said,))
        try:
            answer = msgspec.json.decode(line, type=_Answer)
        except msgspec.DecodeError as fault:
            raw = line.decode(errors="replace").strip()
            said = Message("error", 1, 0, f"unreadable answer of the build server ({fault}): {raw}")
            return Compiled(unit.module, unit.source, ok=False, messages=(said,))
        return Compiled(
            unit.module, unit.source, answer.ok, messages=tuple(answer.messages), ms=answer.ms
        )

    @property
    def usable(self) -> bool:
        if self.died:
            return False
        resident: int = psutil.Process(self._process.pid).memory_info().rss
        return resident < _SERVER_BYTES

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.kill()
        self._process.wait()
        self._process.stdin.close()
        self._process.stdout.close()


def _paths(folder: Path, module: str) -> tuple[Path, Path]:
    olean = folder.joinpath(*module.split(".")).with_suffix(".olean")
    return olean, olean.with_suffix(".built")


def _on_record(folder: Path, module: str) -> _Record | None:
    try:
        return msgspec.json.decode(_paths(folder, module)[1].read_bytes(), type=_Record)
    except (OSError, msgspec.DecodeError):
        return None


def _hash_on_record(folder: Path, module: str) -> str | None:
    written = _on_record(folder, module)
    return written.hash if written is not None else None


def _recorded(folder: Path, unit: Unit) -> Compiled | None:
    """The outcome on record if the module is up to date."""
    olean, _ = _paths(folder, unit.module)
    written = _on_record(folder, unit.module)
    if (
        written is None
        or written.hash != unit.hash
        or not olean.is_file()
        or olean.stat().st_size != written.size
    ):
        return None
    return Compiled(unit.module, unit.source, True, True, tuple(written.messages), written.ms)


class _Record(msgspec.Struct):
    hash: str
    size: int
    ms: int
    messages: list[Message]


def _compile(unit: Unit, folder: Path, server: Callable[[], _Server]) -> Compiled:
    """Compile a module unless another build has just done so."""
    olean, record = _paths(folder, unit.module)
    olean.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(olean.with_suffix(".lock")):
        recorded = _recorded(folder, unit)
        if recorded is not None:
            return recorded
        record.unlink(missing_ok=True)
        fresh = olean.with_suffix(".new")
        running = server()
        compiled = running.compile(unit, fresh)
        if running.died and running.compiled > 1:  # perhaps of what it did before
            compiled = server().compile(unit, fresh)
        if not compiled.ok:
            olean.unlink(missing_ok=True)
            return compiled
        fresh.replace(olean)
        # Sources may have been edited meanwhile, and another build may have replaced an import;
        # without a record the next build looks again.
        if all(_hash_on_record(folder, need) == hash_ for need, hash_ in unit.needs.items()) and (
            hashlib.sha256(unit.source.read_bytes()).hexdigest() == unit.text_hash
        ):
            written = _Record(unit.hash, olean.stat().st_size, compiled.ms, list(compiled.messages))
            record.write_bytes(msgspec.json.encode(written))
        return compiled


def _worker(
    toolchain: Toolchain,
    folder: Path,
    todo: queue.Queue[Unit | None],
    done: queue.Queue[Compiled | BaseException],
) -> None:
    running: _Server | None = None

    def server() -> _Server:
        nonlocal running
        if running is not None and not running.usable:
            running.close()
            running = None
        running = running or _Server(toolchain, folder)
        return running

    try:
        while (unit := todo.get()) is not None:
            done.put(_compile(unit, folder, server))
    except BaseException as fault:
        done.put(fault)
    finally:
        if running is not None:
            running.close()


def _compile_all(
    units: Sequence[Unit],
    result: BuildResult,
    toolchain: Toolchain,
    jobs: int,
    progress: Progress,
) -> None:
    """Compile `units` with `jobs` servers, each module after its imports."""
    waiting = {unit.module: unit for unit in units}
    total = len(units)
    todo: queue.Queue[Unit | None] = queue.Queue()
    done: queue.Queue[Compiled | BaseException] = queue.Queue()
    threads = [
        threading.Thread(target=_worker, args=(toolchain, result.folder, todo, done), daemon=True)
        for _ in range(min(jobs, total))
    ]
    for thread in threads:
        thread.start()
    finished = running = 0
    try:
        while waiting or running:
            for unit in list(waiting.values()):
                outcomes = [result.modules.get(need) for need in unit.needs]
                if any(outcome is not None and not outcome.ok for outcome in outcomes):
                    del waiting[unit.module]
                    finished += 1
                    failed = next(o.module for o in outcomes if o is not None and not o.ok)
                    said = Message("error", 1, 0, f"not compiled: {failed} has errors")
                    skipped = Compiled(unit.module, unit.source, False, messages=(said,))
                    result.modules[unit.module] = skipped
                    progress(skipped, finished, total)
                elif all(outcome is not None for outcome in outcomes):
                    del waiting[unit.module]
                    todo.put(unit)
                    running += 1
            if running == 0:
                continue
            got = done.get()
            if isinstance(got, BaseException):
                raise got
            running -= 1
            finished += 1
            result.modules[got.module] = got
            progress(got, finished, total)
    finally:
        for _ in threads:
            todo.put(None)
        for thread in threads:
            thread.join(timeout=30)


def _lake(root: Path, wanted: Sequence[str], toolchain: Official) -> BuildResult:
    targets = [*wanted, "gym"] if GYM_MAIN in wanted else wanted
    done = subprocess.run(
        ["lake", "build", *targets], cwd=root, capture_output=True, text=True, check=False
    )
    result = BuildResult(toolchain.build_folder(root))
    said = Message("info" if done.returncode == 0 else "error", 1, 0, done.stdout + done.stderr)
    for module in wanted:
        source = module_file(root, module)
        ok = done.returncode == 0
        result.modules[module] = Compiled(module, source, ok, messages=(said,))
    return result


def build(
    wanted: Sequence[str] | None = None,
    toolchain: Toolchain | None = None,
    progress: Progress = lambda compiled, done, total: None,
    *,
    jobs: int = 1,
    root: Path | None = None,
) -> BuildResult:
    """Bring `wanted` modules (all of the project without it) and their imports up to date.

    Errors in Lean sources are part of the result; `UsageFault` is raised for modules that don't
    exist and for import cycles, `MissingTool` when Lean itself can't be run. Several builds of the
    same folder at once share the work.
    """
    toolchain = toolchain or select()
    root = root or project_root()
    names = list(wanted) if wanted else modules(root)
    if isinstance(toolchain, Official):
        return _lake(root, names, toolchain)
    result = BuildResult(toolchain.build_folder(root))
    result.folder.mkdir(parents=True, exist_ok=True)
    stale_units = []
    for unit in plan(root, names, toolchain.id):
        recorded = _recorded(result.folder, unit)
        if recorded is None:
            stale_units.append(unit)
        else:
            result.modules[unit.module] = recorded
    if stale_units:
        _compile_all(stale_units, result, toolchain, jobs, progress)
    return result
