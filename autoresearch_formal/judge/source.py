"""What can be said about a source text before any Lean has seen it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from autoresearch_formal.errors import UsageFault
from autoresearch_formal.judge.certificate import Finding

MAX_BYTES = 1 << 20
"""Generated files are small; a larger one is refused unread."""

# Marks that make a text read differently from what a parser sees (bidirectional overrides), and
# other characters that are invisible.
_HIDDEN = {"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"}

# Letters, marks and signs that leave no ink: fillers, variation selectors, the blank of Braille.
_INKLESS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\uffa0"
    "\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)


def read_source(path: Path) -> bytes:
    """The bytes of a file; of one that is too large only so many that `precheck` sees it.

    Raises:
        UsageFault: if it can't be read, or is no ordinary file.
    """
    try:
        if not path.is_file():
            raise UsageFault(f"{path}: no such file")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageFault(f"{path}: {error.strerror or 'cannot be read'}") from None


def precheck(data: bytes) -> Finding | None:
    """The first thing wrong with the bytes of a file, or None."""
    if len(data) > MAX_BYTES:
        return Finding("source", f"the file has more than {MAX_BYTES} bytes")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Finding("source", "the file is not UTF-8 text", line=line)
    for number, line_text in enumerate(text.split("\n"), 1):
        for c in line_text.removesuffix("\r"):
            if ord(c) > 0x7E and (unicodedata.category(c) in _HIDDEN or _INKLESS.match(c)):
                return Finding(
                    "source", f"invisible character U+{ord(c):04X} is not allowed", line=number
                )
            if ord(c) < 0x20 and c != "\t":
                return Finding(
                    "source", f"control character U+{ord(c):04X} is not allowed", line=number
                )
    return None
