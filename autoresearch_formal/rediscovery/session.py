"""One call of ``autoresearch rediscover``: judge, compare, write, judge again."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autoresearch_formal.console import progress
from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge import Judge
from autoresearch_formal.judge.certificate import Certificate
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.lean.toolchain import Toolchain
from autoresearch_formal.rediscovery.engine import (
    FileComparison,
    Invention,
    InventionBudget,
    ReferenceLibrary,
)
from autoresearch_formal.rediscovery.sources import (
    SUFFIX,
    ComparisonJob,
    DefinitionSource,
    Gate,
    Worth,
)
from autoresearch_formal.rediscovery.write import WrittenTheorem, file_text
from autoresearch_formal.targets.worlds import World

Say = Callable[[str], None]


@dataclass(slots=True)
class InventionRow:
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
                    "reference": f.reference.claim.constant,
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
class SessionOutcome:
    """The comparison of one file; its theorems are in the file `place`, if there are any."""

    source: DefinitionSource
    place: Path
    rows: list[InventionRow] = field(default_factory=list)
    certificate: Certificate | None = None

    @property
    def theorems(self) -> list[WrittenTheorem]:
        """What was proved."""
        return [f.theorem for row in self.rows for f in row.invention.findings if f.theorem]

    @property
    def file(self) -> Path | None:
        """The file of theorems; None if nothing was proved."""
        return self.place if self.theorems else None

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

    def save(self) -> None:
        """Write what is known so far. Raises `UsageFault` if that can't be done."""
        title = self.source.path.stem
        said = json.dumps(self.to_json(), ensure_ascii=False, indent=2) + "\n"
        try:
            self.place.parent.mkdir(parents=True, exist_ok=True)
            _replace(self.place.with_suffix(".json"), said)
            if self.file is not None:
                _replace(self.place, file_text(self.source.text, title, self.theorems))
            else:
                self.place.unlink(missing_ok=True)
        except OSError as fault:
            raise UsageFault(f"{self.place}: can't be written ({fault.strerror})") from None


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)


class ComparisonSession:
    """Compares the sources of jobs, each in a fresh, unmasked environment.

    What is found is on disk at once: after each definition the file of theorems and a JSON document
    beside it (without a verdict yet) say what is known so far.
    """

    def __init__(self, toolchain: Toolchain, budget: InventionBudget, say: Say) -> None:
        self.toolchain = toolchain
        self.budget = budget
        self.say = say

    def run(self, jobs: Sequence[ComparisonJob], out: Path | None) -> list[list[SessionOutcome]]:
        """All sources of all jobs. Raises `Negative` if the judge refuses one."""
        for job in jobs:
            gate = Gate(self.toolchain, job.cutoff, self.say)
            for source in job.sources:
                gate.admit(source, job.run)
        with Gym(workers=1, toolchain=self.toolchain, modules=[World().reference]) as gym:
            library = ReferenceLibrary(gym)
            told: list[list[SessionOutcome]] = []
            for number, job in enumerate(jobs, 1):
                # files of several runs have the same names
                folder = out / f"{number:03}" if out and len(jobs) > 1 else out
                told.append([self._one(library, source, folder) for source in job.sources])
        judge: Judge | None = None
        for outcome in (o for outcomes in told for o in outcomes):
            if outcome.file is not None:
                judge = judge or Judge(self.toolchain, references=True, say=self.say)
                outcome.certificate = judge.verify(outcome.file)
            outcome.save()
        return told

    def _one(
        self, library: ReferenceLibrary, source: DefinitionSource, out: Path | None
    ) -> SessionOutcome:
        folder = out or source.path.parent
        outcome = SessionOutcome(source, folder / (source.path.stem + SUFFIX))
        comparison = FileComparison(library, source.text, self.budget, self.say)
        outcome.save()
        with progress() as bar:
            task = bar.add_task("definitions", total=len(comparison.declarations))
            for invention in comparison.inventions():
                short = invention.name.rpartition(".")[2]
                outcome.rows.append(InventionRow(invention, source.worth.get(short, Worth())))
                outcome.save()
                bar.advance(task)
        return outcome
