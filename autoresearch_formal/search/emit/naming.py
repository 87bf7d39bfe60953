"""Names that say what a statement says, for hypotheses, lemmas and files."""

from __future__ import annotations

import re
from collections.abc import Sequence


def hypothesis_names(lines: Sequence[str], statement: str) -> dict[str, str]:
    """Better names for the hypotheses that the first line introduces, where any suggest itself.

    Machine-made names such as ``h_3`` become ``h₃``, which is how people write them.
    """
    if not lines or not lines[0].startswith("intro "):
        return {}
    names = lines[0].split()[1:]
    better = {}
    for name in names:
        found = re.fullmatch(r"(h|x)_(\d+)", name)
        if found:
            better[name] = found[1] + "".join(chr(0x2080 + int(d)) for d in found[2])
    return {} if set(better.values()) & set(names) else better


def words(name: str) -> str:
    """``InverseOfProduct`` as "Inverse of product"."""
    parts = re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)
    return " ".join(p if i == 0 else p.lower() for i, p in enumerate(parts)) or name
