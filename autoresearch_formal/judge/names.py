"""Lean names as tuples of components, so that no character in them can be mistaken for a dot."""

from __future__ import annotations

import re

Name = tuple[str | int, ...]
"""Components from the outside in; the empty tuple is the anonymous name."""

_PLAIN = re.compile(r"[^\W\d][\w'!?₀-₉]*\Z")


def show(name: Name) -> str:
    """A name as people write it; odd components are put between «» with escapes.

    >>> show(("Nat", "succ"))
    'Nat.succ'
    >>> show(("a.b", 3))
    '«a.b».3'
    """
    return ".".join(_component(part) for part in name) or "[anonymous]"


def _component(part: str | int) -> str:
    if isinstance(part, int):
        return str(part)
    if _PLAIN.match(part):
        return part
    return f"«{part}»" if part.isprintable() else f"«{part.encode('unicode_escape').decode()}»"


def parse(text: str) -> Name:
    """The name that a dotted text means; components that are digits are numbers.

    >>> parse("Nat.succ")
    ('Nat', 'succ')
    """
    parts = re.findall(r"«([^»]*)»|([^.«»]+)", text)
    return tuple(
        quoted if quoted else int(plain) if plain.isdigit() else plain for quoted, plain in parts
    )
