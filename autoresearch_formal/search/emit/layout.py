"""How people would set a declaration: binders before the colon, neighbours of a type together,
no line longer than 100 columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from autoresearch_formal.search.emit.statement import StatedGoal, closing, take_apart
from autoresearch_formal.symbolic.concepts.lean import tidy

WIDTH = 100
OPENING, CLOSING = "([{⟨", ")]}⟩"


def header(name: str, statement: str, lines: Sequence[str]) -> tuple[str, list[str]] | None:
    """``theorem name (x : A) … : C := by`` and the proof without its ``intro``.

    None if the statement does not begin with named binders, or the proof does not introduce
    exactly these.
    """
    stated = take_apart(statement)
    if stated is None or not lines or not lines[0].startswith("intro "):
        return None
    names = lines[0].split()[1:]
    if len(names) != len(stated.binders) or len(lines) < 2:
        return None
    groups = _grouped(stated, names)
    if groups is None:
        return None
    binders = [f"({' '.join(group)} : {tidied(type_)})" for group, type_ in groups]
    parts = [f"theorem {name}", *binders, f": {tidied(stated.conclusion)} := by"]
    out = filled(parts, WIDTH, "    ")
    return "\n".join(piece for line in out for piece in broken(line)), list(lines[1:])


def _grouped(stated: StatedGoal, names: Sequence[str]) -> list[tuple[list[str], str]] | None:
    """Binders under new names, neighbours of one type together; None if a later one needs an old
    name."""
    groups: list[tuple[list[str], str]] = []
    rest = [*[t for _, t in stated.binders], stated.conclusion]
    for k, ((old, type_), new) in enumerate(zip(stated.binders, names, strict=True)):
        if old != new and any(re.search(rf"\b{re.escape(old)}\b", t) for t in rest[k + 1 :]):
            return None
        if groups and groups[-1][1] == type_ and not mentioned(groups[-1][0], type_):
            groups[-1][0].append(new)
        else:
            groups.append(([new], type_))
    return groups


def filled(parts: Iterable[str], width: int, indent: str = "") -> list[str]:
    """Parts in lines of at most ``width`` columns where they fit, all but the first indented."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + 1 + len(part) <= width:
            lines[-1] += f" {part}"
        else:
            lines.append(indent + part if lines else part)
    return lines


def mentioned(names: Sequence[str], text: str) -> bool:
    """Whether one of the names occurs in a text."""
    return bool(set(names) & set(re.findall(r"[^\W\d][\w'₀-₉]*", text)))


def tidied(text: str) -> str:
    """``∀ (a b : G), P`` and ``∀ a : G, ∀ b : G, P`` as ``∀ a b : G, P``."""
    return tidy(re.sub(r"([∀∃]) \(([\w ]+) : ([^()]+)\), ", r"\1 \2 : \3, ", text))


def broken(line: str) -> list[str]:
    """A line as lines that fit, broken where people would."""
    if len(line) <= WIDTH:
        return [line]
    start = len(line) - len(line.lstrip(" ·"))
    pad = " " * (start + 4)
    at = line.find("(have ")
    if line[start:].startswith("refine (have ") and at > 0:
        end = closing(line, at)
        if end == len(line) - 1:
            pieces = split(line[at + 1 : end], "; ")
            steps = [f"{pad}{p};" for p in pieces[:-1]] + [f"{pad}{pieces[-1]})"]
            return [f"{line[:start]}refine (", *[x for s in steps for x in broken(s)]]
    place = line.rfind(" := ")
    if 0 < place <= WIDTH - 3 and len(line) - place - 4 + start + 2 <= WIDTH:
        return [f"{line[:place]} :=", f"{' ' * (start + 2)}{line[place + 4 :]}"]
    cut = max(line.rfind(mark, start + 1, WIDTH - len(mark)) + len(mark) for mark in (", ", "→ "))
    if cut <= start + 20:
        cut = line.rfind(" ", start + 1, WIDTH) + 1
    if cut <= start + 1:
        return [line]
    return [line[:cut].rstrip(), *broken(pad + line[cut:].lstrip())]


def split(text: str, mark: str) -> list[str]:
    """Parts of a text between marks that are in no brackets."""
    parts, depth, last = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter in OPENING) - (letter in CLOSING)
        if depth == 0 and text.startswith(mark, at):
            parts.append(text[last:at])
            last = at + len(mark)
    return [*parts, text[last:]]
