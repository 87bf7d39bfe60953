"""The dated table of concepts: who, when, source, words, and where each lives in Lean.

The table is `chronology.toml`, written by hand. It is read strictly: an unknown key, a missing
source, a dependency on a later concept or a word claimed by two concepts is refused with the
file, the line and the field.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.files import read_text

TABLE = Path(__file__).with_name("chronology.toml")
"""The table shipped with the package."""

EARLIEST, LATEST = -600, 1970
"""Years the table covers. Years before the common era are negative; there is no claim that a
date before 1600 is exact to more than the source cited."""

LibraryName = Literal["core", "reference", "mathlib"]
"""`core`: Lean's own Init and Std; `reference`: our references; `mathlib`: Mathlib."""

_NAME = re.compile(r"[^\s.*]+(\.[^\s.*]+)*")
_PATTERN = re.compile(r"[^\s.*]+(\.[^\s.*]+)*(\.\*)?")

NonEmpty = Annotated[str, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Places(_Strict):
    """Where one library keeps a concept.

    `modules`: module names, or a subtree as ``"Mathlib.GroupTheory.*"``. `namespaces`: every
    declaration below such a name belongs to the concept, and so does the name itself.
    `declarations`: single names.
    """

    modules: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    declarations: tuple[str, ...] = ()

    @field_validator("modules")
    @classmethod
    def _module_patterns(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for item in value:
            if not _PATTERN.fullmatch(item):
                raise ValueError(f"{item!r} is neither a module name nor a subtree 'A.B.*'")
        return value

    @field_validator("namespaces", "declarations")
    @classmethod
    def _names(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for item in value:
            if not _NAME.fullmatch(item):
                raise ValueError(f"{item!r} is not a Lean name")
        return value


class Concept(_Strict):
    """One concept of mathematics and the year in which it was first isolated as such.

    `words` are English words or phrases, singular and lower case apart from proper names; their
    plurals are understood. `fragments` are letter sequences distinctive enough to be recognised
    inside a longer word (``isabeliangroup``). `symbols` are LaTeX commands or single characters.
    `everyday` are phrases in which one of the words keeps a sense older than the concept or one
    that has nothing to do with it ("structure field"). `granted` says why a concept that is
    younger than a cutoff is nevertheless shown; it is empty for nearly all.
    """

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    label: NonEmpty
    who: NonEmpty
    year: Annotated[int, Field(ge=EARLIEST, le=LATEST)]
    source: Annotated[str, Field(min_length=12)]
    subject: Literal[
        "arithmetic",
        "algebra",
        "combinatorics",
        "analysis",
        "logic",
        "groups",
        "fields",
        "rings",
        "linear",
        "sets",
        "order",
        "topology",
        "categories",
    ]
    note: str = ""
    words: tuple[NonEmpty, ...] = ()
    fragments: tuple[Annotated[str, Field(pattern=r"^[a-z]{5,}$")], ...] = ()
    symbols: tuple[NonEmpty, ...] = ()
    everyday: tuple[NonEmpty, ...] = ()
    depends: tuple[str, ...] = ()
    granted: str = ""
    core: Places = Places()
    reference: Places = Places()
    mathlib: Places = Places()

    def places(self, library: LibraryName) -> Places:
        """Where `library` keeps this concept."""
        found: Places = getattr(self, library)
        return found

    def masked_at(self, cutoff: int) -> bool:
        """Whether the concept is younger than `cutoff` and not granted."""
        return self.year > cutoff and not self.granted

    @property
    def when(self) -> str:
        """The year for people: ``300 BC`` or ``1831``."""
        return f"{-self.year} BC" if self.year < 0 else str(self.year)


class _Table(_Strict):
    concept: tuple[Concept, ...]


@dataclass(frozen=True)
class Chronology:
    """All concepts, in the order of the file."""

    concepts: tuple[Concept, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Concept]:
        """Concepts by their `id`."""
        return {concept.id: concept for concept in self.concepts}

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts)

    def __len__(self) -> int:
        return len(self.concepts)

    def masked(self, cutoff: int) -> tuple[Concept, ...]:
        """The concepts hidden at `cutoff`: younger than it and not granted."""
        return tuple(c for c in self.concepts if c.masked_at(cutoff))

    def granted(self, cutoff: int) -> tuple[Concept, ...]:
        """The concepts younger than `cutoff` that are shown all the same, each with its reason."""
        return tuple(c for c in self.concepts if c.year > cutoff and c.granted)

    @staticmethod
    def load(path: Path = TABLE) -> Chronology:
        """Read a table.

        Raises:
            UsageFault: the file is missing, is not TOML, or breaks the schema; the message has
                the file, the line and the field.
        """
        text, raw = read_toml(path)
        try:
            table = _Table.model_validate(raw)
        except ValidationError as error:
            raise UsageFault(describe(path, text, error)) from None
        _consistent(path, text, table.concept)
        return Chronology(table.concept)


def read_toml(path: Path) -> tuple[str, dict[str, Any]]:
    """The text and the data of a TOML file, or a `UsageFault` that names file and line."""
    text = read_text(path)
    try:
        return text, tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageFault(f"{path}: not valid TOML: {error}") from None


def describe(path: Path, text: str, error: ValidationError) -> str:
    """The first fault of a validation as ``file:line: field: what is wrong``."""
    fault = error.errors(include_url=False)[0]
    location = fault["loc"]
    field = ".".join(str(part) for part in location)
    return f"{path}:{line_of(text, location)}: {field}: {fault['msg']}"


def line_of(text: str, location: Sequence[str | int]) -> int:
    """The line of a TOML text that holds `location`, e.g. ``("concept", 3, "year")``.

    tomllib reports no positions for valid files, so the line is found again from the text: the
    n-th ``[[table]]`` header, then the key or the sub-table below it.
    """
    lines = text.splitlines()
    match location:
        case [str() as table, int() as index, *rest]:
            headers = [n for n, line in enumerate(lines) if line.strip() == f"[[{table}]]"]
            if index >= len(headers):
                return 1
            start = headers[index]
            end = headers[index + 1] if index + 1 < len(headers) else len(lines)
        case [*rest]:
            start, end = -1, len(lines)
    for key in rest:
        if not isinstance(key, str):
            continue
        heading = re.compile(rf"\s*(\[.*\.)?{re.escape(key)}\s*[\].=]")
        start = next((n for n in range(start + 1, end) if heading.match(lines[n])), start)
    return max(start, 0) + 1


def _consistent(path: Path, text: str, concepts: Sequence[Concept]) -> None:
    """What the schema cannot say: unique ids and words, and no cause after its effect."""

    def refuse(index: int, field: str, message: str) -> None:
        line = line_of(text, ("concept", index, field))
        raise UsageFault(f"{path}:{line}: concept.{index}.{field}: {message}")

    years: dict[str, int] = {}
    for index, concept in enumerate(concepts):
        if concept.id in years:
            refuse(index, "id", f"{concept.id!r} is already taken")
        years[concept.id] = concept.year
    owners: dict[str, str] = {}
    for index, concept in enumerate(concepts):
        for other in concept.depends:
            if other not in years:
                refuse(index, "depends", f"there is no concept {other!r}")
            if years[other] > concept.year:
                refuse(
                    index,
                    "depends",
                    f"{concept.id!r} ({concept.year}) cannot depend on {other!r} ({years[other]})",
                )
        for word in concept.words:
            key = word.casefold()
            if owners.setdefault(key, concept.id) != concept.id:
                refuse(index, "words", f"{word!r} already belongs to {owners[key]!r}")
    if cycle := _cycle({c.id: c.depends for c in concepts}):
        index = next(i for i, c in enumerate(concepts) if c.id == cycle[0])
        refuse(index, "depends", "a circle: " + " → ".join(cycle))


def _cycle(edges: Mapping[str, Sequence[str]]) -> list[str]:
    """Some circle of `edges` as a list that ends where it begins, or the empty list."""
    done: set[str] = set()
    for start in edges:
        trail: list[str] = []
        stack: list[tuple[str, Iterator[str]]] = [(start, iter(edges[start]))]
        if start in done:
            continue
        trail.append(start)
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                stack.pop()
                trail.pop()
                done.add(node)
            elif following in trail:
                return [*trail[trail.index(following) :], following]
            elif following not in done:
                trail.append(following)
                stack.append((following, iter(edges[following])))
    return []
