"""Expressions as text for people: no notation, no implicit arguments hidden, cut when long."""

from __future__ import annotations

from collections.abc import Sequence

from autoresearch_formal.judge.export import Segment
from autoresearch_formal.judge.tables import APP, BVAR, CONST, LAM, LET, NAT, PI, PROJ, SORT, STR

MAX_LENGTH = 400
"""Longer texts end in an ellipsis."""

MAX_NODES = 2_000
"""A term is a graph with shared parts; written out it can be exponentially larger."""


def pretty(segment: Segment, i: int) -> str:
    """The text of expression number `i`, for example ``∀ (p : Prop), p → p``."""
    text = _Printer(segment).text(i, [], False)
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"


def pretty_closed(segment: Segment, i: int, around: Sequence[int], *, labelled: bool) -> str:
    """The text of expression number `i`, closed over the binders number `around`, outermost first.

    With `labelled` the expression is a function type, and its codomain is meant: the type of a hole
    is that of a function from the hole's label.
    """
    printer, exprs, front = _Printer(segment), segment.exprs, ""
    bound: list[str] = []
    for binder in around:
        e = exprs[binder]
        name = _fresh(segment, e[1], bound)
        domain = printer.text(e[2], bound, False)
        if e[0] == LET:
            front += f"let {name} : {domain} := {printer.text(e[3], bound, False)}; "
        else:
            front += f"∀ ({name} : {domain}), "
        bound = [*bound, name]
    if labelled and exprs[i][0] == PI:
        i, bound = exprs[i][3], [*bound, "_"]
    text = front + printer.text(i, bound, False)
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"


class _Printer:
    """One printing, with the number of nodes that it may still visit."""

    def __init__(self, segment: Segment) -> None:
        self._s = segment
        self._left = MAX_NODES
        self._depth = 0

    def text(self, i: int, bound: list[str], tight: bool) -> str:
        """The text of an expression below some binders; `tight` asks for brackets."""
        self._left -= 1
        if self._left < 0 or self._depth > 100:
            return "…"
        self._depth += 1
        try:
            return self._node(i, bound, tight)
        finally:
            self._depth -= 1

    def _node(self, i: int, bound: list[str], tight: bool) -> str:
        s = self._s
        e = s.exprs[i]
        code = e[0]
        if code == BVAR:
            return bound[-1 - e[1]] if e[1] < len(bound) else f"#{e[1]}"
        if code == CONST:
            return s.show(e[1])
        if code == SORT:
            return {"zero": "Prop", "succ": "Type"}.get(s.levels[e[1]][0], "Sort")
        if code in (NAT, STR):
            return e[1] if code == NAT else repr(e[1])
        if code == PROJ:
            return f"{self.text(e[3], bound, True)}.{e[2] + 1}"
        if s.hole(i) is not None:
            return "sorry"
        if code == APP:
            return _wrap(self._application(i, bound), tight)
        if code == LET:
            value = self.text(e[3], bound, False)
            name = _fresh(s, e[1], bound)
            return _wrap(f"let {name} := {value}; {self.text(e[4], [*bound, name], False)}", tight)
        name = _fresh(s, e[1], bound)
        if code == PI and not self._mentions(e[3]):
            domain = self.text(e[2], bound, True)
            return _wrap(f"{domain} → {self.text(e[3], [*bound, name], False)}", tight)
        domain = self.text(e[2], bound, False)
        body = self.text(e[3], [*bound, name], False)
        shape = "fun ({0} : {1}) => {2}" if code == LAM else "∀ ({0} : {1}), {2}"
        return _wrap(shape.format(name, domain, body), tight)

    def _application(self, i: int, bound: list[str]) -> str:
        exprs = self._s.exprs
        arguments: list[str] = []
        while exprs[i][0] == APP and len(arguments) < 50:
            arguments.append(self.text(exprs[i][2], bound, True))
            i = exprs[i][1]
        return " ".join([self.text(i, bound, True), *reversed(arguments)])

    def _mentions(self, body: int) -> bool:
        """Whether variable 0 occurs in `body`; yes if that takes too long to find out."""
        stack, seen = [(body, 0)], set()
        while stack:
            i, k = stack.pop()
            if self._s.loose[i] <= k or (i, k) in seen:
                continue
            seen.add((i, k))
            e = self._s.exprs[i]
            if (e[0] == BVAR and e[1] == k) or len(seen) > MAX_NODES:
                return True
            parts = self._s.parts(i)
            last = len(parts) - 1
            for at, part in enumerate(parts):
                under = e[0] in (LAM, PI, LET) and at == last
                stack.append((part, k + 1 if under else k))
        return False


def _wrap(text: str, tight: bool) -> str:
    return f"({text})" if tight else text


def _fresh(s: Segment, name: int, bound: list[str]) -> str:
    parts = s.names[name]
    text = str(parts[0]) if parts else "x"
    while text in bound:
        text += "'"
    return text
