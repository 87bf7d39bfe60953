"""What the gym says of goals, as the search and the policy see them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from autoresearch_formal.actions.base import GoalView, HypView
from autoresearch_formal.search.graph.exchange import Context


def fingerprint_of(goals: Sequence[dict[str, Any]]) -> str:
    """One fingerprint for the goals of a state.

    What several goals share is not in their own fingerprints, so states with several goals are the
    same only if they look the same.
    """
    prints = "+".join(str(g["fingerprint"]) for g in goals)
    if len(goals) == 1:
        return prints
    text = "\n\n".join(str(g.get("pp", "")) for g in goals)
    return f"{prints}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def context_of(goal: dict[str, Any]) -> Context:
    """The context of a goal and its canonical order."""
    names = hyp_names(goal)
    order = tuple(goal.get("order", range(len(names))))
    return Context(names, order, tuple(goal.get("levels", ())))


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
