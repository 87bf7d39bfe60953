"""Theorems of a file about concrete systems, as theorems about any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.messages import Abstract, AbstractAnswer, Declaration, GymError
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.search.ownfiles import FileReader
from autoresearch_formal.symbolic.concepts.abstraction import GeneralTheorem
from autoresearch_formal.targets import PinnedFile

GENERALISE_MS = 60_000
GENERALISE_HEARTBEATS = 1_000_000
SUFFIX = "in_any"


@dataclass(frozen=True, slots=True)
class GeneraliseOptions:
    """What becomes a variable, and which theorems are followed into their proofs."""

    carriers: tuple[str, ...] = ()
    """Types; without any, those of the statement that do not come with Lean."""
    follow_own: bool = True
    """Follow theorems of the same file."""
    follow: tuple[str, ...] = ()
    """Follow theorems of these modules."""


@dataclass(frozen=True, slots=True)
class Generalised:
    """What became of a theorem."""

    name: str
    answer: AbstractAnswer | None
    theorem: GeneralTheorem | None
    why: str = ""
    """Why it has no general form; "" if it has."""


def generalise(
    reader: FileReader,
    file: PinnedFile,
    name: str | None = None,
    options: GeneraliseOptions | None = None,
) -> list[Generalised]:
    """The general forms of a file's theorems, or of the one that is called `name`.

    Raises:
        UsageFault: if Lean refuses the file, or it has no such theorem, or none at all.
    """
    options = options or GeneraliseOptions()
    declared = reader.declarations(file)
    theorems = [d for d in declared.decls if d.kind == "theorem"]
    chosen = [d for d in theorems if name is None or f".{d.name}".endswith(f".{name}")]
    if not chosen:
        names = ", ".join(d.name for d in theorems[:5]) or "none"
        asked = f"no theorem {name!r}" if name else "no theorem"
        raise UsageFault(f"{file.path}: {asked} in this file; it has {names}")
    return [_one(reader, declared.theory, d, options) for d in chosen]


def _one(
    reader: FileReader, theory: int, declared: Declaration, options: GeneraliseOptions
) -> Generalised:
    request = Abstract(
        theory=theory,
        name=declared.name,
        as_=f"{declared.name}_{SUFFIX}",
        carriers=list(options.carriers),
        own=options.follow_own,
        follow=list(options.follow),
        tree=True,
        ms=GENERALISE_MS,
        heartbeats=GENERALISE_HEARTBEATS,
    )
    assert reader.gym is not None
    try:
        answer = reader.gym.ask(request, AbstractAnswer)
    except GymError as refusal:
        return Generalised(declared.name, None, None, refusal.message.split("\n")[0])
    except ProcessDied as death:
        raise UsageFault(f"Lean ended at {declared.name} ({death.reason})") from None
    return Generalised(declared.name, answer, GeneralTheorem.read(answer))


def systems_of(outcomes: Sequence[Generalised]) -> list[GeneralTheorem]:
    """The general theorems among the outcomes."""
    return [o.theorem for o in outcomes if o.theorem is not None]
