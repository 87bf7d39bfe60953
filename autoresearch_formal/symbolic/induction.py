"""Induction with the first-order prover: both cases at once, before Lean is asked.

The case split is done on the goal's tree, each case goes to the prover, and only if both succeed
a script is written. What is wrong here only costs a failed script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.first_order.clauses import ProverLimits
from autoresearch_formal.symbolic.first_order.prove import prove
from autoresearch_formal.terms import (
    App,
    Const,
    Expr,
    GoalTree,
    Hypothesis,
    Local,
    NatLiteral,
    arguments,
    fresh,
    head_name,
    locals_of,
    substitute,
)

NAT: Expr = Const("Nat")
INSTANCE: Expr = Const("inst")


def numeral(value: int) -> Expr:
    """A natural number as Lean writes it."""
    return App(Const("OfNat.ofNat"), (NAT, NatLiteral(value), INSTANCE), (False, True, False))


def addition(left: Expr, right: Expr) -> Expr:
    """``left + right`` for natural numbers."""
    hidden = (False, False, False, False, True, True)
    return App(Const("HAdd.hAdd"), (NAT, NAT, NAT, INSTANCE, left, right), hidden)


def successor(term: Expr) -> Expr:
    """``term + 1``."""
    return addition(term, numeral(1))


@dataclass(frozen=True, slots=True)
class InductionCase:
    """One case of an induction."""

    pattern: str
    goal: GoalTree


def cases(goal: GoalTree, variable: str) -> list[InductionCase]:
    """The cases for a variable of type `Nat` or `List`; none if facts depend on it."""
    hyp = next(h for h in goal.hyps if h.name == variable)
    if any(variable in locals_of(h.type) for h in goal.hyps):
        return []
    taken = {h.name for h in goal.hyps}
    others = [h for h in goal.hyps if h.name != variable]
    ih = fresh("ih", taken)
    if hyp.type == NAT:
        zero = GoalTree(others, substitute(goal.target, {variable: numeral(0)}))
        step = GoalTree(
            [*others, Hypothesis(variable, NAT, False), Hypothesis(ih, goal.target, True)],
            substitute(goal.target, {variable: successor(Local(variable))}),
        )
        return [InductionCase("| zero =>", zero), InductionCase(f"| succ {variable} {ih} =>", step)]
    if head_name(hyp.type) == "List":
        element = arguments(hyp.type)[0]
        x = fresh("x", taken)
        nil: Expr = App(Const("List.nil"), (element,), (False,))
        tail: Expr = Local(variable)
        cons: Expr = App(Const("List.cons"), (element, Local(x), tail), (False, True, True))
        empty = GoalTree(others, substitute(goal.target, {variable: nil}))
        more = GoalTree(
            [
                *others,
                Hypothesis(x, element, False),
                Hypothesis(variable, hyp.type, False),
                Hypothesis(ih, goal.target, True),
            ],
            substitute(goal.target, {variable: cons}),
        )
        return [
            InductionCase("| nil =>", empty),
            InductionCase(f"| cons {x} {variable} {ih} =>", more),
        ]
    return []


def induction_variables(goal: GoalTree) -> list[str]:
    """Variables on which an induction makes sense, the last introduced first."""
    mentioned = locals_of(goal.target)
    return [
        h.name
        for h in reversed(goal.hyps)
        if h.name in mentioned and not h.is_prop and (h.type == NAT or head_name(h.type) == "List")
    ]


def prove_by_induction(
    goal: GoalTree,
    variable: str,
    limits: ProverLimits,
    facts: Sequence[tuple[str, Expr]],
    first: ProverLimits | None = None,
) -> str | None:
    """A complete script ``induction variable with …``, or None.

    ``first`` are the limits of the first case, which throws most false statements out.
    """
    split = cases(goal, variable)
    if not split:
        return None
    lines = [f"induction {variable} with"]
    for number, case in enumerate(split):
        outcome = prove(case.goal, limits if number or first is None else first, facts)
        if not outcome.scripts:
            return None
        lines.append(case.pattern)
        lines += ["  " + line for line in outcome.scripts[0].split("\n")]
    return "\n".join(lines)
