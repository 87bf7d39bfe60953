"""Scripts from the first-order prover as actions."""

from __future__ import annotations

from collections.abc import Iterable

from autoresearch_formal.policy.base import Action, NameView, Situation
from autoresearch_formal.policy.conjecture import propose_lemmas
from autoresearch_formal.policy.expr import GoalTree, head_name
from autoresearch_formal.policy.facts import (
    background,
    fact_expr,
    goal_symbols,
    matters,
    usable,
)
from autoresearch_formal.policy.fol.prove import prove
from autoresearch_formal.policy.fol.saturate import Limits
from autoresearch_formal.policy.fol.script import CLOSER
from autoresearch_formal.policy.induct import induction_variables, prove_by_induction
from autoresearch_formal.policy.ingredients import ingredients

LIMITS = (
    Limits(given=120, generated=4_000, weight=30),
    Limits(given=400, generated=15_000, weight=36),
    Limits(given=1_000, generated=40_000, weight=44),
    Limits(given=2_500, generated=90_000, weight=60),
)
"""Limits of the prover at the first, second, … expansion of a goal."""


FACTS = (6, 14, 24, 40)
"""Library facts given to the prover at the first, second, … expansion."""


def select_facts(tree: GoalTree, situation: Situation) -> list[NameView]:
    """Invented lemmas, core facts whose symbols all occur, then the closest of the library."""
    symbols = goal_symbols(tree)
    core = background()
    chosen = [v for v in situation.theory.invented if v.tree is not None]
    near = []
    for view in situation.facts:
        fact = fact_expr(view)
        if fact is None:
            continue
        if view.name in core:
            if situation.effort >= core[view.name] and matters(fact, symbols):
                chosen.append(view)
        elif matters(fact, symbols, int(situation.effort > 2)):
            near.append(view)
    return chosen + near[: FACTS[min(situation.effort, len(FACTS)) - 1]]


def hammer(tree: GoalTree, situation: Situation) -> Iterable[Action]:
    """Scripts for the goal as it stands."""
    if head_name(tree.target) in ("And", "Iff"):
        return  # its parts are goals of their own
    limits = LIMITS[min(situation.effort, len(LIMITS)) - 1]
    facts = list(usable(tree, select_facts(tree, situation)))
    outcome = prove(tree, limits)
    if not outcome.found and facts:
        outcome = prove(tree, limits, facts)
    rows = ingredients()
    for script in outcome.scripts:
        row = rows["hammer.instances" if script.endswith(CLOSER) else "hammer.chain"]
        yield Action("tactic", script, row.logprob, (row.name,), row.heartbeats)
    if outcome.found:
        return
    row = rows["hammer.induction"]
    for variable in induction_variables(tree):
        found = prove_by_induction(tree, variable, limits, facts)
        if found is not None:
            yield Action("tactic", found, row.logprob, (row.name,), row.heartbeats)
            return
    if situation.root and situation.invent and situation.effort == 2:
        yield from propose_lemmas(tree, situation.goals[0], facts)
