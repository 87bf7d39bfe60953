"""Steps that draw from a hypothesis what it says of something the goal has.

Like `steps`, these reason about nothing: they are proposed because of the shape of a hypothesis.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from autoresearch_formal.policy.base import Action
from autoresearch_formal.policy.expr import (
    Expr,
    GoalTree,
    explicit_args,
    fresh,
    head_name,
    loose,
    subterms,
    uses_bound,
)
from autoresearch_formal.policy.steps import action, destructure

MAX_INSTANCES = 4
"""Instances of one hypothesis that are opened."""


def pointwise(tree: GoalTree, known: set[str]) -> Iterator[Action]:
    """What two things of a type with components being equal, or not, says of the components."""
    taken = {h.name for h in tree.hyps}
    said = [set(subterms(h.type)) for h in tree.hyps if h.is_prop and h.type[0] == "p"]
    for h in tree.hyps:
        equation = h.type[2][0] if head_name(h.type) == "Not" else h.type
        if not h.is_prop or head_name(equation) not in ("Eq", "Ne"):
            continue
        law = f"{head_name(equation[2][0])}.ext_iff"
        if law not in known or any(set(explicit_args(equation)) <= terms for terms in said):
            continue
        if h.type is equation and head_name(equation) == "Eq":
            text = f"have {fresh('each', taken)} := {law}.mp {h.name}"
        else:
            some = fresh("i", taken)
            pattern = f"⟨{some}, {fresh('h' + some, taken)}⟩"
            text = f"obtain {pattern} := Classical.not_forall.mp (mt {law}.mpr {h.name})"
        yield action("use.components", text)


def solutions(tree: GoalTree) -> Iterator[Action]:
    """Where an ∃ is to be shown, name what ``h : ∀ a, ∃ x, …`` gives for things at hand."""
    if head_name(tree.target) != "Exists":
        return
    taken = {h.name for h in tree.hyps}
    for h in tree.hyps:
        types: list[Expr] = []
        body = h.type
        while h.is_prop and body[0] == "p" and uses_bound(body[3]) and body[2][0] != "p":
            types.append(body[2])
            body = body[3]
        if not 1 <= len(types) <= 2 or head_name(body) != "Exists" or any(map(loose, types)):
            continue
        pattern = destructure(body, set(taken), "")
        choices = [[v.name for v in tree.hyps if not v.is_prop and v.type == t] for t in types]
        for values in itertools.islice(itertools.product(*choices), MAX_INSTANCES):
            yield action("use.solution", f"obtain {pattern} := {h.name} {' '.join(values)}")
