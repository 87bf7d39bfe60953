"""Single steps with hypotheses that are worth a try before anything that searches.

All are read off the goal: which hypothesis ends in the set that the goal is about, which gives a
value for all arguments, which terms could be the value that is asked for.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from autoresearch_formal.rediscovery.match import same
from autoresearch_formal.symbolic.finite_models.constants import binders
from autoresearch_formal.symbolic.finite_models.sides import head_and_arguments
from autoresearch_formal.terms.expr import Expr, GoalTree, Hypothesis

MAX_LINES = 12
"""Steps of one kind."""

GRIND = "grind (gen := 3) (instances := 100)"
"""`grind`; without these bounds it overruns its heartbeats many times on associativity."""


def backward(tree: GoalTree) -> list[str]:
    """Hypotheses about the goal's set, applied to the goal: ``∀ a b, P (a b) → P (b a)``."""
    target, _ = head_and_arguments(tree.target)
    lines = []
    for hypothesis, found, conclusion in _laws(tree):
        head, arguments = head_and_arguments(conclusion)
        if head == ("c", "Iff"):
            holes = " ".join("_" for _ in found)
            if all(head_and_arguments(side)[0] == target for side in arguments):
                lines += [f"refine (@{hypothesis.name} {holes}).{way} ?_" for way in ("mp", "mpr")]
        elif head == target and any(head_and_arguments(t)[0] == target for _, t in found):
            lines.append(f"apply {hypothesis.name}")
    return lines[:MAX_LINES]


def forward(tree: GoalTree) -> list[str]:
    """What such a hypothesis says of what is known to be in the set, and of the elements at hand
    and their images under functions of one argument."""
    target, _ = head_and_arguments(tree.target)
    if target[0] != "f":
        return []
    inside = [h.name for h in tree.hyps if h.is_prop and head_and_arguments(h.type)[0] == target]
    lines = []
    for hypothesis, found, conclusion in _laws(tree):
        if head_and_arguments(conclusion)[0] != target:
            continue
        premises = [head_and_arguments(t)[0] == target for _, t in found]
        if not any(premises):
            continue
        choices = []
        for place, (_, type_) in enumerate(found):
            if premises[place]:
                choices.append(inside[::-1][:2])
            elif any(
                premises[k] and _uses(found[k][1], k - place - 1) for k in _after(found, place)
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
        if len(found) == 1 and head_and_arguments(conclusion)[0] == ("c", "Exists"):
            name = f"{hypothesis.name}_f"
            if name not in tree.types:
                axiom = f"Classical.axiomOfChoice {hypothesis.name}"
                lines.append(f"obtain ⟨{name}, {name}_law⟩ := {axiom}")
    return lines


def witnesses(tree: GoalTree) -> list[str]:
    """For ``∃ x, …``: a term at hand, or one that a hypothesis ``∀ a …, ∃ x, …`` gives for the
    variables at hand, the rest being left to `grind`."""
    head, arguments = head_and_arguments(tree.target)
    if head != ("c", "Exists"):
        return []
    lines = [
        f"exact ⟨{term}, by {GRIND}⟩" for term in itertools.islice(terms(tree, arguments[0]), 6)
    ]
    for hypothesis, found, conclusion in _laws(tree):
        if head_and_arguments(conclusion)[0] != ("c", "Exists"):
            continue
        data = [[h.name for h in tree.hyps if not h.is_prop and same(h.type, t)] for _, t in found]
        for chosen in itertools.islice(itertools.product(*(d[-3:] for d in data)), 9):
            if len(set(chosen)) == len(chosen):
                given = f"{hypothesis.name} {' '.join(chosen)}"
                lines.append(f"obtain ⟨given, about⟩ := {given}; exact ⟨given, by {GRIND}⟩")
    return lines[: 2 * MAX_LINES]


def terms(tree: GoalTree, type_: Expr) -> Iterator[str]:
    """Terms of a type: variables, the latest first, then functions of one argument of these."""
    data = [h for h in reversed(tree.hyps) if not h.is_prop]
    yield from (h.name for h in data if same(h.type, type_))
    for function in data:
        of = function.type
        if of[0] == "p" and same(of[3], type_):
            yield from (f"({function.name} {h.name})" for h in data if same(h.type, of[2]))


def _laws(tree: GoalTree) -> Iterator[tuple[Hypothesis, list[tuple[str, Expr]], Expr]]:
    """Hypotheses that say something for all arguments."""
    for hypothesis in tree.hyps:
        found, conclusion = binders(hypothesis.type)
        if hypothesis.is_prop and found:
            yield hypothesis, found, conclusion


def _after(found: Sequence[object], place: int) -> range:
    return range(place + 1, len(found))


def _uses(expr: Expr, index: int) -> bool:
    """Whether a bound variable occurs, counted from the inside."""
    match expr[0]:
        case "b":
            return bool(expr[1] == index)
        case "a":
            return _uses(expr[1], index) or any(_uses(a, index) for a in expr[2])
        case "l" | "p":
            return _uses(expr[2], index) or _uses(expr[3], index + 1)
        case "j":
            return _uses(expr[3], index)
    return False


def _asks_for_function(target: Expr) -> bool:
    """Whether one of the values that an existence claim asks for is a function."""
    while True:
        head, arguments = head_and_arguments(target)
        if head != ("c", "Exists"):
            return False
        if arguments[0][0] == "p":
            return True
        if arguments[1][0] != "l":
            return False
        target = arguments[1][3]
