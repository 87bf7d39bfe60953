"""Clauses, and what the prover keeps about the active ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from autoresearch_formal.symbolic.first_order.terms import (
    APART,
    SORT,
    Substitution,
    Term,
    apply,
    variables,
)

TRUE: Term = ("$true",)
"""An atom ``p`` is the equation ``p = $true``."""

Literal = tuple[bool, Term, Term]
"""(positive?, left, right)."""


@dataclass(slots=True)
class Clause:
    """A disjunction, and where it came from."""

    number: int
    literals: tuple[Literal, ...]
    parents: list[tuple[int, Substitution]] = field(default_factory=list)
    """Clauses it follows from, with the values of *their* variables in terms of this clause's."""
    weight: int = 0
    goal: bool = False
    """Whether the negated goal is among its ancestors."""
    origin: tuple[int, Substitution] | None = None
    """For an input clause its position, and its own variables in terms of this clause's."""

    @property
    def unit(self) -> Literal | None:
        """The only literal, if there is only one."""
        return self.literals[0] if len(self.literals) == 1 else None


@dataclass(frozen=True, slots=True)
class ProverLimits:
    """When to give up."""

    given: int = 600
    """Clauses chosen."""
    generated: int = 60_000
    """Clauses made."""
    weight: int = 40
    """Symbols in a clause; heavier ones are thrown away."""
    ends: float | None = None
    """CPU time of this process (`time.process_time`) after which no more clauses are chosen."""
    engine: int = 3
    """Clauses that a prover outside may choose, for each that ours may; 0 if it is not asked."""


@dataclass(slots=True)
class Rule:
    """An active unit equation as a rewrite rule; unoriented ones are checked at each use."""

    left: Term
    right: Term
    oriented: bool
    clause: int


@dataclass(slots=True, eq=False)
class From:
    """A positive equation of an active clause, variables renamed, left side to be replaced."""

    clause: Clause
    renaming: Substitution
    literals: tuple[Literal, ...]
    literal: int
    left: Term
    right: Term


@dataclass(slots=True, eq=False)
class Into:
    """A place in an active clause where a replacement may happen."""

    clause: Clause
    literal: int
    big: Term
    small: Term
    path: tuple[int, ...]
    part: Term


def renamed_apart(clause: Clause) -> tuple[tuple[Literal, ...], Substitution]:
    """The literals with fresh variables, and the renaming."""
    renaming: Substitution = {v: v + APART for v in clause_variables(clause.literals)}
    if not renaming:
        return clause.literals, renaming
    return tuple(
        (p, apply(s, renaming), apply(t, renaming)) for p, s, t in clause.literals
    ), renaming


def clause_variables(literals: Iterable[Literal]) -> dict[int, None]:
    """Variables of literals, in order of first occurrence."""
    names: dict[int, None] = {}
    for _, s, t in literals:
        variables(s, names)
        variables(t, names)
    return names


def renumbering(names: Iterable[int]) -> Substitution | None:
    """Variables numbered from 0 within each sort; None if a sort has not room enough."""
    counters: dict[int, int] = {}
    renaming: Substitution = {}
    for v in names:
        sort = v // SORT
        renaming[v] = sort * SORT + counters.setdefault(sort, 0)
        counters[sort] += 1
    return None if any(n >= APART for n in counters.values()) else renaming
