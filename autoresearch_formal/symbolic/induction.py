"""Induction with the first-order prover: both cases at once, before Lean is asked.

The case split is done on the goal's tree, each case goes to the prover, and only if both succeed
a script is written. What is wrong here only costs a failed script.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autoresearch_formal.symbolic.first_order.prove import prove
from autoresearch_formal.symbolic.first_order.saturate import Limits
from autoresearch_formal.terms.expr import (
    Expr,
    GoalTree,
    Hypothesis,
    fresh,
    head_name,
    locals_of,
)

NAT: Expr = ("c", "Nat")
INSTANCE: Expr = ("c", "inst")


def numeral(value: int) -> Expr:
    """A natural number as Lean writes it."""
    return ("a", ("c", "OfNat.ofNat"), (NAT, ("n", value), INSTANCE), (False, True, False))


def addition(left: Expr, right: Expr) -> Expr:
    """``left + right`` for natural numbers."""
    hidden = (False, False, False, False, True, True)
    return ("a", ("c", "HAdd.hAdd"), (NAT, NAT, NAT, INSTANCE, left, right), hidden)


def successor(term: Expr) -> Expr:
    """``term + 1``."""
    return addition(term, numeral(1))


def replace_local(expr: Expr, name: str, value: Expr) -> Expr:
    """Put a closed term in place of a variable of the context."""
    if expr == ("f", name):
        return value
    match expr[0]:
        case "a":
            args = tuple(replace_local(a, name, value) for a in expr[2])
            return ("a", replace_local(expr[1], name, value), args, expr[3])
        case "l" | "p":
            return (
                expr[0],
                expr[1],
                replace_local(expr[2], name, value),
                replace_local(expr[3], name, value),
            )
        case "e":
            return (expr[0], *[replace_local(x, name, value) for x in expr[1:]])
        case "j":
            return (*expr[:3], replace_local(expr[3], name, value))
    return expr


@dataclass(frozen=True, slots=True)
class Case:
    """One case of an induction."""

    pattern: str
    goal: GoalTree


def cases(goal: GoalTree, variable: str) -> list[Case]:
    """The cases for a variable of type `Nat` or `List`; none if facts depend on it."""
    hyp = next(h for h in goal.hyps if h.name == variable)
    if any(variable in locals_of(h.type) for h in goal.hyps):
        return []
    taken = {h.name for h in goal.hyps}
    others = [h for h in goal.hyps if h.name != variable]
    ih = fresh("ih", taken)
    if hyp.type == NAT:
        zero = GoalTree(others, replace_local(goal.target, variable, numeral(0)))
        step = GoalTree(
            [*others, Hypothesis(variable, NAT, False), Hypothesis(ih, goal.target, True)],
            replace_local(goal.target, variable, successor(("f", variable))),
        )
        return [Case("| zero =>", zero), Case(f"| succ {variable} {ih} =>", step)]
    if head_name(hyp.type) == "List":
        element = hyp.type[2][0]
        x = fresh("x", taken)
        nil: Expr = ("a", ("c", "List.nil"), (element,), (False,))
        tail: Expr = ("f", variable)
        cons: Expr = ("a", ("c", "List.cons"), (element, ("f", x), tail), (False, True, True))
        empty = GoalTree(others, replace_local(goal.target, variable, nil))
        more = GoalTree(
            [
                *others,
                Hypothesis(x, element, False),
                Hypothesis(variable, hyp.type, False),
                Hypothesis(ih, goal.target, True),
            ],
            replace_local(goal.target, variable, cons),
        )
        return [Case("| nil =>", empty), Case(f"| cons {x} {variable} {ih} =>", more)]
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
    limits: Limits,
    facts: Sequence[tuple[str, Expr]],
    first: Limits | None = None,
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


def alpha(expr: Expr) -> Expr:
    """The expression without binder names, so that equal means equal up to renaming."""
    match expr[0]:
        case "a":
            return ("a", alpha(expr[1]), tuple(alpha(a) for a in expr[2]))
        case "l" | "p":
            return (expr[0], alpha(expr[2]), alpha(expr[3]))
        case "e":
            return (expr[0], *[alpha(x) for x in expr[1:]])
        case "j":
            return (*expr[:3], alpha(expr[3]))
    return expr


__all__ = [
    "addition",
    "alpha",
    "cases",
    "induction_variables",
    "numeral",
    "prove_by_induction",
    "successor",
]
