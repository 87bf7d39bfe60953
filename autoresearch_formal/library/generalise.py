"""Theorems of a file about concrete systems, as theorems about any."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.lean.messages import (
    Abstract,
    AbstractAnswer,
    Declaration,
    Elab,
    ElabAnswer,
    GymError,
    Import,
    ImportAnswer,
)
from autoresearch_formal.lean.process import ProcessDied
from autoresearch_formal.search.ownfiles import FileReader
from autoresearch_formal.symbolic.concepts.abstraction import GeneralTheorem, SharedLaws
from autoresearch_formal.symbolic.concepts.transfer import Fragment, fragments
from autoresearch_formal.targets import PinnedFile

GENERALISE_MS = 60_000
GENERALISE_HEARTBEATS = 1_000_000
SUFFIX = "in_any"
NAMESPACE = "Reconstruct.Generated"
WIDTH = 100


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
        proof=True,
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


@dataclass(frozen=True, slots=True)
class WrittenLaws:
    """Shared laws and what follows from them, as Lean text that Lean has read."""

    text: str
    kept: tuple[Fragment, ...]
    refused: tuple[tuple[Fragment, str], ...]
    """Declarations that Lean did not take, and why."""


def write_laws(
    reader: FileReader,
    modules: Sequence[str],
    outcomes: Sequence[Generalised],
    shared_lists: Sequence[SharedLaws],
) -> WrittenLaws:
    """A Lean file with every list of shared laws, and what follows for each system.

    The lists keep their numbers. A theorem is stated through the shortest list that gives it.
    """
    theorems = general_theorems(outcomes)
    proofs = {o.answer.decl.name: o.answer.proof for o in outcomes if o.answer and o.answer.proof}
    assert reader.gym is not None
    theory = reader.gym.ask(Import(modules=list(modules)), ImportAnswer).theory
    kept: list[Fragment] = []
    refused: list[tuple[Fragment, str]] = []
    header = "".join(f"import {module}\n" for module in modules if module != "Init")
    opening = f"\nnamespace {NAMESPACE}\n"
    theory = reader.gym.ask(Elab(theory=theory, text=opening), ElabAnswer).theory
    texts: list[str] = []
    stated: set[str] = set()
    for number, shared in sorted(enumerate(shared_lists, 1), key=lambda one: len(one[1].laws)):
        new = [t for t in theorems if t.name not in stated]
        stated |= set(shared.theorems)
        for fragment in fragments(shared, f"Laws{number}", theorems, proofs, new):
            why = ""
            for text in map(folded, fragment.texts):
                request = Elab(
                    theory=theory, text=text, heartbeats=GENERALISE_HEARTBEATS, ms=GENERALISE_MS
                )
                try:
                    theory = reader.gym.ask(request, ElabAnswer).theory
                except GymError as refusal:
                    why = refusal.message.split("\n")[0]
                    continue
                kept.append(fragment)
                texts.append(text)
                break
            else:
                refused.append((fragment, why))
    body = "\n".join(texts)
    return WrittenLaws(f"{header}{opening}\n{body}\nend {NAMESPACE}\n", tuple(kept), tuple(refused))


def folded(text: str) -> str:
    """Lean text without the outer namespace, which is open, and in lines of at most `WIDTH`."""
    outer = NAMESPACE.rpartition(".")[0]
    lines = re.sub(rf"(?<![\w.]){outer}\.", "", text).split("\n")
    out: list[str] = []
    for line in lines:
        indent = len(line) - len(line.lstrip())
        deeper = " " * (indent + (4 if line.startswith(("theorem", "structure")) else 2))
        while len(line) > WIDTH:
            at = line.rfind(" ", indent + 1, WIDTH)
            if at <= len(deeper):
                break
            out.append(line[:at])
            line = deeper + line[at + 1 :]
        out.append(line)
    return "\n".join(out)


def general_theorems(outcomes: Sequence[Generalised]) -> list[GeneralTheorem]:
    """The general theorems among the outcomes."""
    return [o.theorem for o in outcomes if o.theorem is not None]
