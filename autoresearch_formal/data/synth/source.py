"""Lean source text in commands, for reading statements and proofs out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_THEOREM = re.compile(r"^(?:@\[[^\]]*\]\s*)?(?:private |protected )?(?:theorem|lemma)\s+(\S+)")
_OPEN = "([{⟨"
_CLOSE = ")]}⟩"


@dataclass(frozen=True, slots=True)
class SourceTheorem:
    """A theorem as text: name, what stands between name and proof, and the proof."""

    name: str
    header: str
    """Binders, colon and statement."""
    proof: str
    """What follows ``:=``."""


def commands(text: str) -> Iterator[str]:
    """Top-level commands of a file without its imports and comments between commands.

    A command begins at a line that is not indented.
    """
    text = re.sub(r"/-.*?-/", "", text, flags=re.DOTALL)
    block: list[str] = []
    for line in text.split("\n"):
        if line.startswith("import ") or line.startswith("--"):
            continue
        starts = line and not line[0].isspace() and not line.startswith(("|", "·", "where", "end_"))
        attribute = bool(block) and block[-1].startswith("@[") and len(block) == 1
        if starts and not attribute and any(part.strip() for part in block):
            yield "\n".join(block).strip("\n")
            block = []
        if line.strip() or block:
            block.append(line)
    if any(part.strip() for part in block):
        yield "\n".join(block).strip("\n")


def theorem(command: str) -> SourceTheorem | None:
    """A command as a theorem, if it is one of the usual form with ``:=``."""
    found = _THEOREM.match(command)
    if found is None:
        return None
    rest = command[found.end() :]
    depth = 0
    for at, character in enumerate(rest):
        depth += (character in _OPEN) - (character in _CLOSE)
        if depth == 0 and rest.startswith(":=", at):
            return SourceTheorem(found[1], rest[:at].strip(), rest[at + 2 :].rstrip())
    return None


def tactics(proof: str) -> list[str] | None:
    """The top-level steps of a ``by`` block, or ``exact`` of a term.

    None where the shape is another. Bullets are opened: their steps follow each other, as they do
    when every tactic works on the first goal.
    """
    text = proof.strip("\n")
    if not re.match(r"\s*by\b", text):
        return [f"exact {' '.join(text.split())}"] if text.strip() else None
    body = re.sub(r"^\s*by\b[ ]*", "", text, count=1)
    if body.startswith("\n"):
        lines = [line for line in body.split("\n") if line.strip()]
    else:
        lines = [line for line in body.split("\n") if line.strip()]
        if len(lines) > 1:
            return None
    return _steps(lines)


def _steps(lines: list[str]) -> list[str] | None:
    if not lines:
        return None
    base = len(lines[0]) - len(lines[0].lstrip())
    groups: list[list[str]] = []
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if indent < base:
            return None
        if indent == base and not line.lstrip().startswith(("|", "<;>")):
            groups.append([])
        groups[-1].append(line[base:])
    steps: list[str] = []
    for group in groups:
        if group[0].startswith("· "):
            inner = _steps(["  " + group[0][2:], *group[1:]])
            if inner is None:
                return None
            steps += inner
        else:
            steps.append("\n".join(group))
    return steps
