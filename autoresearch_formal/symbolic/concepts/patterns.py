"""Patterns: expressions with holes, their length, and their generalisation.

A hole is ``("h", k)``; everything else is as in `policy.expr`. The *length* of an expression is
the number of symbols a reader sees: constants, variables, binders with their types, and arrows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from autoresearch_formal.terms.expr import Expr, head, head_name, instantiate

Binder = tuple[str, Expr]
"""Name and type of a bound variable, the type as seen where it is bound."""

RELATIONS = {
    *("Eq", "Ne", "And", "Or", "Not", "Iff", "Exists"),
    *("LE.le", "LT.lt", "GE.ge", "GT.gt", "Dvd.dvd", "Membership.mem"),
}
"""Constants whose applications are propositions."""


def length(expr: Expr) -> int:
    """Symbols that a reader sees."""
    match expr[0]:
        case "a":
            if head_name(expr) == "OfNat.ofNat":
                return 1
            shown = [a for a, s in zip(expr[2], expr[3], strict=True) if s]
            if head_name(expr) == "Exists" and shown and shown[0][0] == "l":
                return length(shown[0])
            return length(expr[1]) + sum(length(a) for a in shown)
        case "l" | "p":
            return 1 + length(expr[2]) + length(expr[3])
        case "e":
            return 1 + length(expr[1]) + length(expr[2]) + length(expr[3])
        case "j":
            return 1 + length(expr[3])
    return 1


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
            t[0] != "S" and not (a[0] == "f" and a[1] in lone)
            for a, t in zip(args, self.types, strict=True)
        )

    def use_cost(self, args: Sequence[Expr], lone: frozenset[str] = frozenset()) -> int:
        """Length of a use: the name and the arguments that count."""
        shown = zip(args, self.shown(args, lone), strict=True)
        return 1 + sum(length(a) for a, counts in shown if counts)


def result_type(type_: Expr, count: int) -> Expr | None:
    """Type of a function applied to ``count`` arguments, None if it depends on them."""
    for _ in range(count):
        if type_[0] != "p":
            return None
        body = type_[3]
        type_ = lower(body, 1)
        if type_ == BAD:
            return None
    return type_


BAD: Expr = ("!",)
"""Marks an expression that a variable keeps from being moved."""


def lower(expr: Expr, by: int, depth: int = 0) -> Expr:
    """Take an expression out of ``by`` binders; `BAD` if it mentions one of them."""
    match expr[0]:
        case "b":
            if expr[1] < depth:
                return expr
            return ("b", expr[1] - by) if expr[1] >= depth + by else BAD
        case "a":
            fn = lower(expr[1], by, depth)
            args = tuple(lower(a, by, depth) for a in expr[2])
            return BAD if fn == BAD or BAD in args else ("a", fn, args, expr[3])
        case "l" | "p":
            type_, body = lower(expr[2], by, depth), lower(expr[3], by, depth + 1)
            return BAD if BAD in (type_, body) else (expr[0], expr[1], type_, body)
        case "e" | "j":
            return BAD
    return expr


def lift(expr: Expr, by: int, depth: int = 0) -> Expr:
    """Put an expression under ``by`` more binders."""
    match expr[0]:
        case "b":
            return ("b", expr[1] + by) if expr[1] >= depth else expr
        case "a":
            args = tuple(lift(a, by, depth) for a in expr[2])
            return ("a", lift(expr[1], by, depth), args, expr[3])
        case "l" | "p":
            return (expr[0], expr[1], lift(expr[2], by, depth), lift(expr[3], by, depth + 1))
    return expr


def plain(expr: Expr) -> bool:
    """Whether the expression is built from applications, binders and atoms alone."""
    match expr[0]:
        case "a":
            return plain(expr[1]) and all(plain(a) for a in expr[2])
        case "l" | "p":
            return plain(expr[2]) and plain(expr[3])
    return expr[0] in ("c", "f", "b", "n", "S", "h")


def open_variables(expr: Expr, found: dict[Expr, int], depth: int = 0) -> Expr:
    """Replace variables from outside by holes, numbered in ``found`` as they appear.

    Names of bound variables are forgotten, so that equal results mean equal patterns.
    """
    match expr[0]:
        case "f":
            return ("h", found.setdefault(expr, len(found)))
        case "b":
            if expr[1] < depth:
                return expr
            return ("h", found.setdefault(("b", expr[1] - depth), len(found)))
        case "a":
            fn = open_variables(expr[1], found, depth)
            args = tuple(open_variables(a, found, depth) for a in expr[2])
            return ("a", fn, args, expr[3])
        case "l" | "p":
            type_ = open_variables(expr[2], found, depth)
            return (expr[0], "", type_, open_variables(expr[3], found, depth + 1))
    return expr


def fill(pattern: Expr, args: Sequence[Expr], depth: int = 0) -> Expr:
    """Put terms into the holes; a λ put in front of arguments is applied to them."""
    match pattern[0]:
        case "h":
            return lift(args[pattern[1]], depth)
        case "a":
            fn = fill(pattern[1], args, depth)
            given = [fill(a, args, depth) for a in pattern[2]]
            while fn[0] == "l" and given:
                fn = instantiate_open(fn[3], given.pop(0))
            if not given:
                return fn
            return ("a", fn, tuple(given), pattern[3][len(pattern[3]) - len(given) :])
        case "l" | "p":
            type_ = fill(pattern[2], args, depth)
            return (pattern[0], pattern[1], type_, fill(pattern[3], args, depth + 1))
    return pattern


def instantiate_open(body: Expr, value: Expr, depth: int = 0) -> Expr:
    """Replace the variable of a λ by a term that may itself have outer bound variables."""
    match body[0]:
        case "b":
            if body[1] == depth:
                return lift(value, depth)
            return ("b", body[1] - 1) if body[1] > depth else body
        case "a":
            args = tuple(instantiate_open(a, value, depth) for a in body[2])
            return ("a", instantiate_open(body[1], value, depth), args, body[3])
        case "l" | "p":
            type_ = instantiate_open(body[2], value, depth)
            return (body[0], body[1], type_, instantiate_open(body[3], value, depth + 1))
    return instantiate(body, value, depth)


def anti_unify(left: Expr, right: Expr) -> tuple[Expr, list[tuple[Expr, Expr]]] | None:
    """The least general pattern of two expressions, with what each has in its holes.

    Equal pairs of differing sub-terms share a hole (Plotkin 1970). None if they differ under a
    binder in a way that would need a hole for a function.
    """
    pairs: dict[tuple[Expr, Expr], int] = {}

    def go(a: Expr, b: Expr, depth: int) -> Expr | None:
        if a[0] == b[0] == "a" and len(a[2]) == len(b[2]) and a[3] == b[3]:
            fn = go(a[1], b[1], depth)
            args = [go(x, y, depth) for x, y in zip(a[2], b[2], strict=True)]
            if fn is not None and head(fn)[0] != "h" and None not in args:
                return ("a", fn, tuple(args), a[3])
        elif a[0] == b[0] and a[0] in ("l", "p"):
            type_, body = go(a[2], b[2], depth), go(a[3], b[3], depth + 1)
            if type_ is not None and body is not None:
                return (a[0], "", type_, body)
        elif (a == b and a[0] in ("c", "n", "S", "s")) or (a == b and a[0] == "b" and a[1] < depth):
            return a
        outer = lower(a, depth), lower(b, depth)
        if BAD in outer:
            return None
        return ("h", pairs.setdefault(outer, len(pairs)))

    pattern = go(left, right, 0)
    return None if pattern is None else (pattern, list(pairs))
