"""A Knuth-Bendix order on terms: total on ground terms, so that every equation has a direction.

All symbols weigh one, but one unary symbol may weigh nothing if its precedence is the highest:
that is what directs ``i (x * y) = i y * i x`` the useful way. Ties are broken by precedence and
then from left to right (D. E. Knuth, P. B. Bendix, "Simple word problems in universal algebras",
1970, section 3).
"""

from __future__ import annotations

from collections.abc import Mapping

from autoresearch_formal.symbolic.first_order.terms import Term


class Order:
    """Compare terms; results are cached, since the same pairs come back all the time."""

    def __init__(self, precedence: Mapping[str, int], weightless: str | None = None) -> None:
        self.precedence = precedence
        self.weightless = weightless
        self._weight: dict[Term, tuple[int, dict[int, int]]] = {}

    def weight(self, term: Term) -> tuple[int, dict[int, int]]:
        """Symbols in the term, and how often each variable occurs."""
        if type(term) is int:
            return 1, {term: 1}
        known = self._weight.get(term)
        if known is not None:
            return known
        total, counts = int(term[0] != self.weightless), dict[int, int]()
        for a in term[1:]:
            w, c = self.weight(a)
            total += w
            for v, n in c.items():
                counts[v] = counts.get(v, 0) + n
        if len(self._weight) > 200_000:
            self._weight.clear()
        self._weight[term] = total, counts
        return total, counts

    def greater(self, s: Term, t: Term) -> bool:
        """Whether s > t for all values of their variables."""
        if type(s) is int or s == t:
            return False
        ws, cs = self.weight(s)
        if type(t) is int:
            return t in cs  # also right for i (i x) > x, since i has the highest precedence
        wt, ct = self.weight(t)
        if ws < wt or any(cs.get(v, 0) < n for v, n in ct.items()):
            return False
        if ws > wt:
            return True
        if s[0] != t[0]:
            return self._rank(s) > self._rank(t)
        for a, b in zip(s[1:], t[1:], strict=True):
            if a != b:
                return self.greater(a, b)
        return False

    def _rank(self, term: Term) -> tuple[int, str]:
        return self.precedence.get(term[0], 0), term[0]
