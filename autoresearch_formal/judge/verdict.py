"""The verdict on one file: the steps in order, the second kernel running beside the compiler."""

from __future__ import annotations

import contextlib
import hashlib
import tempfile
import time
import unicodedata
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge import certificate as cert
from autoresearch_formal.judge import compare, official, process, second, weigh
from autoresearch_formal.judge.certificate import Certificate, Finding, StepVerdict
from autoresearch_formal.judge.extras import Extras
from autoresearch_formal.judge.lean_side import LeanAnswer, LeanSide, last_words, own_hash
from autoresearch_formal.judge.library import (
    LibraryStore,
    PristineLibrary,
    Say,
    reference_parts,
    visible_parts,
)
from autoresearch_formal.judge.masking import MaskCheck
from autoresearch_formal.judge.names import show
from autoresearch_formal.judge.second import KernelVerdict, SecondKernel
from autoresearch_formal.judge.source import precheck, read_source
from autoresearch_formal.judge.weigh import Weighing, WeighingCase, WeighingResult, WeighingSettings
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import Toolchain, select
from autoresearch_formal.printable import printable

COMPILE_LIMITS = process.ProcessLimits(seconds=180, memory=3 << 30, output=64 << 20)
KERNEL_LIMITS = process.ProcessLimits(seconds=120, memory=4 << 30, stack=512 << 20)


@dataclass(frozen=True)
class Budget:
    """Limits of a verdict: the compiler's, the second kernel's, the judge's own reasoning's."""

    compile: process.ProcessLimits = COMPILE_LIMITS
    kernel: process.ProcessLimits = KERNEL_LIMITS
    weigh: process.ProcessLimits = weigh.LIMITS


class Judge:
    """Judges files against one library and toolchain; each file in processes of its own.

    Args:
        toolchain: the Lean that compiles candidates.
        root: the Lean project.
        cutoff: year of the mask; None leaves the mask out (for files that do not claim one).
        fresh: replay the whole library with each file, instead of its types only.
        references: let files import the masked references: for statements that compare inventions
            with them. No mask applies, and such a file is never said to prove a target.
        any_target: a file that proves no target at all is refused.
        guarded: False leaves the source policy out, to test that later steps hold on their own.
        ahead: start the replay of the library while the file is being compiled.
        budget: limits for each file.
        say: told what is going on, for people.
    """

    def __init__(
        self,
        toolchain: Toolchain | None = None,
        *,
        root: Path | None = None,
        cutoff: int | None = None,
        fresh: bool = False,
        references: bool = False,
        any_target: bool = False,
        guarded: bool = True,
        ahead: bool = True,
        budget: Budget | None = None,
        say: Say = lambda text: None,
    ) -> None:
        if references and cutoff is not None:
            raise UsageFault("a file that may see the references has no cutoff")
        self.toolchain = toolchain or select()
        self.budget = budget or Budget()
        self._lean = LeanSide(self.toolchain, root or project_root())
        parts = reference_parts() if references else visible_parts()
        self._store = LibraryStore(self._lean, say, parts)
        self._fresh = fresh
        self._references = references
        self._any_target = any_target
        self._guarded = guarded
        self._ahead = ahead
        self._cutoff = cutoff
        with ThreadPoolExecutor(1) as pool:
            # Hashing the kernel's library takes as long as looking for the Lean library.
            checking = pool.submit(second.check_library)
            self.library: PristineLibrary = self._store.open()
            self._kernel_hash = checking.result()
        self._own_hash = own_hash(self._lean)
        self._extras = Extras(self._store, self.library)
        self._mask = MaskCheck.at(cutoff, self._lean.root)
        self._settings = WeighingSettings(
            str(self.library.folder.resolve()),
            self.toolchain.commit,
            str(self._lean.root.resolve()),
            cutoff,
            references,
        )

        self._waiting: tuple[Weighing, SecondKernel] | None = None

    def warm(self) -> None:
        """Start the processes in which the next verdict is found, so that they load the library
        before they are needed. Like all, they serve one verdict."""
        self._waiting = self._waiting or self.processes()

    def close(self) -> None:
        """End what `warm` has started."""
        if self._waiting is not None:
            for one in self._waiting:
                one.cancel()
        self._waiting = None

    def processes(self) -> tuple[Weighing, SecondKernel]:
        """The two processes that wait for an export, with the library loaded."""
        waiting, self._waiting = self._waiting, None
        return waiting or (
            Weighing(self._settings, self.budget.weigh),
            SecondKernel([self.library.export(full=self._fresh)], self.budget.kernel),
        )

    def verify(
        self, path: Path, target: str | None = None, *, export: Path | None = None
    ) -> Certificate:
        """Judge one file.

        Args:
            path: the Lean file.
            target: the target that it must prove; without it, a file that is named after a target
                must prove that one.
            export: where to write its declarations with all that they use, if it gets that far.

        Raises:
            UsageFault: if the file can't be read, there is no such target, or one is asked of a
                file that may see the references.
        """
        if self._references and target is not None:
            raise UsageFault("a file that may see the references proves no target")
        known = compare.statements(self.library.entries)
        if target is not None and target not in known:
            raise UsageFault(f"the library has no target {target!r}")
        if target is None and not self._references:
            target = compare.named_target(path.name, known)
        return _Case(self, path, read_source(path), target, export).run()

    def own_export(self, path: Path) -> bytes:
        """The export of what one file declares, empty if it does not get that far."""
        case = _Case(self, path, read_source(path), None, None)
        text, answer = case.compile()
        return text if answer else b""


class _Case:
    """One file on its way through the steps."""

    def __init__(
        self, judge: Judge, path: Path, data: bytes, target: str | None, export: Path | None
    ) -> None:
        self._judge = judge
        self._data = data
        self._target = target
        self._export = export
        self._steps = {name: StepVerdict(name) for name in cert.STEPS}
        self._certificate = Certificate(
            format=cert.FORMAT,
            verdict="no",
            file=printable(path.name),
            asked=target or ("any target" if judge._any_target else ""),
            summary="",
            findings=[],
            targets=[],
            theorems=[],
            definitions=[],
            axioms=[],
            toolchain={
                "name": judge.toolchain.name,
                "version": judge.toolchain.version,
                "commit": judge.toolchain.commit,
            },
            kernel={"name": second.NAME, "sha256": judge._kernel_hash},
            hashes={
                "source": hashlib.sha256(data).hexdigest(),
                "library": judge.library.key,
                "mask": judge._mask.hash,
                "judge": judge._own_hash,
            },
            unicode=unicodedata.unidata_version,
            counts={},
            steps=list(self._steps.values()),
            cutoff=judge._cutoff,
        )

    def run(self) -> Certificate:
        c = self._certificate
        with self._step("source") as step:
            finding = precheck(self._data)
            if finding:
                c.findings.append(finding)
            step.detail = "" if self._judge._guarded else "the policy is switched off"
        if not c.findings:
            with contextlib.ExitStack() as stack:
                started: list[tuple[Weighing, SecondKernel]] = []

                def ahead() -> None:
                    if self._judge._ahead:
                        started.append(self._start(stack))

                text, answer = self.compile(ahead)
                if answer is not None:
                    weighing, kernel = started[0] if started else self._start(stack)
                    self._judge_export(text, answer, weighing, kernel)
        return self._conclude()

    @contextlib.contextmanager
    def _step(self, name: str) -> Iterator[StepVerdict]:
        step, findings = self._steps[name], self._certificate.findings
        before, started = len(findings), time.monotonic()
        yield step
        step.seconds = round(step.seconds + time.monotonic() - started, 3)
        step.ok = not any(f.step == name for f in findings[before:])

    def _start(self, stack: contextlib.ExitStack) -> tuple[Weighing, SecondKernel]:
        weighing, kernel = self._judge.processes()
        stack.callback(weighing.cancel)
        stack.callback(kernel.cancel)
        return weighing, kernel

    def compile(self, ahead: Callable[[], None] = lambda: None) -> tuple[bytes, LeanAnswer | None]:
        """Compile and export; None if that ended in a finding.

        `ahead` is called once Lean has been loaded: until then its threads want both cores.
        """
        c, judge = self._certificate, self._judge
        with self._step("compile") as step:
            with tempfile.TemporaryDirectory(prefix="autoresearch-candidate-") as folder:
                file = Path(folder) / "Candidate.lean"
                file.write_bytes(self._data)
                mode = "references" if judge._references else "candidate"
                mode = mode if judge._guarded else "unguarded"
                running = judge._lean.start(
                    mode, str(file), limits=judge.budget.compile, read=(file,)
                )
                running.wait_for_begin()
                ahead()
                outcome, text, answer = running.finish()
            if answer is None:
                why = f"the compiler ended without an answer: {last_words(outcome)}"
                c.findings.append(Finding("compile", why))
            elif not answer.ok:
                name = {"elab": "compile", "export": "export"}.get(answer.step, "source")
                first = answer.text.strip().split("\n\n")[0][:1000]
                c.findings.append(Finding(name, first, line=answer.line))
                if name != "compile":
                    self._steps[name].ok = False
                if name == "source":
                    self._steps["compile"].detail = "refused before anything was elaborated"
            confined = getattr(judge.toolchain, "sandboxed", True)
            version = f"{judge.toolchain.name} Lean {judge.toolchain.version}"
            step.detail = step.detail or (version if confined else f"{version}, not confined")
        if answer is None or not answer.ok:
            if c.findings[-1].step != "compile":
                self._steps["compile"].ok = None
            return text, None
        return text, answer

    def _judge_export(
        self, text: bytes, answer: LeanAnswer, weighing: Weighing, kernel: SecondKernel
    ) -> None:
        """All that follows the compiler: the judge's own reasoning, and the second kernel."""
        judge = self._judge
        case = WeighingCase(
            self._data, text, answer.places, answer.remarks, self._target, judge._any_target
        )
        if self._export is not None:
            case.closure = str(self._export.resolve())
            case.closure_of = [str(judge.library.export(full=True))]
        weighed = weighing.finish(case)
        more: list[Path] = []
        if weighed.asked:
            # Declarations of the toolchain that the library does not use.
            extension = judge._extras.needed(weighed.asked)
            case.asked_before = True
            if extension is not None:
                case.extra, more = str(extension.index), [extension.export]
                case.closure_of += map(str, more)
            weighed = Weighing(judge._settings, judge.budget.weigh).finish(case)
        if weighed.mask != judge._mask.hash and not weighed.findings:
            raise UsageFault("the library was changed while it was being used: judge again")
        self._take(weighed)
        if weighed.counts:  # else it was not even read to its end
            self._replay(text, more, kernel, answer)

    def _take(self, weighed: WeighingResult) -> None:
        c = self._certificate
        c.findings += weighed.findings
        c.targets, c.theorems = weighed.targets, weighed.theorems
        c.definitions, c.axioms, c.counts = weighed.definitions, weighed.axioms, weighed.counts
        for name, seconds in weighed.seconds.items():
            step = self._steps[name]
            step.detail, step.seconds = weighed.details.get(name, ""), seconds
            step.ok = True
        for finding in weighed.findings:
            self._steps[finding.step].ok = False

    def _replay(
        self, text: bytes, more: list[Path], kernel: SecondKernel, answer: LeanAnswer
    ) -> None:
        c, judge = self._certificate, self._judge
        with self._step("kernel") as step:
            verdict = self._second_opinion(kernel, text, more)
            step.detail = f"{second.NAME}: {c.counts['own']} declarations, on {c.counts['used']}"
            if not verdict.ok:
                name = f"'{verdict.name}': " if verdict.name else ""
                places = {show(tuple(name)): line for name, line, _, _ in answer.places}
                line = places.get(verdict.name, 0)
                c.findings.append(Finding("kernel", name + verdict.why, verdict.name, line))
            c.findings += official.complaints(
                judge.toolchain, judge._lean.root, self._data, judge.budget.compile
            )

    def _second_opinion(self, kernel: SecondKernel, text: bytes, more: list[Path]) -> KernelVerdict:
        verdict = kernel.finish(text, more)
        if verdict.ok or verdict.file != "-" or self._judge._fresh:
            return verdict
        # Some proofs compute through the proof of a library theorem, which the interface lacks.
        judge = self._judge
        again = SecondKernel([judge.library.export(full=True)], judge.budget.kernel)
        return again.finish(text, more)

    def _conclude(self) -> Certificate:
        c = self._certificate
        order = {name: i for i, name in enumerate(cert.STEPS)}
        c.findings.sort(key=lambda f: (order[f.step], f.line, f.name))
        c.verdict = "no" if c.findings else "yes"
        if c.findings:
            c.summary = str(c.findings[0])
        elif c.targets:
            c.summary = "proves " + ", ".join(dict.fromkeys(p.target for p in c.targets))
        else:
            what = "about the references" if self._judge._references else "none of them a target"
            c.summary = f"{len(c.theorems)} honest theorems, {what}"
        return c
