"""Finding uses of a pattern, predicates included.

Matching is first-order except for holes that stand for predicates: where a pattern says ``P a``
with a variable bound in the pattern, any proposition about that variable will do, and ``P``
becomes a λ (Miller's patterns, "A logic programming language with lambda-abstraction", 1991).
Other occurrences of ``P`` then have to agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.concepts.patterns import (
    BAD,
    Abstraction,
    Binder,
    fill,
    lift,
    lower,
)
from autoresearch_formal.terms.expr import Expr

PROP: Expr = ("S", "0")


@dataclass(slots=True)
class Bindings:
    """What the holes stand for, and what is still to be checked."""

    args: list[Expr | None]
    delayed: list[tuple[int, tuple[Expr, ...], Expr, tuple[Expr, ...]]] = field(
        default_factory=list
    )
    """Predicate hole, its arguments in the pattern, the subject, types of the binders around."""

    def copy(self) -> Bindings:
        """To come back to after a failed attempt."""
        return Bindings(list(self.args), list(self.delayed))


class Matcher:
    """Matches one abstraction in one statement."""

    def __init__(
        self, shape: Abstraction, types: Mapping[str, Expr], binders: Sequence[Binder] = ()
    ) -> None:
        self.shape = shape
        self.types = types
        self.binders = binders
        self._predicate = [goes_to_prop(t) for t in shape.types]

    def one(self, subject: Expr) -> list[Expr] | None:
        """Arguments that make the abstraction (of one part) the subject, or None."""
        found = self._extend(Bindings([None] * len(self.shape.types)), 0, subject)
        return self.finish(found) if found is not None else None

    def among(self, subjects: Sequence[Expr]) -> Iterator[tuple[tuple[int, ...], list[Expr]]]:
        """Ways to find all parts among the subjects: which ones, and the arguments."""

        def go(part: int, chosen: tuple[int, ...], so_far: Bindings) -> Iterator[tuple[int, ...]]:
            if part == len(self.shape.parts):
                done = self.finish(so_far)
                if done is not None:
                    self._args = done
                    yield chosen
                return
            for number, subject in enumerate(subjects):
                if number not in chosen:
                    more = self._extend(so_far.copy(), part, subject)
                    if more is not None:
                        yield from go(part + 1, (*chosen, number), more)

        for chosen in go(0, (), Bindings([None] * len(self.shape.types))):
            yield chosen, self._args

    def _extend(self, so_far: Bindings, part: int, subject: Expr) -> Bindings | None:
        return so_far if self._match(self.shape.parts[part], subject, (), so_far) else None

    def _match(self, p: Expr, s: Expr, around: tuple[Expr, ...], b: Bindings) -> bool:
        kind = p[0]
        if kind == "h":
            outer = lower(s, len(around))
            return outer != BAD and self._bind(p[1], outer, b)
        if kind == "a":
            if p[1][0] == "h":
                simple = s[0] == "a" and s[1][0] in ("f", "b") and len(s[2]) == len(p[2])
                if not simple:
                    if not self._predicate[p[1][1]] or s[0] not in ("a", "p"):
                        return False
                    b.delayed.append((p[1][1], p[2], s, around))
                    return True
            if s[0] != "a" or len(s[2]) != len(p[2]) or not self._match(p[1], s[1], around, b):
                return False
            return all(self._match(x, y, around, b) for x, y in zip(p[2], s[2], strict=True))
        if kind in ("l", "p"):
            return (
                s[0] == kind
                and self._match(p[2], s[2], around, b)
                and self._match(p[3], s[3], (*around, s[2]), b)
            )
        return p == s

    def _bind(self, hole: int, value: Expr, b: Bindings) -> bool:
        if b.args[hole] is not None:
            return same(b.args[hole], value)
        type_ = self._type(value)
        b.args[hole] = value
        return type_ is None or self._match(self.shape.types[hole], type_, (), b)

    def _type(self, value: Expr) -> Expr | None:
        if value[0] == "f":
            return self.types.get(value[1])
        if value[0] == "b" and value[1] < len(self.binders):
            return lift(self.binders[-1 - value[1]][1], value[1] + 1)
        return None

    def finish(self, b: Bindings) -> list[Expr] | None:
        """Solve the predicates that were left open; None if that fails."""
        for hole, args, subject, around in b.delayed:
            if b.args[hole] is None and distinct_bound(args, len(around)):
                made = make_function(args, subject, around)
                if made is None:
                    return None
                b.args[hole] = made
        for hole, args, subject, around in list(b.delayed):
            function = b.args[hole]
            if function is not None and function[0] == "l" and len(args) == 1:
                given = argument(lift(function[3], len(around), 1), subject)
                if given is not None and not self._match(args[0], given, around, b):
                    return None
        if any(a is None for a in b.args):
            return None
        known = [a for a in b.args if a is not None]
        for hole, args, subject, around in b.delayed:
            said = fill(("a", ("h", hole), args, (True,) * len(args)), known, len(around))
            if not same(said, subject):
                return None
        return known


def same(left: Expr | None, right: Expr | None) -> bool:
    """Equality up to the names of bound variables."""
    if left is None or right is None or left[0] != right[0]:
        return left == right
    if left[0] == "a":
        return (
            len(left[2]) == len(right[2])
            and same(left[1], right[1])
            and all(same(a, b) for a, b in zip(left[2], right[2], strict=True))
        )
    if left[0] in ("l", "p"):
        return same(left[2], right[2]) and same(left[3], right[3])
    return left == right


def goes_to_prop(type_: Expr) -> bool:
    """Whether a type is that of a predicate with at least one argument."""
    if type_[0] != "p":
        return False
    while type_[0] == "p":
        type_ = type_[3]
    return type_[0] == "S" and str(type_[1]) == "0"


def distinct_bound(args: Sequence[Expr], depth: int) -> bool:
    """Whether the arguments are different variables bound inside the pattern."""
    return len(set(args)) == len(args) and all(a[0] == "b" and a[1] < depth for a in args)


def make_function(args: Sequence[Expr], subject: Expr, around: Sequence[Expr]) -> Expr | None:
    """``fun args => subject``, taken out of all binders around; None if others occur in it."""
    if len(args) != 1:
        return None
    index, depth = args[0][1], len(around)
    type_ = lower(around[-1 - index], depth - 1 - index)
    # the variable becomes the λ's own; all others around must be absent
    body = lower(swap_inner(subject, index), depth, 1)
    if BAD in (type_, body):
        return None
    return ("l", "x", type_, body)


def argument(body: Expr, subject: Expr, depth: int = 0) -> Expr | None:
    """What stands in the subject where the body of a λ has its variable, at the first place."""
    if body == ("b", depth):
        found = lower(subject, depth)
        return None if found == BAD else found
    if body[0] != subject[0]:
        return None
    if body[0] == "a" and len(body[2]) == len(subject[2]):
        parts = [(body[1], subject[1]), *zip(body[2], subject[2], strict=True)]
        answers = (argument(x, y, depth) for x, y in parts)
    elif body[0] in ("l", "p"):
        answers = (argument(body[k], subject[k], depth + k - 2) for k in (2, 3))
    else:
        return None
    return next((a for a in answers if a is not None), None)


def swap_inner(expr: Expr, index: int, depth: int = 0) -> Expr:
    """Make bound variable ``index`` number 0 of a new innermost binder."""
    match expr[0]:
        case "b":
            if expr[1] < depth:
                return expr
            return ("b", depth) if expr[1] - depth == index else ("b", expr[1] + 1)
        case "a":
            args = tuple(swap_inner(a, index, depth) for a in expr[2])
            return ("a", swap_inner(expr[1], index, depth), args, expr[3])
        case "l" | "p":
            type_ = swap_inner(expr[2], index, depth)
            return (expr[0], expr[1], type_, swap_inner(expr[3], index, depth + 1))
    return expr
