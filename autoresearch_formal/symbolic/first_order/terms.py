"""First-order terms: a variable is an int, an application a tuple ``(symbol, argument, …)``.

Variables carry their sort: variable ``v`` has sort number ``v // SORT`` and they are numbered
from 0 within a sort, so that variables of different sorts can never be confused or unified.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Term = Any
"""``int`` (a variable) or ``tuple[str, Term, …]``; a recursive alias would slow nothing down but
mypy's checks of the hot loops."""

Substitution = dict[int, Term]

SORT = 1024
"""Variables a sort has room for."""

APART = SORT // 2
"""Added to the variables of one of two clauses, so that they share none."""


def apply(term: Term, sub: Mapping[int, Term]) -> Term:
    """Replace variables once (for substitutions already fully applied)."""
    if type(term) is int:
        return sub.get(term, term)
    if len(term) == 1:
        return term
    return (term[0], *[apply(a, sub) for a in term[1:]])


def walk(term: Term, sub: Substitution) -> Term:
    """Follow variable bindings at the root."""
    while type(term) is int:
        bound = sub.get(term)
        if bound is None:
            return term
        term = bound
    return term


def resolve(term: Term, sub: Substitution) -> Term:
    """Replace variables for a triangular substitution, as `unify` makes them."""
    while type(term) is int:
        bound = sub.get(term)
        if bound is None:
            return term
        term = bound
    if len(term) == 1:
        return term
    return (
        term[0],
        *[a if a.__class__ is tuple and len(a) == 1 else resolve(a, sub) for a in term[1:]],
    )


def occurs(variable: int, term: Term, sub: Substitution) -> bool:
    """Whether the variable is in the term under the substitution."""
    term = walk(term, sub)
    if type(term) is int:
        return bool(term == variable)
    for a in term[1:]:  # noqa: SIM110 (as in `match`)
        if occurs(variable, a, sub):
            return True
    return False


def unify(left: Term, right: Term, sub: Substitution) -> bool:
    """Extend ``sub`` to a most general unifier; on False ``sub`` is spoilt."""
    stack = [(left, right)]
    while stack:
        a, b = stack.pop()
        a, b = walk(a, sub), walk(b, sub)
        if a is b or a == b:
            continue
        if type(a) is int:
            if type(b) is int:
                if a // SORT != b // SORT:
                    return False
            elif occurs(a, b, sub):
                return False
            sub[a] = b
        elif type(b) is int:
            if occurs(b, a, sub):
                return False
            sub[b] = a
        elif a[0] != b[0] or len(a) != len(b):
            return False
        else:
            stack.extend(zip(a[1:], b[1:], strict=True))
    return True


def match(pattern: Term, term: Term, sub: Substitution) -> bool:
    """Extend ``sub`` so that the pattern becomes the term; on False ``sub`` is spoilt."""
    if type(pattern) is int:
        bound = sub.get(pattern)
        if bound is None:
            if type(term) is int and term // SORT != pattern // SORT:
                return False
            sub[pattern] = term
            return True
        return bool(bound == term)
    if type(term) is int or pattern[0] != term[0] or len(pattern) != len(term):
        return False
    for i in range(1, len(pattern)):  # noqa: SIM110 (a generator costs a fifth of the prover)
        if not match(pattern[i], term[i], sub):
            return False
    return True


def variables(term: Term, seen: dict[int, None] | None = None) -> dict[int, None]:
    """Variables in order of first occurrence (the keys of the dictionary)."""
    if seen is None:
        seen = {}
    if type(term) is int:
        seen[term] = None
    else:
        for a in term[1:]:
            variables(a, seen)
    return seen


def size(term: Term) -> int:
    """Number of symbols and variables."""
    if type(term) is int:
        return 1
    return 1 + sum(size(a) for a in term[1:])


def positions(term: Term) -> list[tuple[tuple[int, ...], Term]]:
    """All positions whose sub-term is not a variable, root first."""
    found: list[tuple[tuple[int, ...], Term]] = []
    stack: list[tuple[tuple[int, ...], Term]] = [((), term)]
    while stack:
        path, sub = stack.pop()
        if type(sub) is int:
            continue
        found.append((path, sub))
        for i in range(len(sub) - 1, 0, -1):
            stack.append(((*path, i), sub[i]))
    return found


def replace(term: Term, path: tuple[int, ...], new: Term) -> Term:
    """The term with the sub-term at ``path`` replaced."""
    if not path:
        return new
    i = path[0]
    return (*term[:i], replace(term[i], path[1:], new), *term[i + 1 :])
