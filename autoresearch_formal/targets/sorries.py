"""Goals from any Lean file: the places where it says `sorry`.

This is a reading of the text alone: comments, strings and names are told apart, namespaces are
followed, nothing is elaborated. What the goal at a `sorry` is, the gym says.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.files import read_text


@dataclass(frozen=True)
class SorryGoal:
    """One `sorry` in a file.

    `declaration` is the full name of the declaration it stands in (None for an `example`);
    `index` counts the `sorry`s of the file from 0; `line` counts from 1 and `column` from 0, in
    characters; `imports` are the file's imports, and `body` its text after them.
    """

    path: Path
    declaration: str | None
    index: int
    line: int
    column: int
    imports: tuple[str, ...]
    body: str

    @property
    def name(self) -> str:
        """What to call it: the declaration, and the number of the `sorry` in the file."""
        return f"{self.declaration or 'example'}#{self.index}"


_IDENT = r"(?:«[^»\n]*»|[^\W\d][\w!?']*)"
_NAME = rf"{_IDENT}(?:\.{_IDENT})*"
_TOKEN = re.compile(
    rf"""(?P<line_comment>--[^\n]*)
    | (?P<block>/-)
    | (?P<raw>r(?P<hashes>\#*)"(?:(?!"(?P=hashes)).|\n)*"(?P=hashes))
    | (?P<string>[sm]?!?"(?:\\.|[^"\\])*")
    | (?P<char>'(?:\\.[0-9a-fA-F]*|[^'\\\n])')
    | (?P<name>{_NAME})
    | (?P<other>[^\s])""",
    re.VERBOSE | re.DOTALL,
)
_DECLARES = {"theorem", "lemma", "def", "abbrev", "instance", "opaque", "structure", "inductive"}
_COMMANDS = _DECLARES | {"example", "namespace", "section", "end", "open", "variable", "import"}


@dataclass(frozen=True)
class _Token:
    text: str
    start: int


def _tokens(text: str, path: Path) -> Iterator[_Token]:
    """Names and single symbols outside comments, strings and character literals."""
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        if match.group("block"):
            at = _end_of_comment(text, match.start(), path)
        elif match.group("name") or match.group("other"):
            yield _Token(match.group(), match.start())


def _end_of_comment(text: str, start: int, path: Path) -> int:
    depth = 0
    for mark in re.finditer(r"/-|-/", text[start:]):
        depth += 1 if mark.group() == "/-" else -1
        if depth == 0:
            return start + mark.end()
    raise UsageFault(f"{path}:{text.count(chr(10), 0, start) + 1}: this comment is never closed")


def _header_end(tokens: list[_Token]) -> tuple[tuple[str, ...], int]:
    """The modules imported and the offset in the text where the header ends."""
    modules: list[str] = []
    end = 0
    for before, token in zip([_Token("", 0), *tokens], tokens, strict=False):
        if before.text == "import":
            modules.append(token.text)
            end = token.start + len(token.text)
        elif token.text not in ("import", "module", "prelude", "public", "meta", "all"):
            break
    return tuple(modules), end


def read_sorries(text: str, path: Path) -> list[SorryGoal]:
    """Every `sorry` of a Lean text, in order. Raises `UsageFault` for a comment never closed."""
    tokens = list(_tokens(text, path))
    imports, end = _header_end(tokens)
    found: list[SorryGoal] = []
    scopes: list[str] = []  # "" for a section
    declaration: str | None = None
    for place, token in enumerate(tokens):
        after = tokens[place + 1].text if place + 1 < len(tokens) else ""
        named = re.fullmatch(_NAME, after) is not None and after not in _COMMANDS
        if token.text == "namespace":
            scopes.append(after)
        elif token.text == "section":
            scopes.append("")
        elif token.text == "end" and scopes and (not named or _closes(scopes[-1], after)):
            scopes.pop()
        elif token.text == "example":
            declaration = None
        elif token.text in _DECLARES:
            prefix = [scope for scope in scopes if scope]
            declaration = ".".join([*prefix, after]) if named else None
            if declaration is not None and after.startswith("_root_."):
                declaration = after.removeprefix("_root_.")
        elif token.text == "sorry":
            line = text.count("\n", 0, token.start)
            column = token.start - (text.rfind("\n", 0, token.start) + 1)
            found.append(
                SorryGoal(
                    path=path,
                    declaration=declaration,
                    index=len(found),
                    line=line + 1,
                    column=column,
                    imports=imports,
                    body=text[end:],
                )
            )
    return found


def _closes(scope: str, name: str) -> bool:
    return scope in ("", name)


def load_sorries(argument: str) -> list[SorryGoal]:
    """The goals of ``FILE.lean`` or ``FILE.lean:name``.

    `name` is a declaration's full name, or an ending of it that starts after a dot. Raises
    `UsageFault` if the file can't be read, holds no `sorry`, or none in such a declaration.
    """
    path, name = split_argument(argument)
    text = read_text(path)
    goals = read_sorries(text, path)
    if not goals:
        raise UsageFault(f"{path}: no `sorry` in this file, nothing to prove")
    if name is None:
        return goals
    chosen = [
        goal
        for goal in goals
        if goal.declaration is not None
        and (goal.declaration == name or goal.declaration.endswith(f".{name}"))
    ]
    if not chosen:
        there = ", ".join(dict.fromkeys(goal.declaration or "example" for goal in goals))
        raise UsageFault(f"{path}: no `sorry` in a declaration {name!r}; there are some in {there}")
    return chosen


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
