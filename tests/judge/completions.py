"""Many completions judged in few processes: what tests of `AgainstJudge` share.

A verdict compiles each file in a process of its own and asks a kernel's process; a test of hundreds
of files compiles all of them in one Lean process, one after the other, each from the same imports,
and asks a forked child of one kernel. The judge's code is the same from there on.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from autoresearch_formal.judge import process
from autoresearch_formal.judge.against import AgainstJudge
from autoresearch_formal.judge.assemble import chosen, needed
from autoresearch_formal.judge.certificate import Finding
from autoresearch_formal.judge.compare import Candidate
from autoresearch_formal.judge.export import Segment
from autoresearch_formal.judge.extras import Extension
from autoresearch_formal.judge.lean_kernel import Kernel, library_path
from autoresearch_formal.judge.lean_side import LeanAnswer
from autoresearch_formal.judge.ledger import Ledger
from autoresearch_formal.judge.names import Name
from autoresearch_formal.judge.own import Mode, OwnFile, read_own
from autoresearch_formal.judge.replay import Rejected, replay
from autoresearch_formal.judge.second import KernelVerdict

LIMITS = process.ProcessLimits(seconds=900, memory=6 << 30, output=2 << 30)

Compiled = tuple[OwnFile | None, bytes, Finding | None]


class ManyJudge(AgainstJudge):
    """An `AgainstJudge` that is told beforehand which pairs it will be asked about."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ready: dict[tuple[bytes, bytes], Compiled] = {}
        self._kernels: dict[bool, tuple[Kernel, Ledger]] = {}
        self._shared: Extension | None = None

    def prepare(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        """Compile everything that the verdicts on these pairs need."""
        originals = dict.fromkeys(original for original, _ in pairs)
        self._compile_all([(data, self._original_mode()) for data in originals])
        wanted = []
        for original, candidate in pairs:
            pin = self.pin(original)
            if pin.file is not None:
                wanted.append((candidate, self._candidate_mode(pin)))
        self._compile_all(wanted)
        missing: set[Name] = set()
        for file, _, _ in self._ready.values():
            if file is not None:
                own = Candidate(file.segment, self.library.entries, None, {}, file.written)
                missing.update(own.missing())
        self._shared = self._extras.needed(missing) if missing else None

    def _compile_all(self, jobs: Sequence[tuple[bytes, Mode]]) -> None:
        todo = [job for job in jobs if _key(*job) not in self._ready]
        for (data, mode), compiled in zip(todo, self._in_one_process(todo), strict=True):
            self._ready[_key(data, mode)] = compiled

    def _in_one_process(self, jobs: Sequence[tuple[bytes, Mode]]) -> Iterable[Compiled]:
        if not jobs:
            return []
        with tempfile.TemporaryDirectory(prefix="autoresearch-many-") as folder:
            paths: list[Path] = []
            for i, (data, mode) in enumerate(jobs):
                how, file = Path(folder) / f"{i}.json", Path(folder) / f"{i}.lean"
                how.write_bytes(msgspec.json.encode(mode))
                file.write_bytes(data)
                paths += [how, file]
            running = self._lean.start("own", *map(str, paths), limits=LIMITS, read=(Path(folder),))
            outcome, _, _ = running.finish()
        steps = ["original" if mode.original else "compile" for _, mode in jobs]
        return _split(outcome.stdout, steps)

    def _compile(self, data: bytes, mode: Mode, step: str) -> Compiled:
        return self._ready[_key(data, mode)]

    def _kernel(self, full: bool) -> tuple[Kernel, Ledger]:
        """A kernel with what all candidates together use of the library."""
        if full not in self._kernels:
            names: set[Name] = set()
            more = self._shared.entries if self._shared else {}
            entries = {**more, **self.library.entries}
            lean = None
            for file, _, _ in self._ready.values():
                if file is not None:
                    lean = file.segment.lean
                    own = Candidate(file.segment, entries, None, {}, file.written)
                    names |= needed(own)
            assert lean is not None
            files = [self.library.export(full=full)]
            files += [self._shared.export] if self._shared else []
            base = chosen(map(self._segment, files), names, lean).text()
            kernel, ledger = Kernel(library_path()), Ledger()
            replay(kernel, ledger, Segment.parse(base))
            self._kernels[full] = kernel, ledger
        return self._kernels[full]

    def _replay_on(self, candidate: Candidate, text: bytes, files: list[Path]) -> KernelVerdict:
        kernel, ledger = self._kernel(self.library.full in files)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            said = b"died"
            try:
                replay(kernel, ledger, Segment.parse(text))
                said = b""
            except Rejected as error:
                said = f"{error.name}\0{error.why}".encode()
            finally:
                os.write(write, said or b"\0")
                os._exit(0)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            said = pipe.read()
        os.waitpid(child, 0)
        if said == b"\0":
            return KernelVerdict(True)
        name, _, why = said.decode().partition("\0")
        return KernelVerdict(False, why or "it died", name, "-")


def _key(data: bytes, mode: Mode) -> tuple[bytes, bytes]:
    return data, msgspec.json.encode(mode)


def _split(stdout: bytes, steps: Sequence[str]) -> list[Compiled]:
    found: list[Compiled] = []
    text: list[bytes] = []
    for line in stdout.split(b"\n")[1:]:
        if line.startswith(b'{"report":'):
            answer = msgspec.json.decode(line, type=dict[str, LeanAnswer])["report"]
            found.append(read_own(b"\n".join(text) + b"\n", answer, steps[len(found)]))
            text = []
        else:
            text.append(line)
    return found
