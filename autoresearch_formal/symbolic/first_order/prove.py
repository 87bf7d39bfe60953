"""The prover as one function: a goal tree in, Lean scripts out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.first_order.clausify import Clausifier, Unsupported, clausify
from autoresearch_formal.symbolic.first_order.herbrand import NoDefault, ground_instances
from autoresearch_formal.symbolic.first_order.saturate import Limits, Saturation
from autoresearch_formal.symbolic.first_order.script import scripts, witness_steps
from autoresearch_formal.symbolic.first_order.terms import SORT, Term
from autoresearch_formal.terms.expr import Expr, GoalTree, show


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it."""

    scripts: tuple[str, ...]
    """Tactic scripts to try, most readable first; empty if no refutation was found."""
    found: bool
    saturated: bool
    """The hypotheses were exhausted without a contradiction: more budget is of no use."""
    generated: int
    """Clauses made, a measure of work that does not depend on the machine."""
    witnesses: tuple[str, ...] = ()
    """First steps ``refine ⟨t, ?_⟩`` for a target ∃, read off the refutation."""


def prove(
    goal: GoalTree, limits: Limits | None = None, facts: Sequence[tuple[str, Expr]] = ()
) -> Outcome:
    """Try to refute the negation of a goal from its hypotheses and ``facts`` (text, type)."""
    try:
        problem, maker = clausify(goal, facts)
    except (Unsupported, IndexError):
        return Outcome((), False, False, 0)
    run = Saturation(problem.clauses, limits or Limits())
    empty = run.run()
    if empty is None:
        return Outcome((), False, run.saturated and problem.complete, run.generated)
    try:
        default = _default(maker, goal)
        leaves = ground_instances(run, empty, default)
        for number, sub in leaves:
            for step in problem.sources[number].recipe:
                if step.kind in ("all", "exgoal") and step.variable not in sub:
                    sub[step.variable] = default(step.variable // SORT)
    except NoDefault:
        return Outcome((), True, False, run.generated)
    first = tuple(witness_steps(maker, leaves))
    try:
        return Outcome(tuple(scripts(maker, leaves)), True, False, run.generated, first)
    except Unsupported:
        return Outcome((), True, False, run.generated, first)


def _default(maker: Clausifier, goal: GoalTree) -> Callable[[int], Term]:
    by_sort = {number: text for text, number in maker.problem.sorts.items()}

    def default(sort: int) -> Term:
        for name, type_ in goal.types.items():
            if show(type_, (), 1024) == by_sort.get(sort):
                return maker._constant(name)
        raise NoDefault(by_sort.get(sort, "?"))

    return default
