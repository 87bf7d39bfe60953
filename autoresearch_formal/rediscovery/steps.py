"""Single steps with hypotheses that are worth a try before anything that searches.

All are read off the goal: which hypothesis ends in the set that the goal is about, which gives a
value for all arguments, which terms could be the value that is asked for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from autoresearch_formal.rediscovery.match import same_type
from autoresearch_formal.terms import (
    Expr,
    GoalTree,
    Hypothesis,
    Lambda,
    Local,
    Pi,
    arguments,
    head,
    head_name,
    telescope,
    uses_bound,
)

MAX_LINES = 12
"""Steps of one kind."""

GRIND = "grind (gen := 3) (instances := 100)"
"""`grind`; without these bounds it overruns its heartbeats many times on associativity."""


def backward(tree: GoalTree) -> list[str]:
    """Hypotheses about the goal's set, applied to the goal: ``∀ a b, P (a b) → P (b a)``."""
    target = head(tree.target)
    lines = []
    for hypothesis, found, conclusion in _laws(tree):
        if head_name(conclusion) == "Iff":
            holes = " ".join("_" for _ in found)
            if all(head(side) == target for side in arguments(conclusion)):
                lines += [f"refine (@{hypothesis.name} {holes}).{way} ?_" for way in ("mp", "mpr")]
        elif head(conclusion) == target and any(head(t) == target for _, t in found):
            lines.append(f"apply {hypothesis.name}")
    return lines[:MAX_LINES]


def forward(tree: GoalTree) -> list[str]:
    """What such a hypothesis says of what is known to be in the set, and of the elements at hand
    and their images under functions of one argument."""
    target = head(tree.target)
    if not isinstance(target, Local):
        return []
    inside = [h.name for h in tree.hyps if h.is_prop and head(h.type) == target]
    lines = []
    for hypothesis, found, conclusion in _laws(tree):
        if head(conclusion) != target:
            continue
        premises = [head(t) == target for _, t in found]
        if not any(premises):
            continue
        choices = []
        for place, (_, type_) in enumerate(found):
            if premises[place]:
                choices.append(inside[::-1][:2])
            elif any(
                premises[k] and uses_bound(found[k][1], k - place - 1) for k in _after(found, place)
            ):
                choices.append(["_"])
            else:
                choices.append(list(terms(tree, type_))[:5])
        for chosen in itertools.islice(itertools.product(*choices), 8):
            lines.append(f"have fact := @{hypothesis.name} {' '.join(chosen)}")
    return lines[:MAX_LINES]


def chosen_functions(tree: GoalTree) -> list[str]:
    """If the goal asks for a function: the choice of a value, from ``∀ a, ∃ b, …``."""
    if not _asks_for_function(tree.target):
        return []
    lines = []
    for hypothesis, found, conclusion in _laws(tree):
        if len(found) == 1 and head_name(conclusion) == "Exists":
            name = f"{hypothesis.name}_f"
            if name not in tree.types:
                axiom = f"Classical.axiomOfChoice {hypothesis.name}"
                lines.append(f"obtain ⟨{name}, {name}_law⟩ := {axiom}")
    return lines


def witnesses(tree: GoalTree) -> list[str]:
    """For ``∃ x, …``: a term at hand, or one that a hypothesis ``∀ a …, ∃ x, …`` gives for the
    variables at hand, the rest being left to `grind`."""
    if head_name(tree.target) != "Exists":
        return []
    over = arguments(tree.target)[0]
    lines = [f"exact ⟨{term}, by {GRIND}⟩" for term in itertools.islice(terms(tree, over), 6)]
    for hypothesis, found, conclusion in _laws(tree):
        if head_name(conclusion) != "Exists":
            continue
        data = [
            [h.name for h in tree.hyps if not h.is_prop and same_type(h.type, t)] for _, t in found
        ]
        for chosen in itertools.islice(itertools.product(*(d[-3:] for d in data)), 9):
            if len(set(chosen)) == len(chosen):
                given = f"{hypothesis.name} {' '.join(chosen)}"
                lines.append(f"obtain ⟨given, about⟩ := {given}; exact ⟨given, by {GRIND}⟩")
    return lines[: 2 * MAX_LINES]


def terms(tree: GoalTree, type_: Expr) -> Iterator[str]:
    """Terms of a type: variables, the latest first, then functions of one argument of these."""
    data = [h for h in reversed(tree.hyps) if not h.is_prop]
    yield from (h.name for h in data if same_type(h.type, type_))
    for function in data:
        of = function.type
        if isinstance(of, Pi) and same_type(of.body, type_):
            yield from (f"({function.name} {h.name})" for h in data if same_type(h.type, of.type))


def _laws(tree: GoalTree) -> Iterator[tuple[Hypothesis, list[tuple[str, Expr]], Expr]]:
    """Hypotheses that say something for all arguments."""
    for hypothesis in tree.hyps:
        found, conclusion = telescope(hypothesis.type)
        if hypothesis.is_prop and found:
            yield hypothesis, found, conclusion


def _after(found: Sequence[object], place: int) -> range:
    return range(place + 1, len(found))


def _asks_for_function(target: Expr) -> bool:
    """Whether one of the values that an existence claim asks for is a function."""
    while head_name(target) == "Exists":
        over, claim = arguments(target)
        if isinstance(over, Pi):
            return True
        if not isinstance(claim, Lambda):
            return False
        target = claim.body
    return False
