"""Many files judged in few processes: what the tests of whole verdicts share.

A verdict compiles its file, weighs the export and replays it, each in a fresh process. A test of a
hundred files compiles those with the same imports one after the other in one Lean process, weighs
in the process of the test, and replays in a forked child of one kernel that has the library. Every
step of the judge is taken, by the judge's own code; a file at which the Lean process ended, or that
nobody prepared, is compiled in a process of its own.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, cast

import msgspec
import pytest

from autoresearch_formal.judge import Judge, attacks, process, verdict, weigh
from autoresearch_formal.judge.export import MalformedExport, Segment
from autoresearch_formal.judge.lean_kernel import Kernel, library_path
from autoresearch_formal.judge.lean_side import LeanSide, Running
from autoresearch_formal.judge.ledger import Ledger
from autoresearch_formal.judge.replay import Rejected, ReplayReport, replay
from autoresearch_formal.judge.second import KernelVerdict, read_verdict

LIMITS = process.ProcessLimits(seconds=900, memory=6 << 30, output=2 << 30)
BEGIN = b'{"begin":true}\n'
REPORT = b'{"report":'


class _Ended:
    """A Lean process of one file that has ended already."""

    def __init__(self, stdout: bytes) -> None:
        self.stdout = stdout

    def wait_for_output(self) -> None: ...

    def finish(self, text: bytes = b"") -> process.ProcessOutcome:
        return process.ProcessOutcome(0, self.stdout, b"", 0.0, 0)


class BatchLean(LeanSide):
    """The judge's Lean program, which has compiled the files that it was told of beforehand."""

    def __init__(self, lean: LeanSide) -> None:
        self.__dict__.update(lean.__dict__)
        self.ready: dict[tuple[str, bytes], bytes] = {}

    def prepare(self, mode: str, files: Sequence[Path]) -> None:
        """Compile files, those with the same imports together."""
        groups: dict[tuple[bytes, ...], list[Path]] = defaultdict(list)
        for file in files:
            lines = file.read_bytes().split(b"\n")
            groups[tuple(s for s in lines if s.startswith((b"import", b"prelude")))].append(file)
        for group in groups.values():
            todo = group if len(group) > 1 else []
            while todo:
                # The one at which it ends is compiled alone when it is asked for.
                todo = todo[self._together(mode, todo) + 1 :]

    def _together(self, mode: str, files: Sequence[Path]) -> int:
        """Compile files in one process; how many it came to the end of."""
        running = super().start(mode, *map(str, files), limits=LIMITS, read=tuple(files))
        outcome, _, _ = running.finish()
        done = 0
        text: list[bytes] = []
        for line in outcome.stdout.removeprefix(BEGIN).splitlines(keepends=True):
            text.append(line)
            if line.startswith(REPORT):
                self.ready[mode, files[done].read_bytes()] = BEGIN + b"".join(text)
                done += 1
                text = []
        return done

    def start(self, *args: str, **limits: Any) -> Running:
        """See `LeanSide`."""
        known = self.ready.get((args[0], Path(args[1]).read_bytes())) if len(args) == 2 else None
        if known is None:
            return super().start(*args, **limits)
        return Running(cast(Any, _Ended(known)), tempfile.TemporaryDirectory())


class _Weighing:
    """`weigh.Weighing` in this process: what the child loads is loaded once."""

    scales: ClassVar[dict[bytes, weigh._Scale]] = {}

    def __init__(self, settings: weigh.WeighingSettings, limits: process.ProcessLimits) -> None:
        key = msgspec.json.encode(settings)
        if key not in self.scales:
            self.scales[key] = weigh._Scale(settings)
        self.scale = self.scales[key]

    def finish(self, case: weigh.WeighingCase) -> weigh.WeighingResult:
        sent = msgspec.msgpack.decode(msgspec.msgpack.encode(case), type=weigh.WeighingCase)
        answer = msgspec.msgpack.encode(self.scale.weigh(sent))
        return msgspec.msgpack.decode(answer, type=weigh.WeighingResult)

    def cancel(self) -> None: ...


class _ForkedKernel:
    """`second.SecondKernel` as a forked child of a kernel that has replayed the library."""

    kernels: ClassVar[dict[tuple[Path, ...], tuple[Kernel, Ledger]]] = {}

    def __init__(self, files: Sequence[Path], limits: process.ProcessLimits) -> None:
        self.files = tuple(files)
        if self.files not in self.kernels:
            kernel, ledger = Kernel(library_path()), Ledger()
            for file in files:
                replay(kernel, ledger, Segment.parse(file.read_bytes()))
            self.kernels[self.files] = kernel, ledger

    def finish(self, text: bytes, before: Sequence[Path] = ()) -> KernelVerdict:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            with contextlib.suppress(BaseException):
                os.write(write, b"".join(self._reports(text, before)))
            os._exit(0)
        os.close(write)
        with os.fdopen(read, "rb") as pipe:
            said = pipe.read()
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        files = [*map(str, before), "-"]
        return read_verdict(process.ProcessOutcome(status, said, b"", 0.0, 0), files)

    def _reports(self, text: bytes, before: Sequence[Path]) -> Iterator[bytes]:
        kernel, ledger = self.kernels[self.files]
        yield _line(ReplayReport("canaries", True, 1))  # asked by the tests of the kernel itself
        for file, data in [*((str(f), f.read_bytes()) for f in before), ("-", text)]:
            try:
                count, bodies = replay(kernel, ledger, Segment.parse(data))
                yield _line(ReplayReport(file, True, count, bodies))
            except MalformedExport as error:
                yield _line(ReplayReport(file, False, line=error.line, why=str(error)))
                return
            except Rejected as error:
                yield _line(ReplayReport(file, False, 0, 0, 0.0, error.name, error.line, error.why))
                return

    def cancel(self) -> None: ...


def _line(report: ReplayReport) -> bytes:
    return b"REPLAY " + msgspec.json.encode(report) + b"\n"


@contextlib.contextmanager
def warm() -> Iterator[None]:
    """Verdicts inside weigh and replay in warm processes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verdict, "Weighing", _Weighing)
        patch.setattr(verdict, "SecondKernel", _ForkedKernel)
        yield


class BatchPanel(attacks.Panel):
    """The judges of the attacks on one file; each has compiled its attacks beforehand."""

    def __init__(self, asked: Sequence[attacks.Attack]) -> None:
        super().__init__()
        self._asked = asked

    def single(self, cutoff: int | None, *, guarded: bool) -> Judge:
        """See `Panel`."""
        known = (cutoff, guarded) in self._single
        judge = super().single(cutoff, guarded=guarded)
        if not known:
            lean = judge._lean = BatchLean(judge._lean)
            lean.prepare(
                "candidate" if guarded else "unguarded",
                [
                    a.file
                    for a in self._asked
                    if a.expect.cutoff == cutoff and (guarded or a.expect.without_policy)
                ],
            )
        return judge
