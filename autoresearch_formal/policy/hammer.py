"""Scripts from the first-order prover as actions."""

from __future__ import annotations

from collections.abc import Iterable

from autoresearch_formal.policy.base import Action, Situation
from autoresearch_formal.policy.expr import GoalTree
from autoresearch_formal.policy.fol.prove import prove
from autoresearch_formal.policy.fol.saturate import Limits
from autoresearch_formal.policy.ingredients import ingredients

LIMITS = (
    Limits(given=120, generated=4_000, weight=30),
    Limits(given=400, generated=15_000, weight=36),
    Limits(given=1_000, generated=40_000, weight=44),
    Limits(given=2_500, generated=90_000, weight=60),
)
"""Limits of the prover at the first, second, … expansion of a goal."""


def hammer(tree: GoalTree, situation: Situation) -> Iterable[Action]:
    """Scripts for the goal as it stands."""
    limits = LIMITS[min(situation.effort, len(LIMITS)) - 1]
    outcome = prove(tree, limits)
    rows = ingredients()
    for script in outcome.scripts:
        row = rows["hammer.chain" if "calc" in script else "hammer.instances"]
        yield Action("tactic", script, row.logprob, (row.name,), row.heartbeats)
