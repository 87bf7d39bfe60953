"""Equality up to the names of bound variables."""

from __future__ import annotations

from autoresearch_formal.terms.nodes import (
    PROP,
    App,
    Expr,
    Lambda,
    Pi,
    Projection,
    Sort,
    spine,
)
from autoresearch_formal.terms.traverse import children, map_children


def alpha_key(expr: Expr) -> Expr:
    """A form that is equal for terms that differ in names of bound variables alone.

    Which arguments are written out does not count either. It is for comparing, not for printing.
    """
    made = map_children(expr, lambda part, _: alpha_key(part))
    if isinstance(made, App):
        return App(made.function, made.args, ())
    if isinstance(made, Pi):
        return Pi("", made.type, made.body)
    if isinstance(made, Lambda):
        return Lambda("", made.type, made.body)
    return made


def alpha_equal(left: Expr, right: Expr, *, levels: bool = True) -> bool:
    """Equality up to names of bound variables, and to which arguments are written out.

    With ``levels`` False all universes but `Prop` count as the same.
    """
    if left is right:
        return True
    if isinstance(left, App) and isinstance(right, App):
        (f, first), (g, second) = spine(left), spine(right)
        return (
            len(first) == len(second)
            and alpha_equal(f, g, levels=levels)
            and all(alpha_equal(a, b, levels=levels) for a, b in zip(first, second, strict=True))
        )
    parts, others = children(left), children(right)
    if parts:
        return same_kind(left, right) and all(
            alpha_equal(a, b, levels=levels) for (a, _), (b, _) in zip(parts, others, strict=True)
        )
    if not levels and isinstance(left, Sort) and isinstance(right, Sort):
        return (left == PROP) == (right == PROP)
    return left == right


def same_kind(left: Expr, right: Expr) -> bool:
    """Whether two nodes other than applications differ in their parts and names at most."""
    if isinstance(left, Projection) and isinstance(right, Projection):
        return left.field == right.field
    return type(left) is type(right)
