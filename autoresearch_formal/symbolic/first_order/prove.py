"""The prover as one function: a goal tree in, Lean scripts out."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.first_order.clauses import Clause, ProverLimits
from autoresearch_formal.symbolic.first_order.clausify import Clausifier, clausify
from autoresearch_formal.symbolic.first_order.herbrand import NoDefault, ground_instances
from autoresearch_formal.symbolic.first_order.problem import NotFirstOrder
from autoresearch_formal.symbolic.first_order.refute import refute
from autoresearch_formal.symbolic.first_order.script import scripts, witness_steps
from autoresearch_formal.symbolic.first_order.stepwise import in_steps
from autoresearch_formal.symbolic.first_order.terms import SORT, Substitution, Term
from autoresearch_formal.terms import ATOM, Expr, GoalTree, show

MANY = 30
"""Ground instances beyond which a refutation is written in steps."""

TOO_MANY = 250
"""Ground instances beyond which nothing is written but steps."""


@dataclass(frozen=True, slots=True)
class ProverOutcome:
    """What came of it."""

    scripts: tuple[str, ...]
    """Tactic scripts to try, most readable first; empty if no refutation was found."""
    found: bool
    saturated: bool
    """All hypotheses were read, nothing was thrown away, and nothing is left to infer: more budget
    is of no use."""
    generated: int
    """Clauses made, a measure of work that does not depend on the machine."""
    witnesses: tuple[str, ...] = ()
    """First steps ``refine ⟨t, ?_⟩`` for a target ∃, read off the refutation."""


def prove(
    goal: GoalTree, limits: ProverLimits | None = None, facts: Sequence[tuple[str, Expr]] = ()
) -> ProverOutcome:
    """Try to refute the negation of a goal from its hypotheses and ``facts`` (text, type)."""
    try:
        problem, maker = clausify(goal, facts)
    except (NotFirstOrder, IndexError):
        return ProverOutcome((), False, False, 0)
    run = refute(problem.clauses, limits or ProverLimits())
    if not run.clauses:
        return ProverOutcome((), False, run.saturated and problem.complete, run.generated)
    return outcome_of(goal, maker, run.clauses, run.generated)


def outcome_of(
    goal: GoalTree, maker: Clausifier, clauses: Sequence[Clause], generated: int = 0
) -> ProverOutcome:
    """Scripts and witnesses from a refutation of a clausified goal."""
    default = _default(maker, goal)
    with contextlib.suppress(NotFirstOrder, NoDefault, RecursionError):
        leaves = instances_used(maker, clauses, default)
        if len(leaves) > MANY:
            stepped = in_steps(maker, clauses, default)
            if stepped is not None:
                left = instances_used(stepped.maker, stepped.clauses, default)
                written = scripts(stepped.maker, left, stepped.lines)
                first = tuple(witness_steps(maker, leaves))
                return ProverOutcome(tuple(written), True, False, generated, first)
    try:
        leaves = instances_used(maker, clauses, default)
    except NoDefault:
        return ProverOutcome((), True, False, generated)
    if len(leaves) > TOO_MANY:
        return ProverOutcome((), True, False, generated)
    first = tuple(witness_steps(maker, leaves))
    try:
        return ProverOutcome(tuple(scripts(maker, leaves)), True, False, generated, first)
    except NotFirstOrder:
        return ProverOutcome((), True, False, generated, first)


def instances_used(
    maker: Clausifier, clauses: Sequence[Clause], default: Callable[[int], Term]
) -> list[tuple[int, Substitution]]:
    """The ground instances, with a value for every variable that a recipe names."""
    leaves = ground_instances(clauses, default)
    for number, sub in leaves:
        for step in maker.problem.sources[number].recipe:
            if step.kind in ("all", "exgoal") and step.variable not in sub:
                sub[step.variable] = default(step.variable // SORT)
    return leaves


def _default(maker: Clausifier, goal: GoalTree) -> Callable[[int], Term]:
    by_sort = {number: text for text, number in maker.problem.sorts.items()}

    def default(sort: int) -> Term:
        for name, type_ in goal.types.items():
            if show(type_, (), ATOM) == by_sort.get(sort):
                return maker.constant(name)
        raise NoDefault(by_sort.get(sort, "?"))

    return default
