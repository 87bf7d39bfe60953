"""Finding uses of a pattern, predicates included.

Matching is first-order except for holes that stand for predicates: where a pattern says ``P a``
with a variable bound in the pattern, any proposition about that variable will do, and ``P``
becomes a λ (Miller's patterns, "A logic programming language with lambda-abstraction", 1991).
Other occurrences of ``P`` then have to agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.concepts.patterns import Abstraction, Binder
from autoresearch_formal.terms import (
    App,
    Bound,
    Expr,
    Hole,
    Lambda,
    Leaf,
    Local,
    Pi,
    alpha_equal,
    apply,
    arguments,
    children,
    ends_in_prop,
    fill,
    lift,
    lower,
    map_leaves,
    match_with,
)


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


class AbstractionMatcher:
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

    def _match(self, pattern: Expr, subject: Expr, around: tuple[Expr, ...], b: Bindings) -> bool:
        def solve(p: Expr, s: Expr, around: tuple[Expr, ...]) -> bool | None:
            if isinstance(p, Hole):
                outer = lower(s, len(around))
                return outer is not None and self._bind(p.number, outer, b)
            if not isinstance(p, App) or not isinstance(p.function, Hole):
                return None
            operation = isinstance(s, App) and isinstance(s.function, (Local, Bound))
            if operation and len(arguments(s)) == len(p.args):
                return None
            if not self._predicate[p.function.number] or not isinstance(s, (App, Pi)):
                return False
            b.delayed.append((p.function.number, p.args, s, around))
            return True

        return match_with(pattern, subject, solve, around)

    def _bind(self, hole: int, value: Expr, b: Bindings) -> bool:
        known = b.args[hole]
        if known is not None:
            return alpha_equal(known, value)
        type_ = self._type(value)
        b.args[hole] = value
        return type_ is None or self._match(self.shape.types[hole], type_, (), b)

    def _type(self, value: Expr) -> Expr | None:
        if isinstance(value, Local):
            return self.types.get(value.name)
        if isinstance(value, Bound) and value.index < len(self.binders):
            return lift(self.binders[-1 - value.index][1], value.index + 1)
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
            if isinstance(function, Lambda) and len(args) == 1:
                given = argument(lift(function.body, len(around), 1), subject)
                if given is not None and not self._match(args[0], given, around, b):
                    return None
        known = [a for a in b.args if a is not None]
        if len(known) < len(b.args):
            return None
        for hole, args, subject, around in b.delayed:
            use = fill(apply(Hole(hole), *args), known, len(around))
            if not alpha_equal(use, subject):
                return None
        return known


def goes_to_prop(type_: Expr) -> bool:
    """Whether a type is that of a predicate with at least one argument."""
    return isinstance(type_, Pi) and ends_in_prop(type_)


def distinct_bound(args: Sequence[Expr], depth: int) -> bool:
    """Whether the arguments are different variables bound inside the pattern."""
    return len(set(args)) == len(args) and all(
        isinstance(a, Bound) and a.index < depth for a in args
    )


def make_function(args: Sequence[Expr], subject: Expr, around: Sequence[Expr]) -> Expr | None:
    """``fun args => subject``, taken out of all binders around; None if others occur in it."""
    if len(args) != 1 or not isinstance(args[0], Bound):
        return None
    index, depth = args[0].index, len(around)
    type_ = lower(around[-1 - index], depth - 1 - index)
    # the variable becomes the λ's own; all others around must be absent
    body = lower(swap_inner(subject, index), depth, 1)
    return None if type_ is None or body is None else Lambda("x", type_, body)


def argument(body: Expr, subject: Expr, depth: int = 0) -> Expr | None:
    """What stands in the subject where the body of a λ has its variable, at the first place."""
    if body == Bound(depth):
        return lower(subject, depth)
    parts, others = children(body), children(subject)
    if type(body) is not type(subject) or len(parts) != len(others):
        return None
    answers = (
        argument(part, other, depth + more)
        for (part, more), (other, _) in zip(parts, others, strict=True)
    )
    return next((a for a in answers if a is not None), None)


def swap_inner(expr: Expr, index: int) -> Expr:
    """Make bound variable ``index`` number 0 of a new innermost binder."""

    def change(leaf: Leaf, at: int) -> Expr:
        if not isinstance(leaf, Bound) or leaf.index < at:
            return leaf
        return Bound(at if leaf.index - at == index else leaf.index + 1)

    return map_leaves(expr, change)
