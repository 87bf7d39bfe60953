"""Which names there are: declarations of the project and what the mask and its table speak of."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator

from autoresearch_formal.mask.chronology import Chronology
from autoresearch_formal.mask.imports import SourceRoot
from autoresearch_formal.mask.model import Mask

_COMMAND = re.compile(
    r"^[ \t]*(?:@\[[^\]\n]*\][ \t]*)?"
    r"(?:(?:private|protected|noncomputable|public|scoped|partial) +)*"
    r"(namespace|section|end|theorem|lemma|def|abbrev|structure|inductive|class|opaque|instance)\b"
    r"[ \t]*([^\s:({\[]*)",
    re.MULTILINE,
)


def declared_in(text: str) -> Iterator[str]:
    """Full names of what a Lean text declares, as far as its lines show it."""
    scopes: list[str] = []
    for command in _COMMAND.finditer(text):
        word, name = command.groups()
        if word in ("namespace", "section"):
            scopes.append(name if word == "namespace" else "")
        elif word == "end":
            if scopes:
                scopes.pop()
        elif name:
            yield ".".join([*filter(None, scopes[-20:]), name])


def names_of_project(roots: Iterable[SourceRoot]) -> set[str]:
    """Full names of what the source trees declare."""
    return {
        name
        for root in roots
        for _, path in root.files()
        for name in declared_in(path.read_text(encoding="utf-8", errors="replace"))
    }


def near_names(name: str, project: Iterable[str], mask: Mask, chronology: Chronology) -> list[str]:
    """Names that differ little from one that nobody knows."""
    spoken_of = {word for concept in chronology for word in (concept.id, *concept.words)}
    known = [*project, *mask.forbidden, *mask.permitted, *mask.prefixes, *mask.allowed_modules]
    by_fold = {word.casefold(): word for word in (*spoken_of, *known)}
    last = {word.rpartition(".")[2].casefold(): word for word in known}
    found = difflib.get_close_matches(name.casefold(), by_fold, 3, 0.75)
    near = [by_fold[fold] for fold in found]
    near += [last[x] for x in difflib.get_close_matches(name.casefold(), last, 3, 0.8)]
    return list(dict.fromkeys(near))[:3]
