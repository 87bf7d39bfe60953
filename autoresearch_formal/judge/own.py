"""A file of a user's own, compiled: its declarations, their holes, and where all of it stands.

The original (with holes) and a candidate (its completion) are compiled alike, each by
`Reconstruct.Judge.Main own` in a fresh, sandboxed process. What comes back is an export, read as
strictly as any other, and a report. For the original that is the *pin*: what every declaration
says, and each hole with its position and its statement closed over its context.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from autoresearch_formal.judge import process
from autoresearch_formal.judge.certificate import Finding
from autoresearch_formal.judge.export import (
    SORRY,
    MalformedExport,
    Segment,
    declared,
    expressions,
)
from autoresearch_formal.judge.format import Block, Declaration, Theorem
from autoresearch_formal.judge.lean_side import LeanAnswer, LeanSide, last_words
from autoresearch_formal.judge.names import Name, show
from autoresearch_formal.judge.pretty import pretty_closed
from autoresearch_formal.judge.tables import APP, CONST, LAM, LET, NAT, PI, STR

_NUMBERED = re.compile(r"(match|proof|eq|omega|grind|splitter|hcongr|congr_simp)_\d+\Z")
_EQUATION = re.compile(r"eq_(\d+|def|unfold)\Z")
_DEFAULTS = ("_default", "_inherited_default")


class Mode(msgspec.Struct):
    """How `own` takes a file; `Reconstruct.Judge.Own.Mode` says what the fields mean."""

    importable: list[Name]
    guarded: bool = True
    original: bool = False
    trusted: bool = False
    allowed: list[str] = []
    unfold: list[Name] = []


class PinnedHole(msgspec.Struct, frozen=True):
    """A hole of the original: the declaration that it is in, where it stands in the text, whether
    it is a proof or data, and its statement, closed over the variables around it."""

    declaration: str
    line: int
    column: int
    end_line: int
    end_column: int
    kind: str
    statement: str


@dataclass
class OwnFile:
    """What a compiled file declares.

    `declarations` finds the declaration that a name belongs to; `places` its source lines, first
    and last; `written` the names that the source states, as opposed to what Lean derives.
    """

    segment: Segment
    answer: LeanAnswer
    declarations: dict[Name, Declaration] = field(init=False)
    places: dict[Name, tuple[int, int]] = field(init=False)
    written: frozenset[Name] = field(init=False)
    code_holes: frozenset[Name] = field(init=False)
    equations: Mapping[Name, Name] = field(init=False)
    _uses: dict[Name, set[Name]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        names = self.segment.names
        self.declarations = {names[i]: d for d in self.segment.declarations for i in declared(d)}
        self.places = {tuple(n): (first, last) for n, first, last, _ in self.answer.places}
        self.written = frozenset(tuple(n) for n, _, _, own in self.answer.places if own)
        self.code_holes = frozenset(tuple(n) for n in self.answer.code_holes)
        self.equations = {tuple(n): tuple(e) for n, e in self.answer.equations}

    def line(self, name: Name) -> int:
        """The source line of a declaration, 0 if unknown."""
        return self.places.get(name, (0, 0))[0]

    def internal(self, name: Name) -> bool:
        """Whether a name is one that Lean numbers by itself: what has it may be named otherwise in
        another version of the same file."""
        parts = list(name)
        if parts[:1] == ["_private"] and 0 in parts:
            parts = parts[parts.index(0) + 1 :]
        if "_@" in parts:
            return True
        return name not in self.written and any(map(_by_number, parts))

    def required(self) -> list[Name]:
        """The names that a completion must have too: what is written, and all that is not a lemma
        of Lean's making."""
        return [
            name
            for name, d in self.declarations.items()
            if not self.internal(name) and (name in self.written or not isinstance(d, Theorem))
            and not self._on_demand(name)
        ]  # fmt: skip

    def _on_demand(self, name: Name) -> bool:
        return name in self.equations.values()

    def uses(self, name: Name) -> set[Name]:
        """The constants in a declaration."""
        found = self._uses.get(name)
        if found is None:
            found = self._uses[name] = self.segment.constants(expressions(self.declarations[name]))
        return found

    def incomplete(self, name: Name) -> bool:
        """Whether a declaration itself has a hole, in its own term or in a part of it that Lean
        has made a declaration of its own, or in its code (a `partial` function's)."""
        if name in self.code_holes:
            return True
        seen, stack = set(), [name]
        while stack:
            one = stack.pop()
            if one in seen or one not in self.declarations:
                continue
            seen.add(one)
            used = self.uses(one)
            if SORRY in used:
                return True
            stack += [u for u in used if self.internal(u) and self.equation_of(u) is None]
        return False

    def equation_of(self, name: Name) -> Name | None:
        """The declaration that a lemma of Lean's making unfolds: a hole in it is that one's."""
        if name in self.written or not isinstance(self.declarations.get(name), Theorem):
            return None
        if _EQUATION.match(str(name[-1])) is None:
            return None
        for start in range(len(name) - 1):
            if name[start:-1] in self.declarations:
                return name[start:-1]
        return None

    def incomplete_statement(self, name: Name) -> bool:
        """Whether what a declaration says has a hole."""
        d = self.declarations[name]
        types = [x.type for x in d.constants] if isinstance(d, Block) else [d.type]
        return SORRY in self.segment.constants(types)

    def holes(self) -> list[PinnedHole]:
        """Every hole, in the order of the text."""
        found: dict[tuple[object, ...], PinnedHole] = {}
        # A hole is shown where it was written, not where Lean has copied it to.
        for name in sorted(self.declarations, key=self.internal):
            d, owner = self.declarations[name], self._owner(name)
            if self._on_demand(name):
                continue
            for top in expressions(d):
                for hole, key in self._holes_in(owner, top):
                    found.setdefault(key, hole)
        return sorted(found.values(), key=lambda h: (h.line, h.column, h.declaration))

    def _owner(self, name: Name) -> Name:
        """The written declaration that a part made by Lean belongs to."""
        while len(name) > 1 and self.internal(name):
            name = name[:-1]
        return name

    def _holes_in(self, owner: Name, top: int) -> Iterable[tuple[PinnedHole, tuple[object, ...]]]:
        exprs = self.segment.exprs
        stack: list[tuple[int, tuple[int, ...]]] = [(top, ())]
        seen: set[tuple[int, tuple[int, ...]]] = set()
        while stack:
            i, around = stack.pop()
            if (i, around) in seen or len(seen) > _MAX_VISITS:
                continue
            seen.add((i, around))
            sorry = self.segment.hole(i)
            if sorry is not None:
                level, type_, tag = sorry
                place = position(self.segment, tag)
                line = self.line(owner)
                first, last = (place[:2], place[2:]) if place else ((line, 0), (line, 0))
                kind = "proof" if self.segment.levels[level] == ("zero",) else "data"
                text = pretty_closed(self.segment, type_, around, labelled=place is not None)
                hole = PinnedHole(show(owner), *first, *last, kind, text)
                yield hole, (*first, *last) if place else (owner, text)
                continue  # what is in it are copies of other holes
            e = exprs[i]
            code = e[0]
            if code in (LAM, PI):
                stack += [(e[3], (*around, i)), (e[2], around)]
            elif code == LET:
                stack += [(e[4], (*around, i)), (e[3], around), (e[2], around)]
            else:
                stack += [(part, around) for part in self.segment.parts(i)]


_MAX_VISITS = 100_000
"""Only positions and texts of holes are looked for so: a term larger than this has them cut."""


def _by_number(part: str | int) -> bool:
    if isinstance(part, int):
        return True
    if part in _DEFAULTS or part.startswith("_auto"):
        return False
    return part.startswith("_") or _NUMBERED.match(part) is not None


def position(segment: Segment, tag: int | None) -> tuple[int, int, int, int] | None:
    """The place in the text that the label of a hole stands for: line and column, twice."""
    numbers: list[int] = []
    exprs, names = segment.exprs, segment.names
    while tag is not None and exprs[tag][0] == APP:
        function, argument = exprs[tag][1], exprs[tag][2]
        if exprs[function][0] != APP:
            break
        head = exprs[exprs[function][1]]
        if head[0] != CONST or names[head[1]][:2] != ("Lean", "Name"):
            break
        if names[head[1]][-1] == "num":
            number = _literal(segment, argument)
            if number is None:
                return None
            numbers.insert(0, number)
        elif exprs[argument][0] == STR and exprs[argument][1] == "_sorry":
            numbers = []  # what follows this word in the name is no part of the position
        tag = exprs[function][2]
    return (numbers[0], numbers[1], numbers[2], numbers[3]) if len(numbers) >= 4 else None


def _literal(segment: Segment, i: int) -> int | None:
    stack = [i]
    while stack:
        e = segment.exprs[stack.pop()]
        if e[0] == NAT:
            return int(e[1])
        if e[0] == APP:
            stack += [e[1], e[2]]
    return None


def compile_own(
    lean: LeanSide, data: bytes, mode: Mode, limits: process.ProcessLimits, step: str
) -> tuple[OwnFile | None, bytes, Finding | None]:
    """Compile a file in a process of its own: what it declares with the export, or why not.

    Raises:
        MissingTool: if Lean does not start.
    """
    with tempfile.TemporaryDirectory(prefix="autoresearch-own-") as folder:
        file, how = Path(folder) / "Candidate.lean", Path(folder) / "mode.json"
        file.write_bytes(data.removeprefix(b"\xef\xbb\xbf"))
        how.write_bytes(msgspec.json.encode(mode))
        running = lean.start("own", str(how), str(file), limits=limits, read=(file, how))
        outcome, text, answer = running.finish()
    if answer is None:
        return (
            None,
            b"",
            Finding(step, f"the compiler ended without an answer: {last_words(outcome)}"),
        )
    return read_own(text, answer, step)


def read_own(
    text: bytes, answer: LeanAnswer, step: str
) -> tuple[OwnFile | None, bytes, Finding | None]:
    """What an answer of `own` says, or why it says nothing."""
    if not answer.ok:
        said = answer.text.strip().split("\n\n")[0][:1000]
        name = "source" if answer.step in ("header", "parse", "policy") else step
        return None, b"", Finding(name, said, line=answer.line)
    try:
        return OwnFile(Segment.parse(text), answer), text, None
    except MalformedExport as error:
        return None, b"", Finding("export", str(error))
