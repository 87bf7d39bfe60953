"""The judge's own reasoning about one candidate, in a process of its own with limits.

Parsing the export, comparing it with the library, the axioms, the mask and the definitions: all
of it reads text that the candidate's author chose. `Weighing` starts ``python -m
autoresearch_formal.judge.weigh`` early, so that it has loaded library and mask by the time the
candidate is compiled; the child answers one `WeighingCase` with one `WeighingResult`: a function
of the case and of what `WeighingSettings` name, and of nothing else.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from autoresearch_formal.errors import MissingTool
from autoresearch_formal.judge import compare, pins, process
from autoresearch_formal.judge.assemble import closure
from autoresearch_formal.judge.certificate import Finding, Invented, Proved
from autoresearch_formal.judge.compare import Candidate
from autoresearch_formal.judge.export import MalformedExport, Segment
from autoresearch_formal.judge.extras import read_index
from autoresearch_formal.judge.lean_side import last_words
from autoresearch_formal.judge.library import LibraryEntry, decode_index
from autoresearch_formal.judge.masking import MaskCheck
from autoresearch_formal.judge.names import Name

LIMITS = process.ProcessLimits(seconds=120, memory=3 << 30, stack=64 << 20, output=64 << 20)
"""Of the Python stages, for one candidate."""

MOST_FINDINGS = 50
"""So many findings of one step are listed; the rest is counted."""


class WeighingSettings(msgspec.Struct):
    """What a judge compares candidates with: the same for all of them."""

    library: str
    commit: str
    root: str
    cutoff: int | None
    references: bool


class WeighingCase(msgspec.Struct):
    """One candidate.

    `asked_before` says that the toolchain has been asked for what the library has not; `extra` is
    then the index of what it has (`judge.extras`), if it has any. `closure` is where to write the
    candidate with all that it uses, found in the exports `closure_of`.
    """

    source: bytes
    export: bytes
    places: list[tuple[Name, int, int, bool]]
    remarks: list[tuple[Name, str]]
    target: str | None
    any_target: bool
    asked_before: bool = False
    extra: str = ""
    closure: str = ""
    closure_of: list[str] = []


class WeighingResult(msgspec.Struct):
    """What was found. `asked` are names that the library has not; the toolchain may have them.

    `details` and `seconds` are of the steps that were taken, in order.
    """

    asked: list[Name] = []
    mask: str = ""
    findings: list[Finding] = []
    targets: list[Proved] = []
    theorems: list[str] = []
    definitions: list[Invented] = []
    axioms: list[str] = []
    counts: dict[str, int] = {}
    details: dict[str, str] = {}
    seconds: dict[str, float] = {}


_STEP = b"STEP "
_DONE = b"DONE "


class Weighing:
    """A child that has begun and waits for its case."""

    def __init__(self, settings: WeighingSettings, limits: process.ProcessLimits = LIMITS) -> None:
        argument = msgspec.json.encode(settings).decode()
        self._running = process.Limited(process.python(__name__, argument), limits, waits=True)

    def finish(self, case: WeighingCase) -> WeighingResult:
        """Hand over the case and read the answer; a child that was stopped is a finding.

        Raises:
            MissingTool: if the child does not start.
        """
        outcome = self._running.finish(msgspec.msgpack.encode(case))
        steps, found, answer = outcome.stdout.partition(_DONE)
        if found and outcome.status == 0:
            return msgspec.msgpack.decode(answer, type=WeighingResult)
        if not steps.startswith(_STEP) and not outcome.stopped:
            raise MissingTool(f"the judge's own process does not start: {last_words(outcome)}")
        name = steps.splitlines()[-1].removeprefix(_STEP).decode() if steps else "export"
        why = last_words(outcome)
        return WeighingResult(
            findings=[Finding(name, f"the judge's own process was stopped: {why}")]
        )

    def cancel(self) -> None:
        """End it; its answer is no longer wanted."""
        self._running.kill()
        self._running.finish()


class _Scale:
    """What the child knows before it sees a case."""

    def __init__(self, settings: WeighingSettings) -> None:
        self.settings = settings
        index = (Path(settings.library) / "index.msgpack").read_bytes()
        self.entries: dict[Name, LibraryEntry] = dict(decode_index(index))
        self.pins = pins.load(settings.commit)
        self.mask = MaskCheck.at(settings.cutoff, Path(settings.root))

    def weigh(self, case: WeighingCase) -> WeighingResult:
        """All steps, or the names that must be asked for first."""
        result = WeighingResult(mask=self.mask.hash)
        with _step(result, "export"):
            try:
                segment = Segment.parse(case.export)
            except MalformedExport as error:
                result.findings.append(Finding("export", str(error)))
                return result
            result.details["export"] = f"{len(segment.declarations)} declarations"
            extra = read_index(Path(case.extra)) if case.extra else {}
            candidate = Candidate(
                segment,
                {**extra, **self.entries},
                self.pins,
                {tuple(name): first for name, first, _, _ in case.places},
                frozenset(tuple(name) for name, _, _, own in case.places if own),
                {tuple(name): text for name, text in case.remarks},
            )
        if not case.asked_before:
            result.asked = candidate.missing()
            if self.pins is None:  # then nothing else says which names the toolchain has
                result.asked += sorted(candidate.written.intersection(candidate.entries), key=repr)
            if result.asked:
                return result
        if case.closure:
            files = [Path(file) for file in case.closure_of]
            Path(case.closure).write_bytes(closure(files, candidate))
        self._steps(candidate, case, result)
        return result

    def _steps(self, candidate: Candidate, case: WeighingCase, found: WeighingResult) -> None:
        with _step(found, "compare"):
            # How much of the library is in the cache is no part of the verdict; what is used is.
            used = len(candidate.reach(candidate.entries)) - len(candidate.entries)
            found.counts = {"own": len(candidate.entries), "used": used}
            found.findings += compare.redefinitions(candidate)
            proved, complaints = compare.targets(candidate, case.target, case.any_target)
            found.targets = [] if self.settings.references else proved
            found.findings += complaints
        with _step(found, "axioms"):
            found.axioms, complaints = compare.axioms(candidate)
            found.findings += complaints
            found.details["axioms"] = ", ".join(found.axioms) or "none"
        with _step(found, "mask"):
            found.findings += self.mask.findings(candidate, case.source.decode())
            found.details["mask"] = self.mask.description
            if self.settings.references:
                found.details["mask"] += ": the references are visible"
        with _step(found, "definitions"):
            found.definitions, complaints = compare.definitions(candidate, proved)
            found.findings += complaints
            found.details["definitions"] = f"{len(found.definitions)} invented"
            found.theorems = compare.theorems(candidate)


@contextlib.contextmanager
def _step(found: WeighingResult, name: str) -> Iterator[None]:
    """Say which step has begun, take its time, and keep its findings to a number."""
    sys.stdout.buffer.write(_STEP + name.encode() + b"\n")
    sys.stdout.buffer.flush()
    before, started = len(found.findings), time.monotonic()
    yield
    found.seconds[name] = round(time.monotonic() - started, 3)
    more = len(found.findings) - before - MOST_FINDINGS
    if more > 0:
        del found.findings[before + MOST_FINDINGS :]
        found.findings.append(Finding(name, f"and {more} more"))


def main(argument: str) -> int:
    """Load, wait for the case on standard input, answer."""
    scale = _Scale(msgspec.json.decode(argument, type=WeighingSettings))
    data = sys.stdin.buffer.read()
    if not data:
        return 0
    found = scale.weigh(msgspec.msgpack.decode(data, type=WeighingCase))
    sys.stdout.buffer.write(_DONE + msgspec.msgpack.encode(found))
    return 0


if __name__ == "__main__":
    status = main(sys.argv[1])
    sys.stdout.flush()
    os._exit(status)  # what it built is large, and need not be taken down piece by piece
