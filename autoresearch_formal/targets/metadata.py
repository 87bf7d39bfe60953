"""Load and check a world's TOML file, which says what is known about each target."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.targets.worlds import World

LEVELS = {
    0: "warm-ups",
    1: "from the laws of an operation",
    2: "structure",
    3: "theory",
    4: "summits",
}
"""What each level of difficulty is called."""


@dataclass(frozen=True)
class Target:
    """A statement to reconstruct, with what readers want to know and policies must not.

    `statement` is the Lean constant, a proposition declared in `module`; `year`, `who` and
    `source` say who first stated it clearly and where; `human_path` is how people prove it;
    `hides` names the declarations of the references which the usual proof needs; `concrete` says
    that the statement is about one or two given systems, with no variable for an operation.
    """

    id: str
    statement: str
    level: int
    subject: str
    year: int
    who: str
    source: str
    human_path: str
    hides: tuple[str, ...]
    module: str
    concrete: bool

    @property
    def name(self) -> str:
        """The short Lean name: ``X`` where the statement is ``Reconstruct.X.Statement``."""
        return self.statement.removeprefix("Reconstruct.").removesuffix(".Statement")


_Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^\S(.*\S)?$")]
_Component = r"[A-Za-z_][A-Za-z0-9_']*"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _Entry(_Strict):
    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    statement: Annotated[str, StringConstraints(pattern=rf"^Reconstruct\.{_Component}\.Statement$")]
    level: Annotated[int, Field(ge=min(LEVELS), le=max(LEVELS))]
    year: Annotated[int, Field(ge=-600, le=2100)]
    who: _Line
    where: _Line
    human_path: _Line
    hides: list[Annotated[str, StringConstraints(pattern=rf"^{_Component}(\.{_Component})*$")]]


class _Subject(_Strict):
    name: Annotated[str, StringConstraints(pattern=r"^[a-z]+(-[a-z]+)*$")]
    title: _Line
    module: Annotated[
        str, StringConstraints(pattern=rf"^Reconstruct\.{_Component}\.Target(\.{_Component})+$")
    ]
    concrete: bool = False
    target: Annotated[list[_Entry], Field(min_length=1)]


class _File(_Strict):
    subject: Annotated[list[_Subject], Field(min_length=1)]


def load(path: Path | None = None) -> list[Target]:
    """All targets of a world's file (the default world's if none is named), in its order.

    Raises `UsageFault` with file, line and field if the file can't be read, is not TOML, has a
    field that is missing, unknown or of the wrong kind, or gives one id, statement, subject name
    or module twice.
    """
    path = World().file if path is None else path
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageFault(f"{path}: can't be read ({error})") from error
    try:
        file = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise UsageFault(f"{path}: not TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        line, field = _place(text, first["loc"])
        raise UsageFault(f"{path}:{line}: {field}: {first['msg']}") from error
    _refuse_doubles(path, text, file)
    return [
        Target(
            id=entry.id,
            statement=entry.statement,
            level=entry.level,
            subject=subject.name,
            year=entry.year,
            who=entry.who,
            source=entry.where,
            human_path=entry.human_path,
            hides=tuple(entry.hides),
            module=subject.module,
            concrete=subject.concrete,
        )
        for subject in file.subject
        for entry in subject.target
    ]


def _refuse_doubles(path: Path, text: str, file: _File) -> None:
    seen: dict[tuple[str, str], None] = {}
    for loc, value in _unique_values(file):
        key = (str(loc[-1]), value)
        if key in seen:
            line, field = _place(text, loc)
            raise UsageFault(f"{path}:{line}: {field}: {value!r} is there twice")
        seen[key] = None


def _unique_values(file: _File) -> Iterator[tuple[tuple[int | str, ...], str]]:
    for i, subject in enumerate(file.subject):
        yield ("subject", i, "name"), subject.name
        yield ("subject", i, "module"), subject.module
        for j, entry in enumerate(subject.target):
            yield ("subject", i, "target", j, "id"), entry.id
            yield ("subject", i, "target", j, "statement"), entry.statement


def _place(text: str, loc: Sequence[int | str]) -> tuple[int, str]:
    """The line (from 1) and the dotted name of the field at `loc`, a path as pydantic gives it.

    `tomllib` keeps no line numbers, so the headers are counted in the text. A field that is missing
    is placed at the header of its table.
    """
    subject = loc[1] if len(loc) > 1 and isinstance(loc[1], int) else None
    entry = loc[3] if len(loc) > 3 and isinstance(loc[3], int) else None
    names = [part for part in loc if isinstance(part, str)]
    at_subject = at_entry = -1
    header = 1
    for number, line in enumerate(text.splitlines(), start=1):
        if re.match(r"\s*\[\[\s*subject\s*\]\]", line):
            at_subject, at_entry = at_subject + 1, -1
        elif re.match(r"\s*\[\[\s*subject\s*\.\s*target\s*\]\]", line):
            at_entry += 1
        elif not (
            at_subject == subject
            and at_entry == (-1 if entry is None else entry)
            and re.match(rf"\s*{re.escape(names[-1])}\s*=", line)
        ):
            continue
        else:
            return number, ".".join(names)
        if at_subject == subject and at_entry == (-1 if entry is None else entry):
            header = number
    return header, ".".join(names)
