"""Hypotheses about all predicates: what is the least that has some property.

``∀ x, A x ↔ ∀ P, (… P closed …) → P x`` says that ``A`` is the least ``P`` of its kind. It is
used in two ways: as an induction principle, with a predicate read off the target, and with the
predicates that the context already has. First-order reasoning can do neither, so both become
steps or facts here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autoresearch_formal.actions.base import Action
from autoresearch_formal.symbolic.induction import alpha, replace_local
from autoresearch_formal.symbolic.steps import action
from autoresearch_formal.terms.expr import (
    Expr,
    GoalTree,
    fresh,
    head,
    head_name,
    instantiate,
    locals_of,
    show,
    uses_bound,
)


def is_predicate(type_: Expr) -> bool:
    """Whether a type is ``α → Prop``, maybe with more arguments."""
    if type_[0] != "p":
        return False
    while type_[0] == "p":
        type_ = type_[3]
    return type_[0] == "S" and str(type_[1]) == "0"


@dataclass(frozen=True, slots=True)
class Least:
    """A hypothesis ``∀ x…, A x… ↔ ∀ P, …`` (or with → instead of ↔)."""

    name: str
    variables: tuple[str, ...]
    types: tuple[Expr, ...]
    left: Expr
    """``A x…`` with the variables as loose bound variables."""
    right: Expr
    """``∀ P, …``, likewise."""
    both: bool
    """Whether it is an equivalence."""


def least(tree: GoalTree) -> Iterator[Least]:
    """The hypotheses of this form."""
    for h in tree.hyps:
        if not h.is_prop:
            continue
        body, names, types = h.type, [], []
        while body[0] == "p" and head_name(body) == "" and body[3][0] != "S":
            if body[2][0] in ("p", "S") or head_name(body[2]) in ("Iff", "And", "Eq"):
                break
            if not uses_bound(body[3]):
                break
            names.append(body[1])
            types.append(body[2])
            body = body[3]
        if head_name(body) == "Iff":
            left, right, both = body[2][0], body[2][1], True
        elif body[0] == "p" and body[3][0] == "p":
            left, right, both = body[2], instantiate(body[3], ("c", "_unused_")), False
        else:
            continue
        if head(left)[0] == "f" and right[0] == "p" and is_predicate(right[2]):
            yield Least(h.name, tuple(names), tuple(types), left, right, both)


def premises(body: Expr) -> int:
    """How many → a statement begins with."""
    count = 0
    while body[0] == "p":
        count += 1
        body = body[3]
    return count


def inductions(tree: GoalTree) -> Iterator[Action]:
    """``A t`` is known: show the target for all of ``A`` by the closure properties."""
    for law in least(tree):
        predicate = head(law.left)
        for h in tree.hyps:
            if not h.is_prop or h.type[0] != "a" or h.type[1] != predicate:
                continue
            subject = h.type[2][-1]
            if subject[0] != "f" or subject[1] not in locals_of(tree.target):
                continue
            if premises(law.right[2]) != 1 or len(law.variables) != len(h.type[2]):
                continue
            taken = {x.name for x in tree.hyps}
            z = fresh("z", taken)
            motive = show(replace_local(tree.target, subject[1], ("f", z)))
            arguments = " ".join(show(a, (), 1024) for a in h.type[2])
            used = (
                f"(({law.name} {arguments}).mp {h.name})"
                if law.both
                else (f"({law.name} {arguments} {h.name})")
            )
            count = premises(law.right[3])
            holes = " ".join(["?_"] * count)
            yield action(
                "induction.least",
                f"refine {used} (fun {z} => {motive}) {holes} <;> try dsimp only",
            )
    for law in least(tree):
        if law.both and tree.target[0] == "a" and tree.target[1] == head(law.left):
            arguments = " ".join(show(a, (), 1024) for a in tree.target[2])
            yield action("use.least", f"refine ({law.name} {arguments}).mpr ?_")
    yield from consequences(tree)


def consequences(tree: GoalTree) -> Iterator[Action]:
    """What is known of members of ``A``, for each closed predicate that the context has."""
    taken = {h.name for h in tree.hyps}
    for law in least(tree):
        count = premises(law.right[3])
        for predicate in tree.hyps:
            if alpha(predicate.type) != alpha(law.right[2]):
                continue
            if ("f", predicate.name) == head(law.left):
                continue
            lines: list[str] = []
            for h in tree.hyps:
                if not h.is_prop or h.type[0] != "a" or h.type[1] != head(law.left):
                    continue
                used = " ".join([law.name, *[show(a, (), 1024) for a in h.type[2]]])
                used = f"({used}).mp {h.name}" if law.both else f"{used} {h.name}"
                name = fresh("k", taken | {f"k{n}" if n else "k" for n in range(len(lines))})
                lines.append(f"have {name} := {used} {predicate.name}{' (by assumption)' * count}")
            if lines:
                yield action("use.least_facts", "\n".join(lines))


def instances(tree: GoalTree) -> Iterator[tuple[str, Expr]]:
    """The hypotheses for each predicate that the context has, as facts for the prover."""
    for law in least(tree):
        for h in tree.hyps:
            if alpha(h.type) != alpha(law.right[2]) or ("f", h.name) == head(law.left):
                continue
            body = instantiate(law.right[3], ("f", h.name))
            statement: Expr = ("p", "h", law.left, lift(body))
            for name, type_ in zip(reversed(law.variables), reversed(law.types), strict=True):
                statement = ("p", name, type_, statement)
            names = [fresh(n, ()) + "0" for n in law.variables]
            applied = " ".join([law.name, *names])
            inner = f"({applied}).mp known" if law.both else f"{applied} known"
            yield f"(fun {' '.join(names)} known => {inner} {h.name})", statement


def lift(expr: Expr, depth: int = 0) -> Expr:
    """The expression under one more binder that it does not use."""
    match expr[0]:
        case "b":
            return ("b", expr[1] + 1) if expr[1] >= depth else expr
        case "a":
            return ("a", lift(expr[1], depth), tuple(lift(a, depth) for a in expr[2]), expr[3])
        case "l" | "p":
            return (expr[0], expr[1], lift(expr[2], depth), lift(expr[3], depth + 1))
    return expr


__all__ = ["Least", "inductions", "instances", "is_predicate", "least", "lift"]
