"""What the gym says of goals, as the search and the policy see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autoresearch_formal.actions.base import GoalView, HypView


def fingerprint_of(goals: Sequence[dict[str, Any]]) -> str:
    """One fingerprint for the goals of a state."""
    return "+".join(str(g["fingerprint"]) for g in goals)


def hyp_names(goal: dict[str, Any]) -> tuple[str, ...]:
    """Names of the context, in order."""
    return tuple(h["name"] for h in goal.get("hyps", ()))


def view(goal: dict[str, Any]) -> GoalView:
    """A goal of the gym for the policy."""
    return GoalView(
        goal.get("pp", ""),
        goal.get("target", ""),
        tuple(
            HypView(h["name"], h["type"], bool(h.get("prop")), h.get("value"))
            for h in goal.get("hyps", ())
        ),
        goal["fingerprint"],
        int(goal.get("size", 0)),
        goal.get("head", ""),
        tuple(goal.get("consts", ())),
        goal.get("tree"),
    )
