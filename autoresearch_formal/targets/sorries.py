"""Holes of a person's own Lean file: the file as it was when a run began, and its `sorry`s.

Nothing here reads Lean. Where a hole is and what it stands for, the gym says (`file` in
docs/gym.md); this module turns its answer into goals with places in the text.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.files import read_bytes
from autoresearch_formal.lean.imports import imports
from autoresearch_formal.lean.messages import FileAnswer, FileHole, RestingDeclaration

BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class PinnedFile:
    """A file as it was when it was read; a run works on this text, whatever becomes of the file."""

    path: Path
    data: bytes

    @classmethod
    def read(cls, path: Path) -> PinnedFile:
        """Read a file once. Raises `UsageFault` if it can't be read or is no UTF-8 text."""
        return cls(path, read_bytes(path))

    @cached_property
    def sha256(self) -> str:
        """Hash of the bytes."""
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def written(self) -> str:
        """The text as the file has it, without a byte order mark."""
        return self.data.removeprefix(BOM).decode("utf-8")

    @cached_property
    def text(self) -> str:
        """The text as Lean reads it: lines end with a line feed alone."""
        return self.written.replace("\r\n", "\n")

    @cached_property
    def newline(self) -> str:
        """How most lines of the file end."""
        return "\r\n" if self.written.count("\r\n") * 2 > self.written.count("\n") else "\n"

    @cached_property
    def modules(self) -> tuple[str, ...]:
        """The modules that the file imports, `Init` among them."""
        return tuple(imports(self.text))

    @cached_property
    def _lines(self) -> list[int]:
        """Where each line of `text` starts. Lean knows no line end but the line feed."""
        return [0, *(m.end() for m in re.finditer("\n", self.text))]

    def offset(self, line: int, column: int) -> int:
        """The place in `text` of a line, from 1, and a column, from 0."""
        return self._lines[line - 1] + column

    def place(self, offset: int) -> tuple[int, int]:
        """Line, from 1, and column, from 0, of a place in `text`."""
        line = self.text.count("\n", 0, offset)
        return line + 1, offset - self._lines[line]

    def unchanged(self) -> bool:
        """Whether the file on disk still says the same."""
        try:
            return self.path.read_bytes() == self.data
        except OSError:
            return False

    def edited(self, edits: Sequence[tuple[int, int, str]]) -> bytes:
        """The file with parts of `text` replaced, everything else as it was, to the byte.

        Args:
            edits: start, end and new text of each part; no two overlap.
        """
        found, pieces, at = self.written, [], 0
        ends = [m.start() for m in re.finditer("\r\n", found)]
        for start, end, new in sorted(edits):
            first, last = _with_returns(ends, start), _with_returns(ends, end)
            pieces += [found[at:first], new.replace("\n", self.newline)]
            at = last
        mark = BOM if self.data.startswith(BOM) else b""
        return mark + ("".join(pieces) + found[at:]).encode("utf-8")


def _with_returns(ends: Sequence[int], offset: int) -> int:
    """A place in a text without carriage returns, in the text with those at `ends`."""
    before = 0
    while before < len(ends) and ends[before] - before < offset:
        before += 1
    return offset + before


@dataclass(frozen=True)
class SorryGoal:
    """One `sorry` in a file."""

    file: PinnedFile
    index: int
    """Its number among the `sorry`s of the file, from 0."""
    declaration: str | None
    """Full name of the declaration it stands in; None for an `example`."""
    stated_in: str | None
    """That of the declaration of the command; another where it stands behind `where`."""
    kind: str
    """proposition, data, type, unreached (Lean never comes there) or unknown."""
    start: int
    """Where it starts in the text of the file, in characters."""
    end: int
    command: tuple[int, int]
    """Where the command that it is in starts and ends."""
    tactic: bool
    """Whether it stands for a tactic; else it stands for a term."""
    statement: str = ""
    """What is to be proved, closed over its context; "" if there is nothing to prove."""
    context: int = 0
    """How many leading binders of the statement are in the context at its place."""
    renames: tuple[str, ...] = ()
    """What `rename_i` has to be told there to give the context the names of the binders."""
    reason: str = ""
    """Why there is no proof to look for; "" if there is one."""

    @property
    def path(self) -> Path:
        """The file."""
        return self.file.path

    @property
    def line(self) -> int:
        """Its line, from 1."""
        return self.file.place(self.start)[0]

    @property
    def column(self) -> int:
        """Its column, from 0, in characters."""
        return self.file.place(self.start)[1]

    @property
    def name(self) -> str:
        """What to call it: the declaration, or where the `example` stands."""
        return self.declaration or f"example_{self.line}"


def goals_of(file: PinnedFile, answer: FileAnswer) -> list[SorryGoal]:
    """The goals in the gym's answer to `file`, in the order of the text."""
    return [_goal(file, hole, answer.resting) for hole in answer.holes]


def _goal(file: PinnedFile, hole: FileHole, resting: Sequence[RestingDeclaration]) -> SorryGoal:
    name = hole.decl
    declaration = None if name in ("_example", "[anonymous]") else name
    reason = hole.reason
    if hole.rests_on:
        open_ones = ", ".join(hole.rests_on)
        reason = (
            f"its statement speaks of what is open itself ({open_ones});"
            " --assume-holes takes that as given"
        )
    first, last = hole.command
    above = [r.name for r in resting if r.start == first and f"{name}.".startswith(f"{r.name}.")]
    return SorryGoal(
        file=file,
        index=hole.index,
        declaration=declaration,
        stated_in=min(above, key=len, default=declaration),
        kind=hole.kind,
        start=file.offset(*hole.start),
        end=file.offset(*hole.end),
        command=(file.offset(*first), file.offset(*last)),
        tactic=hole.tactic,
        statement=hole.pp,
        context=hole.context,
        renames=hole.renames,
        reason=reason,
    )


def chosen(goals: Sequence[SorryGoal], name: str | None) -> list[SorryGoal]:
    """The goals in the declarations that a name may mean; all without a name.

    A name is a declaration's full name or an ending of it that starts after a dot; what stands
    behind `where` belongs to its declaration. Raises `UsageFault` if there is none.
    """
    if name is None:
        return list(goals)
    found = [g for g in goals if _means(name, g.declaration) or _means(name, g.stated_in)]
    if not found:
        path = goals[0].path
        there = ", ".join(dict.fromkeys(goal.declaration or "example" for goal in goals))
        raise UsageFault(f"{path}: no `sorry` in a declaration {name!r}; there are some in {there}")
    return found


def _means(name: str, declaration: str | None) -> bool:
    return declaration is not None and (declaration == name or declaration.endswith(f".{name}"))


def split_argument(argument: str) -> tuple[Path, str | None]:
    """The file and the declaration that ``FILE.lean`` or ``FILE.lean:name`` names.

    Of several places where the file may end, the first that is a file counts. Raises
    `UsageFault` for anything else.
    """
    ends = [m.start() for m in re.finditer(r"\.lean:(?=.)", argument, re.DOTALL)]
    possible: list[tuple[Path, str | None]] = [
        (Path(argument[: end + len(".lean")]), argument[end + len(".lean:") :]) for end in ends
    ]
    if argument.endswith(".lean"):
        possible.append((Path(argument), None))
    if not possible:
        raise UsageFault(f"{argument!r} is neither FILE.lean nor FILE.lean:name")
    return next((one for one in possible if os.path.isfile(one[0])), possible[0])
