"""Steps that draw from a hypothesis what it says of something the goal has.

Like `steps`, these reason about nothing: they are proposed because of the shape of a hypothesis.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from autoresearch_formal.actions.base import Action
from autoresearch_formal.symbolic.induction import alpha
from autoresearch_formal.symbolic.steps import action, destructure
from autoresearch_formal.terms.expr import (
    Expr,
    GoalTree,
    explicit_args,
    fresh,
    head_name,
    locals_of,
    loose,
    show,
    subterms,
    uses_bound,
)

MAX_INSTANCES = 5
"""Instances of one hypothesis that are drawn at once."""


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


def functions(tree: GoalTree) -> Iterator[Action]:
    """What hypotheses about all functions say of those that the target speaks of.

    Second-order matching of the simplest kind (G. Huet and B. Lang, "Proving and applying program
    transformations expressed with second-order patterns", 1978): ``F (u i)`` matches a term in
    which ``i`` occurs in ``u i`` alone. Afterwards the instances have no variable for a function.
    """
    lines: list[str] = []
    taken = {h.name for h in tree.hyps}
    names: list[str] = []
    for h in tree.hyps:
        if not h.is_prop or h.type[0] != "p" or h.type[2][0] != "p" or not uses_bound(h.type[3]):
            continue
        if h.type[2][3][0] == "S":
            continue
        for value in itertools.islice(values_for(tree, h.type), MAX_INSTANCES):
            names.append(fresh("k", {*taken, *names}))
            lines.append(f"have {names[-1]} := {h.name} {show(value, (), 1024)}")
    if lines:
        stated = "\n".join(lines)
        yield action("use.functions", stated)
        yield action("use.functions", f"{stated}\nsimp at {' '.join(names)} ⊢")


def values_for(tree: GoalTree, law: Expr) -> Iterator[Expr]:
    """Functions of the target that the first ∀ of a law could be about, each once."""
    parts = list(subterms(tree.target))
    mentioned = locals_of(tree.target)
    found: dict[Expr, Expr] = {}
    lambdas = [e for e in parts if e[0] == "l" and e[2] == law[2][2] and not loose(e)]
    arguments = [e[3][2][0] for e in subterms(law[3]) if applied(e)]
    for part in lambdas:
        found.setdefault(alpha(part), part)
        for argument in arguments:
            body = without(part[3], argument)
            if body is not None:
                plain = body[0] == "a" and body[2] == (("b", 0),) and not loose(body[1])
                value = body[1] if plain else ("l", part[1], law[2][2], body)
                found.setdefault(alpha(value), value)
    for v in tree.hyps:
        if not v.is_prop and v.name in mentioned and alpha(v.type) == alpha(law[2]):
            found.setdefault(("f", v.name), ("f", v.name))
    yield from found.values()


def applied(expr: Expr) -> bool:
    """Whether an expression is ``fun i => F (u i)`` with the variable F of the law."""
    inner = expr[3] if expr[0] == "l" else expr
    return expr[0] == "l" and inner[0] == "a" and inner[1] == ("b", 1) and len(inner[2]) == 1


def without(body: Expr, argument: Expr) -> Expr | None:
    """The body with its variable in place of ``argument``; None if it occurs elsewhere too."""
    if body == argument:
        return ("b", 0)
    if body[0] == "a":
        parts = [without(e, argument) for e in (body[1], *body[2])]
        if any(p is None for p in parts):
            return None
        return ("a", parts[0], tuple(parts[1:]), body[3])
    return None if loose(body) else body
