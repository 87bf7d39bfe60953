"""Patterns: expressions with holes, and how long they are to read.

A pattern is a term with `Hole` nodes. The *length* of an expression is
the number of symbols a reader sees: constants, variables, binders with their types, and arrows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from autoresearch_formal.terms import (
    App,
    Bound,
    Expr,
    Hole,
    Lambda,
    Leaf,
    Let,
    Local,
    Meta,
    Pi,
    Projection,
    Sort,
    StringLiteral,
    children,
    explicit_args,
    head_name,
    lower,
    map_leaves,
    subterms,
)

Binder = tuple[str, Expr]
"""Name and type of a bound variable, the type as seen where it is bound."""

UNUSUAL = (Let, Projection, StringLiteral, Meta)
"""What no pattern has in it."""

RELATIONS = {
    *("Eq", "Ne", "And", "Or", "Not", "Iff", "Exists"),
    *("LE.le", "LT.lt", "GE.ge", "GT.gt", "Dvd.dvd", "Membership.mem"),
}
"""Constants whose applications are propositions."""


def length(expr: Expr) -> int:
    """Symbols that a reader sees."""
    if isinstance(expr, App):
        name, shown = head_name(expr), explicit_args(expr)
        if name == "OfNat.ofNat":
            return 1
        if name == "Exists" and shown and isinstance(shown[0], Lambda):
            return length(shown[0])
        return length(expr.function) + sum(map(length, shown))
    return 1 + sum(length(part) for part, _ in children(expr))


@dataclass(frozen=True, slots=True)
class Abstraction:
    """A pattern with typed holes: a definition that nobody has named yet.

    With several parts it stands for their conjunction and may be found in any order among the
    hypotheses of a statement, the members of a conjunction or the premises of an implication.
    """

    parts: tuple[Expr, ...]
    types: tuple[Expr, ...]
    """Type of each hole, with holes; ``("S", …)`` for a type."""
    result: Expr | None = None
    """Type of the whole, None for a proposition."""
    hints: tuple[str, ...] = field(default=(), compare=False)
    """How the holes were called where the pattern was first seen."""
    example: tuple[Expr, ...] = field(default=(), compare=False)
    """The parts with their binders as they were called there."""

    @property
    def cost(self) -> int:
        """Length of the definition: its name, its parameters with their types, its body."""
        joined = sum(length(p) for p in self.parts) + len(self.parts) - 1
        return 1 + sum(1 + length(t) for t in self.types) + joined

    def shown(self, args: Sequence[Expr], lone: frozenset[str]) -> tuple[bool, ...]:
        """Which arguments of a use count: not types, and not a variable alone of its type.

        Such a variable could be left implicit; as the only operation of a statement, say, it
        carries no information.
        """
        return tuple(
            not isinstance(t, Sort) and not (isinstance(a, Local) and a.name in lone)
            for a, t in zip(args, self.types, strict=True)
        )

    def use_cost(self, args: Sequence[Expr], lone: frozenset[str] = frozenset()) -> int:
        """Length of a use: the name and the arguments that count."""
        shown = zip(args, self.shown(args, lone), strict=True)
        return 1 + sum(length(a) for a, counts in shown if counts)


def result_type(type_: Expr, count: int) -> Expr | None:
    """Type of a function applied to ``count`` arguments, None if it depends on them."""
    for _ in range(count):
        if not isinstance(type_, Pi):
            return None
        rest = lower(type_.body, 1)
        if rest is None:
            return None
        type_ = rest
    return type_


def plain(expr: Expr) -> bool:
    """Whether the expression is built from applications, binders and atoms alone."""
    return not any(isinstance(part, UNUSUAL) for part in subterms(expr))


def open_variables(expr: Expr, holes: dict[Expr, int]) -> Expr:
    """Replace variables from outside by holes, numbered in ``holes`` as they appear.

    Names of bound variables are forgotten, so that equal results mean equal patterns.
    """

    def change(leaf: Leaf, at: int) -> Expr:
        if isinstance(leaf, Local):
            return Hole(holes.setdefault(leaf, len(holes)))
        if isinstance(leaf, Bound) and leaf.index >= at:
            return Hole(holes.setdefault(Bound(leaf.index - at), len(holes)))
        return leaf

    return map_leaves(expr, change, names=False)
