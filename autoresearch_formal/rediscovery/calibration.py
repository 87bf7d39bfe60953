"""How far the comparison can be believed: pairs whose answer is known.

``pairs.toml`` names, for each Lean file beside it, definitions that are equivalent to a reference
concept and near misses that are not.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.sync import Gym
from autoresearch_formal.lean.toolchain import Toolchain
from autoresearch_formal.rediscovery.engine import FileComparison, InventionBudget, ReferenceLibrary
from autoresearch_formal.targets.worlds import World

PAIRS = "pairs.toml"
Pair = Annotated[list[str], Field(min_length=2, max_length=2)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    equivalent: list[Pair] = []
    near: list[Pair] = []


@dataclass(frozen=True, slots=True)
class CalibrationCase:
    """A pair, and whether it is to be found equivalent."""

    file: Path
    invention: str
    concept: str
    equivalent: bool


@dataclass(frozen=True, slots=True)
class CalibrationAnswer:
    """What was found about a pair; `seconds` is CPU time, of this process and of Lean."""

    case: CalibrationCase
    relation: str
    theorem: str
    seconds: float

    @property
    def found(self) -> bool:
        """Whether it was found equivalent."""
        return self.relation == "equivalent"

    @property
    def right(self) -> bool:
        """Whether that is as expected."""
        return self.found == self.case.equivalent


@dataclass(frozen=True, slots=True)
class CalibrationScore:
    """The figures of a calibration."""

    answers: list[CalibrationAnswer]

    @property
    def precision(self) -> float:
        """Share of the pairs found equivalent that are."""
        found = [a for a in self.answers if a.found]
        return sum(a.right for a in found) / len(found) if found else 1.0

    @property
    def recall(self) -> float:
        """Share of the equivalent pairs that were found."""
        wanted = [a for a in self.answers if a.case.equivalent]
        return sum(a.right for a in wanted) / len(wanted) if wanted else 1.0

    def to_json(self) -> dict[str, Any]:
        """As plain data."""
        times = sorted(a.seconds for a in self.answers)
        return {
            "pairs": len(self.answers),
            "equivalent": sum(a.case.equivalent for a in self.answers),
            "near": sum(not a.case.equivalent for a in self.answers),
            "precision": self.precision,
            "recall": self.recall,
            "seconds": {
                "mean": round(sum(times) / max(1, len(times)), 2),
                "max": round(times[-1], 2) if times else 0.0,
            },
            "answers": [
                {
                    "file": a.case.file.name,
                    "invention": a.case.invention,
                    "concept": a.case.concept,
                    "expected": "equivalent" if a.case.equivalent else "not equivalent",
                    "found": a.relation,
                    "theorem": a.theorem,
                    "seconds": round(a.seconds, 2),
                }
                for a in self.answers
            ],
        }


def load(folder: Path) -> list[CalibrationCase]:
    """The pairs of a folder. Raises `UsageFault` naming the file and what is wrong."""
    file = folder / PAIRS
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        entries = TypeAdapter(dict[str, _Entry]).validate_python(table)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise UsageFault(f"{file}: {fault}") from None
    except ValidationError as fault:
        first = fault.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise UsageFault(f"{file}: {place}: {first['msg']}") from None
    cases = []
    for name, entry in entries.items():
        source = folder / f"{name}.lean"
        if not source.is_file():
            raise UsageFault(f"{file}: {name}: there is no {source.name}")
        for pairs, equivalent in ((entry.equivalent, True), (entry.near, False)):
            cases += [CalibrationCase(source, a, b, equivalent) for a, b in pairs]
    return cases


def run(
    cases: list[CalibrationCase],
    toolchain: Toolchain,
    budget: InventionBudget,
    whole: bool = False,
    say: Callable[[str], None] = lambda text: None,
) -> Iterator[CalibrationAnswer]:
    """Compare each pair; with `whole`, each definition with all references, as for a real file.

    Raises:
        UsageFault: if a file does not compile, or has no definition of that name.
    """
    with Gym(workers=1, toolchain=toolchain, modules=[World().reference]) as gym:
        library = ReferenceLibrary(gym)
        meter = library.meter
        concepts = {r.concept for r in library.catalogue.references}
        for file in dict.fromkeys(c.file for c in cases):
            text = file.read_text(encoding="utf-8")
            comparison = FileComparison(library, text, budget, say)
            for case in (c for c in cases if c.file == file):
                if case.concept not in concepts:
                    raise UsageFault(f"{file}: no reference concept {case.concept!r}")
                before = meter.seconds
                only = () if whole else (case.concept,)
                found = list(comparison.inventions([case.invention], only))
                if not found:
                    raise UsageFault(f"{file}: no definition {case.invention!r}")
                fitting = [f for f in found[0].findings if f.reference.concept == case.concept]
                relation = fitting[0].relation if fitting else "new"
                made = fitting[0].theorem if fitting else None
                said = made.text if made else ""
                yield CalibrationAnswer(case, relation, said, meter.seconds - before)
