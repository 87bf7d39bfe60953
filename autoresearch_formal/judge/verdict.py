"""The verdict on one file: the steps in order, the second kernel running beside the compiler."""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge import certificate as cert
from autoresearch_formal.judge import compare, official, process, second
from autoresearch_formal.judge.assemble import closure
from autoresearch_formal.judge.certificate import Certificate, Finding, Step
from autoresearch_formal.judge.compare import Candidate
from autoresearch_formal.judge.export import MalformedExport, Segment
from autoresearch_formal.judge.lean_side import Answer, LeanSide, last_words
from autoresearch_formal.judge.library import (
    Library,
    LibraryStore,
    Say,
    reference_parts,
    visible_parts,
)
from autoresearch_formal.judge.masking import MaskCheck
from autoresearch_formal.judge.names import show
from autoresearch_formal.judge.second import KernelVerdict, SecondKernel
from autoresearch_formal.judge.source import precheck
from autoresearch_formal.lean.project import project_root
from autoresearch_formal.lean.toolchain import Toolchain, select

COMPILE_LIMITS = process.Limits(seconds=180, memory=3 << 30, output=64 << 20)
KERNEL_LIMITS = process.Limits(seconds=120, memory=4 << 30, stack=512 << 20)


@dataclass(frozen=True)
class Budget:
    """Limits of a verdict: the compiler's and the second kernel's."""

    compile: process.Limits = COMPILE_LIMITS
    kernel: process.Limits = KERNEL_LIMITS


class Judge:
    """Judges files against one library and toolchain; each file in processes of its own.

    Args:
        toolchain: the Lean that compiles candidates.
        root: the Lean project.
        cutoff: year of the mask; None leaves the mask out (for files that do not claim one).
        fresh: replay the whole library with each file, instead of its types only.
        references: let files import the masked references: for statements that compare inventions
            with them. No mask applies, and such a file is never said to prove a target.
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
        self._guarded = guarded
        self._ahead = ahead
        self._cutoff = cutoff
        with ThreadPoolExecutor(1) as pool:
            # Hashing the kernel's library takes as long as looking for the Lean library.
            checking = pool.submit(second.check_library)
            self.library: Library = self._store.open()
            self._kernel_hash = checking.result()
        self._mask = MaskCheck.at(cutoff, self._lean.root)

    def verify(
        self, path: Path, target: str | None = None, *, export: Path | None = None
    ) -> Certificate:
        """Judge one file.

        Args:
            path: the Lean file.
            target: the target that it must prove.
            export: where to write its declarations with all that they use, if it gets that far.

        Raises:
            UsageFault: if the file can't be read, there is no such target, or one is asked of a
                file that may see the references.
        """
        if self._references and target is not None:
            raise UsageFault("a file that may see the references proves no target")
        known = compare.statements(self.library.entries)
        if target is not None and target not in known:
            close = difflib.get_close_matches(target, known, 3, 0.5)
            hint = f"; did you mean {' or '.join(close)}?" if close else ""
            raise UsageFault(f"there is no target '{target}'{hint}")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UsageFault(f"{path}: {error.strerror or 'cannot be read'}") from None
        return _Case(self, path, data, target, export).run()

    def own_export(self, path: Path) -> bytes:
        """The export of what one file declares, empty if it does not get that far."""
        case = _Case(self, path, path.read_bytes(), None, None)
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
        self._steps = {name: Step(name) for name in cert.STEPS}
        self._certificate = Certificate(
            format=cert.FORMAT,
            verdict="no",
            file=path.name,
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
            },
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
                kernels: list[SecondKernel] = []

                def ahead() -> None:
                    if self._judge._ahead:
                        kernels.append(self._start_kernel(stack))

                text, answer = self.compile(ahead)
                candidate = self._read(text, answer) if answer else None
                if candidate is not None:
                    self._weigh(candidate, text, kernels[0] if kernels else None, stack)
        return self._conclude()

    @contextlib.contextmanager
    def _step(self, name: str) -> Iterator[Step]:
        step, findings = self._steps[name], self._certificate.findings
        before, started = len(findings), time.monotonic()
        yield step
        step.seconds = round(step.seconds + time.monotonic() - started, 3)
        step.ok = not any(f.step == name for f in findings[before:])

    def _start_kernel(self, stack: contextlib.ExitStack) -> SecondKernel:
        judge = self._judge
        kernel = SecondKernel(judge.library.files(full=judge._fresh), judge.budget.kernel)
        stack.callback(kernel.cancel)
        return kernel

    def compile(self, ahead: Callable[[], None] = lambda: None) -> tuple[bytes, Answer | None]:
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

    def _read(self, text: bytes, answer: Answer) -> Candidate | None:
        with self._step("export") as step:
            try:
                segment = Segment.parse(text)
            except MalformedExport as error:
                self._certificate.findings.append(Finding("export", str(error)))
                return None
            step.detail = f"{len(segment.declarations)} declarations"
            library = self._judge.library
            return Candidate(
                segment,
                library.entries,
                library.pins,
                {tuple(name): first for name, first, _, _ in answer.places},
                frozenset(tuple(name) for name, _, _, own in answer.places if own),
                {tuple(name): text for name, text in answer.remarks},
            )

    def _weigh(
        self,
        candidate: Candidate,
        text: bytes,
        kernel: SecondKernel | None,
        stack: contextlib.ExitStack,
    ) -> None:
        c, judge = self._certificate, self._judge
        missing = candidate.missing()
        if missing:
            # Declarations of the toolchain that nobody used before; then the replay starts again.
            judge._store.extend(judge.library, missing)
            candidate.library = judge.library.entries
            kernel = None
        kernel = kernel or self._start_kernel(stack)
        if self._export is not None:
            self._export.write_bytes(closure(judge.library.files(full=True), candidate))
        with self._step("kernel") as step:
            verdict = self._second_opinion(kernel, text)
            # How much of the library is in the cache is no part of the verdict; what is used is.
            used = len(candidate.reach(candidate.entries)) - len(candidate.entries)
            c.counts = {"own": len(candidate.entries), "used": used}
            step.detail = f"{second.NAME}: {c.counts['own']} declarations, on {used}"
            if not verdict.ok:
                name = f"'{verdict.name}': " if verdict.name else ""
                lines = [candidate.line(n) for n in candidate.entries if show(n) == verdict.name]
                line = lines[0] if lines else 0
                c.findings.append(Finding("kernel", name + verdict.why, verdict.name, line))
            c.findings += official.complaints(
                judge.toolchain, judge._lean.root, self._data, judge.budget.compile
            )
        with self._step("compare"):
            c.findings += compare.redefinitions(candidate)
            proved, complaints = compare.targets(candidate, self._target)
            c.targets = [] if judge._references else proved
            c.findings += complaints
        with self._step("axioms") as step:
            c.axioms, complaints = compare.axioms(candidate)
            c.findings += complaints
            step.detail = ", ".join(c.axioms) or "none"
        with self._step("mask") as step:
            c.findings += judge._mask.findings(candidate, self._data.decode())
            step.detail = judge._mask.description
            if judge._references:
                step.detail += ": the references are visible"
        with self._step("definitions") as step:
            c.definitions, complaints = compare.definitions(candidate, proved)
            c.findings += complaints
            step.detail = f"{len(c.definitions)} invented"
        c.theorems = compare.theorems(candidate)

    def _second_opinion(self, kernel: SecondKernel, text: bytes) -> KernelVerdict:
        verdict = kernel.finish(text)
        if verdict.ok or verdict.file != "-" or self._judge._fresh:
            return verdict
        # Some proofs compute through the proof of a library theorem, which the interface lacks.
        judge = self._judge
        again = SecondKernel(judge.library.files(full=True), judge.budget.kernel)
        return again.finish(text)

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
