"""Matching patterns against terms, and generalising two terms to a pattern."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from autoresearch_formal.terms.alpha import alpha_equal, same_kind
from autoresearch_formal.terms.nodes import (
    App,
    Bound,
    Const,
    Expr,
    Hole,
    Lambda,
    Local,
    NatLiteral,
    Pi,
    Sort,
    StringLiteral,
    head,
    spine,
)
from autoresearch_formal.terms.substitute import lower
from autoresearch_formal.terms.traverse import children

CLOSED = (Const, NatLiteral, StringLiteral, Sort)

Solution = dict[str, Expr]

Solve = Callable[[Expr, Expr, tuple[Expr, ...]], bool | None]
"""Decide about a pattern and a term under binders of the given types (outermost first): True or
False, or None to compare them part by part."""


def match_with(
    pattern: Expr, term: Expr, solve: Solve, around: tuple[Expr, ...] = (), *, levels: bool = True
) -> bool:
    """Whether a term is an instance of a pattern; what its variables are is up to ``solve``."""
    decided = solve(pattern, term, around)
    if decided is not None:
        return decided
    if isinstance(pattern, App):
        if not isinstance(term, App):
            return False
        (f, first), (g, second) = spine(pattern), spine(term)
        return (
            len(first) == len(second)
            and match_with(f, g, solve, around, levels=levels)
            and all(
                match_with(a, b, solve, around, levels=levels)
                for a, b in zip(first, second, strict=True)
            )
        )
    parts, others = children(pattern), children(term)
    if parts:
        return same_kind(pattern, term) and all(
            match_with(
                part, other, solve, (*around, others[0][0]) if more else around, levels=levels
            )
            for (part, more), (other, _) in zip(parts, others, strict=True)
        )
    return alpha_equal(pattern, term, levels=levels)


def match(pattern: Expr, term: Expr, known: Mapping[str, Expr]) -> Solution | None:
    """Terms for the pattern's local names that make it the term, universes apart; None if there
    are none. ``known`` are names that are solved already."""
    solution = dict(known)

    def solve(part: Expr, other: Expr, around: tuple[Expr, ...]) -> bool | None:
        if not isinstance(part, Local):
            return None
        if part.name in solution:
            return alpha_equal(solution[part.name], other, levels=False)
        if isinstance(other, (Bound, Sort)):
            return False
        solution[part.name] = other
        return True

    return solution if match_with(pattern, term, solve, levels=False) else None


def anti_unify(left: Expr, right: Expr) -> tuple[Expr, list[tuple[Expr, Expr]]] | None:
    """The least general pattern of two expressions, with what each has in its holes.

    Equal pairs of differing sub-terms share a hole (Plotkin 1970). None if they differ under a
    binder in a way that would need a hole for a function.
    """
    pairs: dict[tuple[Expr, Expr], int] = {}

    def go(a: Expr, b: Expr, depth: int) -> Expr | None:
        if isinstance(a, App) and isinstance(b, App) and a.explicit == b.explicit:
            function = go(a.function, b.function, depth)
            args = [go(x, y, depth) for x, y in zip(a.args, b.args, strict=True)]
            known = [x for x in args if x is not None]
            if (
                function is not None
                and not isinstance(head(function), Hole)
                and len(known) == len(args)
            ):
                return App(function, tuple(known), a.explicit)
        elif isinstance(a, (Pi, Lambda)) and isinstance(b, (Pi, Lambda)) and type(a) is type(b):
            type_, body = go(a.type, b.type, depth), go(a.body, b.body, depth + 1)
            if type_ is not None and body is not None:
                return type(a)("", type_, body)
        elif a == b and (a.index < depth if isinstance(a, Bound) else isinstance(a, CLOSED)):
            return a
        first, second = lower(a, depth), lower(b, depth)
        if first is None or second is None:
            return None
        return Hole(pairs.setdefault((first, second), len(pairs)))

    pattern = go(left, right, 0)
    return None if pattern is None else (pattern, list(pairs))
