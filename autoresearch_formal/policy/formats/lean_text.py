"""Lean text as a model writes it, cut into declarations and steps. Nothing here is believed:

Lean reads what comes out. Every function takes one pass over its text, however hostile.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

OPEN, CLOSE = "([{⟨", ")]}⟩"

DEFINITIONS = ("def", "abbrev", "structure", "inductive")
THEOREMS = ("theorem", "lemma", "example")

_HEAD = re.compile(
    r"(?P<before>(?:@\[[^\]\n]*\]\s*|noncomputable\s+|private\s+|protected\s+)*)"
    r"(?P<kind>theorem|lemma|example|def|abbrev|structure|inductive)\b"
)
_COMMAND = re.compile(
    r"(?:@\[|#|(?:import|open|set_option|namespace|section|end|variable|variables|universe|"
    r"universes|theorem|lemma|example|def|abbrev|structure|inductive|class|instance|axiom|opaque|"
    r"noncomputable|private|protected|partial|unsafe|local|scoped|attribute|macro|macro_rules|"
    r"syntax|notation|infixl|infixr|infix|prefix|postfix|elab|initialize|mutual|deriving|export|"
    r"include|omit)\b)"
)
_SPECIAL = re.compile(r'--|/-|"')
_BLOCK = re.compile(r"/-|-/")
_NAME = re.compile(r"[^\W\d][\w'!?₀-₉]*(?:\.[^\W\d][\w'!?₀-₉]*)*")
_GIVES_UP = re.compile(r"(?<![\w.])(?:sorry|admit)(?![\w.])")
_HAVE = re.compile(r"have\b\s*(?P<name>[^\W\d][\w'!?₀-₉]*)?")
_JOINED = (")", "]", "}", "⟩", "|", "<;>", "at ", "using ", "with", "else", "then", "by", "where")


class StatedDeclaration(msgspec.Struct, frozen=True):
    """A theorem as it was written."""

    name: str
    binders: tuple[str, ...]
    """Each with its brackets."""
    goal: str
    """What stands after the colon."""
    proof: str
    """A tactic script, "" if there is none."""

    @property
    def statement(self) -> str:
        """The theorem as one closed proposition."""
        return f"∀ {' '.join(self.binders)}, {self.goal}" if self.binders else self.goal

    @property
    def given(self) -> tuple[str, ...]:
        """Names that the binders introduce, ``_`` for those without one."""
        names: list[str] = []
        for binder in self.binders:
            inside = binder[1:-1].strip("{}")
            before, colon, _ = inside.partition(":")
            names += before.split() if colon else ["_"]
        return tuple(names)


def uncommented(text: str) -> str:
    """Text without comments; line breaks inside them go too."""
    kept: list[str] = []
    at = 0
    while found := _SPECIAL.search(text, at):
        kept.append(text[at : found.start()])
        at = found.start()
        if found[0] == "--":
            end = text.find("\n", at)
            at = len(text) if end < 0 else end
        elif found[0] == "/-":
            at = _comment_end(text, at)
        else:
            end = _string_end(text, at)
            kept.append(text[at:end])
            at = end
    kept.append(text[at:])
    return "\n".join(line.rstrip() for line in "".join(kept).split("\n"))


def _comment_end(text: str, at: int) -> int:
    depth = 0
    for found in _BLOCK.finditer(text, at):
        depth += 1 if found[0] == "/-" else -1
        if depth == 0:
            return found.end()
    return len(text)


def _string_end(text: str, at: int) -> int:
    at += 1
    while at < len(text) and text[at] != '"':
        at += 2 if text[at] == "\\" else 1
    return min(at + 1, len(text))


def fences(text: str) -> list[tuple[str, str, bool]]:
    """Code blocks: language, text, and whether the block was closed."""
    found: list[tuple[str, str, bool]] = []
    language = ""
    lines: list[str] | None = None
    for line in text.split("\n"):
        mark = line.strip()
        if lines is None:
            if mark.startswith("```"):
                language, lines = mark[3:].strip().lower(), []
        elif mark.startswith("```"):
            found.append((language, "\n".join(lines), True))
            lines = None
        else:
            lines.append(line)
    if lines is not None:
        found.append((language, "\n".join(lines), False))
    return found


def commands(text: str) -> list[str]:
    """A file's text, without comments, cut where a command begins at the left edge."""
    parts: list[list[str]] = [[]]
    for line in uncommented(text).split("\n"):
        joined = parts[-1] and parts[-1][-1].startswith("@[") and line and not line[0].isspace()
        if _COMMAND.match(line) and not joined:
            parts.append([])
        if line.strip():
            parts[-1].append(line)
    return ["\n".join(lines) for lines in parts if lines]


def kind_of(command: str) -> str:
    """The keyword of a theorem or definition, "" for any other command."""
    found = _HEAD.match(command)
    return found["kind"] if found else ""


def definition(command: str) -> tuple[str, str] | None:
    """Name and text of a definition, without attributes that only steer automation."""
    found = _HEAD.match(command)
    if found is None or found["kind"] not in DEFINITIONS:
        return None
    name = _NAME.match(command[found.end() :].lstrip())
    if name is None or _GIVES_UP.search(command):
        return None
    computed = "noncomputable " if "noncomputable" in found["before"] else ""
    return name[0], computed + command[found.start("kind") :].strip()


def theorem(command: str) -> StatedDeclaration | None:
    """A theorem's parts; None if it has none. An `example` is called ``example``."""
    head = _HEAD.match(command)
    if head is None or head["kind"] not in THEOREMS:
        return None
    rest = command[head.end() :].lstrip()
    name = None if head["kind"] == "example" else _NAME.match(rest)
    at = name.end() if name else 0
    if name is None and head["kind"] != "example":
        return None
    colon, equals = -1, len(rest)
    for place, symbol, depth in _symbols(rest, at):
        if depth == 0 and symbol == ":=":
            equals = place
            break
        if depth == 0 and symbol == ":" and colon < 0:
            colon = place
    if colon < 0:
        return None
    binders = tuple(_bracketed(rest[at:colon]))
    goal = " ".join(rest[colon + 1 : equals].split())
    if not goal:
        return None
    return StatedDeclaration(
        name[0] if name else "example", binders, goal, script(rest[equals + 2 :])
    )


def _symbols(text: str, at: int = 0) -> Iterator[tuple[int, str, int]]:
    """Colons and assignments with their places and the depth of brackets around them."""
    depth = 0
    while at < len(text):
        character = text[at]
        if character == '"':
            at = _string_end(text, at)
            continue
        if character in OPEN:
            depth += 1
        elif character in CLOSE:
            depth -= 1
        elif text.startswith(":=", at):
            yield at, ":=", depth
            at += 1
        elif character == ":" and not text.startswith("::", at) and text[at - 1 : at] != ":":
            yield at, ":", depth
        at += 1


def _bracketed(text: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, character in enumerate(text):
        if character in OPEN:
            if depth == 0:
                start = at
            depth += 1
        elif character in CLOSE:
            depth -= 1
            if depth == 0:
                yield " ".join(text[start : at + 1].split())


def script(text: str) -> str:
    """What stands after ``:=`` as a tactic script at the left edge; a term becomes `exact`."""
    plain = text.strip()
    if not plain:
        return ""
    if plain == "by":
        return ""
    if plain.startswith("by") and not (plain[2].isalnum() or plain[2] in "_'."):
        return dedented(text[text.index("by") + 2 :])
    return f"exact (\n  {plain})" if "\n" in plain else f"exact {plain}"


def dedented(text: str) -> str:
    """Lines without the indentation they share; a first line beside its `by` counts as shared."""
    first, _, rest = text.partition("\n")
    lines = [line for line in rest.split("\n") if line.strip()]
    if first.strip() and lines:
        least = min(len(line) - len(line.lstrip()) for line in lines)
        return "\n".join([first.strip(), *(line[least:] for line in lines)])
    if first.strip():
        return first.strip()
    least = min((len(line) - len(line.lstrip()) for line in lines), default=0)
    return "\n".join(line[least:] for line in lines)


def steps(text: str) -> list[str]:
    """A script's steps: what begins at its left edge, with the lines that belong to it."""
    found: list[list[str]] = []
    for line in text.split("\n"):
        if not line.strip():
            continue
        if found and (line[0].isspace() or line.startswith(_JOINED)):
            found[-1].append(line)
        else:
            found.append([line])
    return ["\n".join(lines) for lines in found]


def gives_up(text: str) -> bool:
    """Whether a text contains `sorry` or `admit`."""
    return _GIVES_UP.search(text) is not None


def claim(step: str) -> tuple[str, str] | None:
    """A `have` with a type: its name (``this`` without one) and what it claims."""
    found = _HAVE.match(step)
    if found is None:
        return None
    at = found.end()
    colon = -1
    for place, symbol, depth in _symbols(step, at):
        if depth == 0 and symbol == ":" and colon < 0:
            colon = place
        if depth == 0 and symbol == ":=" and colon >= 0:
            binders = step[at:colon].strip()
            what = " ".join(step[colon + 1 : place].split())
            what = f"∀ {binders}, {what}" if binders else what
            return (found["name"] or "this"), what
    return None


def assignment(step: str) -> int:
    """Where a step's first ``:=`` outside of brackets stands, -1 without one."""
    return next((at for at, s, depth in _symbols(step) if depth == 0 and s == ":="), -1)


def is_name(text: str) -> bool:
    """Whether a text can be a declaration's name."""
    return _NAME.fullmatch(text) is not None


def open_claim(step: str) -> str | None:
    """A `have` whose proof is left as a goal of its own; None if the step is none."""
    found = claim(step)
    return f"have {found[0]} : {found[1]} := ?_" if found else None
