"""Visible names that share rare symbols with a goal.

Only declarations of the theory the goal lives in are looked at; what the mask hides the gym does
not list. Similarity is the sum of inverse document frequencies of shared symbols.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from autoresearch_formal.actions.base import GoalView, NameView

_NAME = re.compile(r"[^\W\d][\w'!?]*(?:\.[^\W\d][\w'!?]*)+")
_COMMON = {"Eq", "And", "Or", "Not", "Iff", "Exists", "Ne", "OfNat.ofNat", "instOfNatNat", "id"}


def symbols(tree: Mapping[str, Any] | None, text: str) -> set[str]:
    """Constants of a term; of a text, if there is no tree, the qualified names in it."""
    if tree is None:
        return set(_NAME.findall(text)) - _COMMON
    return {node[1] for node in tree["nodes"] if node[0] == "c"} - _COMMON


class Retrieval:
    """An index over the visible declarations of a library."""

    def __init__(self, names: Sequence[NameView]) -> None:
        self.names = list(names)
        self._symbols = [symbols(n.tree, n.type) for n in self.names]
        counts: Counter[str] = Counter()
        for found in self._symbols:
            counts.update(found)
        total = max(1, len(self.names))
        self._weight = {s: math.log(1 + total / n) for s, n in counts.items()}

    def __call__(self, goal: GoalView, count: int) -> list[NameView]:
        """The closest names, best first; names that share nothing are left out."""
        wanted = (set(goal.consts) or symbols(None, goal.target)) - _COMMON
        context = symbols(goal.tree, " ".join(h.type for h in goal.hyps)) - wanted
        scored = []
        for name, found in zip(self.names, self._symbols, strict=True):
            shared = sum(self._weight[s] for s in sorted(found & wanted))
            shared += 0.3 * sum(self._weight[s] for s in sorted(found & context))
            if shared > 0:
                size = sum(self._weight[s] for s in sorted(found)) + 1.0
                scored.append((-shared / math.sqrt(size), name.name, name))
        scored.sort(key=lambda row: row[:2])
        return [name for _, _, name in scored[:count]]
