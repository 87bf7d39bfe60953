"""What can be said about a source text before any Lean has seen it."""

from __future__ import annotations

import unicodedata

from autoresearch_formal.judge.certificate import Finding

MAX_BYTES = 1 << 20
"""Generated files are small; a larger one is refused unread."""

# Marks that make a text read differently from what a parser sees (bidirectional overrides), and
# other characters that are invisible.
_HIDDEN = {"Cf", "Cc", "Cs", "Co", "Cn", "Zl", "Zp"}


def precheck(data: bytes) -> Finding | None:
    """The first thing wrong with the bytes of a file, or None."""
    if len(data) > MAX_BYTES:
        return Finding("source", f"the file has {len(data)} bytes, more than {MAX_BYTES}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Finding("source", "the file is not UTF-8 text", line=line)
    for number, line_text in enumerate(text.split("\n"), 1):
        for c in line_text.removesuffix("\r"):
            if c != "\t" and ord(c) > 0x7E and unicodedata.category(c) in _HIDDEN:
                return Finding(
                    "source", f"invisible character U+{ord(c):04X} is not allowed", line=number
                )
            if ord(c) < 0x20 and c != "\t":
                return Finding(
                    "source", f"control character U+{ord(c):04X} is not allowed", line=number
                )
    return None
