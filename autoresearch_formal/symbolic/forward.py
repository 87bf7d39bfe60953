"""Steps that draw from a hypothesis what it says of something the goal has.

Like `steps`, these reason about nothing: they are proposed because of the shape of a hypothesis.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from autoresearch_formal.actions.base import Action
from autoresearch_formal.symbolic.steps import action, destructure
from autoresearch_formal.terms import (
    ATOM,
    App,
    Bound,
    Expr,
    GoalTree,
    Hole,
    Lambda,
    Local,
    Pi,
    Sort,
    alpha_equal,
    alpha_key,
    arguments,
    explicit_args,
    fresh,
    head_name,
    locals_of,
    loose,
    replace,
    show,
    subterms,
    uses_bound,
)

MAX_INSTANCES = 5
"""Instances of one hypothesis that are drawn at once."""


def pointwise(tree: GoalTree, known: set[str]) -> Iterator[Action]:
    """What two things of a type with components being equal, or not, says of the components."""
    taken = {h.name for h in tree.hyps}
    compared = [set(subterms(h.type)) for h in tree.hyps if h.is_prop and isinstance(h.type, Pi)]
    for h in tree.hyps:
        equation = arguments(h.type)[0] if head_name(h.type) == "Not" else h.type
        if not h.is_prop or head_name(equation) not in ("Eq", "Ne"):
            continue
        law = f"{head_name(arguments(equation)[0])}.ext_iff"
        sides = set(explicit_args(equation))
        if law not in known or any(sides <= terms for terms in compared):
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
        while (
            h.is_prop
            and isinstance(body, Pi)
            and uses_bound(body.body)
            and not isinstance(body.type, Pi)
        ):
            types.append(body.type)
            body = body.body
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
        if (
            not h.is_prop
            or not isinstance(h.type, Pi)
            or not isinstance(h.type.type, Pi)
            or not uses_bound(h.type.body)
        ):
            continue
        if isinstance(h.type.type.body, Sort):
            continue
        for value in itertools.islice(values_for(tree, h.type), MAX_INSTANCES):
            names.append(fresh("k", {*taken, *names}))
            lines.append(f"have {names[-1]} := {h.name} {show(value, (), ATOM)}")
    if lines:
        stated = "\n".join(lines)
        yield action("use.functions", stated)
        yield action("use.functions", f"{stated}\nsimp at {' '.join(names)} ⊢")


def values_for(tree: GoalTree, law: Pi) -> Iterator[Expr]:
    """Functions of the target that the first ∀ of a law could be about, each once."""
    type_ = law.type
    if not isinstance(type_, Pi):
        return
    mentioned = locals_of(tree.target)
    chosen: dict[Expr, Expr] = {}
    inner = [argument for e in subterms(law.body) if (argument := applied_to(e)) is not None]
    for part in subterms(tree.target):
        if not isinstance(part, Lambda) or part.type != type_.type or loose(part):
            continue
        chosen.setdefault(alpha_key(part), part)
        for argument in inner:
            body = without(part.body, argument)
            if body is not None:
                value = eta(Lambda(part.name, type_.type, body))
                chosen.setdefault(alpha_key(value), value)
    for v in tree.hyps:
        if not v.is_prop and v.name in mentioned and alpha_equal(v.type, type_):
            chosen.setdefault(Local(v.name), Local(v.name))
    yield from chosen.values()


def applied_to(expr: Expr) -> Expr | None:
    """``u i`` of an expression ``fun i => F (u i)`` with the variable F of the law."""
    inner = expr.body if isinstance(expr, Lambda) else None
    if isinstance(inner, App) and inner.function == Bound(1) and len(inner.args) == 1:
        return inner.args[0]
    return None


def eta(function: Lambda) -> Expr:
    """``f`` for ``fun x => f x``; any other function itself."""
    body = function.body
    if isinstance(body, App) and body.args == (Bound(0),) and not loose(body.function):
        return body.function
    return function


def without(body: Expr, argument: Expr) -> Expr | None:
    """The body with its variable in place of ``argument``; None if it occurs elsewhere too."""
    changed = replace(body, argument, Hole(0))
    if loose(changed):
        return None
    return replace(changed, Hole(0), Bound(0))
