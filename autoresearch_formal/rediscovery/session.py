"""One call of ``autoresearch rediscover``: judge, compare, write, judge again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autoresearch_formal.console import progress
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge import Judge
from autoresearch_formal.judge.certificate import Certificate
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.lean.toolchain import Toolchain
from autoresearch_formal.rediscovery.engine import Budget, Comparison, Invention, Library
from autoresearch_formal.rediscovery.sources import SUFFIX, Gate, Job, Source, Worth
from autoresearch_formal.rediscovery.write import Written, file_text

Say = Callable[[str], None]


@dataclass(slots=True)
class Row:
    """One invention in the result: what it is, and the theorem that says so."""

    invention: Invention
    worth: Worth

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "invention": self.invention.name,
            "kind": self.invention.kind,
            "type": self.invention.type,
            "relation": self.invention.relation,
            "note": self.invention.note,
            "saved": self.worth.saved,
            "uses": self.worth.uses,
            "findings": [
                {
                    "relation": f.relation,
                    "concept": f.reference.concept,
                    "reference": f.reference.side.constant,
                    "year": f.reference.year,
                    "theorem": f.theorem.name if f.theorem else None,
                    "statement": f.statement.text,
                    "models": f.models,
                    "separating_model": f.separating,
                }
                for f in self.invention.findings
            ],
        }


@dataclass(slots=True)
class Outcome:
    """The comparison of one file."""

    source: Source
    rows: list[Row]
    file: Path | None = None
    certificate: Certificate | None = None

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        return {
            "file": str(self.source.path),
            "written": str(self.file) if self.file else None,
            "verdict": self.certificate.verdict if self.certificate else None,
            "inventions": [row.to_json() for row in self.rows],
        }

    @property
    def ok(self) -> bool:
        """Whether the judge accepted every theorem, if there are any."""
        return self.certificate is None or self.certificate.ok


class Session:
    """Compares the sources of a job, each in a fresh, unmasked environment."""

    def __init__(self, toolchain: Toolchain, budget: Budget, say: Say) -> None:
        self.toolchain = toolchain
        self.budget = budget
        self.say = say

    def run(self, job: Job, out: Path | None) -> list[Outcome]:
        """All sources. Raises `Negative` if the judge refuses one."""
        gate = Gate(self.toolchain, job.cutoff, self.say)
        for source in job.sources:
            gate.admit(source, job.run)
        with Gym(workers=1, toolchain=self.toolchain, modules=["Reconstruct.Reference"]) as gym:
            library = Library(gym)
            outcomes = [self._one(library, source, out) for source in job.sources]
        written = [o for o in outcomes if o.file is not None]
        if written:
            judge = Judge(self.toolchain, references=True, say=self.say)
            for outcome in written:
                assert outcome.file is not None
                outcome.certificate = judge.verify(outcome.file)
        return outcomes

    def _one(self, library: Library, source: Source, out: Path | None) -> Outcome:
        comparison = Comparison(library, source.text, self.budget, self.say)
        rows = []
        theorems: list[Written] = []
        with progress() as bar:
            task = bar.add_task("definitions", total=len(comparison.declarations))
            for invention in comparison.inventions():
                short = invention.name.rpartition(".")[2]
                row = Row(invention, source.worth.get(short, Worth()))
                theorems += [f.theorem for f in invention.findings if f.theorem]
                rows.append(row)
                bar.advance(task)
        outcome = Outcome(source, rows)
        if theorems:
            outcome.file = self._write(source, out, theorems)
        return outcome

    def _write(self, source: Source, out: Path | None, theorems: list[Written]) -> Path:
        folder = out or source.path.parent
        file = folder / (source.path.stem + SUFFIX)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            file.write_text(file_text(source.text, source.path.stem, theorems), encoding="utf-8")
        except OSError as fault:
            raise UsageFault(f"{file}: can't be written ({fault.strerror})") from None
        return file
