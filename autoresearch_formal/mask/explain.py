"""Why a name, a module or a word is hidden or visible."""

from __future__ import annotations

from dataclasses import dataclass

from autoresearch_formal.lean.project import PACKAGE, project_root
from autoresearch_formal.mask.chronology import Chronology, Concept
from autoresearch_formal.mask.imports import SourceRoot, matches
from autoresearch_formal.mask.known import names_of_project
from autoresearch_formal.mask.listing import load, public_name
from autoresearch_formal.mask.model import Mask
from autoresearch_formal.mask.scan import scan


@dataclass(frozen=True)
class Explanation:
    """Whether something is hidden, one sentence for each reason, and the concepts it touches."""

    hidden: bool
    known: bool
    """Whether anything that was looked through has such a name."""
    reasons: tuple[str, ...]
    concepts: tuple[Concept, ...]


def explain(name: str, mask: Mask, chronology: Chronology) -> Explanation:
    """Look `name` up as a declaration, a module, a namespace and a word, in that order."""
    reasons: list[str] = []
    touched: dict[str, Concept] = {}
    hidden = False

    def touch(identifier: str) -> None:
        if identifier in chronology.by_id:
            touched.setdefault(identifier, chronology.by_id[identifier])

    why = mask.why(name)
    if why is not None:
        hidden = True
        touch(why.concept.id)
        reasons.append(f"as a declaration it belongs to {why}")
        if name in mask.permitted:
            reasons.append(f"inside a proof it is permitted: {mask.permitted[name]}")
    if name in mask.forbidden_modules:
        hidden = True
        reasons.append(f"as a module it may not be imported: {mask.forbidden_modules[name]}")
    elif name in mask.allowed_modules:
        reasons.append("as a module it may be imported")
    for leak in scan(name, mask):
        hidden = True
        touch(leak.concept.id)
        reasons.append(f"in a text, {leak.text!r} is {leak.rule} of {leak.concept}")
    for concept in chronology:
        if concept.id not in touched and _belongs(name, concept):
            touched[concept.id] = concept
            if concept.id in mask.granted:
                reasons.append(f"{concept.label} is granted: {mask.granted[concept.id]}")
            elif concept.id not in mask.concepts:
                reasons.append(f"{concept.label} was known by {concept.when}")
    known = (
        hidden
        or name in mask.allowed_modules
        or any(_called(name, concept) for concept in chronology)
        or declared(name)
    )
    if not reasons:
        reasons.append("nothing in the chronology speaks of it")
    return Explanation(hidden, known, tuple(reasons), tuple(touched.values()))


def declared(name: str) -> bool:
    """Whether a listing or the text of this project's library declares such a name."""
    project = names_of_project([SourceRoot(PACKAGE, project_root())])
    return name in load().declarations or any(n == name or n.endswith(f".{name}") for n in project)


def _called(name: str, concept: Concept) -> bool:
    """Whether the table itself has `name`: as a word, a module, a namespace or a declaration."""
    if name.casefold() in (word.casefold() for word in concept.words) or name == concept.id:
        return True
    every = [concept.places(library) for library in ("core", "reference", "mathlib")]
    return any(
        name in places.declarations
        or name in places.namespaces
        or matches(name, places.modules) is not None
        for places in every
    )


def _belongs(name: str, concept: Concept) -> bool:
    """Whether the table gives `name` to the concept, if need be by the namespace it is in."""
    public = public_name(name)
    every = [concept.places(library) for library in ("core", "reference", "mathlib")]
    return (
        _called(name, concept)
        or any(public.startswith(n + ".") for places in every for n in (*places.namespaces,))
        or any(public in places.namespaces for places in every)
    )
