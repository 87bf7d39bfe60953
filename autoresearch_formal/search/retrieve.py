"""Visible names that share rare symbols with a goal.

Only declarations of the theory the goal lives in are looked at; what the mask hides the gym does
not list. Similarity is the sum of inverse document frequencies of shared symbols.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from autoresearch_formal.policy.base import GoalView, NameView

_SYMBOL = re.compile(r"[^\W\d][\w'!?]*(?:\.[^\W\d][\w'!?]*)*|[^\s\w(){}\[\],:.]+")
_NOISE = {"∀", "→", "=", "∃", "Nat", "Type", "Prop", "fun", "of", "Eq"}


def symbols(text: str) -> set[str]:
    """Names and operators in pretty-printed text; a qualified name also by its last part."""
    found = set(_SYMBOL.findall(text))
    return {s for s in found | {f.rpartition(".")[2] for f in found} if s not in _NOISE}


class Retrieval:
    """An index over the visible declarations of a library."""

    def __init__(self, names: Sequence[NameView]) -> None:
        self.names = list(names)
        self._symbols = [symbols(n.type) | {n.name.rpartition(".")[2]} for n in self.names]
        counts: Counter[str] = Counter()
        for found in self._symbols:
            counts.update(found)
        total = max(1, len(self.names))
        self._weight = {s: math.log(1 + total / n) for s, n in counts.items()}

    def __call__(self, goal: GoalView, count: int) -> list[NameView]:
        """The closest names, best first; names that share nothing are left out."""
        wanted = symbols(goal.target)
        context = {s for h in goal.hyps if h.prop for s in symbols(h.type)}
        scored = []
        for name, found in zip(self.names, self._symbols, strict=True):
            shared = sum(self._weight[s] for s in found & wanted)
            shared += 0.3 * sum(self._weight[s] for s in found & context)
            if shared > 0:
                size = sum(self._weight.get(s, 0.0) for s in found) + 1.0
                scored.append((-shared / math.sqrt(size), name.name, name))
        scored.sort(key=lambda row: row[:2])
        return [name for _, _, name in scored[:count]]
