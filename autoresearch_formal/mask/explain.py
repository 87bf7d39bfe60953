"""Why a name, a module or a word is hidden or visible."""

from __future__ import annotations

import re
from dataclasses import dataclass

from autoresearch_formal.lean.project import PACKAGE, project_root
from autoresearch_formal.mask.chronology import Chronology, Concept
from autoresearch_formal.mask.imports import matches
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
    known = bool(reasons or touched) or declared(name)
    if not reasons:
        reasons.append("nothing in the chronology speaks of it")
    if not known:
        reasons.append(
            "no such name is known: it is no module, no declaration of this project, and none of"
            " Lean's that a mask can concern"
        )
    return Explanation(hidden, known, tuple(reasons), tuple(touched.values()))


def declared(name: str) -> bool:
    """Whether a listing or the text of this project's library declares such a name."""
    if name in load().declarations:
        return True
    last = re.escape(name.rpartition(".")[2])
    pattern = re.compile(
        r"^[^\n-]*\b(?:theorem|lemma|def|abbrev|structure|inductive|class|instance|opaque)\s+"
        rf"(?:[\w.']*\.)?{last}(?![\w.'])",
        re.MULTILINE,
    )
    sources = (project_root() / PACKAGE).rglob("*.lean")
    return any(pattern.search(file.read_text(encoding="utf-8")) for file in sources)


def _belongs(name: str, concept: Concept) -> bool:
    """Whether the table gives `name` to the concept: as a word, a module or a declaration."""
    if name.casefold() in (word.casefold() for word in concept.words) or name == concept.id:
        return True
    public = public_name(name)
    for library in ("core", "reference", "mathlib"):
        places = concept.places(library)
        if name in places.declarations or matches(name, places.modules):
            return True
        if any(public == n or public.startswith(n + ".") for n in places.namespaces):
            return True
    return False
