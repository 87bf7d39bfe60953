"""A proof at the place of a `sorry`: in the layout of the file, under the names that it has there.

The gym states a hole closed over its context, so a script begins with an `intro` of what the text
has in context already, under names that need not be those of the text. `at_place` turns it into
what can stand there; `fillings` are the ways to write that down, the most readable first. Lean says
which of them works.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from autoresearch_formal.search.emit.layout import WIDTH, broken
from autoresearch_formal.targets import PinnedFile, SorryGoal

_NAMES = re.compile(r"(?:«[^»]*»|[^\s«])+")
_BULLETS = re.compile(r"\s*(?:[·.]\s+)*")
_OPENING = re.compile(r"(?:=>|:=|\bby|\bthen|\belse|\bdo)\s*$")


@dataclass(frozen=True, slots=True)
class Filling:
    """A proof that stands at a hole's place."""

    goal: SorryGoal
    start: int
    """From here to the end of the hole the text is replaced."""
    text: str
    before: str = ""
    """Declarations in front of the command that the hole is in."""

    @property
    def edits(self) -> list[tuple[int, int, str]]:
        """What changes in the text of the file."""
        edits = [(self.start, self.goal.end, self.text)]
        if self.before:
            at = self.goal.command[0]
            pad = " " * self.goal.file.place(at)[1]
            edits.append((at, at, f"{self.before}\n\n{pad}"))
        return edits

    @property
    def command(self) -> str:
        """The command with the proof in it, and what stands in front."""
        first, last = self.goal.command
        text = self.goal.file.text
        column = self.goal.file.place(first)[1]
        inside = text[first : self.start] + self.text + text[self.goal.end : last]
        pad = " " * column
        before = f"{pad}{self.before}\n\n" if self.before else ""
        return f"{before}{pad}{inside}"


def filled(file: PinnedFile, fillings: Sequence[Filling]) -> bytes:
    """The file with proofs put in, everything else as it was."""
    return file.edited([edit for filling in fillings for edit in filling.edits])


def at_place(goal: SorryGoal, lines: Sequence[str]) -> list[str]:
    """The script of a closed statement as it can stand at the hole.

    What the context has is not introduced again; what has no name there, or one that is hidden by
    another, gets the name that the script uses.
    """
    head, *rest = lines
    script = list(lines)
    if goal.context:
        names = _NAMES.findall(head)[1:] if head.startswith("intro ") else []
        if len(names) < goal.context:
            raise ValueError(f"the script does not introduce its context: {head!r}")
        own = names[goal.context :]
        script = [f"intro {' '.join(own)}", *rest] if own else rest
    said = set(_NAMES.findall(re.sub(r"[^\w'!?«».₀-₉ ]", " ", "\n".join(script))))
    said |= {part for word in said for part in word.split(".")}
    renames = [name if name in said or name == "_" else "_" for name in goal.renames]
    first = next((k for k, name in enumerate(renames) if name != "_"), len(renames))
    naming = [f"rename_i {' '.join(renames[first:])}"] if renames[first:] else []
    return [*naming, *script]


def fillings(goal: SorryGoal, lines: Sequence[str], before: str = "") -> Iterator[Filling]:
    """Ways to write a proof at a hole's place, the most readable first."""
    script = at_place(goal, lines)
    seen: set[tuple[int, str]] = set()
    for found in _as_tactic(goal, script) if goal.tactic else _as_term(goal, script):
        if (found.start, found.text) not in seen:
            seen.add((found.start, found.text))
            yield replace(found, before=before)


@dataclass(frozen=True, slots=True)
class _Line:
    """The line of a hole: what stands before it and after it, and where its text begins."""

    head: str
    tail: str
    base: int

    @classmethod
    def of(cls, goal: SorryGoal) -> _Line:
        text = goal.file.text
        first = text.rfind("\n", 0, goal.start) + 1
        last = text.find("\n", goal.end)
        head = text[first : goal.start]
        bullets = _BULLETS.match(head)
        tail = text[goal.end : last if last >= 0 else len(text)]
        return cls(head, tail.rstrip(), len(bullets[0]) if bullets else 0)


def _as_tactic(goal: SorryGoal, script: Sequence[str]) -> Iterator[Filling]:
    line = _Line.of(goal)
    column = len(line.head)
    alone = line.base == column
    if len(script) == 1 and not _long(line, script[0]):
        yield Filling(goal, goal.start, script[0])
    for wide in (False, True):
        if alone:
            yield Filling(goal, goal.start, _block(script, column, wide))
        if _OPENING.search(line.head):
            yield from _below(goal, line, script, wide)
        inside = _block(script, column + 1, wide)
        yield Filling(goal, goal.start, f"({inside})")


def _as_term(goal: SorryGoal, script: Sequence[str]) -> Iterator[Filling]:
    line = _Line.of(goal)
    only = script[0] if len(script) == 1 else ""
    term = re.fullmatch(r"exact ([^\n]+)", only)
    written = [term[1], f"({term[1]})"] if term else []
    if only:
        written += [f"by {only}", f"(by {only})"]
    for text in written:
        if not _long(line, text):
            yield Filling(goal, goal.start, text)
    for wide in (False, True):
        for more in (2, 4, 6):
            inside = _block(script, line.base + more, wide)
            pad = " " * (line.base + more)
            yield Filling(goal, goal.start, f"by\n{pad}{inside}")
            yield Filling(goal, goal.start, f"(by\n{pad}{inside})")


def _below(goal: SorryGoal, line: _Line, script: Sequence[str], wide: bool) -> Iterator[Filling]:
    """The script on lines of its own; blanks before the hole go."""
    start = goal.start - (len(line.head) - len(line.head.rstrip()))
    for more in (2, 4, 6):
        column = line.base + more
        yield Filling(goal, start, f"\n{' ' * column}{_block(script, column, wide)}")


def _block(script: Sequence[str], column: int, wide: bool) -> str:
    """Lines at a column, the first without its indentation."""
    pad = " " * column
    lines = [pad + one if one.strip() else "" for text in script for one in text.split("\n")]
    if not wide:
        lines = [piece for one in lines for piece in broken(one)]
    return "\n".join(one.rstrip() for one in lines).removeprefix(pad)


def _long(line: _Line, text: str) -> bool:
    return "\n" in text or len(line.head) + len(text) + len(line.tail) > WIDTH
