"""Texts that others wrote, made safe to show on a terminal or in a log."""

from __future__ import annotations

import re
import unicodedata

_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
"""Categories of characters that move the cursor, reorder a line, end it, or leave no trace."""

_INKLESS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
)
"""Letters, marks and signs that leave no ink."""

_COMMAND = re.compile(r"(?m)^([ \t]*)(:)(?=:)|(#)(?=#\w*\[)")
"""What CI runners take for a command: ``::`` first on a line, ``##[`` or ``##vso[`` anywhere."""


def unseen(character: str) -> bool:
    """Whether a character can't be seen for what it is: controls, bidi marks, fillers."""
    if " " <= character <= "~":
        return False
    return unicodedata.category(character) in _UNSEEN or character in _INKLESS


def printable(text: str, *, lines: bool = False) -> str:
    r"""A text by others as one line that shows all that is in it; with `lines`, as lines.

    >>> printable("a\x1b[2K\n::error::b")
    'a\\x1b[2K\\n::error::b'
    >>> printable("::error::b")
    '\\x3a:error::b'
    """
    if not (text.isascii() and text.isprintable()):
        kept = "\n\t" if lines else ""
        text = "".join(c if c in kept or not unseen(c) else _code(c) for c in text)
    return _COMMAND.sub(lambda found: (found[1] or "") + _code(found[2] or found[3]), text)


def _code(character: str) -> str:
    """How an escaped character is written, as in Python."""
    plain = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}.get(character)
    code = ord(character)
    width, letter = (2, "x") if code < 0x100 else (4, "u") if code < 0x10000 else (8, "U")
    return plain or f"\\{letter}{code:0{width}x}"
