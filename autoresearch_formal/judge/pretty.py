"""Expressions as text for people: no notation, no implicit arguments hidden, cut when long."""

from __future__ import annotations

from autoresearch_formal.judge.export import (
    APP,
    BVAR,
    CONST,
    LAM,
    LET,
    NAT,
    PI,
    PROJ,
    SORT,
    STR,
    Segment,
)

MAX_LENGTH = 400
"""Longer texts end in an ellipsis."""

_MAX_DEPTH = 60


def pretty(segment: Segment, i: int) -> str:
    """The text of expression number `i`.

    >>> # ∀ (p : Prop), p → p
    """
    text = _text(segment, i, [], False, 0)
    return text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…"


def _text(s: Segment, i: int, bound: list[str], tight: bool, depth: int) -> str:
    if depth > _MAX_DEPTH:
        return "…"
    e = s.exprs[i]
    code = e[0]
    if code == BVAR:
        return bound[-1 - e[1]] if e[1] < len(bound) else f"#{e[1]}"
    if code == CONST:
        return s.show(e[1])
    if code == SORT:
        return {"zero": "Prop", "succ": "Type"}.get(s.levels[e[1]][0], "Sort")
    if code == NAT:
        return str(e[1])
    if code == STR:
        return repr(e[1])
    if code == APP:
        args = []
        while s.exprs[i][0] == APP:
            args.append(_text(s, s.exprs[i][2], bound, True, depth + 1))
            i = s.exprs[i][1]
        head = _text(s, i, bound, True, depth + 1)
        return _wrap(" ".join([head, *reversed(args)]), tight)
    if code == PROJ:
        return f"{_text(s, e[3], bound, True, depth + 1)}.{e[2] + 1}"
    if code == LET:
        value = _text(s, e[3], bound, False, depth + 1)
        name = _fresh(s, e[1], bound)
        body = _text(s, e[4], [*bound, name], False, depth + 1)
        return _wrap(f"let {name} := {value}; {body}", tight)
    assert code in (LAM, PI)
    type_ = _text(s, e[2], bound, False, depth + 1)
    name = _fresh(s, e[1], bound)
    body = _text(s, e[3], [*bound, name], False, depth + 1)
    if code == PI and not _mentions(s, e[3]):
        return _wrap(f"{_text(s, e[2], bound, True, depth + 1)} → {body}", tight)
    mark = "fun" if code == LAM else "∀"
    arrow = " =>" if code == LAM else ","
    return _wrap(f"{mark} ({name} : {type_}){arrow} {body}", tight)


def _wrap(text: str, tight: bool) -> str:
    return f"({text})" if tight else text


def _fresh(s: Segment, name: int, bound: list[str]) -> str:
    parts = s.names[name]
    text = str(parts[0]) if parts else "x"
    while text in bound:
        text += "'"
    return text


def _mentions(s: Segment, body: int) -> bool:
    """Whether variable 0 occurs in `body`."""
    stack, seen = [(body, 0)], set()
    while stack:
        i, k = stack.pop()
        if s.loose[i] <= k or (i, k) in seen:
            continue
        seen.add((i, k))
        e = s.exprs[i]
        code = e[0]
        if code == BVAR:
            if e[1] == k:
                return True
        elif code == APP:
            stack += ((e[1], k), (e[2], k))
        elif code in (LAM, PI):
            stack += ((e[2], k), (e[3], k + 1))
        elif code == LET:
            stack += ((e[2], k), (e[3], k), (e[4], k + 1))
        elif code == PROJ:
            stack.append((e[3], k))
    return False
