"""Substitution: putting terms in for variables, and moving terms in and out of binders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from autoresearch_formal.terms.nodes import App, Bound, Expr, Hole, Lambda, Leaf, Local, Pi
from autoresearch_formal.terms.traverse import loose, map_children, map_leaves, map_with_depth


class _Captured(Exception):
    """A variable keeps a term inside its binder."""


def lift(expr: Expr, by: int, depth: int = 0) -> Expr:
    """Put an expression under ``by`` more binders; below ``depth`` variables are its own."""
    if not by:
        return expr

    def change(leaf: Leaf, at: int) -> Expr:
        return Bound(leaf.index + by) if isinstance(leaf, Bound) and leaf.index >= at else leaf

    return map_leaves(expr, change, depth)


def lower(expr: Expr, by: int, depth: int = 0) -> Expr | None:
    """Take an expression out of ``by`` binders; None if it mentions one of them."""
    if not by:
        return expr

    def change(leaf: Leaf, at: int) -> Expr:
        if not isinstance(leaf, Bound) or leaf.index < at:
            return leaf
        if leaf.index < at + by:
            raise _Captured
        return Bound(leaf.index - by)

    try:
        return map_leaves(expr, change, depth)
    except _Captured:
        return None


def instantiate(body: Expr, value: Expr) -> Expr:
    """The body of a binder with a value for its variable; the value is seen from outside."""
    shift = loose(value)

    def change(leaf: Leaf, at: int) -> Expr:
        if not isinstance(leaf, Bound) or leaf.index < at:
            return leaf
        if leaf.index > at:
            return Bound(leaf.index - 1)
        return lift(value, at) if shift else value

    return map_leaves(body, change)


def instantiate_all(type_: Expr, args: Sequence[Expr]) -> Expr | None:
    """A type with values for its leading binders; None if it has not so many."""
    for value in args:
        if not isinstance(type_, Pi):
            return None
        type_ = instantiate(type_.body, value)
    return type_


def bind(expr: Expr, *names: str) -> Expr:
    """Variables of the context as those of binders around it, the last name the innermost."""
    count = len(names)
    index = {name: count - 1 - place for place, name in enumerate(names)}

    def change(leaf: Leaf, at: int) -> Expr:
        if isinstance(leaf, Local) and leaf.name in index:
            return Bound(at + index[leaf.name])
        return Bound(leaf.index + count) if isinstance(leaf, Bound) and leaf.index >= at else leaf

    return map_leaves(expr, change)


def substitute(expr: Expr, terms: Mapping[str, Expr]) -> Expr:
    """Put terms in for variables of the context."""

    def change(leaf: Leaf, at: int) -> Expr:
        if not isinstance(leaf, Local) or leaf.name not in terms:
            return leaf
        value = terms[leaf.name]
        return lift(value, at) if at and loose(value) else value

    return map_leaves(expr, change)


def replace(expr: Expr, old: Expr, new: Expr) -> Expr:
    """Put a term in for another wherever that occurs, under binders too."""
    shift = loose(old) or loose(new)

    def change(part: Expr, at: int) -> Expr | None:
        if shift and at:
            return lift(new, at) if part == lift(old, at) else None
        return new if part == old else None

    return map_with_depth(expr, change)


def applied(function: Expr, args: Sequence[Expr], explicit: Sequence[bool]) -> Expr:
    """A function applied; while it is written out as a λ, its body with the argument put in."""
    used = 0
    while isinstance(function, Lambda) and used < len(args):
        function = instantiate(function.body, args[used])
        used += 1
    if used == len(args):
        return function
    return App(function, tuple(args[used:]), tuple(explicit[used:]))


def beta(expr: Expr) -> Expr:
    """Apply functions that are written out, and join nested applications."""
    expr = map_children(expr, lambda part, _: beta(part))
    if not isinstance(expr, App):
        return expr
    made = applied(expr.function, expr.args, expr.explicit) if expr.args else expr.function
    if isinstance(expr.function, Lambda):
        return beta(made)
    if isinstance(made, App) and isinstance(made.function, App):
        inner = made.function
        return App(inner.function, inner.args + made.args, inner.explicit + made.explicit)
    return made


def fill(pattern: Expr, args: Sequence[Expr], depth: int = 0) -> Expr:
    """Put terms into the holes; a λ put in front of arguments is applied to them."""

    def change(part: Expr, at: int) -> Expr | None:
        if isinstance(part, Hole):
            return lift(args[part.number], at)
        if isinstance(part, App) and isinstance(part.function, Hole):
            inner = [fill(a, args, at) for a in part.args]
            return applied(lift(args[part.function.number], at), inner, part.explicit)
        return None

    return map_with_depth(pattern, change, depth)
